/* test-graph.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-graph.h"

#define MEETING "'chatInfo':{'threadId':'19:meeting_x@thread.v2'}"

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
test_call (void)
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
test_roster (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  cm_test_feed_push_quoted (feed, "{'joinWebUrl':'https://teams.example.org/l/1','chatInfo':{'threadId':'19:meeting_x@thread.v2'},'participants':{'organizer':{'role':'organizer',"
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
test_meeting (void)
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
test_hostile (void)
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

/* Who has organized it stands in the call; roles of one meeting are not those of
 * another. */
static void
test_roles (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  push_call (feed, "c1", "created", "{'state':'established'," MEETING ",'meetingInfo':{'organizer':{'user':{'id':'u1'}}}}");
  push_call (feed, "c1/participants", "updated", "[" PERSON ("p1", "u1", "") "," PERSON ("p2", "u2", "") "]");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 presenter Connected; u2 attendee Connected");
  push_call (feed, "c2", "created", "{'state':'established','chatInfo':{'threadId':'19:meeting_y@thread.v2'}}");
  push_call (feed, "c2/participants", "updated", "[" PERSON ("q1", "u1", "") "," PERSON ("q2", "u2", "") "]");
  cm_test_feed_expect (feed, "c2", "in-conference -; u1 attendee Connected; u2 attendee Connected");

  /* By the address all join by, in which the thread stands. */
  cm_test_feed_push_quoted (feed, "{'joinWebUrl':'https://teams.microsoft.com/l/meetup-join/19%3ameeting_y%40thread.v2/0?context=x',"
                                  "'participants':{'attendees':[{'role':'coorganizer','identity':{'user':{'id':'u2'}}},"
                                  "{'role':'attendee','identity':{'user':{'id':'u1'}}},{'role':7},{},[],3]}}");
  push_call (feed, "c2/participants", "updated", "[" PERSON ("q1", "u1", "") "," PERSON ("q2", "u2", "") "]");
  cm_test_feed_expect (feed, "c2", "in-conference -; u1 attendee Connected; u2 presenter Connected");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 presenter Connected; u2 attendee Connected");
}

/* A call of two becomes a meeting, or was one without saying so. */
static void
test_becomes_meeting (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  push_call (feed, "c1", "created", "{'state':'established','source':{'identity':{'user':{'id':'u1'}}}}");
  cm_test_feed_expect (feed, "c1", "in-call -; u1 attendee -");
  push_call (feed, "c1", "updated", "{'state':'established','subject':'Review'," MEETING "}");
  push_call (feed, "c1/participants", "updated", "[" PERSON ("p1", "u1", "") "," PERSON ("p2", "u2", "") "]");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 attendee Connected; u2 attendee Connected");
  g_assert_nonnull (strstr (feed->lines->str, "Review"));
}

/* By which somebody comes back, where Graph tells all that it is made of. */
static void
test_link (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  push_call (feed, "c1", "created", "{'state':'established'," MEETING ",'meetingInfo':{'organizer':{'user':{'id':'u1','tenantId':'t1'}}}}");
  g_assert_null (strstr (feed->lines->str, "meetup-join"));
  push_call (feed, "c1", "updated",
             "{'state':'established'," MEETING ",'meetingInfo':{'organizer':{'user':{'id':'8a34a46b-3d17-4adc-8dce-dc4e7d572698',"
             "'tenantId':'72f988bf-86f1-41af-91ab-2d7cd011db47'}}}}");
  g_assert_nonnull (strstr (feed->lines->str,
                            "https://teams.microsoft.com/l/meetup-join/19%3Ameeting_x%40thread.v2/0?context=%7B%22Tid%22%3A%22"
                            "72f988bf-86f1-41af-91ab-2d7cd011db47%22%2C%22Oid%22%3A%228a34a46b-3d17-4adc-8dce-dc4e7d572698%22%7D"));
}

/* One by one, and lists of those who are gone. */
static void
test_changes (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");

  push_call (feed, "c1", "created", "{'state':'established'," MEETING "}");
  push_call (feed, "c1/participants/p1", "created", PERSON ("p1", "u1", ",'isInLobby':true"));
  push_call (feed, "c1/participants/p2", "created", PERSON ("p2", "u2", ""));
  push_call (feed, "c1/participants/p3", "created", "{'id':'p3','info':{'identity':{'guest':{'id':'v3','displayName':'Guest'},'user':null}}}");
  push_call (feed, "c1/participants/p4", "created", "{'id':'p4','info':{'identity':{'phone':{'id':'+12025550101'}}}}");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 lobby Joining; u2 attendee Connected; v3 attendee Connected; "
                                   "+12025550101 attendee Connected");
  push_call (feed, "c1/participants/p1", "updated", PERSON ("p1", "u1", ",'isInLobby':false"));
  push_call (feed, "c1/participants/p2", "deleted", PERSON ("p2", "u2", ""));
  push_call (feed, "c1/participants", "deleted", "[{'id':'p4'}]");
  push_call (feed, "c1/participants/", "deleted", "{}");
  push_call (feed, "c1/operations/o1", "deleted", "{'status':'completed'}");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 attendee Connected; u2 left left; v3 attendee Connected; "
                                   "+12025550101 left left");

  /* Out and in again within one post. */
  cm_test_feed_push_quoted (feed, "{'at':'2026-03-01T10:00:00Z','body':{'value':["
                                  "{'resourceUrl':'/calls/c1/participants','resourceData':{'participants':[" PERSON ("p1", "u1", ",'removedState':{}") "]}},"
                                  "{'resourceUrl':'/calls/c1/participants','resourceData':{'participants':[" PERSON ("p1", "u1", "") "]}}]}}");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 attendee Connected; u2 left left; v3 attendee Connected; "
                                   "+12025550101 left left");

  /* Changes that come late do not undo those that came first. */
  push_call (feed, "c1/participants", "updated", "{'sequenceNumber':9,'participants':[" PERSON ("p1", "u1", ",'isMuted':true") "]}");
  push_call (feed, "c1/participants", "updated", "{'sequenceNumber':8,'participants':[" PERSON ("p1", "u1", ",'removedState':{}") "]}");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 attendee Connected muted; u2 left left; v3 attendee Connected; "
                                   "+12025550101 left left");
}

static void
push_meeting (CmTestFeed *feed,
              const char *minute,
              const char *kind,
              const char *rest)
{
  g_autofree char *record = g_strdup_printf ("{'id':'m1','eventDateTime':'2026-03-01T10:%s:00Z',"
                                             "'eventType':'Microsoft.Communication.%s'%s}", minute, kind, rest);

  cm_test_feed_push_quoted (feed, record);
}

/* What is told after the end does not begin it again; the next call of it does. */
static void
test_meeting_again (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");
  static const char joined[] = ",'activeParticipants@joined':[{'Id':'s1','Identity':{'User':{'Id':'u1'}}}]";

  push_meeting (feed, "05", "CallRosterUpdate", joined);
  cm_test_feed_expect (feed, "m1", "in-conference -; u1 attendee Connected");
  push_meeting (feed, "30", "CallEnded", "");
  push_meeting (feed, "20", "CallRosterUpdate", joined);
  push_meeting (feed, "05", "CallStarted", "");
  cm_test_feed_expect (feed, "m1", "ended -; u1 left ended");
  push_meeting (feed, "40", "CallStarted", "");
  push_meeting (feed, "41", "CallRosterUpdate", ",'activeParticipants@joined':[{'Id':'s7','Identity':{'User':{'Id':'u2'}}}]");
  cm_test_feed_expect (feed, "m1", "in-conference -; u2 attendee Connected");
}

static void
take_call (CmTestFeed *feed,
           gint64      at,
           const char *call,
           const char *people)
{
  g_autoptr(JsonParser) call_parser = cm_record_parse_object (call, strlen (call));
  g_autoptr(JsonParser) people_parser = cm_record_parse_object (people, strlen (people));
  g_autoptr(GPtrArray) lists = g_ptr_array_new ();

  g_ptr_array_add (lists, cm_record_get_array (cm_record_get_root (people_parser), "value"));
  cm_graph_take_call (CM_GRAPH (feed->decoder), at, "c1", cm_record_get_root (call_parser), lists);
}

/* What was posted while it was asked for stands. */
static void
test_asked_meanwhile (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");
  /* 2026-03-01T10:00:00Z */
  const gint64 posted = G_GINT64_CONSTANT (1772359200000);

  push_call (feed, "c1", "updated", "{'state':'hold'," MEETING "}");
  push_call (feed, "c1/participants", "updated", "[" PERSON ("p1", "u1", "") "]");
  take_call (feed, posted - 1, "{\"state\":\"established\"}", "{\"value\":[]}");
  cm_test_feed_expect (feed, "c1", "on-hold -; u1 attendee Connected");
  take_call (feed, posted + 1, "{\"state\":\"established\"}", "{\"value\":[]}");
  cm_test_feed_expect (feed, "c1", "in-conference -; u1 left left");

  /* Nor does it begin anything that nobody has told of. */
  cm_graph_take_call (CM_GRAPH (feed->decoder), posted + 2, "c7", NULL, NULL);
  cm_graph_take_call (CM_GRAPH (feed->decoder), posted + 2, "c1", NULL, NULL);
  cm_test_feed_expect (feed, "c1", "ended -; u1 left left");
  cm_test_feed_expect (feed, "c7", "none");
}

/* A call is worth a look when it is heard of, and when Graph says it has lost something. */
static void
test_wants_look (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("graph");
  CmGraph *graph = CM_GRAPH (feed->decoder);

  push_call (feed, "c1", "updated", "{'state':'established'}");
  g_assert_true (cm_graph_wants_look (graph));
  push_call (feed, "c1/participants", "updated", "[" PERSON ("p1", "u1", "") "]");
  push_call (feed, "c1", "updated", "{'state':'hold'}");
  g_assert_false (cm_graph_wants_look (graph));
  cm_test_feed_push_quoted (feed, "{'value':[{'lifecycleEvent':'missed','subscriptionId':'s'}]}");
  g_assert_true (cm_graph_wants_look (graph));
  push_call (feed, "c2", "deleted", "{'state':'terminated'}");
  g_assert_false (cm_graph_wants_look (graph));
}

/* However a recording is cut, it comes to the same. */
static void
test_splits (void)
{
  static const char graph[] =
    "{\"value\":[{\"resourceUrl\":\"/calls/1\",\"resourceData\":{\"state\":\"established\"}}]}\n"
    "{\"value\":[{\"resourceUrl\":\"/calls/1\",\"resourceData\":{\"state\":\"terminated\"}}]}\n";

  cm_test_feed_splits ("graph", graph, sizeof graph - 1);
  cm_test_feed_damage ("graph", graph, sizeof graph - 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph/call", test_call);
  g_test_add_func ("/graph/roster", test_roster);
  g_test_add_func ("/graph/meeting", test_meeting);
  g_test_add_func ("/graph/hostile", test_hostile);
  g_test_add_func ("/graph/roles", test_roles);
  g_test_add_func ("/graph/becomes-meeting", test_becomes_meeting);
  g_test_add_func ("/graph/link", test_link);
  g_test_add_func ("/graph/changes", test_changes);
  g_test_add_func ("/graph/meeting-again", test_meeting_again);
  g_test_add_func ("/graph/asked-meanwhile", test_asked_meanwhile);
  g_test_add_func ("/graph/wants-look", test_wants_look);
  g_test_add_func ("/graph/splits", test_splits);

  return g_test_run ();
}
