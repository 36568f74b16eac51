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

/* Teams: a notification of a call, or of its participants. */
static void
push_call (CmTestFeed *feed,
           const char *url,
           const char *change,
           const char *data)
{
  g_autofree char *record =
    g_strdup_printf ("{'at':'2026-03-01T10:00:00Z','body':{'value':[{'changeType':'%s','resourceUrl':'/communications/calls/%s',"
                     "'resourceData':%s}]}}", change, url, data);

  cm_test_feed_push_quoted (feed, record);
}

#define PERSON(stay, id, rest) "{'id':'" stay "','info':{'identity':{'user':{'id':'" id "','displayName':'" id "'}}}" rest "}"

static void
test_graph_call (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  push_call (feed, "AB-1", "created", "{'state':'incoming','source':{'identity':{'user':{'id':'u1','displayName':'Ana'}}}}");
  cm_test_feed_expect (feed, "ab1", "ringing -; u1 attendee -");
  push_call (feed, "AB1", "updated", "{'state':'established'}");
  push_call (feed, "ab-1", "updated", "{'state':'establishing'}");
  cm_test_feed_expect (feed, "ab1", "in-call -; u1 attendee -");
  push_call (feed, "AB1", "updated", "{'state':'hold'}");
  cm_test_feed_expect (feed, "ab1", "on-hold -; u1 attendee -");
  push_call (feed, "AB1", "updated", "{'state':'transferring'}");
  cm_test_feed_expect (feed, "ab1", "transferring -; u1 attendee -");
  push_call (feed, "AB1", "deleted", "{'state':'terminated'}");
  push_call (feed, "AB1", "updated", "{'state':'established'}");
  cm_test_feed_expect (feed, "ab1", "ended -; u1 left ended");
}

static void
test_graph_roster (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  cm_test_feed_push_quoted (feed, "{'joinWebUrl':'https://teams.example.org/l/1','participants':{'organizer':{'role':'organizer',"
                                  "'identity':{'user':{'id':'u1'}}},'attendees':[{'role':'attendee','identity':{'user':{'id':'u2'}}}]}}");
  push_call (feed, "c1", "created", "{'state':'established','chatInfo':{'threadId':'19:meeting_x@thread.v2'}}");
  push_call (feed, "c1/participants", "updated",
             "[" PERSON ("p1", "u1", "") "," PERSON ("p2", "u2", ",'isMuted':true") "," PERSON ("p3", "u3", ",'isInLobby':true") "]");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 presenter Connected; u2 attendee Connected muted; u3 lobby Joining");
  push_call (feed, "c1/participants", "updated",
             "{'sequenceNumber':4,'participants':[" PERSON ("p3", "u3", ",'removedState':{'reason':'x'}") "]}");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 presenter Connected; u2 attendee Connected muted; u3 left left");
  push_call (feed, "c1/participants", "updated", "[" PERSON ("p2", "u2", ",'isMuted':false") "]");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 left left; u2 attendee Connected; u3 left left");
}

static void
test_graph_meeting (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");
  const char *id = "communications/onlineMeetings?$filter=joinWebUrl+eq+'https%3A%2F%2Fteams.example.org%2Fl%2F1'";
  static const char * const events[] = {
    "\"eventType\":\"Microsoft.Communication.CallStarted\"",
    "\"eventType\":\"Microsoft.Communication.CallRosterUpdate\",\"activeParticipants@joined\":[{\"Id\":\"s1\","
    "\"Identity\":{\"User\":{\"Id\":\"u1\",\"DisplayName\":\"Ana\"}}}]",
    "\"eventType\":\"Microsoft.Communication.CallRosterUpdate\",\"activeParticipants@exited\":[{\"Id\":\"s1\"}]",
    "\"eventType\":\"Microsoft.Communication.CallEnded\"",
  };
  static const char * const expected[] = {
    "idle -", "in-conference -; u1 attendee Connected", "left -; u1 left left", "ended -; u1 left left",
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *record = g_strdup_printf ("{\"id\":\"%s\",\"eventDateTime\":\"2026-03-01T10:00:0%u.0000000Z\",%s}\n",
                                                 id, i, events[i]);

      cm_test_feed_push (feed, record);
      cm_test_feed_expect (feed, id, expected[i]);
    }

  g_assert_nonnull (strstr (feed->lines->str, "\"conferencingUri\":\"https://teams.example.org/l/1\""));
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

static void
test_graph_hostile (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  cm_test_feed_push_quoted (feed, "{'value':[1,{},{'resourceUrl':'/communications/calls/'},{'resourceUrl':'/calls/x/participants',"
                                  "'resourceData':[1,{},{'id':3,'info':{'identity':{'user':{'id':[]}}}}]}]}");
  cm_test_feed_push_quoted (feed, "{'value':[{'resourceUrl':'/calls/x','resourceData':{'state':'dancing'},'changeType':7}]}");
  cm_test_feed_push_quoted (feed, "{'value':[{'clientState':'secret','encryptedContent':{'data':'x'}}]}");
  cm_test_feed_push_quoted (feed, "{'eventType':'CallStarted'}");
  cm_test_feed_push_quoted (feed, "{}");
  g_assert_cmpuint (feed->n_faults, ==, 3);
  g_assert_null (strstr (feed->lines->str, "ParticipantAdded"));
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
  static const char graph[] =
    "{\"value\":[{\"resourceUrl\":\"/calls/1\",\"resourceData\":{\"state\":\"established\"}}]}\n"
    "{\"value\":[{\"resourceUrl\":\"/calls/1\",\"resourceData\":{\"state\":\"terminated\"}}]}\n";

  cm_test_feed_splits ("bigbluebutton", bbb, sizeof bbb - 1);
  cm_test_feed_damage ("bigbluebutton", bbb, sizeof bbb - 1);
  cm_test_feed_splits ("livekit", livekit, sizeof livekit - 1);
  cm_test_feed_damage ("livekit", livekit, sizeof livekit - 1);
  cm_test_feed_splits ("graph", graph, sizeof graph - 1);
  cm_test_feed_damage ("graph", graph, sizeof graph - 1);
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
  g_test_add_func ("/graph/call", test_graph_call);
  g_test_add_func ("/graph/roster", test_graph_roster);
  g_test_add_func ("/graph/meeting", test_graph_meeting);
  g_test_add_func ("/graph/hostile", test_graph_hostile);
  g_test_add_func ("/webhooks/splits", test_splits);

  return g_test_run ();
}
