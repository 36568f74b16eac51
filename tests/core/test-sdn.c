/* test-sdn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#include "model/cm-document.h"

#define CONFERENCE "conf:ana@example.org/k7q2"
#define ANA "sip:ana@example.org"
#define BEN "sip:ben@example.org"
#define FOCUS ANA ";gruu;opaque=app:conf:audio-video:id:K7Q2"
#define AT(second) "2026-03-02T10:00:" second "Z"
#define DOCUMENT(version, call, time, body) \
  "<LyncDiagnostics Version=\"" version "\"><ConnectionInfo><CallId>" call "</CallId><TimeStamp>" \
  time "</TimeStamp></ConnectionInfo>" body "</LyncDiagnostics>"
#define INVITE(from, to) \
  "<Invite><Caller><URI>" from "</URI></Caller><Callee><URI>" to "</URI></Callee></Invite>"
#define SIGNAL(name, type, from, to, properties) \
  "<" name " Type=\"" type "\"><From><URI>" from "</URI></From><To><URI>" to "</URI></To><Properties>" \
  properties "</Properties></" name ">"
#define BANDWIDTH(number) \
  "<Bandwidth><Average>" number "</Average><Maximum>" number "</Maximum></Bandwidth>"
#define BYE "<Bye><EndPoint><URI>" BEN "</URI></EndPoint><EndPoint><URI>" ANA "</URI></EndPoint></Bye>"
#define CALL(time, body) DOCUMENT ("D", "p1", AT (time), body)

/* The documents of a file, each with what stands in front of it. */
static char **
read_documents (const char *file)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read (file, &size);

  return g_strsplit (text, "</LyncDiagnostics>", -1);
}

static void
push_documents (CmTestFeed *feed,
                char      **documents,
                guint       from,
                guint       to)
{
  for (guint i = from; i < to; i++)
    {
      cm_test_feed_push (feed, documents[i]);
      cm_test_feed_push (feed, "</LyncDiagnostics>");
    }
}

static void
test_conference (void)
{
  static const struct
  {
    guint       after;
    const char *expected;
  } moments[] = {
    { 2, "idle -; ana@example.org attendee Connecting" },
    { 3, "in-conference -; ana@example.org attendee Connected" },
    { 4, "in-conference -; ana@example.org attendee Connected; ben@example.org attendee Connecting" },
    { 8, "in-conference -; ana@example.org attendee Connected; ben@example.org attendee OnHold; "
         "cleo@example.org attendee Connected" },
    { 9, "in-conference -; ana@example.org attendee Connected; ben@example.org attendee Connected; "
         "cleo@example.org attendee Connected" },
    { 12, "in-conference -; ana@example.org left left; ben@example.org attendee Connected; "
          "cleo@example.org attendee Connected" },
    { 13, "in-conference -; ana@example.org left left; ben@example.org left left; "
          "cleo@example.org attendee Connected" },
    { 15, "in-conference -; ana@example.org left left; ben@example.org attendee Connected; "
          "cleo@example.org attendee Connected" },
    { 17, "ended -; ana@example.org left left; ben@example.org left conference-ending; "
          "cleo@example.org left conference-ending" },
  };
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");
  g_auto(GStrv) documents = read_documents ("sdn-conference.xml");
  guint done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      push_documents (feed, documents, done, moments[i].after);
      done = moments[i].after;
      cm_test_feed_expect (feed, CONFERENCE, moments[i].expected);
    }
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

/* A station in the same conference and the server are one conversation. */
static void
test_merge (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");
  g_auto(GStrv) documents = read_documents ("sdn-conference.xml");
  g_autoptr(CmDocument) document = NULL;
  CmEvent event = {
    .source = CM_TEXT ("lync/ben@example.org"),
    .conversation = CM_TEXT ("c1"),
    .kind = CM_EVENT_CONVERSATION_ADDED,
    .conferencing_uri = CM_TEXT (ANA ";gruu;opaque=app:conf:focus:id:K7Q2"),
  };

  push_documents (feed, documents, 0, 3);
  cm_tracker_handle (feed->tracker, &event);
  document = cm_tracker_dup_document (feed->tracker, CONFERENCE);
  g_assert_cmpuint (document->legs.len, ==, 2);
  g_assert_cmpuint (document->persons.len, ==, 1);
}

/* Mixed time zones are one clock. */
static void
test_times (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");
  g_auto(GStrv) documents = read_documents ("sdn-conference.xml");

  push_documents (feed, documents, 0, 4);
  g_assert_nonnull (strstr (feed->lines->str, "\"at\":\"2026-03-01T23:00:00.123Z\""));
  g_assert_nonnull (strstr (feed->lines->str, "\"at\":\"2026-03-01T23:00:10.000Z\""));
}

static void
test_splits (void)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read ("sdn-conference.xml", &size);

  cm_test_feed_splits ("sdn", text, size);
  cm_test_feed_damage ("sdn", text, size);
}

static void
test_call (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");

  cm_test_feed_push (feed, CALL ("00", INVITE (ANA, BEN)));
  cm_test_feed_expect (feed, "p1", "ringing -; ana@example.org attendee Connecting; ben@example.org attendee Notified");
  cm_test_feed_push (feed, CALL ("01", SIGNAL ("Start", "audio", ANA, BEN, BANDWIDTH ("9"))));
  cm_test_feed_expect (feed, "p1", "in-call -; ana@example.org attendee Connected; ben@example.org attendee Connected");
  cm_test_feed_push (feed, CALL ("02", SIGNAL ("Update", "audio", ANA, BEN, BANDWIDTH ("0"))));
  cm_test_feed_expect (feed, "p1", "on-hold -; ana@example.org attendee OnHold; ben@example.org attendee OnHold");
  cm_test_feed_push (feed, CALL ("03", SIGNAL ("Update", "audio", ANA, BEN, BANDWIDTH ("9"))));
  cm_test_feed_push (feed, CALL ("03", SIGNAL ("Update", "video", ANA, BEN, BANDWIDTH ("0"))));
  cm_test_feed_push (feed, CALL ("04", SIGNAL ("Ended", "video", ANA, BEN, "")));
  cm_test_feed_expect (feed, "p1", "in-call -; ana@example.org attendee Connected; ben@example.org attendee Connected");
  cm_test_feed_push (feed, CALL ("05", BYE));
  cm_test_feed_expect (feed, "p1", "ended -; ana@example.org left left; ben@example.org left left");
}

/* What is older is not believed; an end is. */
static void
test_disorder (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");

  cm_test_feed_push (feed, CALL ("05", SIGNAL ("Update", "audio", ANA, BEN, BANDWIDTH ("0"))));
  cm_test_feed_push (feed, CALL ("01", SIGNAL ("Start", "audio", ANA, BEN, BANDWIDTH ("9"))));
  cm_test_feed_push (feed, CALL ("00", INVITE (ANA, BEN)));
  cm_test_feed_expect (feed, "p1", "on-hold -; ana@example.org attendee OnHold; ben@example.org attendee OnHold");
  cm_test_feed_push (feed, CALL ("04", BYE));
  cm_test_feed_push (feed, CALL ("06", SIGNAL ("Start", "audio", ANA, BEN, BANDWIDTH ("9"))));
  cm_test_feed_push (feed, CALL ("07", SIGNAL ("QualityUpdate", "audio", ANA, BEN, "")));
  cm_test_feed_expect (feed, "p1", "ended -; ana@example.org left left; ben@example.org left left");
}

/* A single message tells what it can; the end of what nobody knows is nothing. */
static void
test_single (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");

  cm_test_feed_push (feed, CALL ("05", BYE));
  cm_test_feed_push (feed, CALL ("05", SIGNAL ("QualityUpdate", "audio", ANA, BEN, "")));
  g_assert_cmpuint (feed->lines->len, ==, 0);
  cm_test_feed_push (feed, DOCUMENT ("1.0", "q", AT ("06"), SIGNAL ("StartOrUpdate", "audio", ANA, FOCUS, "")));
  cm_test_feed_expect (feed, CONFERENCE, "in-conference -; ana@example.org attendee Connected");
}

static void
test_hostile (void)
{
  static const char * const hostile[] = {
    "<!DOCTYPE x [<!ENTITY a \"b\">]>" CALL ("00", INVITE (ANA, BEN)),
    "<LyncDiagnostics Version=\"D\"><!DOCTYPE x><ConnectionInfo/></LyncDiagnostics>",
    DOCUMENT ("D", "&a;", AT ("00"), INVITE (ANA, BEN)),
    DOCUMENT ("D", "p1", AT ("00"), INVITE (ANA, "&lol9;")),
    DOCUMENT ("D", "p1", AT ("00"), "<Invite></Bye>"),
    DOCUMENT ("D", "p1", AT ("00"), INVITE ("\xff\xfe", BEN)),
    DOCUMENT ("D", "", AT ("00"), INVITE (ANA, BEN)),
  };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");

      cm_test_feed_push (feed, hostile[i]);
      g_assert_cmpuint (feed->n_faults, ==, 1);
      cm_test_feed_expect (feed, "p1", "none");
      cm_test_feed_push (feed, CALL ("00", INVITE (ANA, BEN)));
      cm_test_feed_expect (feed, "p1", "ringing -; ana@example.org attendee Connecting; ben@example.org attendee Notified");
      cm_test_feed_splits ("sdn", hostile[i], strlen (hostile[i]));
    }
}

/* Too deep, and longer than a record may be. */
static void
test_bounds (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");
  g_autofree char *filler = g_strnfill (CM_DECODER_MAX_RECORD + 1, 'x');

  cm_test_feed_push (feed, "<LyncDiagnostics>");
  for (guint i = 0; i < 1000; i++)
    cm_test_feed_push (feed, "<a>");
  cm_test_feed_push (feed, "</LyncDiagnostics>");
  g_assert_cmpuint (feed->n_faults, ==, 1);

  cm_test_feed_push (feed, "<LyncDiagnostics><RawSDP>");
  cm_test_feed_push (feed, filler);
  g_assert_cmpuint (feed->n_faults, ==, 2);
}

#define MEETING(call, time, body) \
  "<LyncDiagnostics Version=\"C\"><ConnectionInfo><CallId>" call "</CallId><ConferenceId>K7Q2</ConferenceId><TimeStamp>" \
  time "</TimeStamp></ConnectionInfo>" body "</LyncDiagnostics>"
#define BOTH(name, a, b, properties) SIGNAL (name, "audio", a, b, properties) SIGNAL (name, "audio", b, a, properties)
#define REASON(code) "<MSDiagnosticsClient>" code "; reason=\"told\"</MSDiagnosticsClient>"

/* The organizer is alone for long, then there are two; he is the last, and the first
 * of his two reasons stands. */
static void
test_alone (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");

  cm_test_feed_push (feed, MEETING ("a", AT ("00"), INVITE (ANA, FOCUS)));
  cm_test_feed_push (feed, MEETING ("a", AT ("01"), BOTH ("Start", ANA, FOCUS, BANDWIDTH ("9"))));
  cm_test_feed_expect (feed, CONFERENCE, "in-conference -; ana@example.org attendee Connected");
  cm_test_feed_push (feed, MEETING ("b", AT ("40"), INVITE (BEN, FOCUS)));
  cm_test_feed_push (feed, MEETING ("b", AT ("41"), BOTH ("Start", BEN, FOCUS, BANDWIDTH ("9"))));
  cm_test_feed_expect (feed, CONFERENCE,
                       "in-conference -; ana@example.org attendee Connected; ben@example.org attendee Connected");
  cm_test_feed_push (feed, MEETING ("b", AT ("50"), BOTH ("Ended", BEN, FOCUS, REASON ("51004")) BYE));
  cm_test_feed_expect (feed, CONFERENCE, "in-conference -; ana@example.org attendee Connected; ben@example.org left left");
  cm_test_feed_push (feed, MEETING ("a", AT ("53"), BOTH ("Ended", ANA, FOCUS, REASON ("7035")) BYE));
  cm_test_feed_push (feed, MEETING ("a", AT ("54"), BOTH ("Ended", ANA, FOCUS, REASON ("51004")) BYE));
  cm_test_feed_expect (feed, CONFERENCE,
                       "ended -; ana@example.org left conference-ending; ben@example.org left left");
}

/* Who joins another's conference is in it, and the organizer is not. */
static void
test_joins_another (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");
  g_autoptr(CmDocument) document = NULL;

  cm_test_feed_push (feed, MEETING ("b", AT ("00"), INVITE (BEN, FOCUS)));
  cm_test_feed_push (feed, MEETING ("b", AT ("01"), BOTH ("Start", BEN, FOCUS, BANDWIDTH ("9"))));
  cm_test_feed_expect (feed, CONFERENCE, "in-conference -; ben@example.org attendee Connected");
  document = cm_tracker_dup_document (feed->tracker, CONFERENCE);
  g_assert_cmpstr (document->conference.organizer, ==, ANA);
}

/* Every message twice, and in two time zones, is the same call. */
static void
test_doubled (void)
{
  static const char * const call[] = {
    CALL ("00", INVITE (ANA, BEN)),
    CALL ("03", BOTH ("Start", ANA, BEN, BANDWIDTH ("9"))),
    DOCUMENT ("D", "p1", "2026-03-02T21:00:10+11:00", BOTH ("Update", ANA, BEN, BANDWIDTH ("0"))),
    CALL ("15", BOTH ("Update", ANA, BEN, BANDWIDTH ("9"))),
    DOCUMENT ("D", "p1", "2026-03-02T21:00:30+11:00", BOTH ("Ended", ANA, BEN, REASON ("51004")) BYE),
  };

  for (guint times = 1; times <= 3; times++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new ("sdn");
      g_autoptr(CmDocument) document = NULL;
      const CmLeg *leg;

      for (guint i = 0; i < G_N_ELEMENTS (call) * times; i++)
        cm_test_feed_push (feed, call[i / times]);
      cm_test_feed_expect (feed, "p1", "ended -; ana@example.org left left; ben@example.org left left");
      document = cm_tracker_dup_document (feed->tracker, "sdn#p1");
      leg = cm_document_get_leg (document, 0);
      g_assert_cmpint (leg->timing.hold, ==, 5000);
      g_assert_cmpint (leg->timing.talk, ==, 22000);
      g_assert_cmpint (leg->timing.ring, ==, 3000);
    }
}

/* Recordings of real servers, where they lie beside the project. */
static void
test_samples (void)
{
  const char *samples = g_getenv ("CM_SAMPLES");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(CmTestFeed) feed = NULL;

  if (samples != NULL)
    path = g_build_filename (samples, "sdn", "conf-HPKWKC6L-2party-2015-10-06.xml", NULL);
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("the SDN recordings are not beside the project; CM_SAMPLES tells where they are");
      return;
    }

  feed = cm_test_feed_new ("sdn");
  cm_test_feed_push (feed, text);
  cm_decoder_finish (feed->decoder);
  g_assert_cmpuint (feed->n_faults, ==, 0);
  cm_test_feed_expect (feed, "conf:q3site1@lynca.dev/hpkwkc6l",
                       "ended -; q2site2@lynca.dev left left; q3site1@lynca.dev left left");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sdn/conference", test_conference);
  g_test_add_func ("/sdn/merge", test_merge);
  g_test_add_func ("/sdn/times", test_times);
  g_test_add_func ("/sdn/splits", test_splits);
  g_test_add_func ("/sdn/call", test_call);
  g_test_add_func ("/sdn/disorder", test_disorder);
  g_test_add_func ("/sdn/single", test_single);
  g_test_add_func ("/sdn/hostile", test_hostile);
  g_test_add_func ("/sdn/bounds", test_bounds);
  g_test_add_func ("/sdn/alone", test_alone);
  g_test_add_func ("/sdn/joins-another", test_joins_another);
  g_test_add_func ("/sdn/doubled", test_doubled);
  g_test_add_func ("/sdn/samples", test_samples);

  return g_test_run ();
}
