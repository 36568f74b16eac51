/* test-update.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event.h"
#include "support/cm-test-desk.h"

#define N_TRACES 40
#define N_EVENTS 600
#define N_SOURCES 4
#define N_CROWD_EVENTS 6000
#define N_CROWD_SOURCES 200
#define N_CALLS 3
#define N_PEOPLE 30

#define ANY(n) ((guint) g_test_rand_int_range (0, (gint32) (n)))

/* An event of a trace that means nothing: anything may follow anything. @before is how
 * often out of 100 one of this or an earlier kind comes. */
typedef struct
{
  guint       before;
  const char *format;
} Kind;

static const Kind kinds[] = {
  { 4, "\"conversation\":\"%c\",\"event\":\"ConversationAdded\",\"subject\":\"S%n\"" },
  { 6, "\"conversation\":\"%c\",\"event\":\"ConversationRemoved\"" },
  { 10, "\"conversation\":\"%c\",\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferencingUri\",\"value\":%u" },
  { 12, "\"conversation\":\"%c\",\"event\":\"ConversationStateChanged\",\"state\":\"%t\"" },
  { 30, "\"conversation\":\"%c\",\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"%m\"" },
  { 50, "\"conversation\":\"%c\",\"event\":\"ParticipantAdded\",\"participant\":\"%p\",\"name\":\"N%n\"%f" },
  { 60, "\"conversation\":\"%c\",\"event\":\"ParticipantRemoved\",\"participant\":\"%p\"" },
  { 75, "\"conversation\":\"%c\",\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"%m\",\"participant\":\"%p\"" },
  { 88, "\"conversation\":\"%c\",\"event\":\"ParticipantPropertyChanged\",\"participant\":\"%p\",\"property\":\"%o\",\"value\":%b" },
  { 92, "\"event\":\"ContactInformationChanged\",\"contact\":\"%p\",\"availability\":%n" },
  { 97, "\"conversation\":\"%c\",\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":\"%e\"" },
  { 100, "\"event\":\"SourceStatusChanged\",\"status\":\"%s\"" },
};

static const char * const uris[] = {
  "null", "\"sip:p1@x.org;gruu;opaque=app:conf:focus:id:A\"", "\"sip:p2@x.org;gruu;opaque=app:conf:focus:id:B\"",
};
static const char * const modality_states[] = { "Connected", "Connecting", "Disconnected", "OnHold", "Notified", "Odd" };
static const char * const states[] = { "Active", "Terminated", "Inactive" };
static const char * const properties[] = { "IsPresenter", "IsInLobby", "IsMuted", "AsOrganizer", "IsLeader" };
static const char * const steps[] = { "SchedulingConference", "ConnectedToLobby", "Done", "Failed" };
static const char * const statuses[] = { "Connected", "Lost", "Resync", "Connected" };
static const char * const flags[] = { "", ",\"isSelf\":true", ",\"isPresenter\":true", ",\"isInLobby\":true", ",\"isSelf\":false" };

/* One looks after each event, after some, and after more than it cares to note. */
static const guint intervals[] = { 1, 9, 300 };

#define PICK(array) (array)[ANY (G_N_ELEMENTS (array))]

static void
append_part (GString *line,
             char     part)
{
  switch (part)
    {
    case 'c':
      g_string_append_printf (line, "c%u", ANY (N_CALLS));
      break;
    case 'p':
      g_string_append_printf (line, "sip:p%u@x.org", ANY (N_PEOPLE));
      break;
    case 'n':
      g_string_append_printf (line, "%u", ANY (9));
      break;
    case 'u':
      g_string_append (line, PICK (uris));
      break;
    case 't':
      g_string_append (line, PICK (states));
      break;
    case 'm':
      g_string_append (line, PICK (modality_states));
      break;
    case 'o':
      g_string_append (line, PICK (properties));
      break;
    case 'b':
      g_string_append (line, ANY (2) ? "true" : "false");
      break;
    case 'e':
      g_string_append (line, PICK (steps));
      break;
    case 's':
      g_string_append (line, PICK (statuses));
      break;
    case 'f':
      g_string_append (line, PICK (flags));
      break;
    default:
      g_assert_not_reached ();
    }
}

static char *
dup_line (guint second,
          guint n_sources)
{
  GString *line = g_string_new (NULL);
  guint draw = ANY (100);
  const Kind *kind = kinds;

  while (kind->before <= draw)
    kind++;

  g_string_printf (line, "{\"at\":\"2026-01-01T%02u:%02u:%02uZ\",\"source\":\"s%u\",", second / 3600, second / 60 % 60,
                   second % 60, ANY (n_sources));
  for (const char *p = kind->format; *p != '\0'; p++)
    {
      if (*p == '%')
        append_part (line, *++p);
      else
        g_string_append_c (line, *p);
    }
  g_string_append_c (line, '}');

  return g_string_free (line, FALSE);
}

static void
take_line (CmTracker    *tracker,
           CmJsonReader *reader,
           const char   *line)
{
  CmTimeCache cache = { 0 };
  CmEvent event;
  gsize column;
  g_autoptr(GError) error = NULL;

  cm_event_decode (&event, reader, &cache, line, strlen (line), &column, &error);
  g_assert_no_error (error);
  cm_tracker_handle (tracker, &event);
}

/* The rules look only at what is published; and of one that is over it is not told
 * what its people publish afterwards. */
static CmDocument *
dup_bare (const CmDocument *whole)
{
  CmDocument *document = cm_document_copy (whole);

  cm_document_clear_attention (document);
  for (guint i = 0; document->ended != CM_TIME_NONE && i < document->persons.len; i++)
    cm_document_edit_person (document, i)->availability = -1;

  return document;
}

static void
assert_same (CmTracker *whole,
             CmTracker *followed)
{
  g_autoptr(GPtrArray) expected = cm_tracker_dup_documents (whole);
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (followed);

  g_assert_cmpuint (documents->len, ==, expected->len);
  for (guint i = 0; i < documents->len; i++)
    {
      g_autoptr(CmDocument) right = dup_bare (g_ptr_array_index (expected, i));
      g_autoptr(CmDocument) document = dup_bare (g_ptr_array_index (documents, i));
      g_autoptr(GString) patch = g_string_new (NULL);

      cm_document_write_patch (right, document, patch);
      g_assert_cmpstr (patch->str, ==, "");
    }
}

/* One tracker is asked after some events what has changed, and makes each document out of
 * the one before; the other makes them only when they are looked at. They agree whenever
 * both are asked, and the patches add up to the same. */
static void
run_trace (guint n_events,
           guint n_sources,
           guint rarely)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  g_autoptr(CmTracker) whole = cm_tracker_new ();
  CmJsonReader *reader = cm_json_reader_new ();

  for (guint i = 0; i < n_events; i++)
    {
      g_autofree char *line = dup_line (i, n_sources);

      take_line (whole, reader, line);
      take_line (desk->tracker, reader, line);
      if (ANY (2))
        cm_tracker_look (desk->tracker);
      if (i % rarely != 0)
        continue;
      cm_test_desk_flush (desk);
      assert_same (whole, desk->tracker);
    }

  cm_test_desk_flush (desk);
  cm_test_desk_check (desk);
  cm_json_reader_free (reader);
}

static void
test_random (void)
{
  for (guint i = 0; i < N_TRACES; i++)
    run_trace (N_EVENTS, N_SOURCES, PICK (intervals));
}

/* Of many stations, and more than are kept once they have left. */
static void
test_stations (void)
{
  run_trace (N_CROWD_EVENTS, N_CROWD_SOURCES, 40);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/update/random", test_random);
  g_test_add_func ("/update/stations", test_stations);

  return g_test_run ();
}
