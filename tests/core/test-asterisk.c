/* test-asterisk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#define MEETING "0e2a886e-bc11-4787-8135-4a05e091eca2"

#define EVENT(name, fields) "Event: " name "\r\n" fields "\r\n"
#define FIELD(name, value) name ": " value "\r\n"
#define WHO(id, number) FIELD ("Uniqueid", id) FIELD ("CallerIDNum", number) FIELD ("CallerIDName", "<unknown>")
#define BRIDGE FIELD ("Conference", "4711") FIELD ("BridgeUniqueid", "r")
#define JOIN(id, number) EVENT ("ConfbridgeJoin", BRIDGE WHO (id, number) FIELD ("Admin", "No") FIELD ("Exten", "4711"))
#define LEAVE(id, number) EVENT ("ConfbridgeLeave", BRIDGE WHO (id, number))
#define KICKED(id, number) \
  EVENT ("VarSet", WHO (id, number) FIELD ("Variable", "CONFBRIDGE_RESULT") FIELD ("Value", "KICKED"))
#define LISTED(id, number, marked, waiting) \
  EVENT ("ConfbridgeList", FIELD ("Conference", "4711") WHO (id, number) FIELD ("Admin", "No") \
         FIELD ("MarkedUser", marked) FIELD ("Waiting", waiting) FIELD ("Muted", "No"))
#define LIST_END EVENT ("ConfbridgeListComplete", FIELD ("EventList", "Complete"))
#define DIAL(name, id, number, more) \
  EVENT (name, FIELD ("DestUniqueid", id) FIELD ("DestCallerIDNum", number) more)

static char **
read_lines (void)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read ("asterisk-meeting.ndjson", &size);

  return g_strsplit (text, "\n", -1);
}

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

static CmTestFeed *
start (const char *bytes)
{
  CmTestFeed *feed = cm_test_feed_new ("asterisk");

  cm_test_feed_push (feed, "Asterisk Call Manager/11.0.0\r\n");
  cm_test_feed_push (feed, bytes);

  return feed;
}

static void
test_splits (void)
{
  static const char * const files[] = { "asterisk-meeting.txt", "asterisk-meeting.ndjson" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize size;
      g_autofree char *bytes = cm_test_feed_read (files[i], &size);

      cm_test_feed_splits ("asterisk", bytes, size);
    }
}

/* The stream has no times but those in its values. */
static char *
dup_without_times (const char *lines)
{
  g_autoptr(GRegex) regex = g_regex_new ("\"at\":\"[^\"]*\"", 0, 0, NULL);

  return g_regex_replace (regex, lines, -1, 0, "", 0, NULL);
}

static void
test_both_forms (void)
{
  gsize text_size, size;
  g_autofree char *text = cm_test_feed_read ("asterisk-meeting.txt", &text_size);
  g_autofree char *lines = cm_test_feed_read ("asterisk-meeting.ndjson", &size);
  g_autoptr(CmTestFeed) a = cm_test_feed_new ("asterisk");
  g_autoptr(CmTestFeed) b = cm_test_feed_new ("asterisk");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  cm_decoder_push (a->decoder, text, text_size);
  cm_decoder_push (b->decoder, lines, size);
  g_assert_cmpuint (a->n_faults + b->n_faults, ==, 0);
  first = dup_without_times (a->lines->str);
  second = dup_without_times (b->lines->str);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_str_has_prefix (a->lines->str, "{\"at\":\"2026-11-22T17:06:22.752Z\""));
}

static void
test_meeting (void)
{
  static const struct
  {
    guint       lines;
    const char *expected;
  } moments[] = {
    { 11, "none" },
    { 14, "in-conference -; 1002 attendee Connected" },
    { 24, "in-conference -; 1001 presenter Connected; 1002 attendee Connected" },
    { 27, "in-conference -; 1001 presenter Connected; 1002 attendee Connected; 1003 attendee Connecting" },
    { 40, "escalating ConnectingToConference; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1005 attendee Notified" },
    { 52, "escalating JoiningLocalMedia; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 attendee Connecting; 1005 attendee Joining" },
    { 56, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 attendee Connecting; 1005 attendee Connected" },
    { 67, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 91, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected muted; "
          "1003 attendee OnHold; 1004 left busy; 1005 attendee Connected" },
    { 99, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
          "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 117, "in-conference Completed; 1001 presenter Connected; 1002 left removed; "
           "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 122, "in-conference Completed; 1001 presenter Connected; 1002 attendee Connected; "
           "1003 attendee Connected; 1004 left busy; 1005 attendee Connected" },
    { 160, "in-conference Completed; 1001 left left; 1002 attendee Connected; "
           "1003 left left; 1004 left busy; 1005 attendee Connected" },
    { 165, "lobby ConnectedToLobby; 1001 left left; 1002 lobby Joining; "
           "1003 left left; 1004 left busy; 1005 lobby Joining" },
    { 199, "ended ConnectedToLobby; 1001 left left; 1002 left removed; 1003 left left; 1004 left busy; "
           "1005 left removed" },
  };
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("asterisk");
  g_auto(GStrv) lines = read_lines ();
  guint done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      play (feed, lines, done, moments[i].lines);
      done = moments[i].lines;
      cm_test_feed_expect (feed, MEETING, moments[i].expected);
    }
}

/* The system's own lists of that moment say nothing new. */
static void
test_list_is_known (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("asterisk");
  g_auto(GStrv) lines = read_lines ();

  play (feed, lines, 0, 74);
  g_string_truncate (feed->lines, 0);
  play (feed, lines, 74, 89);
  g_assert_cmpstr (feed->lines->str, ==, "");
}

/* The lists know the room by its name, and its id comes with the channels. */
static void
test_list_first (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("asterisk");
  g_auto(GStrv) lines = read_lines ();

  play (feed, lines, 74, 83);
  cm_test_feed_expect (feed, MEETING, "none");
  play (feed, lines, 83, 89);
  cm_test_feed_expect (feed, MEETING, "in-conference -; 1001 presenter Connected; 1002 attendee Connected; "
                       "1003 attendee Connected; 1005 attendee Connected");
  play (feed, lines, 89, 117);
  cm_test_feed_expect (feed, MEETING, "in-conference -; 1001 presenter Connected; 1002 left removed; "
                       "1003 attendee Connected; 1005 attendee Connected");
}

static void
test_list_replaces (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1") JOIN ("b", "2"));

  cm_test_feed_push (feed, LISTED ("b", "2", "Yes", "No") JOIN ("d", "4") LISTED ("c", "3", "No", "No") LIST_END);
  cm_test_feed_expect (feed, "r", "in-conference -; 1 left left; 2 presenter Connected; 3 attendee Connected; "
                       "4 attendee Connected");
  cm_test_feed_push (feed, EVENT ("CoreShowChannel", WHO ("b", "2")) EVENT ("CoreShowChannelsComplete", ""));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 left left; 2 presenter Connected; 3 left left; 4 left left");
}

static void
test_rooms_replace (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1"));

  cm_test_feed_push (feed, EVENT ("ConfbridgeListRooms", FIELD ("Conference", "4711") FIELD ("Locked", "Yes"))
                           EVENT ("ConfbridgeListRoomsComplete", FIELD ("ListItems", "1")));
  g_assert_nonnull (strstr (feed->lines->str, "\"ConferencingLocked\",\"value\":true"));
  cm_test_feed_push (feed, EVENT ("ConfbridgeListRooms", FIELD ("Conference", "4711") FIELD ("Locked", "No"))
                           EVENT ("ConfbridgeListRoomsComplete", FIELD ("ListItems", "1")));
  g_assert_nonnull (strstr (feed->lines->str, "\"ConferencingLocked\",\"value\":false"));
  cm_test_feed_push (feed, "Response: Error\r\nMessage: No active conferences.\r\n\r\n");
  cm_test_feed_expect (feed, "r", "ended -; 1 left ended");
}

/* Nothing is told when those who stay fall back to waiting: only the list does. */
static void
test_waiting (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1") JOIN ("b", "2"));

  cm_test_feed_push (feed, LEAVE ("b", "2"));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 2 left left");
  cm_test_feed_push (feed, LISTED ("a", "1", "No", "Yes") LIST_END);
  cm_test_feed_expect (feed, "r", "lobby ConnectedToLobby; 1 lobby Joining; 2 left left");
  cm_test_feed_push (feed, JOIN ("c", "3") LISTED ("a", "1", "No", "No") LISTED ("c", "3", "Yes", "No") LIST_END);
  cm_test_feed_expect (feed, "r", "in-conference Completed; 1 attendee Connected; 2 left left; 3 presenter Connected");
}

/* What comes on different topics comes in any order. */
static void
test_disorder (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1"));

  cm_test_feed_push (feed, EVENT ("Newstate", WHO ("a", "1") FIELD ("ChannelState", "6")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");

  /* The end of the room, and then of those that were in it. */
  cm_test_feed_push (feed, EVENT ("ConfbridgeEnd", BRIDGE) LEAVE ("a", "1") JOIN ("a", "1")
                           EVENT ("Hangup", WHO ("a", "1") FIELD ("Cause", "16")));
  cm_test_feed_expect (feed, "r", "ended -; 1 left ended");
}

static void
test_kick (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1") JOIN ("b", "2") JOIN ("c", "3"));

  cm_test_feed_push (feed, KICKED ("a", "1") LEAVE ("a", "1"));
  cm_test_feed_push (feed, LEAVE ("b", "2") KICKED ("b", "2") EVENT ("Hangup", WHO ("b", "2") FIELD ("Cause", "16")));
  cm_test_feed_push (feed, LEAVE ("c", "3") EVENT ("Hangup", WHO ("c", "3") FIELD ("Cause", "38")));
  cm_test_feed_expect (feed, "r", "left -; 1 left removed; 2 left removed; 3 left network");
}

static void
test_doubles (void)
{
  g_autoptr(CmTestFeed) once = start (JOIN ("a", "1") JOIN ("b", "2") LEAVE ("b", "2"));
  g_autoptr(CmTestFeed) twice = start (JOIN ("a", "1") JOIN ("a", "1") JOIN ("b", "2") LEAVE ("b", "2") LEAVE ("b", "2"));

  g_assert_cmpstr (once->lines->str, ==, twice->lines->str);
}

/* A new channel with the same number, and the end of the old one comes late. */
static void
test_rejoin (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1") JOIN ("b", "1") LEAVE ("a", "1"));

  cm_test_feed_push (feed, EVENT ("Hangup", WHO ("a", "1") FIELD ("Cause", "19")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");
}

static void
test_failed_dials (void)
{
  static const struct
  {
    const char *status;
    const char *reason;
  } ends[] = {
    { "BUSY", "busy" },
    { "NOANSWER", "no-answer" },
    { "CANCEL", "cancelled" },
    { "CHANUNAVAIL", "unreachable" },
    { "CONGESTION", "network" },
    { "NEWFANGLED", "failed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1"));
      g_autofree char *end = g_strdup_printf (DIAL ("DialEnd", "d", "7", FIELD ("DialStatus", "%s")), ends[i].status);
      g_autofree char *expected =
        g_strdup_printf ("in-conference -; 1 attendee Connected; 7 left %s", ends[i].reason);

      cm_test_feed_push (feed, DIAL ("DialBegin", "d", "7", ""));
      cm_test_feed_expect (feed, "r", "escalating ConnectingToConference; 1 attendee Connected; 7 attendee Notified");
      cm_test_feed_push (feed, end);
      cm_test_feed_push (feed, EVENT ("OriginateResponse", FIELD ("Response", "Failure") FIELD ("Exten", "4711")
                                      WHO ("<unknown>", "7")));
      cm_test_feed_push (feed, EVENT ("Hangup", WHO ("d", "7") FIELD ("Cause", "17")));
      cm_test_feed_expect (feed, "r", expected);
    }
}

/* The room is in the response where two could be meant; the number is in the
 * dial string where nobody has named it. */
static void
test_several_rooms (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1"));

  cm_test_feed_push (feed, EVENT ("ConfbridgeStart", FIELD ("Conference", "4712") FIELD ("BridgeUniqueid", "q")));
  cm_test_feed_push (feed, DIAL ("DialBegin", "d", "<unknown>", FIELD ("DialString", "out/sip:7@192.0.2.1:5060")));
  cm_test_feed_push (feed, DIAL ("DialEnd", "d", "<unknown>", FIELD ("DialStatus", "BUSY")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");
  cm_test_feed_push (feed, EVENT ("OriginateResponse", FIELD ("Response", "Failure") FIELD ("Exten", "4711")
                                  WHO ("<unknown>", "7")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 7 left busy");
}

/* A channel that dials another is not the room. */
static void
test_other_calls (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1"));

  cm_test_feed_push (feed, DIAL ("DialBegin", "d", "7", WHO ("x", "8")));
  cm_test_feed_push (feed, EVENT ("Newchannel", WHO ("y", "9") FIELD ("ChannelState", "4") FIELD ("Exten", "100")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");
}

static void
test_timestamps (void)
{
  g_autoptr(CmTestFeed) feed = start (EVENT ("ConfbridgeStart", BRIDGE FIELD ("Timestamp", "1795367182.896543")));

  g_assert_true (g_str_has_prefix (feed->lines->str, "{\"at\":\"2026-11-22T17:06:22.897Z\""));
}

static void
test_garbage (void)
{
  static const char * const garbage[] = {
    "nonsense\r\n\r\nnonsense\r\n",
    "\xff\xfe\r\n",
    "Event: ConfbridgeEnd\r\nBridgeUniqueid: r\r\n",
    "Event: ConfbridgeEnd\r\nBridgeUniqueid: r\r\nno colon\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autofree char *text = g_strconcat (JOIN ("a", "1"), garbage[i], JOIN ("b", "2"), NULL);
      g_autoptr(CmTestFeed) feed = start (text);

      g_assert_cmpuint (feed->n_faults, ==, 1);
      cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 2 attendee Connected");
      cm_test_feed_splits ("asterisk", text, strlen (text));
    }
}

/* What has no end is told once and let go. */
static void
test_endless (void)
{
  g_autoptr(CmTestFeed) feed = start (JOIN ("a", "1"));
  g_autofree char *endless = g_strnfill (CM_DECODER_MAX_RECORD + 100000, 'E');

  cm_test_feed_push (feed, endless);
  cm_test_feed_push (feed, "\r\n" JOIN ("b", "2"));
  g_assert_cmpuint (feed->n_faults, ==, 1);
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 2 attendee Connected");
}

static void
test_damage (void)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read ("asterisk-meeting.txt", &size);

  cm_test_feed_damage ("asterisk", text, size);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/asterisk/splits", test_splits);
  g_test_add_func ("/asterisk/both-forms", test_both_forms);
  g_test_add_func ("/asterisk/meeting", test_meeting);
  g_test_add_func ("/asterisk/list/known", test_list_is_known);
  g_test_add_func ("/asterisk/list/first", test_list_first);
  g_test_add_func ("/asterisk/list/replaces", test_list_replaces);
  g_test_add_func ("/asterisk/list/rooms", test_rooms_replace);
  g_test_add_func ("/asterisk/waiting", test_waiting);
  g_test_add_func ("/asterisk/disorder", test_disorder);
  g_test_add_func ("/asterisk/kick", test_kick);
  g_test_add_func ("/asterisk/doubles", test_doubles);
  g_test_add_func ("/asterisk/rejoin", test_rejoin);
  g_test_add_func ("/asterisk/dial/failed", test_failed_dials);
  g_test_add_func ("/asterisk/dial/several-rooms", test_several_rooms);
  g_test_add_func ("/asterisk/other-calls", test_other_calls);
  g_test_add_func ("/asterisk/timestamps", test_timestamps);
  g_test_add_func ("/asterisk/garbage", test_garbage);
  g_test_add_func ("/asterisk/endless", test_endless);
  g_test_add_func ("/asterisk/damage", test_damage);

  return g_test_run ();
}
