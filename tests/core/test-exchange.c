/* test-exchange.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#define EVENT(seq, fields) \
  "{\"Core-UUID\":\"k\",\"Event-Sequence\":\"" #seq "\",\"Event-Date-Timestamp\":\"1795367124000000\"," fields "}\n"
#define CHANNEL(name, uuid, direction, from, to, more) \
  "\"Event-Name\":\"" name "\",\"Unique-ID\":\"" uuid "\",\"Call-Direction\":\"" direction "\"," \
  "\"Caller-Caller-ID-Number\":\"" from "\",\"Caller-Destination-Number\":\"" to "\"" more
#define MEMBER(action, room, uuid, number, type, more) \
  "\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"conference::maintenance\",\"Conference-Name\":\"name-" room "\"," \
  "\"Conference-Unique-ID\":\"" room "\",\"Action\":\"" action "\",\"Unique-ID\":\"" uuid "\"," \
  "\"Caller-Caller-ID-Number\":\"" number "\",\"Member-Type\":\"" type "\",\"Member-ID\":\"7\"" more

#define AMI(name, fields) "Event: " name "\r\n" fields "\r\n"
#define FIELD(name, value) name ": " value "\r\n"
#define WHO(id, number) FIELD ("Uniqueid", id) FIELD ("CallerIDNum", number)
#define BRIDGE FIELD ("Conference", "4711") FIELD ("BridgeUniqueid", "r")
#define JOIN(id, number, admin) \
  AMI ("ConfbridgeJoin", BRIDGE WHO (id, number) FIELD ("Admin", admin) FIELD ("Channel", "PJSIP/" id) \
       FIELD ("Context", "rooms") FIELD ("Exten", "4711"))
#define UP(id, number) AMI ("Newstate", WHO (id, number) FIELD ("ChannelState", "6"))

static CmTestFeed *
start_freeswitch (const char *bytes)
{
  CmTestFeed *feed = cm_test_feed_new ("freeswitch");

  cm_test_feed_push (feed, bytes);

  return feed;
}

static CmTestFeed *
start_asterisk (const char *bytes)
{
  CmTestFeed *feed = cm_test_feed_new ("asterisk");

  cm_test_feed_push (feed, "Asterisk Call Manager/11.0.0\r\n");
  cm_test_feed_push (feed, bytes);

  return feed;
}

/* One calls another, who holds, and hangs up. */
static void
test_freeswitch_call (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch (EVENT (1, CHANNEL ("CHANNEL_CREATE", "a", "inbound", "1", "2", ""))
                      EVENT (2, CHANNEL ("CHANNEL_CREATE", "b", "outbound", "1", "2", ",\"Channel-Call-UUID\":\"a\"")));

  cm_test_feed_expect (feed, "a", "ringing -; 1 attendee Connecting; 2 attendee Notified");
  cm_test_feed_push (feed, EVENT (3, CHANNEL ("CHANNEL_ANSWER", "b", "outbound", "1", "2", ""))
                           EVENT (4, CHANNEL ("CHANNEL_ANSWER", "a", "inbound", "1", "2", "")));
  cm_test_feed_expect (feed, "a", "in-call -; 1 attendee Connected; 2 attendee Connected");
  cm_test_feed_push (feed, EVENT (5, CHANNEL ("CHANNEL_HOLD", "b", "outbound", "1", "2", "")));
  cm_test_feed_expect (feed, "a", "on-hold -; 1 attendee Connected; 2 attendee OnHold");
  cm_test_feed_push (feed, EVENT (6, CHANNEL ("CHANNEL_UNHOLD", "b", "outbound", "1", "2", "")));
  cm_test_feed_push (feed, EVENT (7, CHANNEL ("CHANNEL_HANGUP_COMPLETE", "b", "outbound", "1", "2",
                                              ",\"Hangup-Cause\":\"NORMAL_CLEARING\"")));
  cm_test_feed_expect (feed, "a", "ended -; 1 left ended; 2 left left");
}

/* The exchange has called both of them, one after the other. */
static void
test_called_both (void)
{
  g_autoptr(CmTestFeed) freeswitch =
    start_freeswitch (EVENT (1, CHANNEL ("CHANNEL_CREATE", "a", "outbound", "0", "1", ",\"Channel-Call-UUID\":\"a\""))
                      EVENT (2, CHANNEL ("CHANNEL_ANSWER", "a", "outbound", "0", "1", ""))
                      EVENT (3, CHANNEL ("CHANNEL_CREATE", "b", "outbound", "1", "2", ",\"Channel-Call-UUID\":\"a\"")));
  g_autoptr(CmTestFeed) asterisk =
    start_asterisk (AMI ("DialBegin", FIELD ("DestUniqueid", "a") FIELD ("DestCallerIDNum", "1")) UP ("a", "1")
                    AMI ("DialBegin", WHO ("a", "1") FIELD ("DestUniqueid", "b") FIELD ("DestCallerIDNum", "2")));

  cm_test_feed_expect (freeswitch, "a", "ringing -; 1 attendee Joining; 2 attendee Notified");
  cm_test_feed_expect (asterisk, "a", "ringing -; 1 attendee Joining; 2 attendee Notified");
  cm_test_feed_push (freeswitch, EVENT (4, CHANNEL ("CHANNEL_HANGUP_COMPLETE", "b", "outbound", "1", "2",
                                                    ",\"Hangup-Cause\":\"USER_BUSY\"")));
  cm_test_feed_push (asterisk, AMI ("DialEnd", FIELD ("DestUniqueid", "b") FIELD ("DialStatus", "BUSY")));
  cm_test_feed_expect (freeswitch, "a", "ended -; 1 left ended; 2 left busy");
  cm_test_feed_expect (asterisk, "a", "ended -; 1 left ended; 2 left busy");
}

/* The one who was called puts the caller through to a room. */
static void
test_freeswitch_transfer (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch (EVENT (1, CHANNEL ("CHANNEL_CREATE", "a", "inbound", "1", "2", ""))
                      EVENT (2, CHANNEL ("CHANNEL_CREATE", "b", "outbound", "1", "2", ",\"Channel-Call-UUID\":\"a\""))
                      EVENT (3, CHANNEL ("CHANNEL_ANSWER", "b", "outbound", "1", "2", ""))
                      EVENT (4, CHANNEL ("CHANNEL_ANSWER", "a", "inbound", "1", "2", ""))
                      EVENT (5, MEMBER ("add-member", "r", "a", "1", "member", "")));

  cm_test_feed_expect (feed, "a", "ended -; 1 left left; 2 left ended");
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected");

  /* From one room to another. */
  cm_test_feed_push (feed, EVENT (6, MEMBER ("add-member", "q", "a", "1", "member", "")));
  cm_test_feed_expect (feed, "r", "left -; 1 left left");
  cm_test_feed_expect (feed, "q", "in-conference -; 1 attendee Connected");
}

/* Two who have each called somebody are connected with each other. */
static void
test_freeswitch_bridge (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch (EVENT (1, CHANNEL ("CHANNEL_CREATE", "a", "inbound", "1", "2", ""))
                      EVENT (2, CHANNEL ("CHANNEL_CREATE", "b", "outbound", "1", "2", ",\"Channel-Call-UUID\":\"a\""))
                      EVENT (3, CHANNEL ("CHANNEL_ANSWER", "b", "outbound", "1", "2", ""))
                      EVENT (4, CHANNEL ("CHANNEL_ANSWER", "a", "inbound", "1", "2", ""))
                      EVENT (5, CHANNEL ("CHANNEL_CREATE", "c", "inbound", "3", "9", "")));

  cm_test_feed_push (feed, EVENT (6, CHANNEL ("CHANNEL_BRIDGE", "c", "inbound", "3", "9",
                                              ",\"Bridge-A-Unique-ID\":\"a\",\"Bridge-B-Unique-ID\":\"c\"")));
  cm_test_feed_push (feed, EVENT (7, CHANNEL ("CHANNEL_HANGUP_COMPLETE", "b", "outbound", "1", "2", "")));
  cm_test_feed_expect (feed, "a", "in-call -; 1 attendee Connected; 2 left left; 3 attendee Connected");
}

/* Whoever comes to a room that waits for its moderator waits too. */
static void
test_freeswitch_waiting (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch ("[{\"conference_name\":\"name-r\",\"conference_uuid\":\"r\",\"wait_mod\":true,\"members\":[]}]\n"
                      EVENT (1, MEMBER ("add-member", "r", "a", "1", "member", ""))
                      EVENT (2, MEMBER ("mute-member", "r", "a", "1", "member", "")));

  cm_test_feed_expect (feed, "r", "lobby ConnectedToLobby; 1 lobby Joining muted");
  cm_test_feed_push (feed, EVENT (3, MEMBER ("add-member", "r", "m", "2", "moderator", ""))
                           EVENT (4, MEMBER ("add-member", "r", "b", "3", "member", "")));
  cm_test_feed_expect (feed, "r", "in-conference Completed; 1 attendee Connected muted; 2 presenter Connected; "
                       "3 attendee Connected");
}

/* What was dialled for somebody is not who he is after a transfer. */
static void
test_freeswitch_dialled (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch (EVENT (1, CHANNEL ("CHANNEL_CREATE", "b", "outbound", "5555", "2", ""))
                      EVENT (2, MEMBER ("add-member", "r", "b", "2", "member",
                                        ",\"Call-Direction\":\"outbound\",\"Caller-Orig-Caller-ID-Number\":\"5555\","
                                        "\"Caller-Destination-Number\":\"4711\",\"Caller-Caller-ID-Name\":\"Erin\"")));

  cm_test_feed_expect (feed, "r", "in-conference Completed; 2 attendee Connected");
}

/* In the middle of a meeting: he talks, so he is there. */
static void
test_freeswitch_middle (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch (EVENT (7, MEMBER ("start-talking", "r", "a", "1", "moderator", ""))
                      EVENT (8, MEMBER ("deaf-member", "r", "b", "2", "member", ""))
                      EVENT (9, MEMBER ("del-member", "r", "b", "2", "member", ""))
                      EVENT (10, MEMBER ("stop-talking", "r", "b", "2", "member", "")));

  cm_test_feed_expect (feed, "r", "in-conference -; 1 presenter Connected; 2 left left");
}

static void
test_freeswitch_causes (void)
{
  static const char * const causes[][2] = {
    { "NO_ANSWER", "no-answer" }, { "CALL_REJECTED", "rejected" }, { "UNALLOCATED_NUMBER", "no-such-number" },
    { "NO_PICKUP", "no-answer" }, { "DECLINE", "rejected" }, { "NORMAL_CIRCUIT_CONGESTION", "network" },
    { "SERVICE_UNAVAILABLE", "unreachable" }, { "ORIGINATOR_CANCEL", "cancelled" }, { "A_NEW_ONE", "failed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autoptr(CmTestFeed) feed = start_freeswitch (EVENT (1, MEMBER ("add-member", "r", "a", "1", "member", "")));
      g_autofree char *end =
        g_strdup_printf (EVENT (3, CHANNEL ("CHANNEL_HANGUP_COMPLETE", "d", "outbound", "5555", "2",
                                            ",\"Hangup-Cause\":\"%s\"")), causes[i][0]);
      g_autofree char *expected = g_strdup_printf ("in-conference -; 1 attendee Connected; 2 left %s", causes[i][1]);

      cm_test_feed_push (feed, EVENT (2, CHANNEL ("CHANNEL_CREATE", "d", "outbound", "5555", "2",
                                                  ",\"variable_conference_bgdial_jobid\":\"j\"")));
      cm_test_feed_push (feed, end);
      cm_test_feed_expect (feed, "r", expected);
    }
}

static void
test_asterisk_call (void)
{
  g_autoptr(CmTestFeed) feed =
    start_asterisk (AMI ("Newchannel", WHO ("a", "1") FIELD ("ChannelState", "4") FIELD ("Exten", "2"))
                    AMI ("DialBegin", WHO ("a", "1") FIELD ("Channel", "PJSIP/1-1") FIELD ("DestUniqueid", "b")
                         FIELD ("DestCallerIDNum", "2")));

  cm_test_feed_expect (feed, "a", "ringing -; 1 attendee Connecting; 2 attendee Notified");
  cm_test_feed_push (feed, UP ("b", "2") UP ("a", "1"));
  cm_test_feed_push (feed, AMI ("BridgeEnter", WHO ("b", "2") FIELD ("BridgeUniqueid", "x"))
                           AMI ("BridgeEnter", WHO ("a", "1") FIELD ("BridgeUniqueid", "x")));
  cm_test_feed_expect (feed, "a", "in-call -; 1 attendee Connected; 2 attendee Connected");
  cm_test_feed_push (feed, AMI ("Hold", WHO ("a", "1")));
  cm_test_feed_expect (feed, "a", "on-hold -; 1 attendee OnHold; 2 attendee Connected");
  cm_test_feed_push (feed, AMI ("Unhold", WHO ("a", "1")) AMI ("Hangup", WHO ("b", "2") FIELD ("Cause", "16")));
  cm_test_feed_expect (feed, "a", "ended -; 1 left ended; 2 left left");
}

/* 2 talks to 1, calls 3, and connects them: 1 comes into the bridge of 3. */
static void
test_asterisk_transfer (void)
{
  g_autoptr(CmTestFeed) feed =
    start_asterisk (UP ("a", "1") AMI ("DialBegin", WHO ("a", "1") FIELD ("DestUniqueid", "b") FIELD ("DestCallerIDNum", "2"))
                    UP ("b", "2") AMI ("BridgeEnter", WHO ("a", "1") FIELD ("BridgeUniqueid", "x"))
                    UP ("c", "2") AMI ("DialBegin", WHO ("c", "2") FIELD ("DestUniqueid", "d") FIELD ("DestCallerIDNum", "3"))
                    UP ("d", "3") AMI ("BridgeEnter", WHO ("d", "3") FIELD ("BridgeUniqueid", "y")));

  cm_test_feed_push (feed, AMI ("BridgeEnter", WHO ("a", "1") FIELD ("BridgeUniqueid", "y"))
                           AMI ("Hangup", WHO ("c", "2")) AMI ("Hangup", WHO ("b", "2")));
  cm_test_feed_expect (feed, "a", "ended -; 1 left left; 2 left ended");
  cm_test_feed_expect (feed, "c", "in-call -; 1 attendee Connected; 2 left left; 3 attendee Connected");
}

/* Nobody answers; the caller is put through to the next, and gives up. */
static void
test_asterisk_in_vain (void)
{
  g_autoptr(CmTestFeed) feed =
    start_asterisk (AMI ("Newchannel", WHO ("a", "1") FIELD ("ChannelState", "4"))
                    AMI ("DialBegin", WHO ("a", "1") FIELD ("DestUniqueid", "b") FIELD ("DestCallerIDNum", "2"))
                    AMI ("DialEnd", FIELD ("DestUniqueid", "b") FIELD ("DialStatus", "NOANSWER")));

  cm_test_feed_expect (feed, "a", "ringing -; 1 attendee Connecting; 2 left no-answer");
  cm_test_feed_push (feed, AMI ("DialBegin", WHO ("a", "1") FIELD ("DestUniqueid", "c") FIELD ("DestCallerIDNum", "3"))
                           AMI ("Hangup", WHO ("a", "1") FIELD ("Cause", "127")));
  cm_test_feed_expect (feed, "a", "ended -; 1 left failed; 2 left no-answer; 3 left ended");
}

/* Each who comes is the far end of a local channel; the near end is nobody. */
static void
test_asterisk_local (void)
{
  g_autoptr(CmTestFeed) feed =
    start_asterisk (AMI ("Newexten", WHO ("z", "9") FIELD ("Extension", "4711") FIELD ("Application", "ConfBridge")
                         FIELD ("AppData", "4711,default"))
                    JOIN ("z", "9", "No")
                    AMI ("DialBegin", FIELD ("DestChannel", "Local/4711@rooms-1;1") FIELD ("DestUniqueid", "a1")
                         FIELD ("DestCallerIDNum", "1") FIELD ("DialString", "4711@rooms/n")));

  cm_test_feed_expect (feed, "r", "in-conference -; 9 attendee Connected");
  cm_test_feed_push (feed, AMI ("ConfbridgeJoin", BRIDGE WHO ("a2", "1") FIELD ("Channel", "Local/4711@rooms-1;2")
                                FIELD ("Admin", "No"))
                           AMI ("DialEnd", FIELD ("DestUniqueid", "a1") FIELD ("DialStatus", "ANSWER")) UP ("a1", "1"));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 9 attendee Connected");
  cm_test_feed_push (feed, AMI ("ConfbridgeLeave", BRIDGE WHO ("a2", "1")) AMI ("Hangup", WHO ("a1", "1")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 left left; 9 attendee Connected");
}

/* The near end of a local channel is dialled before anybody knows what it leads to. */
static void
test_asterisk_local_unknown (void)
{
  g_autoptr(CmTestFeed) feed =
    start_asterisk (JOIN ("z", "9", "No")
                    AMI ("DialBegin", FIELD ("DestChannel", "Local/77@rooms-1;1") FIELD ("DestUniqueid", "a1")
                         FIELD ("DestCallerIDNum", "1") FIELD ("DialString", "77@rooms")));

  cm_test_feed_expect (feed, "r", "escalating ConnectingToConference; 1 attendee Notified; 9 attendee Connected");
  cm_test_feed_push (feed, AMI ("ConfbridgeJoin", BRIDGE WHO ("a2", "1") FIELD ("Channel", "Local/77@rooms-1;2")
                                FIELD ("Admin", "No")));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 9 attendee Connected");
}

/* Whoever comes while all wait does too, until an admin comes; the list has the
 * last word. */
static void
test_asterisk_waiting (void)
{
  g_autoptr(CmTestFeed) feed =
    start_asterisk (JOIN ("a", "1", "No")
                    AMI ("ConfbridgeList", FIELD ("Conference", "4711") WHO ("a", "1") FIELD ("Waiting", "Yes"))
                    AMI ("ConfbridgeListComplete", "") JOIN ("b", "2", "No"));

  cm_test_feed_expect (feed, "r", "lobby ConnectedToLobby; 1 lobby Joining; 2 lobby Joining");
  cm_test_feed_push (feed, JOIN ("c", "3", "Yes"));
  cm_test_feed_expect (feed, "r", "in-conference Completed; 1 attendee Connected; 2 attendee Connected; 3 presenter Connected");
}

/* More calls end with one list than are remembered. */
static void
test_many_calls (void)
{
  g_autoptr(CmTestFeed) feed = start_asterisk ("");

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 1500; i++)
        {
          g_autofree char *text = g_strdup_printf (UP ("%u.%u", "%u"), round, i, i);

          cm_test_feed_push (feed, text);
        }
      cm_test_feed_push (feed, AMI ("CoreShowChannelsComplete", FIELD ("ListItems", "0")));
    }
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

/* The link was lost in the middle of a list, and of a record. */
static void
test_restart (void)
{
  g_autoptr(CmTestFeed) feed = start_asterisk (JOIN ("a", "1", "No") JOIN ("b", "2", "No"));

  cm_test_feed_push (feed, AMI ("ConfbridgeList", FIELD ("Conference", "4711") WHO ("a", "1")) "Event: ConfbridgeLe");
  cm_decoder_restart (feed->decoder);
  cm_test_feed_push (feed, "Asterisk Call Manager/11.0.0\r\n" AMI ("ConfbridgeListComplete", ""));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 attendee Connected; 2 attendee Connected");
  g_assert_cmpuint (feed->n_faults, ==, 0);

  cm_test_feed_push (feed, AMI ("ConfbridgeList", FIELD ("Conference", "4711") WHO ("b", "2"))
                           AMI ("ConfbridgeListComplete", ""));
  cm_test_feed_expect (feed, "r", "in-conference -; 1 left left; 2 attendee Connected");
}

static void
test_arrival (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("asterisk");

  cm_decoder_set_arrival (feed->decoder, G_GINT64_CONSTANT (1795367182000));
  cm_test_feed_push (feed, AMI ("ConfbridgeStart", BRIDGE));
  g_assert_true (g_str_has_prefix (feed->lines->str, "{\"at\":\"2026-11-22T17:06:22.000Z\""));
}

/* The calls of two that were there before are in the lists of channels. */
static void
test_listed_calls (void)
{
  g_autoptr(CmTestFeed) asterisk =
    start_asterisk (AMI ("CoreShowChannel", WHO ("b", "2") FIELD ("Linkedid", "a") FIELD ("Application", "AppDial")
                         FIELD ("ChannelState", "6"))
                    AMI ("CoreShowChannel", WHO ("a", "1") FIELD ("Linkedid", "a") FIELD ("Application", "Dial")
                         FIELD ("ChannelState", "6")) AMI ("CoreShowChannelsComplete", ""));
  g_autoptr(CmTestFeed) freeswitch =
    start_freeswitch ("{\"row_count\":2,\"rows\":["
                      "{\"uuid\":\"a\",\"direction\":\"inbound\",\"callstate\":\"ACTIVE\",\"cid_num\":\"1\",\"call_uuid\":\"a\"},"
                      "{\"uuid\":\"b\",\"direction\":\"outbound\",\"callstate\":\"HELD\",\"dest\":\"2\",\"call_uuid\":\"a\"}]}\n");

  cm_test_feed_expect (asterisk, "a", "in-call -; 1 attendee Connected; 2 attendee Connected");
  cm_test_feed_expect (freeswitch, "a", "on-hold -; 1 attendee Connected; 2 attendee OnHold");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/freeswitch/call", test_freeswitch_call);
  g_test_add_func ("/exchange/called-both", test_called_both);
  g_test_add_func ("/exchange/freeswitch/transfer", test_freeswitch_transfer);
  g_test_add_func ("/exchange/freeswitch/bridge", test_freeswitch_bridge);
  g_test_add_func ("/exchange/freeswitch/waiting", test_freeswitch_waiting);
  g_test_add_func ("/exchange/freeswitch/dialled", test_freeswitch_dialled);
  g_test_add_func ("/exchange/freeswitch/middle", test_freeswitch_middle);
  g_test_add_func ("/exchange/freeswitch/causes", test_freeswitch_causes);
  g_test_add_func ("/exchange/asterisk/call", test_asterisk_call);
  g_test_add_func ("/exchange/asterisk/transfer", test_asterisk_transfer);
  g_test_add_func ("/exchange/asterisk/in-vain", test_asterisk_in_vain);
  g_test_add_func ("/exchange/asterisk/local", test_asterisk_local);
  g_test_add_func ("/exchange/asterisk/local-unknown", test_asterisk_local_unknown);
  g_test_add_func ("/exchange/asterisk/waiting", test_asterisk_waiting);
  g_test_add_func ("/exchange/listed-calls", test_listed_calls);
  g_test_add_func ("/exchange/many-calls", test_many_calls);
  g_test_add_func ("/exchange/restart", test_restart);
  g_test_add_func ("/exchange/arrival", test_arrival);

  return g_test_run ();
}
