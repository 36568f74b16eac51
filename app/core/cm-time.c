/* cm-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-time.h"

#define MS_PER_SECOND 1000
#define MS_PER_MINUTE 60000
#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z. */
#define FIRST_TIME (-G_GINT64_CONSTANT (62135596800000))
#define LAST_TIME G_GINT64_CONSTANT (253402300799999)

/* GDate's number of 1970-01-01; that of 0001-01-01 is 1. */
#define EPOCH_DAY 719163

/* "2011-11-09T09:00:", then "12", then perhaps ".4", then "Z" or "+01:00". */
#define PREFIX_SIZE 17
#define SECOND_END 19
#define MAX_OFFSET_SIZE 6

/* Checks @bytes against a form in which '0' stands for any digit and every other
 * byte for itself in either case. */
static gboolean
has_form (const char *bytes,
          const char *form)
{
  for (; *form != '\0'; bytes++, form++)
    if (*form == '0' ? !g_ascii_isdigit (*bytes) : g_ascii_toupper (*bytes) != *form)
      return FALSE;

  return TRUE;
}

static inline gboolean
is_digit (char byte)
{
  return byte >= '0' && byte <= '9';
}

static int
read_two (const char *digits)
{
  return (digits[0] - '0') * 10 + (digits[1] - '0');
}

static gboolean
read_offset (CmText  text,
             gint64 *minutes)
{
  const char *bytes = text.bytes;

  *minutes = 0;

  if (text.size == 1)
    return bytes[0] == 'Z' || bytes[0] == 'z';

  if (text.size != MAX_OFFSET_SIZE || (bytes[0] != '+' && bytes[0] != '-')
      || !has_form (bytes + 1, "00:00") || read_two (bytes + 1) > 23 || read_two (bytes + 4) > 59)
    return FALSE;

  *minutes = read_two (bytes + 1) * 60 + read_two (bytes + 4);

  if (bytes[0] == '-')
    *minutes = -*minutes;

  return TRUE;
}

static gboolean
read_minute (CmTimeCache *cache,
             const char  *prefix,
             CmText       offset)
{
  gint64 minutes;
  GDateYear year;
  GDateMonth month;
  GDateDay day;
  GDate date;

  if (!has_form (prefix, "0000-00-00T00:00:") || !read_offset (offset, &minutes))
    return FALSE;

  year = (GDateYear) (read_two (prefix) * 100 + read_two (prefix + 2));
  month = (GDateMonth) read_two (prefix + 5);
  day = (GDateDay) read_two (prefix + 8);
  if (!g_date_valid_dmy (day, month, year) || read_two (prefix + 11) > 23 || read_two (prefix + 14) > 59)
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);

  memcpy (cache->prefix, prefix, PREFIX_SIZE);
  memcpy (cache->offset, offset.bytes, offset.size);
  cache->offset_size = (guint8) offset.size;
  cache->minute = ((gint64) g_date_get_julian (&date) - EPOCH_DAY) * MS_PER_DAY
                  + (read_two (prefix + 11) * 60 + read_two (prefix + 14) - minutes) * MS_PER_MINUTE;

  return TRUE;
}

static gboolean
is_cached (CmTimeCache *cache,
           const char  *prefix,
           CmText       offset)
{
  return cache->offset_size == offset.size
         && memcmp (cache->prefix, prefix, PREFIX_SIZE) == 0
         && memcmp (cache->offset, offset.bytes, offset.size) == 0;
}

/* Reads "12" or "12.4", and moves @rest behind it. */
static gboolean
read_seconds (CmText  text,
              gint64 *ms,
              CmText *rest)
{
  gsize position = SECOND_END;
  gint64 unit = 100;

  if (!has_form (text.bytes + PREFIX_SIZE, "00") || read_two (text.bytes + PREFIX_SIZE) > 60)
    return FALSE;

  *ms = read_two (text.bytes + PREFIX_SIZE) * MS_PER_SECOND;

  if (text.bytes[position] == '.')
    for (position++; position < text.size && g_ascii_isdigit (text.bytes[position]); position++)
      {
        *ms += (text.bytes[position] - '0') * unit;
        unit /= 10;
      }

  *rest = (CmText) { text.bytes + position, text.size - position };

  return position != SECOND_END + 1 && rest->size > 0;
}

/* Reads "12.400Z" within the minute that was read last, as most times are written that
 * stand behind another one.
 *
 * Returns: whether it was so; else @time is what it was */
static inline gboolean
read_usual (CmTimeCache *cache,
            CmText       text,
            gint64      *time)
{
  const char *s = text.bytes + PREFIX_SIZE;

  if (text.size != CM_TIME_FORMAT_SIZE - 1 || cache->offset_size != 1 || cache->offset[0] != s[6] || s[2] != '.' ||
      memcmp (cache->prefix, text.bytes, PREFIX_SIZE) != 0 ||
      !is_digit (s[0]) || s[0] > '5' || !is_digit (s[1]) || !is_digit (s[3]) || !is_digit (s[4]) || !is_digit (s[5]))
    return FALSE;

  *time = cache->minute + read_two (s) * MS_PER_SECOND + (s[3] - '0') * 100 + read_two (s + 4);

  return TRUE;
}

/**
 * cm_time_parse:
 * @cache: the minute that was read last, or zeroed
 * @text: a date and time as RFC 3339, section 5.6 has them, with any offset
 * @time: (out): milliseconds since 1970, UTC
 *
 * Digits beyond the millisecond are cut off. A leap second is the first second of
 * the next minute. Years are those that GDateTime knows, 1 to 9999.
 *
 * Returns: whether @text is such a time
 */
gboolean
cm_time_parse (CmTimeCache *cache,
               CmText       text,
               gint64      *time)
{
  CmText offset;
  gint64 ms;

  g_return_val_if_fail (cache != NULL && time != NULL, FALSE);

  if (read_usual (cache, text, time))
    return TRUE;

  if (text.size <= SECOND_END || !read_seconds (text, &ms, &offset))
    return FALSE;

  if (!is_cached (cache, text.bytes, offset) && !read_minute (cache, text.bytes, offset))
    return FALSE;

  ms += cache->minute;

  if (ms < FIRST_TIME || ms > LAST_TIME)
    return FALSE;

  *time = ms;

  return TRUE;
}

static void
write_two (char *out,
           int   number)
{
  out[0] = (char) ('0' + number / 10);
  out[1] = (char) ('0' + number % 10);
}

/* @day: GDate's number of it */
static void
write_date (char    *out,
            guint32  day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  write_two (out, g_date_get_year (&date) / 100);
  write_two (out + 2, g_date_get_year (&date) % 100);
  out[4] = '-';
  write_two (out + 5, (int) g_date_get_month (&date));
  out[7] = '-';
  write_two (out + 8, g_date_get_day (&date));
}

static void
cache_minute (CmTimeCache *cache,
              gint64       minute)
{
  gint64 since_first = minute - FIRST_TIME;
  int of_day = (int) (since_first % MS_PER_DAY / MS_PER_MINUTE);

  write_date (cache->prefix, (guint32) (since_first / MS_PER_DAY) + 1);
  cache->prefix[10] = 'T';
  write_two (cache->prefix + 11, of_day / 60);
  cache->prefix[13] = ':';
  write_two (cache->prefix + 14, of_day % 60);
  cache->prefix[16] = ':';
  cache->offset[0] = 'Z';
  cache->offset_size = 1;
  cache->minute = minute;
}

/**
 * cm_time_format:
 * @cache: the minute that was written last, or zeroed. One for reading and one for
 *   writing saves work where what is read is not in UTC
 * @time: milliseconds since 1970, UTC; beyond the years 1 to 9999 their first or
 *   last moment is written
 * @buffer: (out): "2011-11-09T09:00:12.400Z" and its NUL
 */
void
cm_time_format (CmTimeCache *cache,
                gint64       time,
                char         buffer[static CM_TIME_FORMAT_SIZE])
{
  gint64 ms;
  guint rest;

  g_return_if_fail (cache != NULL);

  time = CLAMP (time, FIRST_TIME, LAST_TIME);
  ms = (time - FIRST_TIME) % MS_PER_MINUTE;

  if (cache->offset_size != 1 || cache->offset[0] != 'Z' || cache->prefix[10] != 'T'
      || cache->minute != time - ms)
    cache_minute (cache, time - ms);

  memcpy (buffer, cache->prefix, PREFIX_SIZE);
  rest = (guint) ms;
  buffer[17] = (char) ('0' + rest / 10000);
  buffer[18] = (char) ('0' + rest / 1000 % 10);
  buffer[19] = '.';
  buffer[20] = (char) ('0' + rest / 100 % 10);
  buffer[21] = (char) ('0' + rest / 10 % 10);
  buffer[22] = (char) ('0' + rest % 10);
  buffer[23] = 'Z';
  buffer[24] = '\0';
}

/**
 * cm_time_earliest:
 * @a: ms UTC, or %CM_TIME_NONE
 * @b: likewise
 *
 * Returns: the earlier of the two, %CM_TIME_NONE where neither is a time
 */
gint64
cm_time_earliest (gint64 a,
                  gint64 b)
{
  if (a == CM_TIME_NONE || b == CM_TIME_NONE)
    return a == CM_TIME_NONE ? b : a;

  return MIN (a, b);
}
