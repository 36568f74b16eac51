/* test-playback-load.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <unistd.h>

#include "support/cm-test-desk.h"

#include "feeds/cm-simulator.h"
#include "model/cm-conversation.h"
#include "watch/play/cm-playback.h"

/* More than is read at once, by far. */
#define N_EVENTS 30000

static GFile *
write_recording (guint n)
{
  const CmSimulatorOptions options = {
    .stations = 40, .first_station = 1, .conversations = 30, .rate = 20, .seed = 3,
    .start = G_GINT64_CONSTANT (1320829200000), .renews = TRUE,
  };
  CmSimulator *simulator = cm_simulator_new (&options);
  g_autoptr(GString) lines = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  CmTimeCache cache = { 0 };
  CmEvent event;
  int fd = g_file_open_tmp ("load-XXXXXX.jsonl", &path, &error);

  g_assert_no_error (error);
  close (fd);
  for (guint i = 0; i < n && cm_simulator_next (simulator, &event); i++)
    cm_event_write (lines, &cache, &event);
  cm_simulator_free (simulator);
  g_file_set_contents (path, lines->str, (gssize) lines->len, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static CmPlayback *
open_paused (GFile *file)
{
  g_autoptr(GError) error = NULL;
  CmPlayback *playback = cm_playback_new (file, 1, &error);

  g_assert_no_error (error);
  cm_playback_set_playing (playback, FALSE);
  g_assert_true (cm_playback_is_loading (playback));

  return playback;
}

static void
wait_until_loaded (CmPlayback *playback)
{
  while (cm_playback_is_loading (playback))
    g_main_context_iteration (NULL, TRUE);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Ids and states of what is shown, as one text. */
static char *
dup_shown (CmPlayback *playback)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (CM_WATCH (playback)));
  g_autoptr(GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GList) sorted = NULL;
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      GString *json = g_string_new (NULL);

      cm_document_write (cm_conversation_get_document (conversation), json);
      g_hash_table_add (texts, g_string_free (json, FALSE));
    }

  sorted = g_list_sort (g_hash_table_get_keys (texts), (GCompareFunc) strcmp);
  for (GList *text = sorted; text != NULL; text = text->next)
    g_string_append_printf (all, "%s\n", (char *) text->data);

  return g_string_free (all, FALSE);
}

/* What a tracker that got the recording up to a time and nothing else has to say. */
typedef struct
{
  gint64  position;
  char   *words;
} Moment;

typedef struct
{
  CmTracker     *tracker;
  CmTimelineSet *timelines;
  CmStageTimes  *times;
} Direct;

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  Direct *direct = user_data;
  gint64 now = cm_tracker_get_now (direct->tracker);

  cm_timeline_set_take (direct->timelines, now, id, after);
  cm_stage_times_take (direct->times, now, before, after);
}

static void
append_timeline (GString    *words,
                 CmTimeline *timeline)
{
  for (guint i = 0; timeline != NULL && i < cm_timeline_get_n_lanes (timeline); i++)
    {
      const CmTimelineLane *lane = cm_timeline_get_lane (timeline, i);

      g_string_append_printf (words, " [%s", lane->address != NULL ? lane->address : "");
      for (guint j = 0; j < lane->segments->len; j++)
        {
          const CmTimelineSegment *segment = &g_array_index (lane->segments, CmTimelineSegment, j);

          g_string_append_printf (words, " %s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, segment->state,
                                  segment->start, segment->end);
        }
      g_string_append_c (words, ']');
    }
}

static void
append_times (GString      *words,
              CmStageTimes *times)
{
  for (int i = 1; i < CM_N_TIMED_STAGES; i++)
    g_string_append_printf (words, " %" G_GINT64_FORMAT, cm_stage_times_get_median (times, (CmProgress) i));
}

static int
compare_ended (gconstpointer a,
               gconstpointer b)
{
  const CmDocument *first = *(const CmDocument * const *) a, *second = *(const CmDocument * const *) b;

  if (first->ended != second->ended)
    return first->ended > second->ended ? -1 : 1;

  return -strcmp (first->id, second->id);
}

static void
append_ended (GString          *words,
              const CmDocument *document)
{
  g_string_append (words, "\nended ");
  cm_document_write (document, words);
}

static char *
dup_direct (Direct *direct)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (direct->tracker);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *words = g_string_new ("usual");

  append_times (words, direct->times);
  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);
      GString *line = g_string_new (document->id);

      append_timeline (line, cm_timeline_set_lookup (direct->timelines, document->id));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (words, "\n%s", (char *) g_ptr_array_index (lines, i));

  g_ptr_array_sort (documents, compare_ended);
  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);

      if (document->ended != CM_TIME_NONE)
        append_ended (words, document);
    }

  return g_string_free (words, FALSE);
}

/* The same of what a window can ask the recording for. */
static char *
dup_asked (CmWatch *watch)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch)), *ended = cm_watch_get_ended (watch);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *words = g_string_new ("usual");

  append_times (words, cm_watch_get_stage_times (watch));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      const char *id = cm_conversation_get_id (conversation);
      GString *line = g_string_new (id);

      append_timeline (line, cm_watch_get_timeline (watch, id));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (words, "\n%s", (char *) g_ptr_array_index (lines, i));

  for (guint i = 0; i < g_list_model_get_n_items (ended); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (ended, i);

      append_ended (words, cm_conversation_get_document (conversation));
    }

  return g_string_free (words, FALSE);
}

static void
moment_clear (gpointer data)
{
  g_free (((Moment *) data)->words);
}

/* Returns: of every so manieth event the moment when it was */
static GArray *
track_directly (CmRecording *recording,
                guint        step)
{
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  g_autoptr(CmTimelineSet) timelines = cm_timeline_set_new ();
  g_autoptr(CmStageTimes) times = cm_stage_times_new ();
  Direct direct = { tracker, timelines, times };
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  guint n = cm_recording_get_n_events (recording);
  gint64 start = cm_recording_get_time (recording, 0);

  g_array_set_clear_func (moments, moment_clear);
  for (guint i = 0; i < n; i++)
    {
      Moment moment = { cm_recording_get_time (recording, i) - start, NULL };
      CmEvent event;

      cm_recording_get_event (recording, i, &event);
      cm_tracker_advance (tracker, event.at);
      cm_tracker_flush (tracker, note_change, &direct);
      cm_tracker_handle (tracker, &event);
      cm_tracker_flush (tracker, note_change, &direct);
      if (i % step != step - 1 && i + 1 < n)
        continue;
      if (i + 1 < n && cm_recording_get_time (recording, i + 1) == event.at)
        continue;

      moment.words = dup_direct (&direct);
      g_array_append_val (moments, moment);
    }

  return moments;
}

/* Returns: whether the moment could be gone to by now */
static gboolean
check_moment (CmPlayback *playback,
              GArray     *moments,
              guint       i)
{
  const Moment *moment = &g_array_index (moments, Moment, i);
  g_autofree char *asked = NULL;

  cm_playback_set_position (playback, moment->position);
  if (cm_playback_get_position (playback) != moment->position)
    return FALSE;

  asked = dup_asked (CM_WATCH (playback));
  g_assert_cmpstr (asked, ==, moment->words);

  return TRUE;
}

/* Ended calls, timelines and what is usual are those of the position that is shown, while
 * the rest is read and later, wherever one comes from. */
static void
test_follows (void)
{
  g_autoptr(GFile) file = write_recording (N_EVENTS / 3);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_autoptr(CmRecording) recording = cm_recording_new_for_bytes (bytes, NULL);
  g_autoptr(GArray) moments = track_directly (recording, 500);
  g_autoptr(CmPlayback) playback = open_paused (file);
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  g_assert_no_error (error);
  g_assert_cmpuint (moments->len, >, 15);
  while (cm_playback_is_loading (playback))
    {
      g_main_context_iteration (NULL, TRUE);
      check_moment (playback, moments, (guint) g_rand_int_range (random, 0, (gint32) moments->len));
    }

  for (guint i = 0; i < moments->len; i++)
    g_assert_true (check_moment (playback, moments, i));
  for (guint i = 0; i < 40; i++)
    g_assert_true (check_moment (playback, moments,
                                 (guint) g_rand_int_range (random, 0, (gint32) moments->len)));

  cm_playback_set_position (playback, cm_playback_get_duration (playback));
  g_assert_cmpuint (g_list_model_get_n_items (cm_watch_get_ended (CM_WATCH (playback))), >, 100);
  g_assert_cmpint (cm_stage_times_get_median (cm_watch_get_stage_times (CM_WATCH (playback)),
                                              CM_PROGRESS_JOINING_LOCAL_MEDIA), >, 0);

  g_file_delete (file, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&playback));
}

/* Something is there at once; what is wanted of the rest comes by itself; and it is
 * the same as one gets who asks for it when all is there. */
static void
test_wanted (void)
{
  g_autoptr(GFile) file = write_recording (N_EVENTS);
  g_autoptr(CmPlayback) playback = open_paused (file);
  g_autofree char *words = cm_playback_dup_loading (playback);
  g_autofree char *then = NULL, *later = NULL, *none = NULL;
  gint64 begun = cm_playback_get_duration (playback), wanted;

  g_assert_cmpstr (words, ==, "the rest is being read");
  cm_playback_set_position (playback, begun / 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (cm_watch_get_conversations (CM_WATCH (playback)))), >, 0);

  wanted = begun * 4;
  cm_playback_set_position (playback, wanted);
  g_assert_cmpint (cm_playback_get_position (playback), <=, begun);
  wait_until_loaded (playback);
  g_assert_cmpint (cm_playback_get_position (playback), ==, wanted);
  g_assert_cmpint (cm_playback_get_duration (playback), >, begun * 4);
  none = cm_playback_dup_loading (playback);
  g_assert_cmpstr (none, ==, NULL);

  then = dup_shown (playback);
  cm_playback_set_position (playback, 0);
  cm_playback_set_position (playback, cm_playback_get_duration (playback));
  cm_playback_set_position (playback, wanted);
  later = dup_shown (playback);
  g_assert_cmpstr (later, ==, then);
  g_assert_cmpuint (strlen (then), >, 0);

  g_file_delete (file, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&playback));
}

/* Whoever looks at what is ready sees it while the rest is tracked. */
static void
test_words (void)
{
  g_autoptr(GFile) file = write_recording (N_EVENTS);
  g_autoptr(CmPlayback) playback = open_paused (file);
  gboolean indexed = TRUE;
  char *words;

  g_object_get (playback, "indexed", &indexed, NULL);
  g_assert_false (indexed);
  g_object_get (playback, "loading", &words, NULL);
  g_assert_nonnull (words);
  g_free (words);
  cm_playback_set_position (playback, cm_playback_get_duration (playback) / 2);
  g_assert_cmpint (cm_playback_get_position (playback), ==, cm_playback_get_duration (playback) / 2);

  g_file_delete (file, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&playback));
}

/* What was opened is what is read, whatever becomes of its name. */
static void
test_removed (void)
{
  g_autoptr(GFile) file = write_recording (N_EVENTS);
  g_autoptr(CmPlayback) playback = open_paused (file);
  g_autofree char *words = NULL;

  g_assert_true (g_file_delete (file, NULL, NULL));
  wait_until_loaded (playback);
  words = cm_playback_dup_loading (playback);
  g_assert_cmpstr (words, ==, "The file has been removed since");
  g_assert_cmpuint (cm_recording_get_n_events (cm_playback_get_recording (playback)), ==, N_EVENTS);
}

static void
test_replaced (void)
{
  g_autoptr(GFile) file = write_recording (N_EVENTS);
  g_autoptr(CmPlayback) playback = open_paused (file);
  g_autofree char *words = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "{}\n", -1, NULL));
  wait_until_loaded (playback);
  words = cm_playback_dup_loading (playback);
  g_assert_cmpstr (words, ==, "The file has been changed since");
  g_assert_cmpuint (cm_recording_get_n_events (cm_playback_get_recording (playback)), ==, N_EVENTS);

  g_file_delete (file, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playback-load/wanted", test_wanted);
  g_test_add_func ("/playback-load/follows", test_follows);
  g_test_add_func ("/playback-load/words", test_words);
  g_test_add_func ("/playback-load/removed", test_removed);
  g_test_add_func ("/playback-load/replaced", test_replaced);

  return g_test_run ();
}
