/* cm-framing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-framing.h"

#include <string.h>

/* Returns: how many bytes the first line has; 0 where it has no end */
gsize
cm_framing_split_line (const char *bytes,
            gsize       size)
{
  const char *end = memchr (bytes, '\n', size);

  return end != NULL ? (gsize) (end - bytes) + 1 : 0;
}

/* Up to where the brackets are even again; whether it is JSON is seen later. */
gsize
cm_framing_split_document (const char *bytes,
                gsize       size)
{
  gsize depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      if (quoted && bytes[i] == '\\')
        i++;
      else if (bytes[i] == '"')
        quoted = !quoted;
      else if (!quoted && (bytes[i] == '{' || bytes[i] == '['))
        depth++;
      else if (!quoted && (bytes[i] == '}' || bytes[i] == ']') && (depth == 0 || --depth == 0))
        return i + 1;
    }

  return 0;
}

/* A line that stops where JSON goes on is laid out for people. */
static CmFraming
choose_json_framing (const char *line,
                     gsize       size)
{
  while (size > 0 && g_ascii_isspace (line[size - 1]))
    size--;

  return size > 0 && strchr ("{[,", line[size - 1]) != NULL ? CM_FRAMING_DOCUMENTS : CM_FRAMING_LINES;
}

/**
 * cm_framing_choose:
 * @bytes: how a recording begins
 * @size: how many bytes, at least one
 * @has_stream: whether the system has a framing of its own
 *
 * A recording with one JSON record a line begins as JSON does.
 *
 * Returns: how it is taken apart, as far as that is told by now
 */
CmFraming
cm_framing_choose (const char *bytes,
                   gsize       size,
                   gboolean    has_stream)
{
  gsize line = cm_framing_split_line (bytes, size);

  if (bytes[0] != '{' && bytes[0] != '[')
    return has_stream ? CM_FRAMING_STREAM : CM_FRAMING_LINES;

  return line > 0 ? choose_json_framing (bytes, line) : CM_FRAMING_UNKNOWN;
}
