/* test-line-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#include "feeds/cm-recording.h"
#include "feeds/cm-simulator.h"
#include "journal/cm-history.h"
#include "journal/cm-line-writer.h"
#include "tracker/cm-tracker.h"

/* A shift in little. */
#define N_EVENTS 2000

typedef struct
{
  gint64  time;
  char   *documents;
} Moment;

typedef struct
{
  CmTracker *tracker;
  CmHistory *history; /* (nullable) */
  gboolean   changed;
} Tracking;

static void
moment_clear (gpointer data)
{
  g_free (((Moment *) data)->documents);
}

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  Tracking *self = user_data;

  if (self->history != NULL)
    cm_history_add (self->history, cm_tracker_get_now (self->tracker), id, before, after);
  self->changed = TRUE;
}

static void
flush (Tracking *self)
{
  cm_tracker_flush (self->tracker, note_change, self);
}

static CmTracker *
create_tracker (void)
{
  static const CmRuleThresholds never = { CM_RULE_OFF, CM_RULE_OFF };
  CmTracker *tracker = cm_tracker_new ();

  cm_tracker_set_history (tracker, G_MAXINT64, G_MAXUINT);
  for (guint i = 0; i < CM_N_RULES; i++)
    cm_tracker_set_rule (tracker, (CmRule) i, &never);

  return tracker;
}

static GBytes *
simulate (guint seed)
{
  const CmSimulatorOptions options = {
    .stations = 20,
    .first_station = 1,
    .conversations = 12,
    .rate = 3,
    .seed = seed,
    .start = CM_TEST_START,
    .renews = TRUE,
  };
  CmSimulator *simulator = cm_simulator_new (&options);
  GString *lines = g_string_new (NULL);
  CmTimeCache cache = { 0 };
  CmEvent event;

  for (guint i = 0; i < N_EVENTS && cm_simulator_next (simulator, &event); i++)
    cm_event_write (lines, &cache, &event);
  cm_simulator_free (simulator);

  return g_string_free_to_bytes (lines);
}

/* All that a document has, less what is known from the numbers of lines alone, and
 * since when those are in the call whose station is not. */
static void
add_document (const CmDocument *document,
              GString          *out)
{
  g_autoptr(CmDocument) copy = cm_document_copy (document);

  for (guint i = 0; i < copy->legs.len; i++)
    cm_document_edit_leg (copy, i)->confirmed = TRUE;
  for (guint i = 0; i < copy->persons.len; i++)
    {
      CmPerson *person = cm_document_edit_person (copy, i);

      person->confirmed = TRUE;
      person->joined = CM_TIME_NONE;
    }

  cm_document_write (copy, out);
  g_string_append_c (out, '\n');
}

static int
compare_documents (gconstpointer a,
                   gconstpointer b)
{
  return strcmp ((*(const CmDocument * const *) a)->id, (*(const CmDocument * const *) b)->id);
}

static char *
dup_essence (CmTracker *tracker)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (tracker);
  GString *out = g_string_new (NULL);

  g_ptr_array_sort (documents, compare_documents);
  for (guint i = 0; i < documents->len; i++)
    add_document (g_ptr_array_index (documents, i), out);

  return g_string_free (out, FALSE);
}

static gboolean
take_change (gint64            at,
             const char       *id,
             const CmDocument *after,
             gpointer          user_data)
{
  cm_line_writer_take (user_data, at, id, after);

  return TRUE;
}

static GBytes *
write_lines (CmHistory *history)
{
  g_autoptr(CmLineWriter) writer = cm_line_writer_new ();
  GString *lines = g_string_new (NULL);

  g_assert_true (cm_history_walk (history, G_MAXINT64, take_change, writer));
  cm_line_writer_finish (writer);
  cm_line_writer_drain (writer, lines);

  return g_string_free_to_bytes (lines);
}

static CmRecording *
read_lines (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  CmRecording *recording = cm_recording_new_for_bytes (bytes, &error);

  g_assert_no_error (error);
  if (cm_recording_get_n_faults (recording) > 0)
    g_error ("%s", cm_recording_get_fault (recording, 0));

  return recording;
}

/* The earliest time that is told from each event on: where a clock goes back, what
 * comes later was so earlier. */
static gint64 *
get_earliest (CmRecording *recording)
{
  guint n = cm_recording_get_n_events (recording);
  gint64 *times = g_new (gint64, n + 1);

  times[n] = G_MAXINT64;
  for (guint i = n; i > 0; i--)
    {
      CmEvent event;

      cm_recording_get_event (recording, i - 1, &event);
      times[i - 1] = MIN (times[i], event.at);
    }

  return times;
}

static void
play_event (Tracking    *self,
            CmRecording *recording,
            guint        i)
{
  CmEvent event;

  cm_recording_get_event (recording, i, &event);
  cm_tracker_advance (self->tracker, event.at);
  flush (self);
  cm_tracker_handle (self->tracker, &event);
  flush (self);
}

/* What there is at the end of each moment at which something changes. */
static GArray *
play_whole (CmRecording *recording,
            CmHistory   *history)
{
  g_autoptr(CmTracker) tracker = create_tracker ();
  Tracking tracking = { tracker, history, FALSE };
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));

  g_array_set_clear_func (moments, moment_clear);
  for (guint i = 0; i < cm_recording_get_n_events (recording); i++)
    {
      Moment moment;

      play_event (&tracking, recording, i);
      if (!tracking.changed)
        continue;

      moment = (Moment) { cm_tracker_get_now (tracker), dup_essence (tracker) };
      if (moments->len > 0 && g_array_index (moments, Moment, moments->len - 1).time == moment.time)
        g_array_set_size (moments, moments->len - 1);
      g_array_append_val (moments, moment);
      tracking.changed = FALSE;
    }

  return moments;
}

static void
check (GBytes     *bytes,
       const char *name)
{
  g_autoptr(CmRecording) recording = read_lines (bytes);
  g_autoptr(CmHistory) history = cm_history_new (G_MAXINT64, G_MAXSIZE);
  g_autoptr(GArray) moments = play_whole (recording, history);
  g_autofree gint64 *earliest = get_earliest (recording);
  g_autoptr(GBytes) lines = write_lines (history);
  g_autoptr(CmRecording) saved = read_lines (lines);
  g_autoptr(CmTracker) tracker = create_tracker ();
  Tracking tracking = { tracker, NULL, FALSE };
  guint n = cm_recording_get_n_events (saved);
  guint next = 0;

  g_test_message ("%s: %u events, %u lines for %u moments", name,
                  cm_recording_get_n_events (recording), n, moments->len);
  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);
      g_autofree char *shown = NULL;

      while (next < n && cm_recording_get_time (saved, next) <= moment->time)
        play_event (&tracking, saved, next++);
      if (earliest[cm_recording_find (recording, moment->time)] < moment->time)
        continue;
      shown = dup_essence (tracker);
      g_assert_cmpstr (moment->documents, ==, shown);
    }
}

static void
check_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(GMappedFile) file = NULL;
      g_autoptr(GBytes) bytes = NULL;

      if (!g_str_has_suffix (name, ".jsonl"))
        continue;

      file = g_mapped_file_new (path, FALSE, NULL);
      bytes = g_mapped_file_get_bytes (file);
      check (bytes, name);
      n++;
    }

  g_assert_cmpuint (n, >, 0);
}

static void
test_recordings (void)
{
  check_folder (g_getenv ("CM_RECORDINGS"));
}

static void
test_cases (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", NULL);

  check_folder (folder);
}

static void
test_simulated (void)
{
  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autoptr(GBytes) bytes = simulate (seed);

      check (bytes, "simulated");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-writer/recordings", test_recordings);
  g_test_add_func ("/line-writer/cases", test_cases);
  g_test_add_func ("/line-writer/simulated", test_simulated);

  return g_test_run ();
}
