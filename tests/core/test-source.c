/* test-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#include "tracker/cm-tracker-private.h"

#define CALL(leg) leg " added; " leg " av Connecting; " leg " av Connected; "

static const CmTestCase sequences[] = {
  { "twice is once", {
    { "a/1 added #5; a/1 av Connected #6; a/1 av Disconnected #6; a/1 removed #5", "a#1", "phase=in-call leg:a#1:confirmed=true" },
  } },
  { "a gap leaves legs unconfirmed until it is filled", {
    { "a/1 added #1; a/1 av Connected #3", "a#1", "phase=in-call leg:a#1:confirmed=false" },
    { "a/1 in bob #2", "a#1", "leg:a#1:confirmed=true who:bob:confirmed=true" },
    { "a/1 in cyd #2", "a#1", "who:cyd=-" },
  } },
  { "a gap of several, filled in any order", {
    { "a/1 added #1; a/1 in bob #5; a/1 in cyd #3", "a#1", "leg:a#1:confirmed=false" },
    { "a/1 in dan #4", "a#1", "leg:a#1:confirmed=false" },
    { "a/1 in eve #2", "a#1", "leg:a#1:confirmed=true" },
  } },
  { "what came before the first", {
    { "a/1 av Connected #2; a/1 in bob #1", "a#1", "who:bob:role=attendee leg:a#1:confirmed=true" },
    { "a/1 in cyd #1", "a#1", "who:cyd=-" },
  } },
  { "without numbers nothing is missing", {
    { "a/1 added; a/1 av Connected #900; a/1 in bob; a/1 in cyd #901", "a#1", "leg:a#1:confirmed=true who:bob:role=attendee" },
  } },
  { "each source counts for itself", {
    { "a/1 added #1; b/1 added #1; b/1 av Connected #3", "a#1", "leg:a#1:confirmed=true" },
    { "", "b#1", "leg:b#1:confirmed=false" },
  } },
  { "a station that was started anew counts anew", {
    { "a status Connected #1; a/1 added #2; a/1 av Connected #3; a status Connected #1; a/1 av Disconnected #2", "a#1", "phase=hung-up" },
  } },
  { "the largest numbers", {
    { "a/1 added #9223372036854775806; a/1 av Connected #9223372036854775807; a/1 in bob #9223372036854775807", "a#1",
      "phase=in-call who:bob=-" },
    { "b/1 added #0; b/1 av Connected #9223372036854775807", "b#1", "phase=in-call leg:b#1:confirmed=false" },
  } },
  { NULL }
};

static const CmTestCase links[] = {
  { "lost, and back", {
    { CALL ("a/1") "a status Lost", "a#1", "phase=in-call leg:a#1:confirmed=false" },
    { "a status Connected", "a#1", "phase=in-call leg:a#1:confirmed=true" },
  } },
  { "resync closes what is not mentioned", {
    { CALL ("a/1") CALL ("a/2") "a/2 in bob; a/2 in cyd; a/2 in ann isSelf=true; b/1 added; a status Resync; a/2 added; a/2 in bob", "a#1",
      "phase=in-call leg:a#1:confirmed=false" },
    { "a status Connected", "a#1", "phase=ended leg:a#1:timing:ended=2011-11-09T09:00:13.000Z" },
    { "", "a#2", "phase=in-call who:bob:left=- who:cyd:left=2011-11-09T09:00:13.000Z who:ann:left=- leg:a#2:confirmed=true" },
    { "", "b#1", "phase=idle" },
  } },
  { "connected without resync closes nothing", {
    { CALL ("a/1") "a status Connected", "a#1", "phase=in-call" },
  } },
  { "resync mends a gap", {
    { "a status Connected #1; a/1 added #2; a/1 av Connected #9", "a#1", "leg:a#1:confirmed=false" },
    { "a status Resync #10; a/1 added #11; a status Connected #12", "a#1", "leg:a#1:confirmed=true phase=in-call" },
  } },
  { "an unknown status is no status", {
    { CALL ("a/1") "a status Dreaming", "a#1", "leg:a#1:confirmed=true" },
  } },
  { NULL }
};

static const CmTestCase clocks[] = {
  { "back", {
    { CALL ("a/1") "-3600000; a/1 av OnHold; +10000; a/1 av Connected", "a#1", "phase=in-call leg:a#1:timing:holdMs=0" },
  } },
  { "forth", {
    { CALL ("a/1") "+86400000; a/1 av OnHold; a/1 av Connected", "a#1", "phase=in-call leg:a#1:timing:talkMs=86401000 leg:a#1:timing:holdMs=1000" },
  } },
  { "each source has its own", {
    { CALL ("a/1") "-3600000; b/1 added", "b#1", "leg:b#1:timing:added=2011-11-09T08:00:03.000Z" },
  } },
  { NULL }
};

static void
test_counters (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  const CmTrackerCounters *counters = cm_tracker_get_counters (desk->tracker);

  cm_test_desk_play (desk, "a/1 added #1; a/1 added #1; a/1 av Connected #4; a/1 in bob #2; -5000; a/1 in cyd #5");
  g_assert_cmpuint (counters->events, ==, 5);
  g_assert_cmpuint (counters->duplicates, ==, 1);
  g_assert_cmpuint (counters->gaps, ==, 1);
  g_assert_cmpuint (counters->late, ==, 1);
  g_assert_cmpuint (counters->clamped, ==, 1);
  cm_test_desk_check (desk);
}

static void
handle (CmTracker  *tracker,
        const char *source,
        const char *conversation,
        const char *participant)
{
  CmEvent event = {
    .at = CM_TEST_START,
    .source = cm_text_from_string (source),
    .conversation = cm_text_from_string (conversation),
    .kind = participant != NULL ? CM_EVENT_PARTICIPANT_ADDED : CM_EVENT_CONVERSATION_ADDED,
    .participant = cm_text_from_string (participant),
  };

  cm_tracker_handle (tracker, &event);
}

static void
test_too_many_sources (void)
{
  g_autoptr(CmTracker) tracker = cm_tracker_new ();

  for (guint i = 0; i < CM_TRACKER_MAX_SOURCES + 10; i++)
    {
      char source[16];

      g_snprintf (source, sizeof source, "s%u", i);
      handle (tracker, source, "1", NULL);
    }

  g_assert_cmpuint (cm_tracker_get_n_sources (tracker), ==, CM_TRACKER_MAX_SOURCES);
  g_assert_cmpuint (cm_tracker_get_n_conversations (tracker), ==, CM_TRACKER_MAX_SOURCES);
  g_assert_cmpuint (cm_tracker_get_counters (tracker)->dropped, ==, 10);
}

static void
test_too_many_members (void)
{
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  g_autoptr(CmDocument) document = NULL;

  for (guint i = 0; i < CM_TRACKER_MAX_MEMBERS + 10; i++)
    {
      char who[32];

      g_snprintf (who, sizeof who, "sip:u%u@x", i);
      handle (tracker, "a", "1", who);
    }

  document = cm_tracker_dup_document (tracker, "a#1");
  g_assert_cmpuint (document->persons.len, ==, CM_TRACKER_MAX_MEMBERS);
  g_assert_cmpuint (cm_tracker_get_counters (tracker)->dropped, ==, 10);
}

/* Two sources whose ids could be taken for each other's. */
static void
test_ids_do_not_collide (void)
{
  g_autoptr(CmTracker) tracker = cm_tracker_new ();

  handle (tracker, "a", "b#c", NULL);
  handle (tracker, "a#b", "c", NULL);
  handle (tracker, "a%23b", "c", NULL);
  g_assert_cmpuint (cm_tracker_get_n_conversations (tracker), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  cm_test_add_cases ("/source/sequences", sequences);
  cm_test_add_cases ("/source/links", links);
  cm_test_add_cases ("/source/clocks", clocks);
  g_test_add_func ("/source/counters", test_counters);
  g_test_add_func ("/source/too-many-sources", test_too_many_sources);
  g_test_add_func ("/source/too-many-members", test_too_many_members);
  g_test_add_func ("/source/ids-do-not-collide", test_ids_do_not_collide);

  return g_test_run ();
}
