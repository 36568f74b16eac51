/* test-freeswitch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#define MEETING "ca533f7d-7c18-4783-a669-6c472cea5af9"

#define EVENT(seq, fields) \
  "{\"Core-UUID\":\"k\",\"Event-Sequence\":\"" #seq "\",\"Event-Date-Timestamp\":\"1795367124000000\"," fields "}\n"
#define CHANNEL(name, uuid, direction, number, more) \
  "\"Event-Name\":\"" name "\",\"Unique-ID\":\"" uuid "\",\"Call-Direction\":\"" direction "\"," \
  "\"Caller-Caller-ID-Number\":\"" number "\",\"Caller-Destination-Number\":\"" number "\"" more
#define ROOM_OF(room, action) \
  "\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"conference::maintenance\",\"Conference-Name\":\"name-" room "\"," \
  "\"Conference-Unique-ID\":\"" room "\",\"Action\":\"" action "\""
#define ROOM(action) ROOM_OF ("r", action)
#define MEMBER(action, uuid, number, more) \
  ROOM (action) ",\"Unique-ID\":\"" uuid "\",\"Caller-Caller-ID-Number\":\"" number "\"," \
  "\"Caller-Destination-Number\":\"4711\",\"Member-Type\":\"member\"" more
#define DIALLED(name, seq, uuid, number, more) \
  EVENT (seq, CHANNEL (name, uuid, "outbound", number, ",\"variable_conference_bgdial_jobid\":\"j-" uuid "\"" more))

static char **
read_lines (void)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read ("freeswitch-meeting.ndjson", &size);

  return g_strsplit (text, "\n", -1);
}

/* Plays the lines of the meeting from @from up to @to. */
static void
play (CmTestFeed  *feed,
      char       **lines,
      guint        from,
      guint        to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *line = g_strconcat (lines[i], "\n", NULL);

      cm_test_feed_push (feed, line);
    }
}

static void
test_splits (void)
{
  static const char * const files[] = {
    "freeswitch-meeting.raw", "freeswitch-meeting.ndjson", "freeswitch-snapshot.json"
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize size;
      g_autofree char *bytes = cm_test_feed_read (files[i], &size);

      cm_test_feed_splits ("freeswitch", bytes, size);
    }
}

static void
test_both_forms (void)
{
  gsize raw_size, size;
  g_autofree char *raw = cm_test_feed_read ("freeswitch-meeting.raw", &raw_size);
  g_autofree char *lines = cm_test_feed_read ("freeswitch-meeting.ndjson", &size);
  g_autoptr(CmTestFeed) a = cm_test_feed_new ("freeswitch");
  g_autoptr(CmTestFeed) b = cm_test_feed_new ("freeswitch");

  cm_decoder_push (a->decoder, raw, raw_size);
  cm_decoder_push (b->decoder, lines, size);
  g_assert_cmpuint (a->n_faults + b->n_faults, ==, 0);
  g_assert_cmpstr (a->lines->str, ==, b->lines->str);
}

static void
test_meeting (void)
{
  static const struct
  {
    guint       lines;
    const char *expected;
  } moments[] = {
    { 4, "none" },
    { 6, "in-conference -; 1002 attendee Connected" },
    { 12, "in-conference -; 1001 presenter Connected; 1002 attendee Connected" },
    { 18, "escalating ConnectingToConference; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1005 attendee Notified" },
    { 25, "escalating ConnectingToConference; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 attendee Connecting; 1005 attendee Connecting" },
    { 26, "escalating JoiningLocalMedia; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 attendee Connecting; 1005 attendee Joining" },
    { 29, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 attendee Connecting; 1005 attendee Connected" },
    { 35, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected muted; "
          "1003 attendee OnHold; 1004 left busy; 1005 attendee Connected" },
    { 39, "in-conference Completed; 1001 presenter Connected; 1002 attendee OnHold; "
          "1003 attendee OnHold; 1004 left busy; 1005 attendee Connected" },
    { 43, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 48, "in-conference Completed; 1001 presenter Connected; 1002 left removed; "
          "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 56, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 59, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 left left; 1004 left busy; 1005 attendee Connected" },
    { 73, "ended Completed; 1001 left removed; 1002 left removed; 1003 left left; 1004 left busy; "
          "1005 left removed" },
  };
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
  g_auto(GStrv) lines = read_lines ();
  guint done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      play (feed, lines, done, moments[i].lines);
      done = moments[i].lines;
      cm_test_feed_expect (feed, MEETING, moments[i].expected);
    }
}

/* The server's own lists of that moment say nothing new. */
static void
test_snapshot_is_known (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
  g_auto(GStrv) lines = read_lines ();
  gsize size;
  g_autofree char *snapshot = cm_test_feed_read ("freeswitch-snapshot.json", &size);

  play (feed, lines, 0, 34);
  g_string_truncate (feed->lines, 0);
  cm_test_feed_push (feed, snapshot);
  g_assert_cmpstr (feed->lines->str, ==, "");
  g_assert_cmpuint (feed->n_faults, ==, 0);

  play (feed, lines, 34, 73);
  cm_test_feed_expect (feed, MEETING, "ended Completed; 1001 left removed; 1002 left removed; 1003 left left; "
                       "1004 left busy; 1005 left removed");
}

/* Who comes late has the lists, and then what is newer than they are. */
static void
test_snapshot_first (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
  g_auto(GStrv) lines = read_lines ();
  gsize size;
  g_autofree char *snapshot = cm_test_feed_read ("freeswitch-snapshot.json", &size);

  cm_test_feed_push (feed, snapshot);
  g_assert_cmpuint (feed->n_faults, ==, 0);
  cm_test_feed_expect (feed, MEETING, "in-conference Completed; 1001 presenter Connected; "
                       "1002 attendee Connected; 1003 attendee OnHold; 1005 attendee Connected");
  play (feed, lines, 34, 56);
  cm_test_feed_expect (feed, MEETING, "in-conference Completed; 1001 presenter Connected; "
                       "1002 attendee Connected; 1003 attendee Connected; 1005 attendee Connected");
}

/* What was lost while the link was down: the list puts it right. */
static void
test_snapshot_replaces (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "1", "")) EVENT (2, MEMBER ("add-member", "b", "2", "")));
  cm_test_feed_push (feed,
                     "{\"nonsense\":\n"
                     "[{\"conference_name\":\"name-r\",\"conference_uuid\":\"r\",\"locked\":true,\"members\":["
                     "{\"type\":\"recording_node\"},"
                     "{\"type\":\"caller\",\"uuid\":\"c\",\"caller_id_number\":\"3\",\"caller_id_name\":\"Outbound Call\","
                     "\"flags\":{\"is_moderator\":true,\"can_speak\":false,\"hold\":false}},"
                     "{\"type\":\"caller\",\"uuid\":\"b\",\"caller_id_number\":\"2\","
                     "\"flags\":{\"can_speak\":true,\"hold\":true}}]}]\n");
  g_assert_cmpuint (feed->n_faults, ==, 1);
  cm_test_feed_expect (feed, "r", "in-conference -; 1 left left; 2 attendee OnHold; 3 presenter Connected muted");
  cm_test_feed_push (feed, "{\"row_count\":1,\"rows\":[{\"uuid\":\"c\",\"direction\":\"inbound\",\"callstate\":\"HELD\"}]}\n");
  cm_test_feed_expect (feed, "r", "in-conference -; 1 left left; 2 left left; 3 presenter OnHold muted");
  cm_test_feed_push (feed, "[]\n");
  cm_test_feed_expect (feed, "r", "ended -; 1 left left; 2 left left; 3 left ended");
}

static void
test_no_conferences (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "1", "")));
  cm_test_feed_push (feed, "{\"t\":1795367130.5,\"msg\":\"+OK No active conferences.\\n\"}\n");
  cm_test_feed_expect (feed, "r", "ended -; 1 left ended");
}

/* The leader is not there: the room and all in it wait; with him it begins. */
static void
test_waiting (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed,
                     "[{\"conference_name\":\"name-r\",\"conference_uuid\":\"r\",\"wait_mod\":true,\"members\":["
                     "{\"type\":\"caller\",\"uuid\":\"a\",\"caller_id_number\":\"1\",\"flags\":{\"can_speak\":true}}]}]\n");
  cm_test_feed_expect (feed, "r", "lobby ConnectedToLobby; 1 lobby Joining");
  cm_test_feed_push (feed, EVENT (5, ROOM ("add-member") ",\"Unique-ID\":\"m\",\"Caller-Caller-ID-Number\":\"2\","
                                     "\"Member-Type\":\"moderator\""));
  cm_test_feed_expect (feed, "r", "in-conference Completed; 1 attendee Connected; 2 presenter Connected");
}

static void
test_doubles_and_late (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
  g_auto(GStrv) lines = read_lines ();
  g_autofree char *once = NULL;

  for (guint i = 0; i < 73; i++)
    {
      play (feed, lines, i, i + 1);
      play (feed, lines, i, i + 1);
      /* And one from a while ago. */
      play (feed, lines, i > 6 ? i - 6 : 0, i > 6 ? i - 5 : 0);
    }
  cm_test_feed_expect (feed, MEETING, "ended Completed; 1001 left removed; 1002 left removed; 1003 left left; "
                       "1004 left busy; 1005 left removed");

  /* All of it once more, after its end. */
  once = g_strdup (feed->lines->str);
  play (feed, lines, 0, 73);
  g_assert_cmpstr (feed->lines->str, ==, once);
}

static void
test_disorder (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (9, MEMBER ("mute-member", "a", "1", "")));
  cm_test_feed_push (feed, EVENT (5, MEMBER ("add-member", "a", "1", ",\"Speak\":\"true\"")));
  cm_test_feed_push (feed, EVENT (8, MEMBER ("unmute-member", "a", "1", "")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected muted");

  cm_test_feed_push (feed, EVENT (20, MEMBER ("del-member", "a", "1", "")));
  cm_test_feed_push (feed, EVENT (12, MEMBER ("add-member", "a", "1", "")));
  cm_test_feed_expect (feed, "r", "left -; 1 left left");
  cm_test_feed_push (feed, EVENT (19, MEMBER ("kick-member", "a", "1", "")));
  cm_test_feed_expect (feed, "r", "left -; 1 left removed");

  cm_test_feed_push (feed, EVENT (31, ROOM ("unlock")));
  cm_test_feed_push (feed, EVENT (30, ROOM ("lock")));
  g_assert_null (strstr (feed->lines->str, "\"ConferencingLocked\",\"value\":true"));
}

/* The end was lost: the same number comes again with another channel. */
static void
test_rejoin (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "1", "")) EVENT (2, MEMBER ("add-member", "b", "1", "")));
  cm_test_feed_push (feed, EVENT (3, MEMBER ("del-member", "a", "1", "")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");
  cm_test_feed_push (feed, EVENT (4, CHANNEL ("CHANNEL_HANGUP_COMPLETE", "b", "inbound", "1",
                                              ",\"Hangup-Cause\":\"MEDIA_TIMEOUT\"")));
  cm_test_feed_expect (feed, "r", "left -; 1 left network");
}

/* Two that keep their number to themselves are two. */
static void
test_anonymous (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "anonymous", ""))
                           EVENT (2, MEMBER ("add-member", "b", "anonymous", "")));
  cm_test_feed_expect (feed, "r", "in-conference -; a attendee Connected; b attendee Connected");
}

/* Nothing was in before: the progress goes back to what it was. */
static void
test_failed_dial (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "1", "")) DIALLED ("CHANNEL_CREATE", 2, "d", "7", ""));
  cm_test_feed_expect (feed, "r", "escalating ConnectingToConference; 1 attendee Connected; 7 attendee Notified");
  cm_test_feed_push (feed, DIALLED ("CHANNEL_HANGUP_COMPLETE", 3, "d", "7", ",\"Hangup-Cause\":\"NO_ANSWER\""));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 7 left no-answer");

  /* Given up by who dialled. */
  cm_test_feed_push (feed, DIALLED ("CHANNEL_CREATE", 4, "e", "8", "")
                           DIALLED ("CHANNEL_HANGUP_COMPLETE", 5, "e", "8", ",\"Hangup-Cause\":\"NORMAL_CLEARING\""));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 7 left no-answer; 8 left cancelled");
}

/* With several rooms only the result says for which one was dialled. */
static void
test_several_rooms (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, ROOM_OF ("r", "conference-create")) EVENT (2, ROOM_OF ("q", "conference-create")));
  cm_test_feed_push (feed, DIALLED ("CHANNEL_CREATE", 3, "d", "7", "") DIALLED ("CHANNEL_CREATE", 4, "e", "8", ""));
  cm_test_feed_expect (feed, "r", "idle -");
  cm_test_feed_push (feed, DIALLED ("CHANNEL_HANGUP_COMPLETE", 5, "d", "7", ",\"Hangup-Cause\":\"USER_BUSY\""));
  cm_test_feed_push (feed, EVENT (6, ROOM_OF ("q", "bgdial-result") ",\"Result\":\"USER_BUSY\",\"Job-UUID\":\"j-d\""));
  cm_test_feed_expect (feed, "r", "idle -");
  cm_test_feed_expect (feed, "q", "idle -; 7 left busy");

  cm_test_feed_push (feed, DIALLED ("CHANNEL_ANSWER", 7, "e", "8", ""));
  cm_test_feed_push (feed, EVENT (8, ROOM ("bgdial-result") ",\"Result\":\"SUCCESS\",\"Peer-UUID\":\"e\""));
  cm_test_feed_expect (feed, "r", "escalating JoiningLocalMedia; 8 attendee Joining");
}

/* Calls between two others are no business of the room. */
static void
test_other_calls (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "1", "")));
  cm_test_feed_push (feed, EVENT (2, CHANNEL ("CHANNEL_CREATE", "x", "outbound", "9", ""))
                           EVENT (3, CHANNEL ("CHANNEL_CREATE", "y", "inbound", "8", "")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");
}

/* The end was lost, and the name is used again; the server was started anew. */
static void
test_instances (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
  const char *anew = "{\"Core-UUID\":\"l\",\"Event-Sequence\":\"1\"," ROOM_OF ("t", "conference-create") "}\n";

  cm_test_feed_push (feed, EVENT (1, MEMBER ("add-member", "a", "1", "")));
  cm_test_feed_push (feed, EVENT (2, "\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"conference::maintenance\","
                                     "\"Conference-Name\":\"name-r\",\"Conference-Unique-ID\":\"s\","
                                     "\"Action\":\"conference-create\""));
  cm_test_feed_expect (feed, "r", "ended -; 1 left ended");
  cm_test_feed_push (feed, anew);
  cm_test_feed_expect (feed, "s", "ended -");
  cm_test_feed_expect (feed, "t", "idle -");
}

/* What is between two messages is told, and nothing else is lost. */
static void
test_garbage (void)
{
  static const char * const garbage[] = {
    "nonsense\n\nnonsense\n",
    "Content-Length: 99999999999\nContent-Type: text/event-json\n\n",
    "Content-Length: -1\n\n",
    "Content-Length: 4\nContent-Type: text/event-json\n\n{\"a\"",
    "Content-Length: 6\nContent-Type: api/response\n\n[1,2,]",
  };
  static const char create[] = EVENT (1, ROOM ("conference-create"));

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
      g_autofree char *text =
        g_strdup_printf ("Content-Type: auth/request\n\n%sContent-Length: %zu\nContent-Type: text/event-json\n\n%s",
                         garbage[i], strlen (create), create);

      cm_test_feed_push (feed, text);
      g_assert_cmpuint (feed->n_faults, ==, 1);
      cm_test_feed_expect (feed, "r", "idle -");
      cm_test_feed_splits ("freeswitch", text, strlen (text));
    }
}

/* What has no end is told once and let go. */
static void
test_endless (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("freeswitch");
  static const char create[] = EVENT (1, ROOM ("conference-create"));
  g_autofree char *endless = g_strnfill (CM_DECODER_MAX_RECORD + 100000, 'C');
  g_autofree char *event =
    g_strdup_printf ("Content-Length: %zu\nContent-Type: text/event-json\n\n%s", strlen (create), create);

  cm_test_feed_push (feed, endless);
  cm_test_feed_push (feed, "\n");
  cm_test_feed_push (feed, event);
  g_assert_cmpuint (feed->n_faults, ==, 1);
  cm_test_feed_expect (feed, "r", "idle -");
}

static void
test_damage (void)
{
  gsize size;
  g_autofree char *raw = cm_test_feed_read ("freeswitch-meeting.raw", &size);

  cm_test_feed_damage ("freeswitch", raw, size);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/freeswitch/splits", test_splits);
  g_test_add_func ("/freeswitch/both-forms", test_both_forms);
  g_test_add_func ("/freeswitch/meeting", test_meeting);
  g_test_add_func ("/freeswitch/snapshot/known", test_snapshot_is_known);
  g_test_add_func ("/freeswitch/snapshot/first", test_snapshot_first);
  g_test_add_func ("/freeswitch/snapshot/replaces", test_snapshot_replaces);
  g_test_add_func ("/freeswitch/snapshot/none", test_no_conferences);
  g_test_add_func ("/freeswitch/waiting", test_waiting);
  g_test_add_func ("/freeswitch/doubles-and-late", test_doubles_and_late);
  g_test_add_func ("/freeswitch/disorder", test_disorder);
  g_test_add_func ("/freeswitch/rejoin", test_rejoin);
  g_test_add_func ("/freeswitch/anonymous", test_anonymous);
  g_test_add_func ("/freeswitch/dial/failed", test_failed_dial);
  g_test_add_func ("/freeswitch/dial/several-rooms", test_several_rooms);
  g_test_add_func ("/freeswitch/other-calls", test_other_calls);
  g_test_add_func ("/freeswitch/instances", test_instances);
  g_test_add_func ("/freeswitch/garbage", test_garbage);
  g_test_add_func ("/freeswitch/endless", test_endless);
  g_test_add_func ("/freeswitch/damage", test_damage);

  return g_test_run ();
}
