/* test-precedence.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#include "model/cm-document.h"
#include "model/cm-enum-types.h"

/* One meeting, seen by the servers, by UCWA for Ana, and by an agent beside Ben's
 * client. Each writes people in its own way. */

#define KEY "conf:ana@example.org/k7q2"
#define HOOK(call, at, body) \
  "<LyncDiagnostics Version=\"D\"><ConnectionInfo><CallId>" call "</CallId><ConferenceId>K7Q2</ConferenceId>" \
  "<TimeStamp>2026-03-02T" at "</TimeStamp></ConnectionInfo>" body "</LyncDiagnostics>\n"
#define MEDIA "SIP:Ana@example.org;gruu;opaque=app:conf:audio-video:id:K7Q2"
#define START(person) \
  "<Start Type=\"audio\"><From><URI>" person "</URI></From><To><URI>" MEDIA "</URI></To><Properties>" \
  "<Bandwidth><Average>9</Average><Maximum>9</Maximum></Bandwidth></Properties></Start>"
#define ENDED(person) \
  "<Ended Type=\"audio\"><From><URI>" person "</URI></From><To><URI>" MEDIA "</URI></To></Ended>" \
  "<Bye><EndPoint><URI>" person "</URI></EndPoint><EndPoint><URI>" MEDIA "</URI></EndPoint></Bye>"
#define EVENT(time, source, rest) \
  "{\"at\":\"2026-03-02T09:00:" time "Z\",\"source\":\"" source "\",\"conversation\":\"c1\",\"event\":" rest "}\n"
#define AGENT(time, rest) EVENT (time, "lync/ben", rest)
#define UCWA(time, rest) EVENT (time, "ucwa/ana", rest)
#define ADDED(uri, more) "\"ConversationAdded\",\"conferencingUri\":\"" uri "\"" more
#define PERSON(uri, more) "\"ParticipantAdded\",\"participant\":\"" uri "\"" more
#define OF(uri, state) \
  "\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"participant\":\"" uri "\",\"state\":\"" state "\""
#define OWN(state) "\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"" state "\""
#define GONE(uri) "\"ParticipantRemoved\",\"participant\":\"" uri "\""

static const char * const servers[] = {
  HOOK ("a", "20:00:01+11:00", START ("sip:ANA@example.org")),
  HOOK ("b", "09:00:02Z", START ("sip:ben@Example.Org;opaque=user:epid:x;gruu")),
  HOOK ("p", "09:00:03Z", START ("sip:+14255550123@example.org;user=phone")),
};

static const char * const ucwa[] = {
  UCWA ("01", ADDED ("sip:ana@example.org;gruu;opaque=app:conf:focus:id:K7Q2", "")),
  UCWA ("01", PERSON ("sip:ana@example.org", ",\"isSelf\":true,\"isPresenter\":true,\"name\":\"Ana\"")),
  UCWA ("01", OWN ("Connected")),
  UCWA ("02", PERSON ("sip:Ben@example.org", ",\"isPresenter\":false,\"name\":\"Ben\"")),
  UCWA ("03", PERSON ("tel:+1-425-555-0123", ",\"isPresenter\":false,\"name\":\"A phone\",\"isMuted\":true")),
};

static const char * const agent[] = {
  AGENT ("01", ADDED ("conf:sip:ana@example.org;gruu;opaque=app:conf:focus:id:k7q2?conversation-id=7", "")),
  AGENT ("02", PERSON ("SIP:ben@example.org", ",\"isSelf\":true,\"isPresenter\":false")),
  AGENT ("02", OWN ("Connected")),
  AGENT ("02", PERSON ("ana@example.org", ",\"isPresenter\":true")),
  AGENT ("02", PERSON ("sip:ana@example.org;gruu;opaque=app:conf:focus:id:k7q2", "")),
  AGENT ("03", PERSON ("+1 425 555 0123", "")),
};

typedef struct
{
  CmTestFeed    *feed;
  CmEventReader *reader;
  GRand         *rand;
} Meeting;

static void
on_event (const CmEvent *event,
          guint64        line,
          gpointer       user_data)
{
  cm_tracker_handle (user_data, event);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  g_error ("line %s: %s", fault->excerpt, fault->reason);
}

static void
set_up (Meeting       *self,
        gconstpointer  data)
{
  self->feed = cm_test_feed_new ("sdn");
  self->reader = cm_event_reader_new (on_event, on_fault, self->feed->tracker);
  self->rand = g_rand_new_with_seed (9);
}

static void
tear_down (Meeting       *self,
           gconstpointer  data)
{
  g_rand_free (self->rand);
  cm_event_reader_free (self->reader);
  cm_test_feed_free (self->feed);
}

static void
report (Meeting    *self,
        const char *line)
{
  if (line[0] == '<')
    cm_test_feed_push (self->feed, line);
  else
    cm_event_reader_push (self->reader, line, strlen (line));
}

static void
start_again (Meeting *self)
{
  tear_down (self, NULL);
  set_up (self, NULL);
}

/* Each source tells its own in order; who is first is left to chance. */
static void
report_all (Meeting *self,
            GRand   *rand)
{
  const struct
  {
    const char * const *lines;
    guint               n;
  } sources[] = {
    { servers, G_N_ELEMENTS (servers) }, { ucwa, G_N_ELEMENTS (ucwa) }, { agent, G_N_ELEMENTS (agent) },
  };
  guint next[G_N_ELEMENTS (sources)] = { 0 };
  guint left = G_N_ELEMENTS (servers) + G_N_ELEMENTS (ucwa) + G_N_ELEMENTS (agent);

  while (left > 0)
    {
      guint i = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (sources));

      if (next[i] == sources[i].n)
        continue;
      report (self, sources[i].lines[next[i]++]);
      left--;
    }
}

static CmDocument *
dup_only (Meeting *self)
{
  g_assert_cmpuint (cm_tracker_get_n_conversations (self->feed->tracker), ==, 1);

  return cm_tracker_dup_document (self->feed->tracker, KEY);
}

static void
expect (Meeting    *self,
        const char *people)
{
  cm_test_feed_expect (self->feed, KEY, people);
}

static void
test_roster (Meeting       *self,
             gconstpointer  data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260302);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(CmDocument) document = NULL;
      const CmPerson *phone;

      report_all (self, rand);
      document = dup_only (self);
      g_assert_cmpuint (document->legs.len, ==, 3);
      g_assert_cmpstr (document->conference.organizer, ==, "sip:ana@example.org");
      expect (self, "in-conference -; ana@example.org presenter Connected; ben@example.org attendee Connected; "
                    "+14255550123 attendee Connected muted");
      phone = cm_document_get_person (document, 2);
      g_assert_cmpstr (phone->name, ==, "A phone");
      g_assert_true (phone->role_known);
      start_again (self);
    }
}

/* The servers say nothing of roles, and take none away, however often they speak. */
static void
test_roles (Meeting       *self,
            gconstpointer  data)
{
  report_all (self, self->rand);
  report (self, UCWA ("10", "\"ParticipantPropertyChanged\",\"participant\":\"sip:BEN@example.org\","
                            "\"property\":\"IsPresenter\",\"value\":true"));
  report (self, HOOK ("b2", "09:00:11Z", START ("sip:ben@example.org")));
  report (self, HOOK ("b2", "09:00:12Z", ENDED ("sip:ben@example.org")));
  expect (self, "in-conference -; ana@example.org presenter Connected; ben@example.org presenter Connected; "
                "+14255550123 attendee Connected muted");
}

/* That one source has nothing more to tell ends nothing for the others. */
static void
test_ends (Meeting       *self,
           gconstpointer  data)
{
  report_all (self, self->rand);
  report (self, UCWA ("20", "\"ConversationRemoved\""));
  g_assert_cmpuint (cm_tracker_get_n_conversations (self->feed->tracker), ==, 1);
  expect (self, "in-conference -; ana@example.org left hung-up; ben@example.org attendee Connected; "
                "+14255550123 attendee Connected muted");
  report (self, HOOK ("a", "09:00:21Z", ENDED ("sip:ana@example.org")));
  report (self, HOOK ("b", "09:00:21Z", ENDED ("sip:ben@example.org")));
  report (self, HOOK ("p", "09:00:21Z", ENDED ("sip:+14255550123@example.org;user=phone")));
  expect (self, "in-conference -; ana@example.org left hung-up; ben@example.org attendee Connected; "
                "+14255550123 attendee - muted");
  report (self, AGENT ("22", GONE ("tel:+14255550123")));
  report (self, AGENT ("23", "\"ConversationRemoved\""));
  expect (self, "ended -; ana@example.org left hung-up; ben@example.org left hung-up; +14255550123 left left");
}

/* Ben's client knows best of Ben while he is in it; after that the latest counts. */
static void
test_own (Meeting       *self,
          gconstpointer  data)
{
  report_all (self, self->rand);
  report (self, AGENT ("30", OWN ("OnHold")));
  report (self, HOOK ("b3", "09:00:31Z", START ("sip:ben@example.org")));
  expect (self, "on-hold -; ana@example.org presenter Connected; ben@example.org attendee OnHold; "
                "+14255550123 attendee Connected muted");
  report (self, AGENT ("32", OWN ("Connected")));
  report (self, UCWA ("33", GONE ("sip:ben@example.org")));
  expect (self, "in-conference -; ana@example.org presenter Connected; ben@example.org attendee Connected; "
                "+14255550123 attendee Connected muted");
  report (self, AGENT ("34", OWN ("Disconnected")));
  expect (self, "left -; ana@example.org presenter Connected; ben@example.org left hung-up; "
                "+14255550123 attendee Connected muted");
}

/* Of two clients of one person that are both in it, the one that spoke last. */
static void
test_two_stations (Meeting       *self,
                   gconstpointer  data)
{
#define DESK(time, rest) EVENT (time, "lync/ana", rest)
  static const char people[] = "on-hold -; ana@example.org presenter %s; ben@example.org attendee Connected; "
                               "+14255550123 attendee Connected muted";
  g_autofree char *held = g_strdup_printf (people, "OnHold");
  g_autofree char *connected = g_strdup_printf (people, "Connected");

  report_all (self, self->rand);
  report (self, DESK ("40", ADDED ("sip:ana@example.org;gruu;opaque=app:conf:focus:id:k7q2", "")));
  report (self, DESK ("40", PERSON ("sip:ana@example.org", ",\"isSelf\":true")));
  report (self, DESK ("40", OWN ("Connected")));
  report (self, DESK ("41", OWN ("OnHold")));
  expect (self, held);
  report (self, UCWA ("42", OWN ("OnHold")));
  report (self, UCWA ("43", OWN ("Connected")));
  expect (self, connected);
  g_assert_cmpuint (cm_tracker_get_n_conversations (self->feed->tracker), ==, 1);
#undef DESK
}

/* The lines that a decoder makes of a recording. */
static char **
convert (const char *feed,
         const char *file)
{
  g_autoptr(CmTestFeed) own = cm_test_feed_new (feed);
  g_autofree char *text = NULL;
  gsize size;

  text = cm_test_feed_read (file, &size);
  cm_test_feed_push (own, text);
  cm_decoder_finish (own->decoder);
  g_assert_cmpuint (own->n_faults, ==, 0);

  return g_strsplit (own->lines->str, "\n", -1);
}

static guint
count (char **lines,
       guint  from)
{
  return g_strv_length (lines + from);
}

/* Recordings of the server and of UCWA, and an agent of which they know nothing. */
static void
test_recordings (Meeting       *self,
                 gconstpointer  data)
{
  g_auto(GStrv) sdn = convert ("sdn", "sdn-conference.xml");
  g_auto(GStrv) user = convert ("ucwa", "ucwa-meeting.ndjson");
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 100; i++)
    {
      guint places[3] = { 0 };
      char **lines[] = { sdn, user };
      g_autoptr(CmDocument) document = NULL;

      while (count (sdn, places[0]) + count (user, places[1]) > 0)
        {
          guint k = (guint) g_rand_int_range (rand, 0, 2);

          if (count (lines[k], places[k]) == 0)
            continue;
          cm_event_reader_push (self->reader, lines[k][places[k]], strlen (lines[k][places[k]]));
          if (lines[k][places[k]++][0] != '\0')
            cm_event_reader_push (self->reader, "\n", 1);
          if (places[2] < G_N_ELEMENTS (agent))
            report (self, agent[places[2]++]);
        }
      document = dup_only (self);
      g_assert_cmpuint (document->legs.len, ==, 3);
      expect (self, "in-conference -; ana@example.org left hung-up; ben@example.org attendee Connected; "
                    "cleo@example.org left conference-ending; +14255550123 attendee - muted");
      start_again (self);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/precedence/roster", Meeting, NULL, set_up, test_roster, tear_down);
  g_test_add ("/precedence/roles", Meeting, NULL, set_up, test_roles, tear_down);
  g_test_add ("/precedence/ends", Meeting, NULL, set_up, test_ends, tear_down);
  g_test_add ("/precedence/own", Meeting, NULL, set_up, test_own, tear_down);
  g_test_add ("/precedence/two-stations", Meeting, NULL, set_up, test_two_stations, tear_down);
  g_test_add ("/precedence/recordings", Meeting, NULL, set_up, test_recordings, tear_down);

  return g_test_run ();
}
