/* test-zoom.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#define ANA "\"participant_uuid\":\"U1\",\"user_id\":\"16778240\",\"id\":\"acc-ana\",\"user_name\":\"Ana\",\"email\":\"ana@example.org\""
#define ANA_AGAIN "\"participant_uuid\":\"U9\",\"user_id\":\"16779264\",\"id\":\"acc-ana\",\"user_name\":\"Ana\",\"email\":\"ana@example.org\""
#define BEN "\"participant_uuid\":\"U2\",\"user_id\":\"16778250\",\"id\":\"\",\"user_name\":\"Ben\",\"email\":\"\""

/* One event about @person, or about the meeting itself. */
static void
push (CmTestFeed *feed,
      gint64      stamp,
      const char *event,
      const char *person)
{
  g_autofree char *record =
    g_strdup_printf ("{\"event\":\"meeting.%s\",\"event_ts\":%" G_GINT64_FORMAT ",\"payload\":{\"account_id\":\"A\","
                     "\"object\":{\"id\":\"912\",\"uuid\":\"M1==\",\"host_id\":\"acc-ana\",\"topic\":\"Review\"%s%s%s}}}\n",
                     event, G_GINT64_CONSTANT (1800000000000) + stamp, person != NULL ? ",\"participant\":{" : "",
                     person != NULL ? person : "", person != NULL ? "}" : "");

  cm_test_feed_push (feed, record);
}

static void
push_phone (CmTestFeed *feed,
            const char *event)
{
  g_autofree char *record =
    g_strdup_printf ("{\"event\":\"phone.%s\",\"event_ts\":1800000000000,\"payload\":{\"object\":{\"call_id\":\"77\","
                     "\"caller\":{\"phone_number\":\"+12025550101\"},\"callee\":{\"extension_number\":1002}}}}\n", event);

  cm_test_feed_push (feed, record);
}

/* In a meeting as it is: the waiting room, a new user_id behind it, a host who is
 * followed by another, and an end that comes before those who leave by it. */
static void
test_meeting (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");

  push (feed, 0, "started", NULL);
  cm_test_feed_expect (feed, "M1==", "idle -");
  push (feed, 1000, "participant_joined", ANA);
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org presenter Connected");
  push (feed, 2000, "participant_joined_waiting_room", BEN);
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org presenter Connected; u2 lobby Joining");
  push (feed, 3000, "participant_admitted", BEN);
  push (feed, 3100, "participant_left_waiting_room", BEN);
  push (feed, 3200, "participant_joined", BEN);
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org presenter Connected; u2 attendee Connected");
  push (feed, 4000, "participant_role_changed", BEN ",\"old_role\":\"attendee\",\"new_role\":\"host\"");
  push (feed, 4000, "participant_role_changed", ANA ",\"old_role\":\"host\",\"new_role\":\"attendee\"");
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org attendee Connected; u2 presenter Connected");
  push (feed, 9000, "ended", NULL);
  cm_test_feed_expect (feed, "M1==", "ended -; ana@example.org left ended; u2 left ended");
  push (feed, 6600, "participant_left", BEN);
  push (feed, 6600, "participant_joined", ANA_AGAIN);
  push (feed, 9100, "started", NULL);
  cm_test_feed_expect (feed, "M1==", "ended -; ana@example.org left ended; u2 left ended");
}

/* Twice, late, and the other way round. */
static void
test_disorder (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");

  push (feed, 1000, "participant_joined", ANA);
  push (feed, 1000, "participant_joined", ANA);
  push (feed, 5000, "participant_left", BEN);
  push (feed, 4000, "participant_joined", BEN);
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org presenter Connected");

  /* A second device, and then the first of them goes. */
  push (feed, 6000, "participant_joined", ANA_AGAIN);
  push (feed, 7000, "participant_left", ANA ",\"leave_reason\":\"Ana left the meeting.\"");
  push (feed, 7000, "participant_left", ANA);
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org presenter Connected");
  push (feed, 8000, "participant_left", ANA_AGAIN ",\"leave_reason\":\"got disconnected from the meeting\"");
  cm_test_feed_expect (feed, "M1==", "left -; ana@example.org left network");
}

/* Who was invited, called or waited for the host is he who then comes. */
static void
test_expected (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");

  push (feed, 0, "started", NULL);
  push (feed, 1000, "invitation_dispatched", "\"participant_user_id\":\"acc-ana\",\"email\":\"ana@example.org\"");
  push (feed, 1000, "participant_phone_callout_ringing", "\"invitee_name\":\"Cem\",\"phone_number\":12025550101");
  push (feed, 1000, "participant_jbh_waiting", "\"id\":\"acc-dia\",\"user_name\":\"Dia\"");
  cm_test_feed_expect (feed, "M1==", "idle -; ana@example.org attendee Notified; +12025550101 attendee Notified; "
                                     "acc-dia attendee Connecting");
  push (feed, 2000, "invitation_accepted", "\"participant_user_id\":\"acc-ana\",\"email\":\"ana@example.org\"");
  push (feed, 3000, "participant_joined", ANA);
  push (feed, 3000, "participant_phone_callout_accepted", "\"invitee_name\":\"Cem\",\"phone_number\":12025550101");
  push (feed, 4000, "participant_joined", "\"participant_uuid\":\"U4\",\"user_name\":\"Cem\",\"phone_number\":\"12025550101\"");
  push (feed, 5000, "participant_joined", "\"participant_uuid\":\"U5\",\"id\":\"acc-dia\",\"email\":\"dia@example.org\"");
  cm_test_feed_expect (feed, "M1==", "in-conference -; ana@example.org presenter Connected; "
                                     "+12025550101 attendee Connected; acc-dia attendee Connected");
}

static void
test_in_vain (void)
{
  static const struct
  {
    const char *begins;
    const char *ends;
    const char *why;
  } cases[] = {
    { "invitation_dispatched", "invitation_rejected", "rejected" },
    { "invitation_dispatched", "invitation_timeout", "timed-out" },
    { "participant_phone_callout_ringing", "participant_phone_callout_rejected", "rejected" },
    { "participant_phone_callout_ringing", "participant_phone_callout_missed", "no-answer" },
    { "participant_room_system_callout_ringing", "participant_room_system_callout_failed", "network" },
    { "participant_jbh_waiting", "participant_jbh_waiting_left", "timed-out" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");
      g_autofree char *expected = g_strdup_printf ("idle -; x@example.org left %s", cases[i].why);

      push (feed, 0, cases[i].begins, "\"email\":\"x@example.org\"");
      push (feed, 1, cases[i].ends, "\"email\":\"x@example.org\"");
      push (feed, 2, cases[i].ends, "\"email\":\"x@example.org\"");
      cm_test_feed_expect (feed, "M1==", expected);

      /* One who is in the meeting is not gone by it. */
      push (feed, 3, "participant_joined", "\"participant_uuid\":\"U7\",\"email\":\"x@example.org\"");
      push (feed, 4, cases[i].ends, "\"email\":\"x@example.org\"");
      cm_test_feed_expect (feed, "M1==", "in-conference -; x@example.org attendee Connected");
    }
}

/* What is late, or tells of other things, begins no meeting. */
static void
test_unknown (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");

  push (feed, 0, "ended", NULL);
  push (feed, 0, "participant_qos", ANA);
  push (feed, 0, "participant_left", BEN);
  push (feed, 0, "sharing_started", ANA);
  cm_test_feed_push (feed, "{\"event\":\"endpoint.url_validation\",\"event_ts\":1,\"payload\":{\"plainToken\":\"x\"}}\n");
  g_assert_cmpstr (feed->lines->str, ==, "");
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

static void
test_phone (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");

  push_phone (feed, "callee_ringing");
  cm_test_feed_expect (feed, "phone:77", "ringing -; +12025550101 attendee Connecting; 1002 attendee Notified");
  push_phone (feed, "callee_answered");
  push_phone (feed, "caller_ringing");
  push_phone (feed, "caller_connected");
  cm_test_feed_expect (feed, "phone:77", "in-call -; +12025550101 attendee Connected; 1002 attendee Connected");
  push_phone (feed, "callee_hold");
  cm_test_feed_expect (feed, "phone:77", "on-hold -; +12025550101 attendee Connected; 1002 attendee Connected");
  push_phone (feed, "callee_unhold");
  push_phone (feed, "callee_mute");
  cm_test_feed_expect (feed, "phone:77", "in-call -; +12025550101 attendee Connected; 1002 attendee Connected muted");
  push_phone (feed, "caller_ended");
  push_phone (feed, "callee_ended");
  push_phone (feed, "callee_hold");
  cm_test_feed_expect (feed, "phone:77", "ended -; +12025550101 left ended; 1002 left ended");
}

static void
test_hostile (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("zoom");
  g_autoptr(GString) text = g_string_new (NULL);

  push (feed, 1, "participant_joined", "\"participant_uuid\":7,\"email\":[],\"user_name\":{}");
  cm_test_feed_push (feed, "[]\n{}\n{\"event\":7}\n{\"event\":\"meeting.started\",\"payload\":{\"object\":{}}}\n");
  cm_test_feed_push (feed, "{\"event\":\"meeting.started\",\"event_ts\":-1}\n{\"event\":\"meeting.started\",\"payload\":7}\n");
  g_assert_cmpuint (feed->n_faults, ==, 5);

  g_string_append (text, feed->lines->str);
  push (feed, 1, "participant_joined", "\"participant_uuid\":\"\",\"email\":\"\"");
  g_assert_cmpstr (feed->lines->str, ==, text->str);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zoom/meeting", test_meeting);
  g_test_add_func ("/zoom/disorder", test_disorder);
  g_test_add_func ("/zoom/expected", test_expected);
  g_test_add_func ("/zoom/in-vain", test_in_vain);
  g_test_add_func ("/zoom/unknown", test_unknown);
  g_test_add_func ("/zoom/phone", test_phone);
  g_test_add_func ("/zoom/hostile", test_hostile);

  return g_test_run ();
}
