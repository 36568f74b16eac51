/* test-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-time.h"

#define FIRST (-G_GINT64_CONSTANT (62135596800000))
#define LAST G_GINT64_CONSTANT (253402300799999)

typedef struct
{
  const char *text;
  gint64      time;
} Good;

static const Good good_times[] = {
  { "1970-01-01T00:00:00Z", 0 },
  { "1970-01-01T00:00:00.001Z", 1 },
  { "1969-12-31T23:59:59.999Z", -1 },
  { "2011-11-09T09:00:12.400Z", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-09t09:00:12.400z", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-09T09:00:12.4Z", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-09T09:00:12.4009999999999999999999Z", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-09T10:00:12.400+01:00", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-09T20:00:12.400+11:00", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-08T23:30:12.400-09:30", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-10T08:59:12.400+23:59", G_GINT64_CONSTANT (1320829212400) },
  { "2011-11-09T09:00:12.400-00:00", G_GINT64_CONSTANT (1320829212400) },
  { "2012-02-29T00:00:00Z", G_GINT64_CONSTANT (1330473600000) },
  { "2000-02-29T00:00:00Z", G_GINT64_CONSTANT (951782400000) },
  { "1990-12-31T23:59:59.999Z", G_GINT64_CONSTANT (662687999999) },
  { "1990-12-31T23:59:60.000Z", G_GINT64_CONSTANT (662688000000) },
  { "1990-12-31T23:59:60Z", G_GINT64_CONSTANT (662688000000) },
  { "1990-12-31T15:59:60.5-08:00", G_GINT64_CONSTANT (662688000500) },
  { "1937-01-01T12:00:27.87+00:20", -G_GINT64_CONSTANT (1041337172130) },
  { "0001-01-01T00:00:00Z", FIRST },
  { "9999-12-31T23:59:59.999Z", LAST },
  { "9999-12-31T23:59:59.999+00:01", LAST - 60000 },
};

static const char *bad_times[] = {
  "",
  "2011",
  "2011-11-09",
  "2011-11-09T09:00:12",
  "2011-11-09T09:00:12.400",
  "2011-11-09T09:00:12.Z",
  "2011-11-09T09:00:12.4 Z",
  "2011-11-09T09:00:12,4Z",
  "2011-11-09T09:00:12ZZ",
  "2011-11-09T09:00:12Z ",
  " 2011-11-09T09:00:12Z",
  "2011-11-09 09:00:12Z",
  "2011-11-09_09:00:12Z",
  "2011-11-09T09:00Z",
  "2011-11-09T09:00:1Z0",
  "20111109T090012Z",
  "2011-1-09T09:00:12.0Z",
  "02011-11-09T09:00:12Z",
  "+2011-11-09T09:00:12Z",
  "2011-11-09T09:00:12+0100",
  "2011-11-09T09:00:12+01",
  "2011-11-09T09:00:12+1:00",
  "2011-11-09T09:00:12+01:00:00",
  "2011-11-09T09:00:12*01:00",
  "2011-11-09T09:00:12+24:00",
  "2011-11-09T09:00:12+01:60",
  "2011-11-09T09:00:61Z",
  "2011-11-09T09:00:61.400Z",
  "2011-11-09T09:00:1x.400Z",
  "2011-11-09T09:00:12,400Z",
  "2011-11-09T09:00:12.4 0Z",
  "2011-11-09T09:00:12.400X",
  "2011-11-09T09:60:12Z",
  "2011-11-09T24:00:00Z",
  "2011-00-09T09:00:12Z",
  "2011-13-09T09:00:12Z",
  "2011-11-00T09:00:12Z",
  "2011-11-31T09:00:12Z",
  "2011-02-29T09:00:12Z",
  "2011-02-30T09:00:12Z",
  "1900-02-29T09:00:12Z",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+00:01",
  "9999-12-31T23:59:59.999-00:01",
  "9999-12-31T23:59:60Z",
  "2011-11-09T09:00:\357\274\221Z",
};

static void
test_good (void)
{
  CmTimeCache kept = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (good_times); i++)
    {
      CmText text = cm_text_from_string (good_times[i].text);
      CmTimeCache fresh = { 0 };

      for (guint round = 0; round < 2; round++)
        {
          gint64 time = CM_TIME_NONE;

          g_assert_true (cm_time_parse (&fresh, text, &time));
          g_assert_cmpint (time, ==, good_times[i].time);
          time = CM_TIME_NONE;
          g_assert_true (cm_time_parse (&kept, text, &time));
          g_assert_cmpint (time, ==, good_times[i].time);
        }
    }
}

/* A bad time is refused also when its minute, or half of it, is known; and nothing
 * is read behind its end. */
static void
test_bad (void)
{
  CmTimeCache kept = { 0 };
  gint64 time = 7;

  for (guint i = 0; i < G_N_ELEMENTS (bad_times); i++)
    {
      gsize size = strlen (bad_times[i]);
      g_autofree char *copy = g_memdup2 (bad_times[i], size);
      CmTimeCache fresh = { 0 };
      gint64 before;

      g_test_message ("%s", bad_times[i]);
      g_assert_true (cm_time_parse (&kept, CM_TEXT ("2011-11-09T09:00:00Z"), &before));
      g_assert_false (cm_time_parse (&fresh, (CmText) { copy, size }, &time));
      g_assert_false (cm_time_parse (&kept, (CmText) { copy, size }, &time));
    }

  g_assert_cmpint (time, ==, 7);
}

static void
test_cuts (void)
{
  static const char text[] = "2011-11-09T09:00:12.400+01:00";
  CmTimeCache cache = { 0 };
  gint64 time;

  for (gsize size = 0; size < strlen (text); size++)
    {
      g_autofree char *copy = g_memdup2 (text, size);

      g_assert_false (cm_time_parse (&cache, (CmText) { copy, size }, &time));
    }
}

static void
test_format (void)
{
  static const Good formats[] = {
    { "1970-01-01T00:00:00.000Z", 0 },
    { "1970-01-01T00:00:59.999Z", 59999 },
    { "1970-01-01T00:01:00.000Z", 60000 },
    { "1969-12-31T23:59:59.999Z", -1 },
    { "1969-12-31T23:59:00.000Z", -60000 },
    { "1969-12-31T23:58:59.999Z", -60001 },
    { "2011-11-09T09:00:12.400Z", G_GINT64_CONSTANT (1320829212400) },
    { "0001-01-01T00:00:00.000Z", FIRST },
    { "9999-12-31T23:59:59.999Z", LAST },
    { "0001-01-01T00:00:00.000Z", CM_TIME_NONE },
    { "9999-12-31T23:59:59.999Z", G_MAXINT64 },
  };
  CmTimeCache cache = { 0 };
  char buffer[CM_TIME_FORMAT_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint round = 0; round < 2; round++)
      {
        cm_time_format (&cache, formats[i].time, buffer);
        g_assert_cmpstr (buffer, ==, formats[i].text);
      }
}

/* Random times there and back, reading and writing through one cache: whatever it
 * holds, the result is the same as without. */
static void
test_round_trip (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3339);
  CmTimeCache shared = { 0 };

  for (guint i = 0; i < 20000; i++)
    {
      gint64 span = i % 2 == 0 ? 200000 : LAST - FIRST;
      gint64 time = (i % 2 == 0 ? 0 : FIRST) + (gint64) (g_rand_double (rand) * (double) span);
      CmTimeCache fresh = { 0 };
      char buffer[CM_TIME_FORMAT_SIZE], expected[CM_TIME_FORMAT_SIZE];
      gint64 back;

      cm_time_format (&fresh, time, expected);
      cm_time_format (&shared, time, buffer);
      g_assert_cmpstr (buffer, ==, expected);

      if (i % 3 == 0)
        memcpy (buffer + 10, "t", 1);

      g_assert_true (cm_time_parse (&shared, cm_text_from_string (buffer), &back));
      g_assert_cmpint (back, ==, time);
    }
}

/* Every second day and so many minutes of the years that there are, beside GDateTime. */
static void
test_calendar (void)
{
  const gint64 step = G_GINT64_CONSTANT (2 * 86400 + 37 * 60) * 1000;

  for (gint64 time = FIRST; time < LAST; time += step)
    {
      g_autoptr(GDateTime) date_time = g_date_time_new_from_unix_utc (time / 1000);
      g_autofree char *rest = g_date_time_format (date_time, "%m-%dT%H:%M:%S.000Z");
      g_autofree char *expected = g_strdup_printf ("%04d-%s", g_date_time_get_year (date_time), rest);
      CmTimeCache written = { 0 }, read = { 0 };
      char buffer[CM_TIME_FORMAT_SIZE];
      gint64 again;

      cm_time_format (&written, time, buffer);
      g_assert_cmpstr (buffer, ==, expected);
      g_assert_true (cm_time_parse (&read, (CmText) { buffer, strlen (buffer) }, &again));
      g_assert_cmpint (again, ==, time);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/good", test_good);
  g_test_add_func ("/time/bad", test_bad);
  g_test_add_func ("/time/cuts", test_cuts);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/round-trip", test_round_trip);
  g_test_add_func ("/time/calendar", test_calendar);

  return g_test_run ();
}
