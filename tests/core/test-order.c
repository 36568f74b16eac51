/* test-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk-feed.h"
#include "feeds/exchange/cm-asterisk.h"
#include "feeds/exchange/cm-dial.h"
#include "feeds/exchange/cm-freeswitch-feed.h"
#include "feeds/exchange/cm-freeswitch.h"
#include "support/cm-test-feed.h"

#define EVENT(seq, fields) \
  "{\"Core-UUID\":\"k\",\"Event-Sequence\":\"" #seq "\",\"Event-Date-Timestamp\":\"1795367124000000\"," fields "}\n"
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

static void
test_numbers (void)
{
  static const char * const good[][2] = {
    { "tel:1005", "1005" }, { "1005", "1005" }, { "+49 (30) 12-34.5", "+493012345" }, { "sip:alice@example.org", "alice" },
    { "SIP:alice.b_c-d@example.org;user=phone", "alice.b_c-d" }, { "tel:*97#", "*97#" }, { "tel:+4930;ext=5", "+4930" },
  };
  static const char * const bad[] = {
    "", "tel:", "sip:@x", "tel:1,2", "tel:1|2", "tel:1&2", "sip:a/b", "sip:a b", "sip:a\nb", "sip:{x=y}1", "sip:[a]1",
    "sip:<x>", "sip:a'b", "sip:a\"b", "sip:a\\b", "sip:$${x}", "sip:${x}", "sip:a:b", "sip:a^b", "sip:-a", "sip:ä", "tel:----",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *number = cm_dial_dup_number (good[i][0], NULL);

      g_assert_cmpstr (number, ==, good[i][1]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cm_dial_dup_number (bad[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_patterns (void)
{
  g_autofree char *filled = cm_dial_fill ("{origination_callee_id_number={number}}sofia/x/{number}", "1005");

  g_assert_cmpstr (filled, ==, "{origination_callee_id_number=1005}sofia/x/1005");
  g_assert_true (cm_dial_check ("PJSIP/{number}@trunk", NULL));
  g_assert_false (cm_dial_check ("PJSIP/1005", NULL));
  g_assert_false (cm_dial_check ("PJSIP/{number} @trunk", NULL));
  g_assert_false (cm_dial_check ("PJSIP/{number}\r\nAction: Command", NULL));
}

static char *
order (CmExchange *exchange,
       const char *source,
       CmAction    action,
       const char *participant)
{
  g_autofree char *leg = g_strconcat (source, "#r", NULL);
  g_autoptr(CmCommand) command = cm_command_new (NULL, leg, action, participant);
  g_autoptr(GError) error = NULL;
  g_autoptr(CmOrder) order = cm_order_new (exchange, source, command, &error);
  char *text = NULL;

  if (order != NULL)
    text = g_str_equal (source, "freeswitch") ? cm_freeswitch_dup_order (order, "sofia/gateway/t/{number}", &error)
                                              : cm_asterisk_dup_order (order, "PJSIP/{number}@t", &error);
  g_assert_true ((text == NULL) == (error != NULL));

  return text;
}

static void
expect_order (CmExchange *exchange,
              const char *source,
              CmAction    action,
              const char *participant,
              const char *expected)
{
  g_autofree char *text = order (exchange, source, action, participant);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_freeswitch_orders (void)
{
  g_autoptr(CmTestFeed) feed =
    start_freeswitch (EVENT (1, MEMBER ("add-member", "r", "a", "1", "member", ""))
                      EVENT (2, MEMBER ("add-member", "x y", "b", "2", "member", "")));
  CmExchange *exchange = cm_freeswitch_get_exchange (CM_FREESWITCH (feed->decoder));

  expect_order (exchange, "freeswitch", CM_ACTION_MUTE, "tel:1", "api conference name-r mute 7\n\n");
  expect_order (exchange, "freeswitch", CM_ACTION_REMOVE, "tel:1", "api conference name-r kick 7\n\n");
  expect_order (exchange, "freeswitch", CM_ACTION_LOCK, NULL, "api conference name-r lock\n\n");
  expect_order (exchange, "freeswitch", CM_ACTION_END, NULL, "api conference name-r kick all\n\n");
  expect_order (exchange, "freeswitch", CM_ACTION_INVITE, "tel:5",
                "api conference name-r bgdial sofia/gateway/t/5\n\n");
  expect_order (exchange, "freeswitch", CM_ACTION_MUTE, "tel:3", NULL);
  expect_order (exchange, "freeswitch", CM_ACTION_INVITE, "tel:1", NULL);
  expect_order (exchange, "freeswitch", CM_ACTION_REJOIN, NULL, NULL);
  expect_order (exchange, "freeswitch", CM_ACTION_ADMIT, "tel:1", NULL);

  cm_test_feed_push (feed, EVENT (3, MEMBER ("del-member", "r", "a", "1", "member", "")));
  expect_order (exchange, "freeswitch", CM_ACTION_REJOIN, NULL,
                "api conference name-r bgdial sofia/gateway/t/1\n\n");
}

/* A room's name comes from whoever has dialled it. */
static void
test_hostile_names (void)
{
  static const char * const names[] = { "a b", "a\\nb", "a\\\"b", "a'b", "a\\\\b", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"Event-Name\":\"CUSTOM\",\"Event-Subclass\":\"conference::maintenance\",\"Action\":"
                         "\"conference-create\",\"Conference-Unique-ID\":\"r\",\"Conference-Name\":\"%s\"}\n", names[i]);
      g_autoptr(CmTestFeed) feed = start_freeswitch (text);

      expect_order (cm_freeswitch_get_exchange (CM_FREESWITCH (feed->decoder)), "freeswitch", CM_ACTION_LOCK, NULL, NULL);
    }
}

static void
test_asterisk_orders (void)
{
  g_autoptr(CmTestFeed) feed = start_asterisk (JOIN ("a", "1", "No"));
  CmExchange *exchange = cm_asterisk_get_exchange (CM_ASTERISK (feed->decoder));

  expect_order (exchange, "asterisk", CM_ACTION_MUTE, "tel:1",
                "Action: ConfbridgeMute\r\nConference: 4711\r\nChannel: PJSIP/a\r\n");
  expect_order (exchange, "asterisk", CM_ACTION_MUTE_ALL, NULL,
                "Action: ConfbridgeMute\r\nConference: 4711\r\nChannel: all\r\n");
  expect_order (exchange, "asterisk", CM_ACTION_UNLOCK, NULL, "Action: ConfbridgeUnlock\r\nConference: 4711\r\n");
  expect_order (exchange, "asterisk", CM_ACTION_INVITE, "tel:5",
                "Action: Originate\r\nChannel: PJSIP/5@t\r\nContext: rooms\r\nExten: 4711\r\nPriority: 1\r\n"
                "CallerID: <5>\r\nTimeout: 25000\r\nAsync: true\r\n");
}

static void
test_answers (void)
{
  static const struct
  {
    const char *answer;
    gboolean    taken;
    const char *words;
    const char *job;
  } cases[] = {
    { "OK mute 9\n", TRUE, "OK mute 9", NULL },
    { "+OK 4711 locked\n", TRUE, "4711 locked", NULL },
    { "+OK Job-UUID: j-1\n", TRUE, "Job-UUID: j-1", "j-1" },
    { "Non-Existant ID 99\n", FALSE, "Non-Existant ID 99", NULL },
    { "-ERR permission denied", FALSE, "permission denied", NULL },
    { "Conference 4711 not found\nand more", FALSE, "Conference 4711 not found", NULL },
    { "", FALSE, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = NULL;
      g_autofree char *job = NULL;

      g_assert_cmpint (cm_freeswitch_has_taken (cm_text_from_string (cases[i].answer), &words, &job), ==, cases[i].taken);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (job, ==, cases[i].job);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order/numbers", test_numbers);
  g_test_add_func ("/order/patterns", test_patterns);
  g_test_add_func ("/order/freeswitch", test_freeswitch_orders);
  g_test_add_func ("/order/hostile-names", test_hostile_names);
  g_test_add_func ("/order/asterisk", test_asterisk_orders);
  g_test_add_func ("/order/answers", test_answers);

  return g_test_run ();
}
