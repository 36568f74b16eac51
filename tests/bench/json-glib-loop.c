/* json-glib-loop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the tracker is measured against: reads lines as it does, and only parses
 * them, with one json-glib parser for all. */

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  char *line = NULL;
  size_t size = 0;
  guint64 good = 0;
  guint64 bad = 0;
  FILE *file;
  ssize_t length;

  file = argc == 2 ? fopen (argv[1], "r") : NULL;
  if (file == NULL)
    {
      fprintf (stderr, "Usage: json-glib-loop FILE\n");
      return 2;
    }

  while ((length = getline (&line, &size, file)) > 0)
    {
      if (json_parser_load_from_data (parser, line, length, NULL) &&
          JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
        good++;
      else
        bad++;
    }

  fclose (file);
  free (line);
  fprintf (stderr, "%" G_GUINT64_FORMAT " lines, %" G_GUINT64_FORMAT " bad\n", good, bad);
  return 0;
}
