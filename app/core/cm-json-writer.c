/* cm-json-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-writer.h"

static gboolean
needs_escape (guchar byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f;
}

static void
write_escaped (GString *out,
               guchar   byte)
{
  switch (byte)
    {
    case '"':
    case '\\':
      g_string_append_c (out, '\\');
      g_string_append_c (out, (char) byte);
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      g_string_append_printf (out, "\\u%04x", byte);
    }
}

/**
 * cm_json_write_text:
 * @out: where to append
 * @text: valid UTF-8
 *
 * Appends @text as a JSON string with its quotes (RFC 8259, section 7). DEL is
 * escaped too, which the RFC leaves open: what is printed may meet a terminal.
 */
void
cm_json_write_text (GString *out,
                    CmText   text)
{
  gsize start = 0;

  g_string_append_c (out, '"');

  for (gsize i = 0; i < text.size; i++)
    {
      if (!needs_escape ((guchar) text.bytes[i]))
        continue;

      g_string_append_len (out, text.bytes + start, (gssize) (i - start));
      write_escaped (out, (guchar) text.bytes[i]);
      start = i + 1;
    }

  if (text.size > start)
    g_string_append_len (out, text.bytes + start, (gssize) (text.size - start));
  g_string_append_c (out, '"');
}

/**
 * cm_json_write_string:
 * @out: where to append
 * @string: valid UTF-8
 *
 * Like cm_json_write_text(), for a string with a NUL at its end.
 */
void
cm_json_write_string (GString    *out,
                      const char *string)
{
  cm_json_write_text (out, cm_text_from_string (string));
}
