/* cm-base64url.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-base64url.h"

#include "feeds/decode/cm-record-json.h"

/**
 * cm_base64url_encode:
 * @bytes: anything
 * @size: how many bytes
 *
 * Returns: (transfer full): base64url without padding (RFC 7515, section 2)
 */
char *
cm_base64url_encode (const guint8 *bytes,
                     gsize         size)
{
  char *text = g_base64_encode (bytes, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

/**
 * cm_base64url_decode:
 * @text: base64url without padding; what is none is skipped
 * @size: (out): how many bytes
 *
 * Returns: (transfer full): the bytes, and a NUL behind them
 */
char *
cm_base64url_decode (const char *text,
                     gsize      *size)
{
  GString *bytes = g_string_new (text);

  g_string_replace (bytes, "-", "+", 0);
  g_string_replace (bytes, "_", "/", 0);
  while (bytes->len % 4 != 0)
    g_string_append_c (bytes, '=');

  /* Of nothing the library decodes nothing, not even how much it is. */
  *size = 0;
  if (bytes->len > 0)
    g_base64_decode_inplace (bytes->str, size);
  bytes->str[*size] = '\0';

  return g_string_free (bytes, FALSE);
}

/**
 * cm_base64url_parse_object:
 * @text: a part of a token (RFC 7515, section 3)
 *
 * Returns: (nullable) (transfer full): the object in it; %NULL where there is none
 */
JsonParser *
cm_base64url_parse_object (const char *text)
{
  gsize size;
  g_autofree char *bytes = cm_base64url_decode (text, &size);

  return cm_record_parse_object (bytes, size);
}
