/* test-ucwa.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa.h"
#include "support/cm-test-feed.h"

#define CONFERENCE "conf:ana@example.org/k7q2"
#define APPLICATION "/ucwa/v1/applications/7"
#define TALK APPLICATION "/communication/conversations/c1"
#define CONVERSATION(state) \
  "{'rel':'conversation','state':'" state "','_links':{'self':{'href':'" TALK "'}}}"

/* One event of the channel. */
static void
push_event (CmTestFeed *feed,
            const char *rel,
            const char *href,
            const char *rest)
{
  g_autofree char *record =
    g_strdup_printf ("{'_links':{'next':{'href':'" APPLICATION "/events?ack=2'}},'sender':[{'rel':'conversation',"
                     "'href':'" TALK "','events':[{'link':{'rel':'%s','href':'%s'},%s}]}]}",
                     rel, href, rest);

  cm_test_feed_push_quoted (feed, record);
}

static void
push_state (CmTestFeed *feed,
            const char *state)
{
  g_autofree char *rest =
    g_strdup_printf ("'type':'updated','_embedded':{'conversation':{'rel':'conversation','state':'%s',"
                     "'activeModalities':['Audio'],'_links':{'self':{'href':'" TALK "'}}}}", state);

  push_event (feed, "conversation", TALK, rest);
}

static void
push_audio (CmTestFeed *feed,
            const char *rel,
            const char *state)
{
  g_autofree char *href = g_strconcat (TALK "/", rel, NULL);
  g_autofree char *rest =
    g_strdup_printf ("'type':'updated','_embedded':{'%s':{'rel':'%s','state':'%s',"
                     "'_links':{'self':{'href':'%s'},'conversation':{'href':'" TALK "'}}}}", rel, rel, state, href);

  push_event (feed, rel, href, rest);
}

static char **
read_lines (void)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read ("ucwa-meeting.ndjson", &size);

  return g_strsplit (text, "\n", -1);
}

static void
play (CmTestFeed *feed,
      char      **lines,
      guint       from,
      guint       to)
{
  for (guint i = from; i < to; i++)
    {
      cm_test_feed_push (feed, lines[i]);
      cm_test_feed_push (feed, "\n");
    }
}

/* From an incoming call to a conference, its lobby, a hold, and out of it. */
static void
test_meeting (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");
  g_auto(GStrv) lines = read_lines ();

  play (feed, lines, 0, 1);
  cm_test_feed_expect (feed, "c4f1",
                       "ringing -; ana@example.org attendee Notified; ben@example.org attendee -");
  play (feed, lines, 1, 2);
  cm_test_feed_expect (feed, "c4f1",
                       "in-call -; ana@example.org attendee Connected; ben@example.org attendee Connected");
  play (feed, lines, 2, 3);
  cm_test_feed_expect (feed, "c4f1",
                       "escalating ConnectingToConference; ana@example.org attendee Connected; "
                       "ben@example.org attendee Connected");
  play (feed, lines, 3, 4);
  cm_test_feed_expect (feed, "c4f1",
                       "lobby ConnectedToLobby; ana@example.org lobby Connected; "
                       "ben@example.org attendee Connected");
  play (feed, lines, 4, 6);
  cm_test_feed_expect (feed, CONFERENCE,
                       "escalating JoiningLocalMedia; ana@example.org attendee Connecting; "
                       "ben@example.org attendee Connected");
  play (feed, lines, 6, 7);
  cm_test_feed_expect (feed, CONFERENCE,
                       "in-conference Completed; ana@example.org presenter Connected; "
                       "ben@example.org attendee Connected");
  play (feed, lines, 7, 9);
  cm_test_feed_expect (feed, CONFERENCE,
                       "in-conference Completed; ana@example.org presenter Connected; "
                       "ben@example.org attendee Connected; +14255550123 lobby -");
  play (feed, lines, 9, 11);
  cm_test_feed_expect (feed, CONFERENCE,
                       "on-hold Completed; ana@example.org presenter OnHold; "
                       "ben@example.org attendee Connected; +14255550123 attendee Connected muted");
  play (feed, lines, 11, 14);
  cm_test_feed_expect (feed, CONFERENCE,
                       "left Completed; ana@example.org left hung-up; "
                       "ben@example.org presenter Connected; +14255550123 left left");
  play (feed, lines, 14, 15);
  cm_test_feed_expect (feed, CONFERENCE,
                       "ended Completed; ana@example.org left hung-up; ben@example.org left ended; "
                       "+14255550123 left left");
  g_assert_cmpuint (feed->n_faults, ==, 0);
}

/* What was only pointed to is wanted until it has come. */
static void
test_wanted (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");
  CmUcwa *ucwa = CM_UCWA (feed->decoder);
  g_autoptr(GPtrArray) before = NULL, after = NULL;

  push_event (feed, "participant", "https://pool1.example.org:443" TALK "/participants/p1", "'type':'added'");
  before = cm_ucwa_dup_wanted (ucwa);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (before, 0), ==, TALK "/participants/p1");
  g_assert_cmpstr (cm_ucwa_get_next (ucwa), ==, APPLICATION "/events?ack=2");
  cm_test_feed_expect (feed, "c1", "idle -");

  cm_test_feed_push_quoted (feed, "{'rel':'participant','uri':'sip:cem@example.org','name':'Cem','role':'Leader',"
                                  "'_links':{'self':{'href':'" TALK "/participants/p1'}}}");
  after = cm_ucwa_dup_wanted (ucwa);
  g_assert_cmpuint (after->len, ==, 0);
  cm_test_feed_expect (feed, "c1", "idle -; cem@example.org presenter -");
}

/* A recording may lack the answers: then the link itself has to do. */
static void
test_never_told (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_event (feed, "participant", TALK "/participants/dia@example.org", "'type':'added'");
  push_event (feed, "participant", TALK "/participants/831", "'type':'added'");
  cm_test_feed_expect (feed, "c1", "idle -");
  cm_decoder_finish (feed->decoder);
  cm_test_feed_expect (feed, "c1", "idle -; dia@example.org attendee -");
}

/* The server may skip any state, and may go back. */
static void
test_skipped (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_audio (feed, "audioVideo", "Connected");
  push_state (feed, "Conferenced");
  cm_test_feed_expect (feed, "c1", "in-conference Completed");
  push_state (feed, "Conferenced");
  push_audio (feed, "audioVideo", "Disconnected");
  cm_test_feed_expect (feed, "c1", "left Completed");
}

static void
test_falls_back (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_state (feed, "Connected");
  push_audio (feed, "audioVideo", "Connected");
  push_state (feed, "Conferencing");
  cm_test_feed_expect (feed, "c1", "escalating ConnectingToConference");
  push_state (feed, "Connected");
  cm_test_feed_expect (feed, "c1", "in-call Failed");
}

/* Nobody waits for audio in a conference that is only written in. */
static void
test_text_only (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_audio (feed, "messaging", "Connected");
  cm_test_feed_expect (feed, "c1", "message -");
  cm_test_feed_push_quoted (feed, CONVERSATION ("Conferenced"));
  cm_test_feed_expect (feed, "c1", "message Completed");
}

/* The server calls the user's telephone; the computer's audio has none. */
static void
test_phone (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_audio (feed, "phoneAudio", "Connecting");
  push_audio (feed, "audioVideo", "Disconnected");
  cm_test_feed_expect (feed, "c1", "connecting -");
  push_audio (feed, "phoneAudio", "Connected");
  push_audio (feed, "audioVideo", "Disconnected");
  cm_test_feed_expect (feed, "c1", "in-call -");
  push_audio (feed, "phoneAudio", "Transferring");
  cm_test_feed_expect (feed, "c1", "transferring -");
  push_audio (feed, "phoneAudio", "Disconnected");
  cm_test_feed_expect (feed, "c1", "hung-up -");
}

static void
test_declined (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");
  const char *invitation = APPLICATION "/communication/audioVideoInvitations/5";

  push_event (feed, "audioVideoInvitation", invitation,
              "'type':'started','_embedded':{'audioVideoInvitation':{'direction':'Outgoing','state':'Connecting',"
              "'_links':{'conversation':{'href':'" TALK "'}}}}");
  cm_test_feed_expect (feed, "c1", "connecting -");
  push_event (feed, "audioVideoInvitation", invitation,
              "'type':'completed','status':'Failure','reason':{'code':'RemoteFailure','subcode':'Declined',"
              "'message':'no'}");
  cm_test_feed_expect (feed, "c1", "idle -");
  g_assert_nonnull (strstr (feed->lines->str, "\"statusCode\":139460629"));
}

/* Where another was asked in vain, our own audio stays. */
static void
test_others_invitation (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_audio (feed, "audioVideo", "Connected");
  push_event (feed, "participantInvitation", APPLICATION "/communication/participantInvitations/5",
              "'type':'completed','status':'Failure','reason':{'code':'RemoteFailure','subcode':'Declined'}");
  cm_test_feed_expect (feed, "c1", "in-call -");
}

/* The list of all participants is the truth; the user himself is not of it. */
static void
test_collection (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_event (feed, "localParticipant", TALK "/participants/me",
              "'type':'added','_embedded':{'localParticipant':{'rel':'participant','uri':'sip:ana@example.org',"
              "'_links':{'self':{'href':'" TALK "/participants/me'}}}}");
  cm_test_feed_push_quoted (feed, "{'rel':'participant','uri':'sip:ben@example.org','_links':{'self':{'href':'" TALK "/participants/2'}}}");
  cm_test_feed_push_quoted (feed, "{'rel':'participants','_links':{'self':{'href':'" TALK "/participants'},"
                                  "'participant':[{'href':'" TALK "/participants/3'}]}}");
  cm_test_feed_push_quoted (feed, "{'rel':'leaders','_links':{'self':{'href':'" TALK "/leaders'},"
                                  "'participant':[{'href':'" TALK "/participants/3'}]}}");
  cm_test_feed_push_quoted (feed, "{'rel':'participant','uri':'sip:cem@example.org','_links':{'self':{'href':'" TALK "/participants/3'}}}");
  cm_test_feed_expect (feed, "c1", "idle -; ana@example.org attendee -; ben@example.org left left; "
                                   "cem@example.org presenter -");
}

/* What the list after a resync does not mention is over, and nothing is doubled. */
static void
test_resync (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");
  g_autoptr(GPtrArray) wanted = NULL;

  cm_test_feed_push_quoted (feed, "{'rel':'communication','_links':{'conversations':{'href':'" APPLICATION "/communication/conversations'}}}");
  push_audio (feed, "audioVideo", "Connected");
  cm_test_feed_push_quoted (feed, "{'_links':{'resync':{'href':'" APPLICATION "/events?ack=9'}},'sender':[]}");
  wanted = cm_ucwa_dup_wanted (CM_UCWA (feed->decoder));
  g_assert_cmpuint (wanted->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (wanted, 0), ==, APPLICATION "/communication/conversations");
  g_assert_cmpstr (cm_ucwa_get_next (CM_UCWA (feed->decoder)), ==, APPLICATION "/events?ack=9");

  cm_test_feed_push_quoted (feed, "{'rel':'conversations','_links':{'self':{'href':'" APPLICATION "/communication/conversations'},"
                                  "'conversation':[{'href':'" APPLICATION "/communication/conversations/c2'}]}}");
  cm_test_feed_expect (feed, "c1", "in-call -");
  cm_test_feed_push_quoted (feed, "{'rel':'conversation','state':'Connected','_links':{'self':{'href':'" APPLICATION
                                  "/communication/conversations/c2'}}}");
  cm_test_feed_expect (feed, "c1", "ended -");
  cm_test_feed_expect (feed, "c2", "idle -");
  g_assert_nonnull (strstr (feed->lines->str, "\"status\":\"Resync\""));
  g_assert_true (g_str_has_suffix (feed->lines->str, "\"status\":\"Connected\"}\n"));
}

static void
test_replaced (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  push_audio (feed, "audioVideo", "Connected");
  cm_test_feed_push_quoted (feed, "{'at':'2026-03-02T10:00:00+01:00','status':409,'body':{'code':'Conflict','subcode':'PGetReplaced'}}");
  g_assert_nonnull (strstr (feed->lines->str, "\"at\":\"2026-03-02T09:00:00.000Z\""));
  g_assert_nonnull (strstr (feed->lines->str, "\"status\":\"Lost\""));
}

/* One page of JSON, laid out for people, is a record too. */
static void
test_layout (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  cm_test_feed_push_quoted (feed, "{\n 'rel': 'conversation',\n 'state': 'Connected',\n '_links': {\n"
                                  "  'self': {'href': '" TALK "'}\n }\n}");
  cm_test_feed_push_quoted (feed, "{\n 'rel': 'participant',\n 'uri': 'sip:ben@example.org', 'name': 'A } \\' {',\n"
                                  " '_links': {'self': {'href': '" TALK "/participants/1'}}\n}\n");
  cm_decoder_finish (feed->decoder);
  g_assert_cmpuint (feed->n_faults, ==, 0);
  cm_test_feed_expect (feed, "c1", "idle -; ben@example.org attendee -");
}

static void
test_hostile (void)
{
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");
  g_autoptr(GString) deep = g_string_new ("{'rel':'conversation'");

  for (guint i = 0; i < 15; i++)
    g_string_append (deep, ",'_embedded':{'conversation':{'rel':'conversation'");
  for (guint i = 0; i < 15; i++)
    g_string_append (deep, "}}");
  g_string_append_c (deep, '}');

  cm_test_feed_push_quoted (feed, deep->str);
  cm_test_feed_push_quoted (feed, "[]");
  cm_test_feed_push_quoted (feed, "{'sender':[1,{},{'events':3},{'events':[{},7,{'link':3,'type':'added'},{'link':{'rel':7}}]}]}");
  cm_test_feed_push_quoted (feed, "{'rel':'participant','uri':7,'_links':{'self':{'href':7}}}");
  cm_test_feed_push_quoted (feed, "{'at':'yesterday','body':{}}");
  push_state (feed, "Nonsense");
  push_audio (feed, "audioVideo", "Nonsense");
  cm_test_feed_expect (feed, "c1", "idle -");
  g_assert_cmpuint (feed->n_faults, ==, 5);
}

static void
test_splits (void)
{
  gsize size;
  g_autofree char *text = cm_test_feed_read ("ucwa-meeting.ndjson", &size);

  cm_test_feed_splits ("ucwa", text, size);
  cm_test_feed_damage ("ucwa", text, size);
}

/* The vendor's own walk-through: an instant message comes in. */
static void
test_samples (void)
{
  static const char * const files[] = {
    "task-receiveim-04-events-ack2-invitation.json", "task-receiveim-05-events-ack3-participant-added.json",
    "task-receiveim-06-events-ack4.json", "task-receiveim-07-participant.json",
    "task-receiveim-08-events-ack5-connected.json", "task-receiveim-09-events-ack6.json",
  };
  g_autoptr(CmTestFeed) feed = cm_test_feed_new ("ucwa");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("CM_SAMPLES") != NULL ? g_getenv ("CM_SAMPLES") : ".",
                                                "ucwa", files[i], NULL);
      g_autofree char *text = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        {
          g_test_skip ("the vendor's walk-throughs are not beside the project; CM_SAMPLES tells where they are");
          return;
        }
      cm_test_feed_push (feed, text);
      cm_test_feed_push (feed, "\n");
    }

  cm_decoder_finish (feed->decoder);
  g_assert_cmpuint (feed->n_faults, ==, 0);
  cm_test_feed_expect (feed, "eee0", "message -; lenea@contoso.com attendee -; toshm@contoso.com attendee -");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ucwa/meeting", test_meeting);
  g_test_add_func ("/ucwa/wanted", test_wanted);
  g_test_add_func ("/ucwa/never-told", test_never_told);
  g_test_add_func ("/ucwa/skipped", test_skipped);
  g_test_add_func ("/ucwa/falls-back", test_falls_back);
  g_test_add_func ("/ucwa/text-only", test_text_only);
  g_test_add_func ("/ucwa/phone", test_phone);
  g_test_add_func ("/ucwa/declined", test_declined);
  g_test_add_func ("/ucwa/others-invitation", test_others_invitation);
  g_test_add_func ("/ucwa/collection", test_collection);
  g_test_add_func ("/ucwa/resync", test_resync);
  g_test_add_func ("/ucwa/replaced", test_replaced);
  g_test_add_func ("/ucwa/layout", test_layout);
  g_test_add_func ("/ucwa/hostile", test_hostile);
  g_test_add_func ("/ucwa/splits", test_splits);
  g_test_add_func ("/ucwa/samples", test_samples);

  return g_test_run ();
}
