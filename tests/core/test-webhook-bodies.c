/* test-webhook-bodies.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

/* BigBlueButton: an event at @stamp about a user of the meeting m1. */
static void
push_bbb (CmTestFeed *feed,
          gint64      stamp,
          const char *id,
          const char *user)
{
  g_autofree char *record =
    g_strdup_printf ("{'data':{'type':'event','id':'%s','attributes':{'meeting':{'internal-meeting-id':'m1',"
                     "'external-meeting-id':'e1','name':'Biology','dial-number':'613-555-0100','voice-conf':'71347',"
                     "'moderator-pass':'open sesame','viewer-pass':'let me in'},'user':{%s}},"
                     "'event':{'ts':%" G_GINT64_FORMAT "}}}", id, user, G_GINT64_CONSTANT (1800000000000) + stamp);

  cm_test_feed_push_quoted (feed, record);
}

#define ANA "'internal-user-id':'w_1','external-user-id':'site-7','name':'Ana'"
#define ANA_AGAIN "'internal-user-id':'w_9','external-user-id':'site-7','name':'Ana'"
#define BEN "'internal-user-id':'w_2','external-user-id':'ben@example.org','name':'Ben'"

static void
test_bbb_meeting (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("bigbluebutton");

  push_bbb (feed, 0, "meeting-created", "");
  push_bbb (feed, 1, "user-joined", ANA ",'role':'MODERATOR','presenter':false");
  push_bbb (feed, 2, "user-joined", BEN ",'role':'VIEWER','presenter':false");
  cm_test_feed_expect (feed, "m1", "in-conference -; site-7 presenter Connected; ben@example.org attendee Connected");
  push_bbb (feed, 3, "user-presenter-assigned", BEN);
  push_bbb (feed, 4, "user-audio-muted", BEN ",'muted':true");
  cm_test_feed_expect (feed, "m1", "in-conference -; site-7 presenter Connected; "
                                   "ben@example.org presenter Connected muted");

  /* Without audio they are in it all the same. */
  push_bbb (feed, 5, "user-audio-voice-disabled", ANA);
  push_bbb (feed, 5, "user-audio-voice-disabled", BEN);
  cm_test_feed_expect (feed, "m1", "in-conference -; site-7 presenter Disconnected; "
                                   "ben@example.org presenter Disconnected muted");
  push_bbb (feed, 6, "user-left", BEN);
  push_bbb (feed, 6, "user-left", BEN);
  push_bbb (feed, 7, "meeting-ended", "");
  push_bbb (feed, 8, "user-left", ANA);
  cm_test_feed_expect (feed, "m1", "ended -; site-7 left ended; ben@example.org left left");
  g_assert_null (strstr (feed->lines->str, "sesame"));
  g_assert_null (strstr (feed->lines->str, "let me in"));
  g_assert_nonnull (strstr (feed->lines->str, "613-555-0100"));
}

/* A callback that was tried again comes behind those that were not. */
static void
test_bbb_late (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("bigbluebutton");

  push_bbb (feed, 1, "user-joined", BEN ",'role':'VIEWER','presenter':false");
  push_bbb (feed, 9, "user-presenter-unassigned", BEN);
  push_bbb (feed, 5, "user-presenter-assigned", BEN);
  push_bbb (feed, 9, "user-audio-unmuted", BEN);
  push_bbb (feed, 5, "user-audio-muted", BEN);
  cm_test_feed_expect (feed, "m1", "in-conference -; ben@example.org attendee Connected");
  push_bbb (feed, 20, "user-left", BEN);
  push_bbb (feed, 1, "user-joined", BEN ",'role':'VIEWER','presenter':false");
  cm_test_feed_expect (feed, "m1", "left -; ben@example.org left left");
}

/* One person may come by two devices, and comes again under another id. */
static void
test_bbb_again (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("bigbluebutton");

  push_bbb (feed, 1, "user-joined", ANA ",'role':'VIEWER'");
  push_bbb (feed, 2, "user-left", ANA);
  push_bbb (feed, 3, "user-joined", ANA_AGAIN ",'role':'MODERATOR'");
  cm_test_feed_expect (feed, "m1", "in-conference -; site-7 presenter Connected");
  push_bbb (feed, 4, "user-joined", ANA ",'role':'VIEWER'");
  cm_test_feed_expect (feed, "m1", "in-conference -; site-7 presenter Connected; w_1 attendee Connected");
}

/* The body of a POST, and an array of events. */
static void
test_bbb_forms (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("bigbluebutton");

  cm_test_feed_push (feed, "domain=bbb.example.org&event=%5B%7B%22data%22%3A%7B%22id%22%3A%22user-joined%22%2C%22"
                           "attributes%22%3A%7B%22meeting%22%3A%7B%22internal-meeting-id%22%3A%22m1%22%7D%2C%22user"
                           "%22%3A%7B%22internal-user-id%22%3A%22w+1%22%2C%22name%22%3A%22A%2BB%22%7D%7D%2C%22event"
                           "%22%3A%7B%22ts%22%3A5%7D%7D%7D%5D&timestamp=6\n");
  cm_test_feed_expect (feed, "m1", "in-conference -; w 1 attendee Connected");
  cm_test_feed_push (feed, "domain=bbb.example.org&timestamp=6\ndomain=x&event=%zz\n[{},[],7]\n{\"data\":7}\n");
  g_assert_cmpuint (feed->n_faults, ==, 6);
}

static void
push_livekit (CmTestFeed *feed,
              gint64      seconds,
              const char *event,
              const char *rest)
{
  g_autofree char *record =
    g_strdup_printf ("{'event':'%s','room':{'sid':'RM_1','name':'case-7'},'createdAt':'%" G_GINT64_FORMAT "'%s}",
                     event, G_GINT64_CONSTANT (1800000000) + seconds, rest);

  cm_test_feed_push_quoted (feed, record);
}

static void
test_livekit_room (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("livekit");

  push_livekit (feed, 0, "room_started", ",'id':'EV_1'");
  push_livekit (feed, 2, "participant_joined",
                ",'id':'EV_2','participant':{'sid':'PA_1','identity':'ana','permission':{'canPublish':true}}");
  push_livekit (feed, 2, "participant_joined",
                ",'id':'EV_3','participant':{'sid':'PA_2','identity':'ben','permission':{'canSubscribe':true}}");
  push_livekit (feed, 3, "participant_joined",
                ",'id':'EV_4','participant':{'sid':'PA_3','identity':'sip_+12025550101','kind':'SIP'}");
  cm_test_feed_expect (feed, "RM_1", "in-conference -; ana presenter Connected; ben attendee Connected; "
                                     "+12025550101 attendee Connected");

  /* He is in again before the end of his first stay is told. */
  push_livekit (feed, 5, "participant_joined", ",'id':'EV_6','participant':{'sid':'PA_9','identity':'ben'}");
  push_livekit (feed, 5, "participant_left",
                ",'id':'EV_5','participant':{'sid':'PA_2','identity':'ben','disconnectReason':'DUPLICATE_IDENTITY'}");
  cm_test_feed_expect (feed, "RM_1", "in-conference -; ana presenter Connected; ben attendee Connected; "
                                     "+12025550101 attendee Connected");
  push_livekit (feed, 6, "participant_left",
                ",'id':'EV_7','participant':{'sid':'PA_9','identity':'ben','disconnectReason':'PARTICIPANT_REMOVED'}");
  push_livekit (feed, 5, "participant_joined", ",'id':'EV_6','participant':{'sid':'PA_9','identity':'ben'}");
  push_livekit (feed, 6, "participant_connection_aborted",
                ",'id':'EV_8','participant':{'sid':'PA_7','identity':'cem','disconnectReason':'JOIN_FAILURE'}");
  cm_test_feed_expect (feed, "RM_1", "in-conference -; ana presenter Connected; ben left removed; "
                                     "+12025550101 attendee Connected");

  /* The end came first, within the same second. */
  push_livekit (feed, 8, "participant_left", ",'id':'EV_21','participant':{'sid':'PA_20','identity':'fay'}");
  push_livekit (feed, 8, "participant_joined", ",'id':'EV_20','participant':{'sid':'PA_20','identity':'fay'}");
  cm_test_feed_expect (feed, "RM_1", "in-conference -; ana presenter Connected; ben left removed; "
                                     "+12025550101 attendee Connected");
  push_livekit (feed, 9, "room_finished", ",'id':'EV_9'");
  push_livekit (feed, 9, "participant_joined", ",'id':'EV_10','participant':{'sid':'PA_8','identity':'dia'}");
  cm_test_feed_expect (feed, "RM_1", "ended -; ana left ended; ben left removed; +12025550101 left ended");
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

static void
test_livekit_hostile (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("livekit");

  cm_test_feed_push_quoted (feed, "{'event':'room_started','room':{'sid':'RM_1'},'createdAt':'tomorrow'}");
  cm_test_feed_push_quoted (feed, "{'event':'room_started','room':{'sid':'RM_1'},'createdAt':'99999999999999999999'}");
  cm_test_feed_push_quoted (feed, "{'event':3}");
  cm_test_feed_push_quoted (feed, "[]");
  cm_test_feed_push_quoted (feed, "{'event':'participant_joined','room':7,'participant':[]}");
  cm_test_feed_push_quoted (feed, "{'event':'egress_started','egressInfo':{}}");
  g_assert_cmpuint (feed->n_faults, ==, 4);
  g_assert_null (strstr (feed->lines->str, "Conversation"));
}

/* However a recording is cut, it comes to the same. */
static void
test_splits (void)
{
  static const char bbb[] =
    "{\"data\":{\"id\":\"user-joined\",\"attributes\":{\"meeting\":{\"internal-meeting-id\":\"m1\"},"
    "\"user\":{\"internal-user-id\":\"w_1\"}},\"event\":{\"ts\":5}}}\n"
    "{\"data\":{\"id\":\"user-left\",\"attributes\":{\"meeting\":{\"internal-meeting-id\":\"m1\"},"
    "\"user\":{\"internal-user-id\":\"w_1\"}},\"event\":{\"ts\":6}}}\n";
  static const char livekit[] =
    "{\"event\":\"participant_joined\",\"room\":{\"sid\":\"R\"},\"participant\":{\"sid\":\"P\",\"identity\":\"i\"}}\n"
    "{\"event\":\"room_finished\",\"room\":{\"sid\":\"R\"}}\n";

  cm_test_feed_splits ("bigbluebutton", bbb, sizeof bbb - 1);
  cm_test_feed_damage ("bigbluebutton", bbb, sizeof bbb - 1);
  cm_test_feed_splits ("livekit", livekit, sizeof livekit - 1);
  cm_test_feed_damage ("livekit", livekit, sizeof livekit - 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bigbluebutton/meeting", test_bbb_meeting);
  g_test_add_func ("/bigbluebutton/late", test_bbb_late);
  g_test_add_func ("/bigbluebutton/again", test_bbb_again);
  g_test_add_func ("/bigbluebutton/forms", test_bbb_forms);
  g_test_add_func ("/livekit/room", test_livekit_room);
  g_test_add_func ("/livekit/hostile", test_livekit_hostile);
  g_test_add_func ("/webhooks/splits", test_splits);

  return g_test_run ();
}
