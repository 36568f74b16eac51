/* cm-json-number.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-number.h"

#include <math.h>

/* Every number below 10 to this power is a finite double. */
#define SAFE_EXPONENT 308

/* Far beyond any double, and far from where a gint64 would overflow. */
#define MAX_EXPONENT G_GINT64_CONSTANT (1000000000000000)

static inline gboolean
is_digit_at (CmText json,
             gsize  position)
{
  return position < json.size && g_ascii_isdigit (json.bytes[position]);
}

static inline gboolean
is_byte_at (CmText json,
            gsize  position,
            char   byte)
{
  return position < json.size && json.bytes[position] == byte;
}

static inline gsize
skip_digits (CmText  json,
             gsize  *position)
{
  gsize start = *position;

  while (is_digit_at (json, *position))
    (*position)++;

  return *position - start;
}

static const char *
read_exponent (CmText        json,
               gsize        *position,
               CmJsonNumber *number)
{
  gboolean is_negative = is_byte_at (json, *position, '-');

  if (is_negative || is_byte_at (json, *position, '+'))
    (*position)++;

  if (!is_digit_at (json, *position))
    return "a number needs a digit in its exponent";

  for (; is_digit_at (json, *position); (*position)++)
    if (number->exponent < MAX_EXPONENT)
      number->exponent = number->exponent * 10 + (json.bytes[*position] - '0');

  if (is_negative)
    number->exponent = -number->exponent;

  return NULL;
}

static const char *
read_fraction_and_exponent (CmText        json,
                            gsize        *position,
                            CmJsonNumber *number)
{
  if (is_byte_at (json, *position, '.'))
    {
      (*position)++;
      number->n_fraction = skip_digits (json, position);

      if (number->n_fraction == 0)
        return "a number needs a digit behind its point";
    }

  if (is_byte_at (json, *position, 'e') || is_byte_at (json, *position, 'E'))
    {
      (*position)++;
      return read_exponent (json, position, number);
    }

  return NULL;
}

static char
get_digit (const CmJsonNumber *number,
           gsize               index)
{
  gsize behind_point = index >= number->n_integer;

  return number->text.bytes[number->is_negative + index + behind_point];
}

static gboolean
has_digits_from (const CmJsonNumber *number,
                 gint64              index)
{
  gint64 n_digits = (gint64) (number->n_integer + number->n_fraction);

  for (index = MAX (index, 0); index < n_digits; index++)
    if (get_digit (number, (gsize) index) != '0')
      return TRUE;

  return FALSE;
}

/**
 * cm_json_number_read:
 * @json: the whole text
 * @position: (inout): the number's first byte; then the byte after it, or the
 *   place of the fault
 * @number: (out): what was found
 *
 * Reads a number as RFC 8259, section 6 has it. One that is too large for a
 * double is refused; one that is too small is 0.
 *
 * Returns: (nullable): %NULL, or what is wrong with it
 */
const char *
cm_json_number_read (CmText        json,
                     gsize        *position,
                     CmJsonNumber *number)
{
  gsize start = *position;
  const char *message;

  *number = (CmJsonNumber) { .is_negative = json.bytes[start] == '-' };
  *position += (gsize) number->is_negative;
  number->n_integer = skip_digits (json, position);

  if (number->n_integer == 0)
    return "a number needs a digit";

  if (number->n_integer > 1 && json.bytes[*position - number->n_integer] == '0')
    {
      *position -= number->n_integer - 1;
      return "a number begins with 0";
    }

  if ((message = read_fraction_and_exponent (json, position, number)) != NULL)
    return message;

  number->text = (CmText) { json.bytes + start, *position - start };

  if ((gint64) number->n_integer + number->exponent > SAFE_EXPONENT
      && isinf (cm_json_number_get_double (number)))
    {
      *position = start;
      return "a number is out of range";
    }

  return NULL;
}

/**
 * cm_json_number_get_integer:
 * @number: a number that was read
 * @integer: (out): its value
 *
 * The exact value, however it is written: 7, 7.0 and 70e-1 are the same.
 *
 * Returns: whether it is an integer of 64 bits
 */
gboolean
cm_json_number_get_integer (const CmJsonNumber *number,
                            gint64             *integer)
{
  gint64 n_digits = (gint64) (number->n_integer + number->n_fraction);
  gint64 point = (gint64) number->n_integer + number->exponent;
  guint64 limit = (guint64) G_MAXINT64 + (number->is_negative ? 1 : 0);
  guint64 value = 0;

  for (gint64 i = 0; i < point && (i < n_digits || value != 0); i++)
    {
      guint64 digit = i < n_digits ? (guint64) (get_digit (number, (gsize) i) - '0') : 0;

      if (value > (limit - digit) / 10)
        return FALSE;

      value = value * 10 + digit;
    }

  if (point < n_digits && has_digits_from (number, point))
    return FALSE;

  *integer = (gint64) (number->is_negative ? 0 - value : value);

  return TRUE;
}

/**
 * cm_json_number_get_double:
 * @number: a number that was read
 *
 * Returns: the nearest double
 */
double
cm_json_number_get_double (const CmJsonNumber *number)
{
  char buffer[64];
  g_autofree char *copy = NULL;

  if (number->text.size >= sizeof buffer)
    {
      copy = cm_text_dup (number->text);
      return g_ascii_strtod (copy, NULL);
    }

  memcpy (buffer, number->text.bytes, number->text.size);
  buffer[number->text.size] = '\0';

  return g_ascii_strtod (buffer, NULL);
}
