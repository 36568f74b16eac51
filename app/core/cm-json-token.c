/* cm-json-token.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-reader-private.h"

/* What a reader has read last, and where. */

/**
 * cm_json_reader_get_text:
 * @self: a reader
 *
 * Returns: (transfer none): of a name or a string the decoded text, of a number
 *   its digits as written; valid until the next load. Else no text
 */
CmText
cm_json_reader_get_text (CmJsonReader *self)
{
  g_return_val_if_fail (self != NULL, CM_TEXT_NONE);

  if (self->token == CM_JSON_NAME || self->token == CM_JSON_STRING || self->token == CM_JSON_NUMBER)
    return self->text;

  return CM_TEXT_NONE;
}

/**
 * cm_json_reader_get_integer:
 * @self: a reader
 * @integer: (out): the number's value, exactly
 *
 * Returns: whether the token is a number whose value is an integer of 64 bits,
 *   however it is written (7.0 and 2e0 are integers)
 */
gboolean
cm_json_reader_get_integer (CmJsonReader *self,
                            gint64       *integer)
{
  g_return_val_if_fail (self != NULL && integer != NULL, FALSE);

  return self->token == CM_JSON_NUMBER && cm_json_number_get_integer (&self->number, integer);
}

/**
 * cm_json_reader_get_double:
 * @self: a reader
 *
 * Returns: the number's value, 0 if the token is none
 */
double
cm_json_reader_get_double (CmJsonReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->token == CM_JSON_NUMBER ? cm_json_number_get_double (&self->number) : 0;
}

/**
 * cm_json_reader_get_start:
 * @self: a reader
 *
 * Returns: the offset in bytes of the current token's first byte
 */
gsize
cm_json_reader_get_start (CmJsonReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->start;
}

/**
 * cm_json_reader_get_offset:
 * @self: a reader
 *
 * Returns: the offset in bytes of the error, or of the end of the current token
 */
gsize
cm_json_reader_get_offset (CmJsonReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position;
}

/**
 * cm_json_reader_get_message:
 * @self: a reader
 *
 * Returns: (nullable): what is wrong, a sentence without a full stop; %NULL as
 *   long as nothing is
 */
const char *
cm_json_reader_get_message (CmJsonReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->message;
}
