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
write_recording (void)
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
  for (guint i = 0; i < N_EVENTS && cm_simulator_next (simulator, &event); i++)
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

/* Something is there at once; what is wanted of the rest comes by itself; and it is
 * the same as one gets who asks for it when all is there. */
static void
test_wanted (void)
{
  g_autoptr(GFile) file = write_recording ();
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
  g_autoptr(GFile) file = write_recording ();
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
  g_autoptr(GFile) file = write_recording ();
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
  g_autoptr(GFile) file = write_recording ();
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
  g_test_add_func ("/playback-load/words", test_words);
  g_test_add_func ("/playback-load/removed", test_removed);
  g_test_add_func ("/playback-load/replaced", test_replaced);

  return g_test_run ();
}
