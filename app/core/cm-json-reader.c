/* cm-json-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-reader-private.h"

static CmJsonToken
fail (CmJsonReader *self,
      gsize         position,
      const char   *message)
{
  self->state = STATE_FAILED;
  self->position = position;
  self->start = position;
  self->message = message;

  return CM_JSON_ERROR;
}

static inline gboolean
is_space (char byte)
{
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* Returns the next byte that is not white space, or NUL at the end of the text:
 * a NUL in the text itself is refused by whoever asked. */
static inline char
peek (CmJsonReader *self)
{
  const char *bytes = self->json.bytes;
  gsize position = self->position, size = self->json.size;

  while (position < size && G_UNLIKELY ((guchar) bytes[position] <= ' ') && is_space (bytes[position]))
    position++;
  self->position = position;

  return position < size ? bytes[position] : '\0';
}

static CmJsonToken
fail_here (CmJsonReader *self,
           const char   *message)
{
  if (self->position == self->json.size)
    message = "the text ends too early";

  return fail (self, self->position, message);
}

static inline void
leave_value (CmJsonReader *self)
{
  self->state = self->depth > 0 ? STATE_COMMA : STATE_TRAILER;
}

static CmJsonToken
open_level (CmJsonReader *self,
            gboolean      is_object)
{
  if (self->depth == CM_JSON_MAX_DEPTH)
    return fail_here (self, "the text nests deeper than 64 levels");

  if (is_object)
    cm_json_names_open (&self->names, self->depth);

  self->depth++;
  self->objects = self->objects << 1 | (is_object ? 1 : 0);
  self->state = is_object ? STATE_FIRST_NAME : STATE_FIRST_ITEM;
  self->position++;

  return is_object ? CM_JSON_OBJECT : CM_JSON_ARRAY;
}

static CmJsonToken
close_level (CmJsonReader *self)
{
  CmJsonToken token = self->objects & 1 ? CM_JSON_OBJECT_END : CM_JSON_ARRAY_END;

  self->start = self->position++;
  self->depth--;
  self->objects >>= 1;
  leave_value (self);

  return token;
}

static G_NO_INLINE gboolean
read_any_text (CmJsonReader *self)
{
  gsize position = self->position + 1;
  const char *message;

  message = cm_json_string_read (self->json, &position, &self->scratch,
                                 self->flags & CM_JSON_ALLOW_NUL, &self->text);
  self->position = position;

  if (message != NULL)
    fail (self, position, message);

  return message == NULL;
}

static inline gboolean
read_text (CmJsonReader *self)
{
  gsize position = self->position + 1;

  if (!cm_json_string_read_plain (self->json, &position, &self->text))
    return read_any_text (self);

  self->position = position;

  return TRUE;
}

static CmJsonToken
read_number (CmJsonReader *self)
{
  gsize position = self->position;
  const char *message = cm_json_number_read (self->json, &position, &self->number);

  if (message != NULL)
    return fail (self, position, position == self->json.size ? "the text ends too early" : message);

  self->position = position;
  self->text = self->number.text;
  leave_value (self);

  return CM_JSON_NUMBER;
}

static CmJsonToken
read_word (CmJsonReader *self,
           CmText        word,
           CmJsonToken   token)
{
  if (self->json.size - self->position < word.size
      || memcmp (self->json.bytes + self->position, word.bytes, word.size) != 0)
    return fail_here (self, "a value is expected");

  self->position += word.size;
  leave_value (self);

  return token;
}

static CmJsonToken
fail_value (CmJsonReader *self)
{
  if (self->position == 0 && self->json.size >= 3 && memcmp (self->json.bytes, "\xEF\xBB\xBF", 3) == 0)
    return fail_here (self, "the text begins with a byte order mark");

  return fail_here (self, "a value is expected");
}

static inline CmJsonToken
read_value (CmJsonReader *self)
{
  char byte = peek (self);

  self->start = self->position;

  switch (byte)
    {
    case '"':
      leave_value (self);
      return read_text (self) ? CM_JSON_STRING : CM_JSON_ERROR;
    case '{':
      return open_level (self, TRUE);
    case '[':
      return open_level (self, FALSE);
    case 't':
      return read_word (self, CM_TEXT ("true"), CM_JSON_TRUE);
    case 'f':
      return read_word (self, CM_TEXT ("false"), CM_JSON_FALSE);
    case 'n':
      return read_word (self, CM_TEXT ("null"), CM_JSON_NULL);
    default:
      return byte == '-' || g_ascii_isdigit (byte) ? read_number (self) : fail_value (self);
    }
}

/* Remembers a name that has been read. */
static inline CmJsonToken
take_name (CmJsonReader *self)
{
  if (!(self->flags & CM_JSON_ALLOW_DUPLICATES)
      && !cm_json_names_add (&self->names, self->depth - 1, self->text))
    return fail (self, self->start, "the same name twice in one object");

  self->state = STATE_COLON;

  return CM_JSON_NAME;
}

static inline CmJsonToken
read_name (CmJsonReader *self)
{
  if (peek (self) != '"')
    return fail_here (self, "a name in quotes is expected");

  self->start = self->position;

  return read_text (self) ? take_name (self) : CM_JSON_ERROR;
}

static inline CmJsonToken
read_behind_comma (CmJsonReader *self)
{
  gboolean is_object = self->objects & 1;
  char byte = peek (self);

  if (byte == ',')
    {
      self->position++;
      return is_object ? read_name (self) : read_value (self);
    }

  if (byte == (is_object ? '}' : ']'))
    return close_level (self);

  return fail_here (self, is_object ? "a comma or the end of the object is expected"
                                    : "a comma or the end of the array is expected");
}

static inline CmJsonToken
read_behind_colon (CmJsonReader *self)
{
  if (peek (self) != ':')
    return fail_here (self, "a colon is expected");

  self->position++;

  return read_value (self);
}

static CmJsonToken
read_trailer (CmJsonReader *self)
{
  if (peek (self) != '\0' || self->position < self->json.size)
    return fail_here (self, "more text follows the value");

  self->start = self->position;
  self->state = STATE_END;

  return CM_JSON_END;
}

/* Takes the short way where what comes next is written as nearly all is: a name right
 * behind a comma, or a string right behind a colon.
 *
 * Returns: whether it was so; nothing is read else */
static inline gboolean
read_usual (CmJsonReader *self,
            CmJsonToken  *token)
{
  const char *bytes = self->json.bytes + self->position;
  gsize position = self->position + 2;
  gboolean is_name = self->state == STATE_COMMA && self->objects & 1;

  if (position >= self->json.size || bytes[1] != '"' ||
      !(is_name ? bytes[0] == ',' : self->state == STATE_COLON && bytes[0] == ':') ||
      !cm_json_string_read_plain (self->json, &position, &self->text))
    return FALSE;

  self->start = self->position + 1;
  self->position = position;
  self->state = STATE_COMMA;
  *token = is_name ? take_name (self) : CM_JSON_STRING;

  return TRUE;
}

static inline CmJsonToken
advance (CmJsonReader *self)
{
  CmJsonToken token;

  if (read_usual (self, &token))
    return token;

  switch (self->state)
    {
    case STATE_COMMA:
      return read_behind_comma (self);
    case STATE_COLON:
      return read_behind_colon (self);
    case STATE_FIRST_NAME:
      return peek (self) == '}' ? close_level (self) : read_name (self);
    case STATE_FIRST_ITEM:
      return peek (self) == ']' ? close_level (self) : read_value (self);
    case STATE_VALUE:
      return read_value (self);
    case STATE_TRAILER:
      return read_trailer (self);
    case STATE_END:
      return CM_JSON_END;
    case STATE_FAILED:
    default:
      return CM_JSON_ERROR;
    }
}

/**
 * cm_json_reader_new:
 *
 * Returns: (transfer full): a reader that stands at the end of nothing; give it a
 *   text with cm_json_reader_load()
 */
CmJsonReader *
cm_json_reader_new (void)
{
  CmJsonReader *self = g_new0 (CmJsonReader, 1);

  cm_json_names_init (&self->names);

  return self;
}

/**
 * cm_json_reader_free:
 * @self: (transfer full): a reader
 *
 * Frees it, and with it every text that it has decoded.
 */
void
cm_json_reader_free (CmJsonReader *self)
{
  g_return_if_fail (self != NULL);

  cm_json_names_clear (&self->names);
  g_free (self->scratch.bytes);
  g_free (self);
}

/**
 * cm_json_reader_load:
 * @self: a reader
 * @bytes: (array length=size) (nullable): the text; it must stay until the next load
 * @size: its size in bytes
 * @flags: what is let through beyond the strict rule
 *
 * Begins a text. What the reader has decoded before is gone.
 */
void
cm_json_reader_load (CmJsonReader *self,
                     const char   *bytes,
                     gsize         size,
                     CmJsonFlags   flags)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || size == 0);

  self->json = (CmText) { bytes, size };
  self->position = 0;
  self->start = 0;
  self->state = STATE_VALUE;
  self->token = CM_JSON_ERROR;
  self->flags = flags;
  self->depth = 0;
  self->objects = 0;
  self->message = NULL;
  self->scratch.used = 0;
  cm_json_names_reset (&self->names);
}

/**
 * cm_json_reader_next:
 * @self: a reader
 *
 * Reads the next token. The text is wholly checked only when %CM_JSON_END comes.
 *
 * Returns: what was found
 */
CmJsonToken
cm_json_reader_next (CmJsonReader *self)
{
  g_return_val_if_fail (self != NULL, CM_JSON_ERROR);

  self->token = advance (self);

  return self->token;
}

/**
 * cm_json_reader_skip:
 * @self: a reader
 *
 * After the begin of an object or array: reads to its end. After a name: reads
 * its whole value. After anything else there is nothing to skip. What is skipped
 * is checked all the same.
 *
 * Returns: %FALSE if the text is in error
 */
gboolean
cm_json_reader_skip (CmJsonReader *self)
{
  guint depth;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->token == CM_JSON_NAME)
    cm_json_reader_next (self);

  if (self->token == CM_JSON_OBJECT || self->token == CM_JSON_ARRAY)
    for (depth = self->depth; self->depth >= depth && self->token != CM_JSON_ERROR;)
      cm_json_reader_next (self);

  return self->token != CM_JSON_ERROR;
}
