/* reader-loop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What of the tracker's time goes into reading: every token of every line, and nothing
 * is done with it. */

#include "core/cm-json-reader.h"

#include <stdio.h>
#include <stdlib.h>

static gboolean
read_line (CmJsonReader *reader,
           const char   *line,
           gsize         length)
{
  CmJsonToken token;

  cm_json_reader_load (reader, line, length, CM_JSON_STRICT);
  do
    token = cm_json_reader_next (reader);
  while (token != CM_JSON_END && token != CM_JSON_ERROR);

  return token == CM_JSON_END;
}

int
main (int    argc,
      char **argv)
{
  CmJsonReader *reader = cm_json_reader_new ();
  char *line = NULL;
  size_t size = 0;
  guint64 good = 0, bad = 0;
  FILE *file = argc == 2 ? fopen (argv[1], "r") : NULL;
  ssize_t length;

  if (file == NULL)
    {
      fprintf (stderr, "Usage: reader-loop FILE\n");
      return 2;
    }

  while ((length = getline (&line, &size, file)) > 0)
    {
      if (read_line (reader, line, (gsize) length))
        good++;
      else
        bad++;
    }

  fclose (file);
  free (line);
  cm_json_reader_free (reader);
  fprintf (stderr, "%" G_GUINT64_FORMAT " lines, %" G_GUINT64_FORMAT " bad\n", good, bad);

  return bad > 0;
}
