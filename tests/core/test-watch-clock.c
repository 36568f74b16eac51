/* test-watch-clock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "watch/cm-watch-clock.h"

#define START G_GINT64_CONSTANT (1320829200000)

/* One message a second for so long, each on the way for @way, stamped by a clock that
 * is @ahead; returns what the last one told. */
static void
expect (gint64 ahead,
        gint64 way,
        gint64 expected_delay,
        gint64 expected_skew)
{
  CmWatchClock clock;
  gint64 delay = -1, skew = -1;

  cm_watch_clock_init (&clock);
  for (gint64 now = START; now < START + 30000; now += 1000)
    g_assert_true (cm_watch_clock_take (&clock, now - way + ahead, now, &delay, &skew));

  g_assert_cmpint (delay, ==, expected_delay);
  g_assert_cmpint (skew, ==, expected_skew);
}

static void
test_same_clock (void)
{
  expect (0, 0, 0, 0);
  expect (0, 40, 40, 0);
  expect (0, 2000, 2000, 0);
}

static void
test_other_clock (void)
{
  expect (4000, 40, 0, 3960);
  expect (-4000, 40, 0, -4040);
  expect (10, 5, 0, 5);
}

/* The slowest of a second is told, and what is beyond the fastest is the way. */
static void
test_worst (void)
{
  CmWatchClock clock;
  gint64 delay, skew;

  cm_watch_clock_init (&clock);
  g_assert_true (cm_watch_clock_take (&clock, START + 4000, START + 10, &delay, &skew));
  g_assert_cmpint (skew, ==, 3990);
  g_assert_false (cm_watch_clock_take (&clock, START + 4000, START + 500, &delay, &skew));
  g_assert_true (cm_watch_clock_take (&clock, START + 5000, START + 1020, &delay, &skew));
  g_assert_cmpint (delay, ==, 490);
  g_assert_cmpint (skew, ==, 3990);
}

/* A clock that is put right is soon known to be. */
static void
test_put_right (void)
{
  CmWatchClock clock;
  gint64 delay = -1, skew = -1;

  cm_watch_clock_init (&clock);
  g_assert_true (cm_watch_clock_take (&clock, START + 4000, START, &delay, &skew));
  g_assert_cmpint (skew, ==, 4000);
  for (guint i = 1; i <= CM_WATCH_CLOCK_SPANS; i++)
    g_assert_true (cm_watch_clock_take (&clock, START + i * 1000, START + i * 1000 + 20, &delay, &skew));
  g_assert_cmpint (skew, ==, 0);
  g_assert_cmpint (delay, ==, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/watch-clock/same-clock", test_same_clock);
  g_test_add_func ("/watch-clock/other-clock", test_other_clock);
  g_test_add_func ("/watch-clock/worst-of-a-second", test_worst);
  g_test_add_func ("/watch-clock/put-right", test_put_right);

  return g_test_run ();
}
