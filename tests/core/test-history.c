/* test-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <unistd.h>

#include "support/cm-test-desk.h"

#include "feeds/cm-simulator.h"
#include "model/cm-conversation.h"
#include "watch/play/cm-demo.h"
#include "watch/play/cm-playback.h"

#define N_EVENTS 30000
#define N_MOVES 200

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static char *
join (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare_strings);
  g_ptr_array_add (texts, NULL);

  return g_strjoinv ("\n", (char **) texts->pdata);
}

static char *
dup_json (const CmDocument *document)
{
  GString *json = g_string_new (NULL);

  cm_document_write (document, json);

  return g_string_free (json, FALSE);
}

/* All documents that a watch shows, as one text. */
static char *
dup_shown (CmWatch *watch)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);

      g_ptr_array_add (texts, dup_json (cm_conversation_get_document (conversation)));
    }

  return join (texts);
}

static char *
dup_tracked (CmTracker *tracker)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (tracker);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (texts, dup_json (g_ptr_array_index (documents, i)));

  return join (texts);
}

/* A shift in little: many calls, one after the other, that need attention. */
static GFile *
write_recording (void)
{
  const CmSimulatorOptions options = {
    .stations = 40,
    .first_station = 1,
    .conversations = 30,
    .rate = 3,
    .seed = 4,
    .start = CM_TEST_START,
    .renews = TRUE,
  };
  g_autoptr(CmSimulator) simulator = cm_simulator_new (&options);
  g_autoptr(GString) lines = g_string_new (NULL);
  g_autoptr(GFileIOStream) stream = NULL;
  CmTimeCache cache = { 0 };
  CmEvent event;
  GFile *file = g_file_new_tmp ("cm-XXXXXX.jsonl", &stream, NULL);

  for (guint i = 0; i < N_EVENTS && cm_simulator_next (simulator, &event); i++)
    cm_event_write (lines, &cache, &event);

  g_file_replace_contents (file, lines->str, lines->len, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                           NULL, NULL);

  return file;
}

typedef struct
{
  gint64  time;
  char   *documents;
} Moment;

static void
moment_clear (gpointer data)
{
  g_free (((Moment *) data)->documents);
}

static void
ignore_change (const char       *id,
               const CmDocument *before,
               const CmDocument *after,
               gpointer          user_data)
{
}

/* What `replay` prints that gets the recording up to a line and nothing more, for
 * some of the lines. A moment has all lines of its time. */
static GArray *
replay (CmRecording *recording,
        GRand       *random)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  guint n = cm_recording_get_n_events (recording);

  g_array_set_clear_func (moments, moment_clear);
  cm_tracker_set_history (tracker, G_MAXINT64, G_MAXUINT);

  for (guint i = 0; i < n; i++)
    {
      CmEvent event;
      Moment moment = { cm_recording_get_time (recording, i), NULL };

      cm_recording_get_event (recording, i, &event);
      cm_tracker_advance (tracker, event.at);
      cm_tracker_flush (tracker, ignore_change, NULL);
      cm_tracker_handle (tracker, &event);
      cm_tracker_flush (tracker, ignore_change, NULL);

      if ((i + 1 == n || cm_recording_get_time (recording, i + 1) > moment.time) &&
          (i + 1 == n || g_rand_int_range (random, 0, (gint32) n) < N_MOVES))
        {
          moment.documents = dup_tracked (tracker);
          g_array_append_val (moments, moment);
        }
    }

  return moments;
}

static void
wait_for_index (CmPlayback *playback)
{
  gboolean indexed = FALSE;

  while (!indexed)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (playback, "indexed", &indexed, NULL);
    }
}

static void
test_random_moves (void)
{
  g_autoptr(GFile) file = write_recording ();
  g_autoptr(GError) error = NULL;
  g_autoptr(CmPlayback) playback = cm_playback_new (file, 1, &error);
  g_autoptr(GRand) random = g_rand_new_with_seed (42);
  g_autoptr(GArray) moments = NULL;
  g_autoptr(CmRecording) recording = NULL;
  gint64 start;

  g_assert_no_error (error);
  cm_playback_set_playing (playback, FALSE);
  wait_for_index (playback);

  recording = cm_recording_copy (cm_playback_get_recording (playback));
  moments = replay (recording, random);
  start = cm_recording_get_time (recording, 0);
  g_assert_cmpuint (moments->len, >, N_MOVES / 2);

  for (guint i = 0; i < N_MOVES; i++)
    {
      guint which = (guint) g_rand_int_range (random, 0, (gint32) moments->len);
      const Moment *moment = &g_array_index (moments, Moment, which);
      g_autofree char *shown = NULL;

      cm_playback_set_position (playback, moment->time - start);
      shown = dup_shown (CM_WATCH (playback));
      g_assert_cmpstr (shown, ==, moment->documents);
    }

  g_file_delete (file, NULL, NULL);
}

/* Event by event, forth and back, is the same as jumping there. */
static void
test_steps (void)
{
  g_autoptr(GFile) file = write_recording ();
  g_autoptr(CmPlayback) playback = cm_playback_new (file, 1, NULL);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  gint64 position;

  cm_playback_set_playing (playback, FALSE);
  wait_for_index (playback);
  cm_playback_set_position (playback, 600000);
  position = cm_playback_get_position (playback);
  first = dup_shown (CM_WATCH (playback));

  for (guint i = 0; i < 300; i++)
    cm_playback_step (playback, FALSE);
  g_assert_cmpint (cm_playback_get_position (playback), >, position);
  for (guint i = 0; i < 300; i++)
    cm_playback_step (playback, TRUE);
  g_assert_cmpint (cm_playback_get_position (playback), <=, position);
  cm_playback_set_position (playback, position);
  again = dup_shown (CM_WATCH (playback));
  g_assert_cmpstr (again, ==, first);

  cm_playback_set_position (playback, 0);
  g_assert_true (cm_playback_go_to_attention (playback));
  g_assert_cmpint (cm_playback_get_position (playback), >, 0);

  g_file_delete (file, NULL, NULL);
}

static CmDocument *
create_document (const char *id,
                 guint       number)
{
  CmDocument *document = cm_document_new (id);
  g_autofree char *subject = g_strdup_printf ("Call %u with quite some words in its subject", number);

  document->subject = g_ref_string_new (subject);

  return document;
}

static void
count_document (const char       *id,
                const CmDocument *document,
                gpointer          user_data)
{
  *(guint *) user_data += document != NULL;
}

/* However long it goes on, it takes no more than it may. */
static void
test_bounds (void)
{
  const gint64 hour = 60 * 60 * 1000;
  g_autoptr(CmHistory) history = cm_history_new (hour, 256 * 1024);
  g_autoptr(CmHistoryCursor) cursor = NULL;
  g_autoptr(CmDocument) before = NULL;
  guint n = 0;

  for (guint i = 0; i < 200000; i++)
    {
      CmDocument *document = create_document ("a#1", i);

      cm_history_add (history, i * 100, "a#1", before, document);
      g_clear_pointer (&before, cm_document_free);
      before = document;
    }

  g_assert_cmpuint (cm_history_get_size (history), <, 3 * 1024 * 1024);
  g_assert_cmpint (cm_history_get_end (history) - cm_history_get_start (history), <=, 2 * hour);

  cursor = cm_history_cursor_new (history);
  cm_history_cursor_move (cursor, cm_history_get_start (history), count_document, &n);
  g_assert_cmpuint (n, ==, 1);
}

/* Each of the first conversations changes once, the others in turn after that; at each
 * millisecond one of them. */
#define N_RARE 20
#define N_OFTEN 30

static char *
dup_id_of (guint change)
{
  return change < N_RARE ? g_strdup_printf ("rare#%u", change) : g_strdup_printf ("often#%u", change % N_OFTEN);
}

static void
take_subject (const char       *id,
              const CmDocument *document,
              gpointer          user_data)
{
  g_hash_table_insert (user_data, g_strdup (id), g_strdup (document->subject));
}

/* A history that was given the changes up to @n, at the moment @time. */
static void
check_subjects (CmHistory *history,
                guint      n,
                guint      time)
{
  g_autoptr(CmHistoryCursor) cursor = cm_history_cursor_new (history);
  g_autoptr(GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_assert_cmpuint (time, <, n);
  cm_history_cursor_move (cursor, time, take_subject, subjects);
  g_assert_cmpuint (g_hash_table_size (subjects), ==, MIN (time + 1, N_RARE + N_OFTEN));

  for (guint change = time + 1; change-- > 0 && g_hash_table_size (subjects) > 0;)
    {
      g_autofree char *id = dup_id_of (change);
      g_autofree char *subject = g_strdup_printf ("Call %u with quite some words in its subject", change);
      const char *found = g_hash_table_lookup (subjects, id);

      if (found == NULL)
        continue;
      g_assert_cmpstr (found, ==, subject);
      g_hash_table_remove (subjects, id);
    }
  g_assert_cmpuint (g_hash_table_size (subjects), ==, 0);
}

/* A block is closed bit by bit while others come. Whoever looks meanwhile, and whoever
 * has a copy, sees what he would see later; and what is given up half-way is freed. */
static void
test_while_closing (void)
{
  g_autoptr(CmHistory) history = cm_history_new (G_MAXINT64, G_MAXSIZE);
  g_autoptr(GHashTable) latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_document_free);
  g_autoptr(GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < 14000; i++)
    {
      char *id = dup_id_of (i);
      CmDocument *document = create_document (id, i);

      cm_history_add (history, i, id, g_hash_table_lookup (latest, id), document);
      g_hash_table_replace (latest, id, document);
      if (i % 433 != 0 && i % 4096 > 2)
        continue;

      check_subjects (history, i + 1, (guint) g_rand_int_range (random, 0, (gint32) i + 1));
      if (i % 2 == 0)
        {
          g_autoptr(CmHistory) copy = cm_history_copy (history);

          check_subjects (copy, i + 1, (guint) g_rand_int_range (random, 0, (gint32) i + 1));
        }
    }
}

/* Nothing of what came later. */
static void
check_lanes (CmTimeline *timeline,
             gint64      moment)
{
  for (guint i = 0; i < cm_timeline_get_n_lanes (timeline); i++)
    {
      const CmTimelineLane *lane = cm_timeline_get_lane (timeline, i);

      for (guint j = 0; j < lane->segments->len; j++)
        g_assert_cmpint (g_array_index (lane->segments, CmTimelineSegment, j).start, <=, moment);
    }
}

/* The timeline of each call that is shown, and the calls that have ended, go back too. */
static void
check_moment_of (CmWatch *watch,
                 gint64   moment)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch)), *ended = cm_watch_get_ended (watch);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      CmTimeline *timeline = cm_watch_get_timeline (watch, cm_conversation_get_id (conversation));

      g_assert_nonnull (timeline);
      check_lanes (timeline, moment);
    }

  for (guint i = 0; i < g_list_model_get_n_items (ended); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (ended, i);

      g_assert_cmpint (cm_conversation_get_document (conversation)->ended, <=, moment);
    }
}

static void
test_more_of_the_past (void)
{
  g_autoptr(CmDemo) demo = cm_demo_new ();
  CmWatch *watch = CM_WATCH (demo);
  GListModel *ended = cm_watch_get_ended (watch);
  gint64 start = cm_watch_get_now (watch);
  guint n_ended;

  for (guint i = 0; i < 200; i++)
    cm_demo_advance (demo, 1000);
  n_ended = g_list_model_get_n_items (ended);
  g_assert_cmpuint (n_ended, >, 5);

  for (gint64 moment = start; moment <= start + 200000; moment += 10000)
    {
      cm_watch_set_moment (watch, moment);
      check_moment_of (watch, moment);
    }

  cm_watch_set_moment (watch, start);
  g_assert_cmpuint (g_list_model_get_n_items (ended), ==, 0);
  cm_watch_set_moment (watch, CM_TIME_NONE);
  g_assert_cmpuint (g_list_model_get_n_items (ended), ==, n_ended);
}

static void
test_past_of_a_watch (void)
{
  g_autoptr(CmDemo) demo = cm_demo_new ();
  CmWatch *watch = CM_WATCH (demo);
  g_autofree char *then = NULL;
  g_autofree char *past = NULL;
  gint64 moment = cm_watch_get_now (watch);
  gboolean is_past = FALSE;

  then = dup_shown (watch);
  cm_demo_advance (demo, 30000);
  g_assert_cmpint (cm_watch_get_now (watch), >=, moment + 30000);

  cm_watch_set_moment (watch, moment);
  past = dup_shown (watch);
  g_assert_cmpstr (past, ==, then);
  g_assert_cmpint (cm_watch_get_now (watch), ==, moment);
  g_assert_cmpint (cm_watch_get_status (watch), ==, CM_WATCH_PAUSED);
  g_object_get (watch, "past", &is_past, NULL);
  g_assert_true (is_past);

  /* What goes on does not show, and is there on return. */
  cm_demo_advance (demo, 5000);
  g_clear_pointer (&past, g_free);
  past = dup_shown (watch);
  g_assert_cmpstr (past, ==, then);

  cm_watch_set_moment (watch, CM_TIME_NONE);
  g_clear_pointer (&past, g_free);
  past = dup_shown (watch);
  g_clear_pointer (&then, g_free);
  then = dup_tracked (cm_local_watch_get_tracker (CM_LOCAL_WATCH (watch)));
  g_assert_cmpstr (past, ==, then);
  g_assert_cmpint (cm_watch_get_status (watch), ==, CM_WATCH_LIVE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/random-moves", test_random_moves);
  g_test_add_func ("/history/steps", test_steps);
  g_test_add_func ("/history/bounds", test_bounds);
  g_test_add_func ("/history/while-closing", test_while_closing);
  g_test_add_func ("/history/past-of-a-watch", test_past_of_a_watch);
  g_test_add_func ("/history/more-of-the-past", test_more_of_the_past);

  return g_test_run ();
}
