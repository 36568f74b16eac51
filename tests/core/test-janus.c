/* test-janus.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#define BRIDGE "m/audiobridge/7"
#define VIDEO "m/videoroom/8"

/* Handle 31 is of session 30, 41 of 40; a stamp of "5" is 5 s. */
#define EVENT(type, stamp, ids, event) \
  "{\"emitter\":\"m\",\"type\":" type ",\"timestamp\":" stamp "000000" ids ",\"event\":" event "}\n"
#define HANDLE(session, handle, opaque) \
  ",\"session_id\":" session ",\"handle_id\":" handle ",\"opaque_id\":\"" opaque "\""
#define NOBODY ""
#define ANA HANDLE ("30", "31", "ana")
#define BEN HANDLE ("40", "41", "ben")
#define BRIDGED(stamp, ids, name, rest) \
  EVENT ("64", stamp, ids, "{\"plugin\":\"janus.plugin.audiobridge\",\"data\":{\"event\":\"" name "\",\"room\":7" rest "}}")
#define SEEN(stamp, ids, name, rest) \
  EVENT ("64", stamp, ids, "{\"plugin\":\"janus.plugin.videoroom\",\"data\":{\"event\":\"" name "\",\"room\":8" rest "}}")
#define JOINED(stamp, ids, id) \
  BRIDGED (stamp, ids, "joined", ",\"id\":" id ",\"display\":\"P" id "\",\"setup\":false,\"muted\":false")
#define WEBRTC(stamp, ids, name, value) EVENT ("16", stamp, ids, "{\"" name "\":\"" value "\"}")
#define JSEP(stamp, ids) EVENT ("8", stamp, ids, "{\"owner\":\"remote\",\"jsep\":{\"type\":\"offer\"}}")
#define PEOPLE(list) \
  "{\"t\":9.5,\"dir\":\"<\",\"msg\":{\"janus\":\"success\",\"plugindata\":{\"plugin\":\"janus.plugin.audiobridge\"," \
  "\"data\":{\"audiobridge\":\"participants\",\"room\":7,\"participants\":[" list "]}}}}\n"

/* What is sent, and what a room is then. */
typedef struct
{
  const char *records;
  const char *room;
  const char *expected;
} Step;

typedef struct
{
  const char *name;
  Step        steps[8];
} Case;

static const Case cases[] = {
  { "kicked-then-left",
    { { JOINED ("1", ANA, "1") JOINED ("2", BEN, "2") BRIDGED ("3", ANA, "kicked", ",\"id\":2"),
        BRIDGE, "idle -; 1 attendee Joining; 2 left removed" },
      { BRIDGED ("4", NOBODY, "left", ",\"id\":2"), BRIDGE, "idle -; 1 attendee Joining; 2 left removed" } } },
  { "listed-until-the-kick's-left",
    { { JOINED ("1", ANA, "1") JOINED ("2", BEN, "2") BRIDGED ("3", ANA, "kicked", ",\"id\":2")
        PEOPLE ("{\"id\":1,\"setup\":false},{\"id\":2,\"setup\":false}"),
        BRIDGE, "idle -; 1 attendee Joining; 2 left removed" },
      { BRIDGED ("4", NOBODY, "left", ",\"id\":2") PEOPLE ("{\"id\":1,\"setup\":false},{\"id\":2,\"setup\":false}"),
        BRIDGE, "idle -; 1 attendee Joining; 2 attendee Joining" } } },
  { "news-from-before-the-list",
    { { JOINED ("1", ANA, "1") BRIDGED ("5", ANA, "mute", ",\"id\":1")
        PEOPLE ("{\"id\":1,\"setup\":false,\"muted\":true}") BRIDGED ("3", ANA, "unmute", ",\"id\":1")
        JOINED ("2", BEN, "2"),
        BRIDGE, "idle -; 1 attendee Joining muted" },
      { JOINED ("6", BEN, "2"), BRIDGE, "idle -; 1 attendee Joining muted; 2 attendee Joining" } } },
  { "back-before-the-kick's-left",
    { { JOINED ("1", ANA, "1") JOINED ("2", BEN, "2") BRIDGED ("3", ANA, "kicked", ",\"id\":2")
        JOINED ("4", BEN, "2") BRIDGED ("5", NOBODY, "left", ",\"id\":2"),
        BRIDGE, "idle -; 1 attendee Joining; 2 attendee Joining" },
      { BRIDGED ("6", NOBODY, "left", ",\"id\":2"), BRIDGE, "idle -; 1 attendee Joining; 2 left left" } } },
  { "destroyed-without-left",
    { { BRIDGED ("1", ANA, "created", "") JOINED ("2", ANA, "1") JOINED ("3", BEN, "2")
        BRIDGED ("4", ANA, "destroyed", ""),
        BRIDGE, "ended -; 1 left ended; 2 left ended" },
      { BRIDGED ("5", NOBODY, "left", ",\"id\":2") EVENT ("2", "6", ANA, "{\"name\":\"detached\"}"),
        BRIDGE, "ended -; 1 left ended; 2 left ended" },
      { BRIDGED ("8", ANA, "created", "") JOINED ("9", ANA, "1"),
        BRIDGE "/8000", "idle -; 1 attendee Joining" },
      { "", BRIDGE, "ended -; 1 left ended; 2 left ended" } } },
  { "left-after-destroyed-makes-no-room",
    { { BRIDGED ("5", NOBODY, "left", ",\"id\":2") BRIDGED ("6", ANA, "destroyed", ""), BRIDGE, "none" } } },
  { "shutdown-ends-all",
    { { JOINED ("1", ANA, "1") SEEN ("2", BEN, "joined", ",\"id\":2")
        "{\"emitter\":\"m\",\"type\":256,\"subtype\":2,\"timestamp\":3000000,\"event\":{\"status\":\"shutdown\"}}\n",
        BRIDGE, "ended -; 1 left ended" },
      { "", VIDEO, "ended -; 2 left ended" } } },
  { "start-without-shutdown",
    { { JOINED ("1", ANA, "1")
        "{\"emitter\":\"m\",\"type\":256,\"subtype\":1,\"timestamp\":3000000,\"event\":{\"status\":\"started\"}}\n",
        BRIDGE, "ended -; 1 left ended" } } },
  { "socket-lost-without-left",
    { { BRIDGED ("1", ANA, "created", "") JOINED ("1", ANA, "1") JOINED ("2", BEN, "2")
        EVENT ("2", "3", BEN, "{\"name\":\"detached\"}"),
        BRIDGE, "idle -; 1 attendee Joining; 2 left left" },
      { EVENT ("1", "4", ",\"session_id\":30", "{\"name\":\"destroyed\"}")
        EVENT ("2", "5", ANA, "{\"name\":\"detached\"}"),
        BRIDGE, "idle -; 1 left left; 2 left left" } } },
  { "joined-was-dropped",
    { { BRIDGED ("1", ANA, "configured", ",\"id\":1,\"display\":\"P1\",\"muted\":true"),
        BRIDGE, "in-conference -; 1 attendee Connected muted" } } },
  { "late-news-of-who-has-left",
    { { JOINED ("1", ANA, "1") JOINED ("2", BEN, "2") BRIDGED ("4", BEN, "left", ",\"id\":2")
        BRIDGED ("3", BEN, "configured", ",\"id\":2,\"muted\":true"),
        BRIDGE, "idle -; 1 attendee Joining; 2 left left" } } },
  { "room-that-is-always-there",
    { { JOINED ("1", ANA, "1") BRIDGED ("2", ANA, "left", ",\"id\":1"), BRIDGE, "ended -; 1 left left" } } },
  { "muted",
    { { JOINED ("1", ANA, "1") JOINED ("2", BEN, "2") BRIDGED ("3", ANA, "mute", ",\"id\":2"),
        BRIDGE, "idle -; 1 attendee Joining; 2 attendee Joining muted" },
      { BRIDGED ("4", ANA, "mute_room", ""), BRIDGE, "idle -; 1 attendee Joining muted; 2 attendee Joining muted" },
      { BRIDGED ("5", ANA, "unmute_room", ""), BRIDGE, "idle -; 1 attendee Joining; 2 attendee Joining muted" },
      { BRIDGED ("6", ANA, "unmute", ",\"id\":2"), BRIDGE, "idle -; 1 attendee Joining; 2 attendee Joining" } } },
  { "escalation",
    { { EVENT ("2", "1", ANA, "{\"name\":\"attached\"}") JOINED ("1", ANA, "1"), BRIDGE, "idle -; 1 attendee Joining" },
      { JSEP ("2", ANA) WEBRTC ("2", ANA, "ice", "gathering"), BRIDGE, "idle -; 1 attendee Connecting" },
      { WEBRTC ("3", ANA, "ice", "connecting") WEBRTC ("3", ANA, "dtls", "trying"), BRIDGE, "idle -; 1 attendee Joining" },
      { WEBRTC ("4", ANA, "connection", "webrtcup"), BRIDGE, "in-conference -; 1 attendee Connected" },
      { JSEP ("5", ANA) WEBRTC ("3", ANA, "dtls", "connected"), BRIDGE, "in-conference -; 1 attendee Connected" },
      { WEBRTC ("6", ANA, "connection", "hangup") WEBRTC ("5", ANA, "connection", "webrtcup"),
        BRIDGE, "left -; 1 attendee Disconnected" },
      { JSEP ("7", ANA) EVENT ("32", "8", ANA, "{\"media\":\"audio\",\"receiving\":true}"),
        BRIDGE, "in-conference -; 1 attendee Connected" } } },
  { "publisher-is-presenter",
    { { SEEN ("1", ANA, "joined", ",\"id\":1"), VIDEO, "in-conference -; 1 attendee Connected" },
      { SEEN ("2", ANA, "published", ",\"id\":1,\"streams\":[{\"type\":\"audio\",\"mid\":\"0\"},{\"type\":\"video\",\"mid\":\"1\"}]"),
        VIDEO, "in-conference -; 1 presenter Connected" },
      { EVENT ("64", "3", "", "{\"plugin\":\"janus.plugin.videoroom\",\"data\":{\"videoroom\":\"moderated\","
               "\"room\":8,\"id\":1,\"mid\":\"1\",\"moderation\":\"muted\"}}"),
        VIDEO, "in-conference -; 1 presenter Connected" },
      { EVENT ("64", "3", "", "{\"plugin\":\"janus.plugin.videoroom\",\"data\":{\"videoroom\":\"moderated\","
               "\"room\":8,\"id\":1,\"mid\":\"0\",\"moderation\":\"muted\"}}"),
        VIDEO, "in-conference -; 1 presenter Connected muted" },
      { SEEN ("4", "", "unpublished", ",\"id\":1") SEEN ("4", "", "unpublished", ",\"id\":1"),
        VIDEO, "in-conference -; 1 attendee Connected muted" },
      { SEEN ("5", ANA, "joined", ",\"id\":2") SEEN ("6", "", "kicked", ",\"id\":1")
        SEEN ("7", "", "unpublished", ",\"id\":1"),
        VIDEO, "in-conference -; 1 left removed; 2 attendee Connected" } } },
  { "companion-by-opaque-id",
    { { JOINED ("1", ANA, "1") WEBRTC ("2", HANDLE ("50", "51", "ana"), "connection", "webrtcup"),
        BRIDGE, "in-conference -; 1 attendee Connected" } } },
  { "there-before-anybody-listened",
    { { EVENT ("128", "1", "", "{}") PEOPLE ("{\"id\":1,\"setup\":true},{\"id\":2,\"setup\":true}") BRIDGED ("20", BEN, "left", ",\"id\":2"),
        BRIDGE, "in-conference -; 1 attendee Connected; 2 left left" } } },
  { "changes-rooms",
    { { JOINED ("1", ANA, "1") JOINED ("1", BEN, "2")
        EVENT ("64", "3", BEN, "{\"plugin\":\"janus.plugin.audiobridge\",\"data\":{\"event\":\"joined\",\"room\":9,\"id\":2}}")
        BRIDGED ("3", BEN, "left", ",\"id\":2"),
        BRIDGE, "idle -; 1 attendee Joining; 2 left left" },
      { EVENT ("2", "5", BEN, "{\"name\":\"detached\"}"), "m/audiobridge/9", "ended -; 2 left left" } } },
  { "grouped",
    { { "[{\"emitter\":\"m\",\"type\":128,\"timestamp\":1000000,\"event\":{}},"
        "{\"emitter\":\"m\",\"type\":64,\"timestamp\":1000000,\"event\":{\"plugin\":\"janus.plugin.audiobridge\","
        "\"data\":{\"event\":\"joined\",\"room\":7,\"id\":1}}}]\n", BRIDGE, "in-conference -; 1 attendee Connected" } } },
  { "snapshot",
    { { BRIDGED ("1", ANA, "created", "") JOINED ("1", ANA, "1") JOINED ("2", BEN, "2")
        PEOPLE ("{\"id\":2,\"setup\":true,\"muted\":true},{\"id\":3,\"setup\":false}"),
        BRIDGE, "in-conference -; 1 left left; 2 attendee Connected muted; 3 attendee Joining" },
      { PEOPLE ("{\"id\":2,\"setup\":true,\"muted\":true},{\"id\":3,\"setup\":false}") JOINED ("1", ANA, "1"),
        BRIDGE, "in-conference -; 1 left left; 2 attendee Connected muted; 3 attendee Joining" },
      { PEOPLE (""), BRIDGE, "left -; 1 left left; 2 left left; 3 left left" },
      { PEOPLE ("{\"id\":2,\"setup\":true}"), BRIDGE,
        "in-conference -; 1 left left; 2 attendee Connected; 3 left left" } } },
};

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("janus");

  for (guint i = 0; i < G_N_ELEMENTS (self->steps) && self->steps[i].records != NULL; i++)
    {
      cm_test_feed_push (feed, self->steps[i].records);
      cm_test_feed_expect (feed, self->steps[i].room, self->steps[i].expected);
    }
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

/* Pushes the lines up to the first that has @mark, and expects. */
static void
play_to (CmTestFeed  *feed,
         char      ***lines,
         const char  *mark,
         const char  *room,
         const char  *expected)
{
  gboolean found = FALSE;

  while (!found && **lines != NULL && ***lines != '\0')
    {
      found = strstr (**lines, mark) != NULL;
      cm_test_feed_push (feed, **lines);
      cm_test_feed_push (feed, "\n");
      (*lines)++;
    }
  g_assert_true (found);
  cm_test_feed_expect (feed, room, expected);
}

static void
test_audiobridge (void)
{
  static const char room[] = "monitor-ci/audiobridge/4711";
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("janus");
  g_autofree char *text = cm_test_feed_read ("janus-audiobridge.ndjson", NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  char **next = lines;

  play_to (feed, &next, "\"id\":104", room, "idle -; 101 attendee Joining; 102 attendee Joining muted; "
           "103 attendee Joining; 104 attendee Joining");
  play_to (feed, &next, "\"mute\"", room, "idle -; 101 attendee Joining; 102 attendee Joining; "
           "103 attendee Joining muted; 104 attendee Joining");
  play_to (feed, &next, "\"left\"", room, "idle -; 101 attendee Joining; 102 attendee Joining; "
           "103 left left; 104 attendee Joining");
  play_to (feed, &next, "\"kicked\"", room, "idle -; 101 attendee Joining; 102 left removed; "
           "103 attendee Joining; 104 left left");
  play_to (feed, &next, "\"destroyed\",\"room\"", room, "ended -; 101 left ended; 102 left removed; "
           "103 left ended; 104 left left");
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

static void
test_videoroom (void)
{
  static const char room[] = "monitor-ci/videoroom/8200";
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("janus");
  g_autofree char *text = cm_test_feed_read ("janus-videoroom.ndjson", NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  char **next = lines;

  play_to (feed, &next, "\"dtls\":\"trying\"", room, "in-conference -; 1 attendee Joining");
  play_to (feed, &next, "\"webrtcup\"", room, "in-conference -; 1 presenter Connected");
  play_to (feed, &next, "\"subscribing\"", room, "in-conference -; 1 presenter Connected; "
           "2 presenter Connected; 3 attendee Connecting");
  play_to (feed, &next, "\"moderated\"", room, "in-conference -; 1 presenter Connected; "
           "2 presenter Connected muted; 3 attendee Connected");
  play_to (feed, &next, "\"hangup\"", room, "in-conference -; 1 presenter Connected; "
           "2 attendee Disconnected; 3 attendee Connected");
  play_to (feed, &next, "\"kicked\"", room, "in-conference -; 1 presenter Connected; 2 left removed; "
           "3 attendee Connected");
  play_to (feed, &next, "\"destroyed\",\"room\"", room, "ended -; 1 left left; 2 left removed; 3 left left");
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

static void
test_splits (void)
{
  static const char * const files[] = { "janus-audiobridge.ndjson", "janus-videoroom.ndjson" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize size;
      g_autofree char *text = cm_test_feed_read (files[i], &size);

      cm_test_feed_splits ("janus", text, size);
      cm_test_feed_damage ("janus", text, size);
    }
}

/* Only the API's "list" tells what a room is for. */
static void
test_subject (void)
{
  static const char list[] =
    "{\"t\":2,\"dir\":\"<\",\"msg\":{\"plugindata\":{\"data\":{\"audiobridge\":\"success\","
    "\"list\":[{\"room\":7,\"description\":\"Weekly\"}]}}}}\n";
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("janus");

  cm_test_feed_push (feed, BRIDGED ("1", ANA, "created", ""));
  cm_test_feed_push (feed, list);
  cm_test_feed_push (feed, list);
  g_assert_true (g_str_has_suffix (feed->lines->str, "\"Subject\",\"value\":\"Weekly\"}\n"));
}

static void
test_garbage (void)
{
  static const char * const garbage[] = {
    "{\"emitter\":\"m\"}\n", "[1]\n", "{\"type\":64,}\n", "7\n", "{\"type\":64,\"timestamp\":-1}\n",
    "{\"type\":64,\"timestamp\":9223372036854775807}\n",
  };
  static const char * const harmless[] = {
    "\n", "{\"type\":64}\n", "{\"type\":\"64\",\"event\":7}\n", "{\"type\":16,\"handle_id\":3,\"event\":{\"ice\":7}}\n",
    BRIDGED ("1", ANA, "joined", ",\"id\":{}"), BRIDGED ("1", ANA, "joined", ",\"id\":\"\""), "{\"msg\":{}}\n",
    "{\"t\":\"x\",\"dir\":\">\",\"msg\":{\"response\":{\"audiobridge\":\"participants\",\"room\":7,\"participants\":[{\"id\":1}]}}}\n",
  };
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("janus");

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    cm_test_feed_push (feed, garbage[i]);
  g_assert_cmpuint (feed->n_faults, ==, G_N_ELEMENTS (garbage));
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    cm_test_feed_push (feed, harmless[i]);
  g_assert_cmpuint (feed->n_faults, ==, G_N_ELEMENTS (garbage));
  cm_test_feed_expect (feed, BRIDGE, "none");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/janus/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/janus/audiobridge", test_audiobridge);
  g_test_add_func ("/janus/videoroom", test_videoroom);
  g_test_add_func ("/janus/splits", test_splits);
  g_test_add_func ("/janus/subject", test_subject);
  g_test_add_func ("/janus/garbage", test_garbage);

  return g_test_run ();
}
