/* cm-json-validate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-reader.h"

#include <gio/gio.h>

/**
 * cm_json_validate:
 * @bytes: (array length=size) (nullable): a text
 * @size: its size in bytes
 * @error: return location for %G_IO_ERROR_INVALID_DATA
 *
 * The gate before json-glib, which takes what is not JSON and crashes on deep
 * nesting: holds a whole text to the strict rule.
 *
 * Returns: whether it is JSON
 */
gboolean
cm_json_validate (const char  *bytes,
                  gsize        size,
                  GError     **error)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  CmJsonToken token;

  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  cm_json_reader_load (reader, bytes, size, CM_JSON_STRICT);

  do
    token = cm_json_reader_next (reader);
  while (token != CM_JSON_END && token != CM_JSON_ERROR);

  if (token == CM_JSON_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s (at byte %" G_GSIZE_FORMAT ")",
                 cm_json_reader_get_message (reader), cm_json_reader_get_offset (reader));

  return token == CM_JSON_END;
}
