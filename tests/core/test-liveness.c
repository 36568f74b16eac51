/* test-liveness.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#define START CM_TEST_START

/* A line of one of two sources; @fields as in JSON. */
static void
tell (CmTestDesk *desk,
      gint64      at,
      const char *source,
      const char *fields)
{
  CmTimeCache cache = { 0 };
  char time[CM_TIME_FORMAT_SIZE];
  g_autofree char *line = NULL;

  cm_time_format (&cache, at, time);
  line = g_strdup_printf ("{\"at\":\"%s\",\"source\":\"%s\",%s}", time, source, fields);
  cm_test_desk_line (desk, line);
}

static void
tell_alive (CmTestDesk *desk,
            gint64      at,
            const char *source)
{
  tell (desk, at, source,
        "\"event\":\"SourceStatusChanged\",\"status\":\"Connected\",\"heartbeat\":1000");
}

static void
tell_call (CmTestDesk *desk,
           gint64      at,
           const char *source)
{
  tell (desk, at, source, "\"conversation\":\"1\",\"event\":\"ModalityStateChanged\","
        "\"modality\":\"AudioVideo\",\"state\":\"Connected\"");
}

/* "a" promises, "b" does not; both have a call. */
static CmTestDesk *
desk_new (void)
{
  CmTestDesk *desk = cm_test_desk_new ();

  tell_alive (desk, START, "a");
  tell_call (desk, START, "a");
  tell_call (desk, START, "b");

  return desk;
}

static void
advance (CmTestDesk *desk,
         gint64      now)
{
  cm_tracker_advance (desk->tracker, now);
  cm_test_desk_flush (desk);
}

static gint64
get_silent (CmTestDesk *desk,
            const char *source)
{
  g_autofree char *id = g_strconcat (source, "#1", NULL);
  const CmDocument *document = g_hash_table_lookup (desk->documents, id);
  const CmLeg *leg = cm_document_get_leg (document, 0);

  g_assert_cmpint (leg->confirmed, ==, leg->silent_since == CM_TIME_NONE);
  g_assert_cmpint (cm_tracker_get_silent_since (desk->tracker, cm_text_from_string (source)), ==,
                   leg->silent_since);

  return leg->silent_since;
}

static void
test_missed (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();

  advance (desk, START + 2499);
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
  advance (desk, START + 2500);
  g_assert_cmpint (get_silent (desk, "a"), ==, START);
  g_assert_cmpint (get_silent (desk, "b"), ==, CM_TIME_NONE);
  cm_test_desk_check (desk);
}

/* Whatever it says, it is there; whoever promised nothing is never missed. */
static void
test_quiet (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();

  for (gint64 now = START + 2000; now < START + 600000; now += 2000)
    {
      advance (desk, now);
      if (now % 4000 == 0)
        tell_alive (desk, now, "a");
      else
        tell_call (desk, now, "a");
      g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
      g_assert_cmpint (get_silent (desk, "b"), ==, CM_TIME_NONE);
    }
}

static void
test_comes_back (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();

  advance (desk, START + 60000);
  g_assert_cmpint (get_silent (desk, "a"), ==, START);
  tell_alive (desk, START + 60000, "a");
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
  advance (desk, START + 62500);
  g_assert_cmpint (get_silent (desk, "a"), ==, START + 60000);
  tell_call (desk, START + 63000, "a");
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
  advance (desk, START + 65500);
  g_assert_cmpint (get_silent (desk, "a"), ==, START + 63000);
  cm_test_desk_check (desk);
}

/* The next word on its status takes the promise back. */
static void
test_taken_back (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();

  tell (desk, START, "a", "\"event\":\"SourceStatusChanged\",\"status\":\"Connected\"");
  advance (desk, START + 60000);
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
}

/* Who says that he is lost is so from then on, and not heard of by a word of his. */
static void
test_lost (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();

  tell (desk, START + 1000, "a",
        "\"event\":\"SourceStatusChanged\",\"status\":\"Lost\",\"heartbeat\":1000");
  g_assert_cmpint (get_silent (desk, "a"), ==, START + 1000);
  advance (desk, START + 60000);
  tell_call (desk, START + 60000, "a");
  g_assert_cmpint (get_silent (desk, "a"), ==, START + 1000);
  tell_alive (desk, START + 61000, "a");
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
}

/* A source's own clock may be off by hours. */
static void
test_other_clock (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();

  advance (desk, START + 2000);
  tell_alive (desk, START - 3600000, "a");
  advance (desk, START + 4499);
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
  advance (desk, START + 4500);
  g_assert_cmpint (get_silent (desk, "a"), ==, START + 2000);
}

/* A tracker that was away misses nobody for it. */
static void
test_restart (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();

  cm_tracker_listen_from (desk->tracker, START + 3600000);
  tell_alive (desk, START, "a");
  tell_call (desk, START, "a");
  advance (desk, START + 3602499);
  g_assert_cmpint (get_silent (desk, "a"), ==, CM_TIME_NONE);
  advance (desk, START + 3602500);
  g_assert_cmpint (get_silent (desk, "a"), ==, START);
}

static gboolean
is_heartbeat (CmTestDesk *desk,
              const char *line)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  g_autoptr(GError) error = NULL;
  CmTimeCache cache = { 0 };
  CmEvent event;

  cm_event_decode (&event, reader, &cache, line, strlen (line), NULL, &error);
  g_assert_no_error (error);

  return cm_tracker_is_heartbeat (desk->tracker, &event);
}

static void
test_is_heartbeat (void)
{
  g_autoptr(CmTestDesk) desk = desk_new ();
  const char *head = "{\"at\":\"2011-11-09T09:00:00Z\",\"event\":\"SourceStatusChanged\",";
  const struct
  {
    const char *tail;
    gboolean    is_heartbeat;
  } cases[] = {
    { "\"source\":\"a\",\"status\":\"Connected\",\"heartbeat\":1000}", TRUE },
    { "\"source\":\"a\",\"status\":\"Connected\",\"heartbeat\":2000}", FALSE },
    { "\"source\":\"a\",\"status\":\"Connected\"}", FALSE },
    { "\"source\":\"a\",\"status\":\"Resync\",\"heartbeat\":1000}", FALSE },
    { "\"source\":\"b\",\"status\":\"Connected\",\"heartbeat\":1000}", FALSE },
    { "\"source\":\"c\",\"status\":\"Connected\",\"heartbeat\":1000}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strconcat (head, cases[i].tail, NULL);

      g_assert_cmpint (is_heartbeat (desk, line), ==, cases[i].is_heartbeat);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/liveness/missed", test_missed);
  g_test_add_func ("/liveness/quiet-is-not-silent", test_quiet);
  g_test_add_func ("/liveness/comes-back", test_comes_back);
  g_test_add_func ("/liveness/promise-taken-back", test_taken_back);
  g_test_add_func ("/liveness/lost-by-its-own-word", test_lost);
  g_test_add_func ("/liveness/other-clock", test_other_clock);
  g_test_add_func ("/liveness/tracker-was-away", test_restart);
  g_test_add_func ("/liveness/is-heartbeat", test_is_heartbeat);

  return g_test_run ();
}
