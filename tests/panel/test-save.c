/* test-save.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the menu saves, through the dialog that asks where to. */

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "panel/cm-panel-test.h"
#include "panel/cm-window.h"
#include "watch/play/cm-playback.h"

#define RECORDING "escalation-merged.jsonl"

typedef struct
{
  CmPlayback *playback;
  CmSession  *session;
  GtkWidget  *window;
  char       *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), RECORDING, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("save-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->playback = cm_playback_new (file, 1, &error);
  g_assert_no_error (error);
  cm_playback_set_playing (fixture->playback, FALSE);
  cm_playback_set_position (fixture->playback, cm_playback_get_duration (fixture->playback));
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, CM_WATCH (fixture->playback));
  fixture->window = cm_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  cm_panel_test_settle ();
  cm_session_set_watch (fixture->session, NULL);
  g_object_unref (fixture->session);
  g_object_unref (fixture->playback);
}

/* Returns: (nullable): a window of that type, with that title where one is asked for */
static GtkWindow *
find_window (GType       type,
             const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (GTK_WIDGET (window)) &&
          (title == NULL || g_strcmp0 (gtk_window_get_title (window), title) == 0))
        return window;
    }

  return NULL;
}

static gboolean
has_chooser (gpointer user_data)
{
  return find_window (GTK_TYPE_FILE_CHOOSER_DIALOG, NULL) != NULL;
}

static gboolean
asks_back (gpointer user_data)
{
  return find_window (GTK_TYPE_MESSAGE_DIALOG, NULL) != NULL;
}

static gboolean
has_chosen (gpointer user_data)
{
  GFile *wanted = user_data;
  g_autoptr (GFile) chosen =
    gtk_file_chooser_get_file (GTK_FILE_CHOOSER (find_window (GTK_TYPE_FILE_CHOOSER_DIALOG, NULL)));

  return chosen != NULL && g_file_equal (chosen, wanted);
}

/* Asks for it as the menu does, and answers the dialog; and where it would overwrite
 * something, that it may. */
static void
choose (Fixture    *fixture,
        const char *action,
        const char *path,
        int         response)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *chooser;

  gtk_widget_activate_action (fixture->window, action, NULL);
  cm_panel_test_wait (has_chooser, NULL);
  chooser = find_window (GTK_TYPE_FILE_CHOOSER_DIALOG, NULL);
  g_assert_cmpint (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)), ==, GTK_FILE_CHOOSER_ACTION_SAVE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), path);
  cm_panel_test_wait (has_chosen, file);
  gtk_dialog_response (GTK_DIALOG (chooser), response);
  if (response != GTK_RESPONSE_ACCEPT || !g_file_query_exists (file, NULL))
    return;

  cm_panel_test_wait (asks_back, NULL);
  gtk_dialog_response (GTK_DIALOG (find_window (GTK_TYPE_MESSAGE_DIALOG, NULL)), GTK_RESPONSE_ACCEPT);
}

typedef struct
{
  char *path;
  char *before;
} Change;

static gboolean
has_changed (gpointer user_data)
{
  Change *change = user_data;
  g_autofree char *text = NULL;

  return g_file_get_contents (change->path, &text, NULL, NULL) && g_strcmp0 (text, change->before) != 0;
}

/* Returns: (transfer full): what is in the file once it is another one than before */
static char *
save (Fixture    *fixture,
      const char *action,
      const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *before = NULL;
  Change change = { path, NULL };
  char *text = NULL;

  g_file_get_contents (path, &before, NULL, NULL);
  change.before = before;
  choose (fixture, action, path, GTK_RESPONSE_ACCEPT);
  cm_panel_test_wait (has_changed, &change);
  cm_panel_test_settle ();
  g_assert_null (find_window (GTK_TYPE_WINDOW, "Could not save the recording"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

/* Returns: (transfer full): what `replay` prints */
static char *
replay (const char *output,
        const char *folder,
        const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *option = g_strdup_printf ("--output=%s", output);
  const char *arguments[] = { g_getenv ("CM_TRACKER"), "replay", option, path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *faults = NULL;
  char *text = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, 0, NULL, NULL, &text, &faults, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (faults, ==, "");

  return text;
}

/* Saved and replayed it is the same calls, whatever the file is called, and over another
 * file too. */
static void
test_recording (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const names[] = {
    "recording.jsonl", "M\303\274ller \342\200\231n\342\200\231 \"Co\" 'x' $(id) %s & \360\237\216\211.jsonl", "-n", ".hidden", "no suffix",
  };
  g_autofree char *expected = replay ("documents", g_getenv ("CM_RECORDINGS"), RECORDING);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autofree char *saved = NULL, *again = NULL, *replayed = NULL;

      g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
      saved = save (fixture, "win.save-recording", names[i]);
      replayed = replay ("documents", fixture->folder, names[i]);
      g_assert_cmpstr (replayed, ==, expected);
      g_assert_cmpuint (count_files (fixture), ==, i + 1);
    }
}

/* What has been seen by the moment that is shown, and nothing of what came later. */
static void
test_part (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *whole = save (fixture, "win.save-recording", "whole.jsonl");
  g_autofree char *part = NULL;

  cm_playback_set_position (fixture->playback, cm_playback_get_duration (fixture->playback) / 2);
  part = save (fixture, "win.save-recording", "part.jsonl");
  g_assert_true (g_str_has_prefix (whole, part));
  g_assert_cmpuint (strlen (part), >, 1000);
  g_assert_cmpuint (strlen (part), <, strlen (whole) - 1000);
}

static void
test_masked (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const real[] = { "user1", "user2", "user3", "User One", "User Two", "contoso", "555 0123" };
  g_autofree char *saved = save (fixture, "win.save-masked", "masked.jsonl");
  g_autofree char *lines = replay ("changes", fixture->folder, "masked.jsonl");
  g_autofree char *before = replay ("changes", g_getenv ("CM_RECORDINGS"), RECORDING);
  g_auto (GStrv) masked = g_strsplit (lines, "\n", -1);
  g_auto (GStrv) plain = g_strsplit (before, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (real); i++)
    {
      g_assert_null (strstr (saved, real[i]));
      g_assert_null (strstr (lines, real[i]));
    }

  /* Each line still changes what it did. */
  g_assert_cmpuint (g_strv_length (masked), ==, g_strv_length (plain));
}

static void
test_records (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *expected = replay ("records", g_getenv ("CM_RECORDINGS"), RECORDING);
  g_autofree char *csv = save (fixture, "win.export-records", "records.csv");
  g_autofree char *json = save (fixture, "win.export-records", "records.json");

  g_assert_cmpstr (csv, ==, expected);
  g_assert_true (g_str_has_prefix (json, "[\n{\"conversation\":\"conf:"));
  g_assert_nonnull (strstr (json, "\"ring_ms\":3800"));
  g_assert_null (strstr (json, ",\n,"));
}

/* While names are hidden, none leaves the program either; and none is told of twice. */
static void
test_records_in_safe_mode (Fixture       *fixture,
                           gconstpointer  data)
{
  CmConversationList *list = cm_watch_get_conversations (CM_WATCH (fixture->playback));
  g_autofree char *expected = replay ("records", g_getenv ("CM_RECORDINGS"), RECORDING);
  g_autofree char *csv = NULL;
  g_auto (GStrv) plain = g_strsplit (expected, "\n", -1), hidden = NULL;

  cm_conversation_list_set_disguised (list, TRUE);
  csv = save (fixture, "win.export-records", "hidden.csv");
  hidden = g_strsplit (csv, "\n", -1);
  g_assert_cmpuint (g_strv_length (hidden), ==, g_strv_length (plain));
  g_assert_null (strstr (csv, "user"));
  g_assert_null (strstr (csv, "contoso"));
  g_assert_nonnull (strstr (csv, "Person 1"));
}

static gboolean
has_notice (gpointer user_data)
{
  return find_window (GTK_TYPE_WINDOW, user_data) != NULL;
}

/* Says what could not be saved and why, and changes nothing. */
static void
check_refused (Fixture    *fixture,
               const char *action,
               const char *path,
               const char *title,
               const char *reason)
{
  GtkWindow *notice;

  choose (fixture, action, path, GTK_RESPONSE_ACCEPT);
  cm_panel_test_wait (has_notice, (gpointer) title);
  notice = find_window (GTK_TYPE_WINDOW, title);
  g_assert_nonnull (cm_panel_test_find (GTK_WIDGET (notice), GTK_TYPE_LABEL, reason));
  gtk_window_destroy (notice);
  cm_panel_test_settle ();
}

/* Where nobody can write, not even root. */
static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *reason = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/records.csv");
  g_autoptr (GError) error = NULL;

  g_assert_false (g_file_replace_contents (file, "", 0, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error));
  check_refused (fixture, "win.save-recording", "/proc/records.csv", "Could not save the recording", error->message);
  check_refused (fixture, "win.export-records", "/proc/records.csv", "Could not save records.csv", error->message);
  check_refused (fixture, "win.save-masked", "/dev/full", "Could not save the recording", "Target file is not a regular file");
  check_refused (fixture, "win.export-records", "/dev/full", "Could not save full", "Target file is not a regular file");
}

/* A file that cannot grow is what a full disk is: the one that was there stays. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *action;
    const char *title;
  } saves[] = {
    { "win.save-recording", "Could not save the recording" },
    { "win.save-masked", "Could not save the recording" },
    { "win.export-records", "Could not save kept" },
  };
  g_autofree char *path = g_build_filename (fixture->folder, "kept", NULL);
  struct rlimit before, small;

  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 512;
  signal (SIGXFSZ, SIG_IGN);

  for (guint i = 0; i < G_N_ELEMENTS (saves); i++)
    {
      g_autofree char *kept = NULL;

      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      check_refused (fixture, saves[i].action, path, saves[i].title, NULL);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, "what was there");
      g_assert_cmpuint (count_files (fixture), ==, 1);
    }
}

static gboolean
has_no_chooser (gpointer user_data)
{
  return !has_chooser (NULL);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none.jsonl", NULL);

  choose (fixture, "win.save-recording", path, GTK_RESPONSE_CANCEL);
  cm_panel_test_wait (has_no_chooser, NULL);
  cm_panel_test_settle ();
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_unsetenv ("GTK_USE_PORTAL");
  cm_panel_test_init (&argc, &argv);

  /* GTK's dialog now and then draws a button that has no place yet, and warns of that. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/save/recording", test_recording);
  ADD ("/save/part", test_part);
  ADD ("/save/masked", test_masked);
  ADD ("/save/records", test_records);
  ADD ("/save/records-in-safe-mode", test_records_in_safe_mode);
  ADD ("/save/no-folder", test_no_folder);
  ADD ("/save/full", test_full);
  ADD ("/save/cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
