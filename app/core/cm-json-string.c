/* cm-json-string.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-string.h"

#define ONES (G_GUINT64_CONSTANT (0x0101010101010101))
#define HIGHS (ONES * 0x80)

static inline gboolean
is_stop (char byte)
{
  return byte == '"' || byte == '\\' || (guchar) byte < 0x20;
}

static inline guint64
find_byte (guint64 word,
           guint64 byte)
{
  guint64 difference = word ^ (ONES * byte);

  return (difference - ONES) & ~difference & HIGHS;
}

/* Goes to the next quote, backslash or control character, eight bytes at once.
 * The subtractions may borrow into the bytes behind the first find, never before
 * it, so that the lowest bit that is set is right. */
static inline gsize
skip_plain (CmText    json,
            gsize     position,
            gboolean *is_ascii)
{
  guint64 word, stops, highs;

  while (json.size - position >= sizeof word)
    {
      memcpy (&word, json.bytes + position, sizeof word);
      word = GUINT64_FROM_LE (word);
      highs = word & HIGHS;
      stops = find_byte (word, '"') | find_byte (word, '\\') | ((word - ONES * 0x20) & ~word & HIGHS);

      if (stops != 0)
        {
          *is_ascii &= (highs & (stops ^ (stops - 1))) == 0;
          return position + (gsize) (__builtin_ctzll (stops) / 8);
        }

      *is_ascii &= highs == 0;
      position += sizeof word;
    }

  for (; position < json.size && !is_stop (json.bytes[position]); position++)
    *is_ascii &= (guchar) json.bytes[position] < 0x80;

  return position;
}

/* Reads plain bytes up to the next stop and checks them: GLib's validation is
 * that of RFC 3629 (no overlong forms, no surrogates, nothing over U+10FFFF). */
static inline const char *
read_plain (CmText  json,
            gsize  *position)
{
  gboolean is_ascii = TRUE;
  gsize start = *position;
  const char *end;

  *position = skip_plain (json, start, &is_ascii);

  if (!is_ascii && !g_utf8_validate_len (json.bytes + start, *position - start, &end))
    {
      *position = (gsize) (end - json.bytes);
      return "a string is not valid UTF-8";
    }

  if (*position == json.size)
    return "the text ends inside a string";

  if ((guchar) json.bytes[*position] < 0x20)
    return "a string holds a control character";

  return NULL;
}

static gboolean
read_hex (CmText    json,
          gsize     position,
          gunichar *unit)
{
  *unit = 0;

  if (json.size - position < 6 || json.bytes[position] != '\\' || json.bytes[position + 1] != 'u')
    return FALSE;

  for (guint i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (json.bytes[position + i]);

      if (digit < 0)
        return FALSE;

      *unit = *unit * 16 + (gunichar) digit;
    }

  return TRUE;
}

/* RFC 8259, section 7: what lies above U+FFFF comes as a pair of surrogates. */
static const char *
read_unicode_escape (CmText         json,
                     gsize         *position,
                     CmJsonScratch *scratch,
                     gboolean       allow_nul)
{
  gunichar unit, low;
  gsize length = 6;

  if (!read_hex (json, *position, &unit))
    return "an escape needs four hexadecimal digits";

  if (unit == 0 && !allow_nul)
    return "a string holds U+0000";

  if (unit >= 0xD800 && unit < 0xE000)
    {
      if (unit >= 0xDC00 || !read_hex (json, *position + 6, &low) || low < 0xDC00 || low >= 0xE000)
        return "a string holds half a surrogate pair";

      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      length = 12;
    }

  *position += length;
  scratch->used += (gsize) g_unichar_to_utf8 (unit, scratch->bytes + scratch->used);

  return NULL;
}

static char
get_short_escape (char letter)
{
  switch (letter)
    {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
    }
}

static const char *
read_escape (CmText         json,
             gsize         *position,
             CmJsonScratch *scratch,
             gboolean       allow_nul)
{
  char byte;

  if (json.size - *position < 2)
    {
      *position = json.size;
      return "the text ends inside a string";
    }

  if (json.bytes[*position + 1] == 'u')
    return read_unicode_escape (json, position, scratch, allow_nul);

  byte = get_short_escape (json.bytes[*position + 1]);

  if (byte == '\0')
    return "a string holds an unknown escape";

  scratch->bytes[scratch->used++] = byte;
  *position += 2;

  return NULL;
}

static void
append_scratch (CmJsonScratch *scratch,
                const char    *bytes,
                gsize          size)
{
  memcpy (scratch->bytes + scratch->used, bytes, size);
  scratch->used += size;
}

/* The slow way: from @start on the string is copied, @position is at its first
 * backslash. */
static const char *
read_escaped (CmText         json,
              gsize          start,
              gsize         *position,
              CmJsonScratch *scratch,
              gboolean       allow_nul)
{
  const char *message;

  if (scratch->size < json.size)
    {
      g_free (scratch->bytes);
      scratch->bytes = g_malloc (json.size);
      scratch->size = json.size;
    }

  while (TRUE)
    {
      append_scratch (scratch, json.bytes + start, *position - start);

      if (json.bytes[*position] == '"')
        return NULL;

      if ((message = read_escape (json, position, scratch, allow_nul)) != NULL)
        return message;

      start = *position;

      if ((message = read_plain (json, position)) != NULL)
        return message;
    }
}

/**
 * cm_json_string_read:
 * @json: the whole text
 * @position: (inout): the byte after the opening quote; then the byte after the
 *   closing one, or the place of the fault
 * @scratch: where a string with escapes goes
 * @allow_nul: whether "\u0000" may stand in it
 * @text: (out): the decoded string; it lies in @json where nothing is escaped
 *
 * Reads a string as RFC 8259, section 7 has it.
 *
 * Returns: (nullable): %NULL, or what is wrong with it
 */
const char *
cm_json_string_read (CmText         json,
                     gsize         *position,
                     CmJsonScratch *scratch,
                     gboolean       allow_nul,
                     CmText        *text)
{
  gsize start = *position;
  gsize used = scratch->used;
  const char *message;

  if ((message = read_plain (json, position)) != NULL)
    return message;

  if (json.bytes[*position] == '"')
    {
      *text = (CmText) { json.bytes + start, *position - start };
    }
  else
    {
      if ((message = read_escaped (json, start, position, scratch, allow_nul)) != NULL)
        return message;

      *text = (CmText) { scratch->bytes + used, scratch->used - used };
    }

  (*position)++;

  return NULL;
}
