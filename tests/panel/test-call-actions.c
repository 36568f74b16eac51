/* test-call-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "feeds/cm-recording.h"
#include "panel/call/cm-call-actions.h"
#include "panel/call/cm-join-link.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-save-recording.h"
#include "panel/cm-window.h"
#include "tracker/cm-tracker.h"
#include "watch/play/cm-demo.h"
#include "watch/play/cm-playback.h"

#define JOIN_LINK "https://meet.contoso.com/ana/AB12"
#define URI "conf:sip:ana@x.org;gruu;opaque=app:conf:focus:id:77AA"

static GFile *
get_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

  return g_file_new_for_path (path);
}

static void
saved_cb (GObject      *watch,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cm_save_recording_finish (CM_WATCH (watch), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static char *
save (CmWatch    *watch,
      const char *name,
      gboolean    masked)
{
  g_autoptr (GFile) file = get_file (name);
  gboolean saved = FALSE;
  char *text = NULL;

  g_assert_true (cm_save_recording_can (watch));
  cm_save_recording_async (watch, file, masked, NULL, saved_cb, &saved);
  cm_panel_test_wait (is_set, &saved);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_file_delete (file, NULL, NULL);

  return text;
}

static void
ignore_change (const char       *id,
               const CmDocument *before,
               const CmDocument *after,
               gpointer          user_data)
{
}

/* What `replay` makes of the lines. */
static CmTracker *
replay (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (CmRecording) recording = cm_recording_new_for_bytes (bytes, &error);
  CmTracker *tracker = cm_tracker_new ();

  g_assert_no_error (error);
  g_assert_cmpuint (cm_recording_get_n_faults (recording), ==, 0);
  for (guint i = 0; i < cm_recording_get_n_events (recording); i++)
    {
      CmEvent event;

      cm_recording_get_event (recording, i, &event);
      cm_tracker_advance (tracker, event.at);
      cm_tracker_handle (tracker, &event);
    }
  cm_tracker_flush (tracker, ignore_change, NULL);

  return tracker;
}

static void
compare_people (const CmDocument *shown,
                const CmDocument *replayed)
{
  g_assert_cmpuint (shown->persons.len, ==, replayed->persons.len);
  for (guint i = 0; i < shown->persons.len; i++)
    {
      const CmPerson *a = cm_document_get_person (shown, i);
      const CmPerson *b = cm_document_get_person (replayed, i);

      g_assert_cmpstr (a->address, ==, b->address);
      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpstr (a->state, ==, b->state);
      g_assert_cmpint (a->role, ==, b->role);
      g_assert_cmpint (a->left != CM_TIME_NONE, ==, b->left != CM_TIME_NONE);
      g_assert_cmpstr (a->left_reason, ==, b->left_reason);
    }
}

/* The calls of a live watch, saved and replayed, are the same calls. */
static void
test_save (void)
{
  g_autoptr (CmDemo) demo = cm_demo_new ();
  CmWatch *watch = CM_WATCH (demo);
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch));
  g_autofree char *text = NULL;
  g_autoptr (CmTracker) tracker = NULL;
  guint n = 0;

  cm_demo_advance (demo, 45000);
  cm_watch_set_moment (watch, cm_watch_get_now (watch) - 200);
  text = save (watch, "seen.jsonl", FALSE);
  tracker = replay (text);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);
      const CmDocument *shown = cm_conversation_get_document (conversation);
      g_autoptr (CmDocument) replayed = cm_tracker_dup_document (tracker, shown->id);

      g_assert_nonnull (replayed);
      g_assert_cmpint (shown->phase, ==, replayed->phase);
      g_assert_cmpint (shown->kind, ==, replayed->kind);
      compare_people (shown, replayed);
      n++;
    }
  g_assert_cmpuint (n, >, 5);
}

/* Of the names, addresses and numbers nothing is left, and the calls are the same. */
static void
test_save_masked (void)
{
  static const char * const hidden[] = { "contoso", "User One", "User Two", "48213" };
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), "escalation-merged.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CmPlayback) playback = cm_playback_new (file, 60, NULL);
  g_autofree char *text = NULL, *plain = NULL;
  g_autoptr (CmTracker) tracker = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  const CmDocument *document;

  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_position (playback, 80000);
  plain = save (CM_WATCH (playback), "plain.jsonl", FALSE);
  text = save (CM_WATCH (playback), "masked.jsonl", TRUE);
  g_assert_nonnull (strstr (plain, "contoso"));
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_assert_null (strstr (text, hidden[i]));

  tracker = replay (text);
  documents = cm_tracker_dup_documents (tracker);
  g_assert_cmpuint (documents->len, ==, 1);
  document = g_ptr_array_index (documents, 0);
  g_assert_cmpint (document->phase, ==, CM_PHASE_IN_CONFERENCE);
  g_assert_cmpuint (document->persons.len, ==, 3);
  g_assert_cmpuint (document->legs.len, ==, 3);
}

static void
opened_cb (GApplication *application,
           gpointer      files,
           int           n_files,
           const char   *hint,
           char        **opened)
{
  g_free (*opened);
  *opened = g_file_get_uri (((GFile **) files)[0]);
}

static GtkDropTarget *
find_drop_target (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }

  return NULL;
}

/* A file that is dropped on the window is opened. */
static void
test_drop (void)
{
  g_autoptr (GtkApplication) application =
    gtk_application_new ("org.conferencemonitor.Test", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_autoptr (CmSession) session = cm_session_new ();
  g_autoptr (GFile) file = get_file ("dropped.jsonl");
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *opened = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *files = g_slist_append (NULL, file);
  gboolean taken = FALSE;
  GtkWidget *window;

  g_signal_connect (application, "open", G_CALLBACK (opened_cb), &opened);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = cm_window_new (application, session);

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (find_drop_target (window), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
  g_assert_cmpstr (opened, ==, uri);

  g_slist_free (files);
  gtk_window_destroy (GTK_WINDOW (window));
  cm_panel_test_settle ();
}

/* A desktop on which something opens the addresses of conferences. */
static char *
install_handler (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *desktop = g_build_filename (folder, "joiner.desktop", NULL);
  g_autofree char *defaults = g_build_filename (folder, "mimeapps.list", NULL);
  g_autofree char *script = g_build_filename (g_get_tmp_dir (), "joiner", NULL);
  char *joined = g_build_filename (g_get_tmp_dir (), "joined", NULL);
  g_autofree char *code = g_strdup_printf ("#!/bin/sh\nprintf %%s \"$1\" >%s.part && mv %s.part %s\n", joined,
                                           joined, joined);
  g_autofree char *entry =
    g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Joiner\nExec=%s %%u\n"
                     "MimeType=x-scheme-handler/conf;x-scheme-handler/https;\n", script);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (script, code, -1, NULL));
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  g_assert_true (g_file_set_contents (desktop, entry, -1, NULL));
  g_assert_true (g_file_set_contents (defaults,
                                      "[Default Applications]\nx-scheme-handler/conf=joiner.desktop\n"
                                      "x-scheme-handler/https=joiner.desktop\n",
                                      -1, NULL));

  return joined;
}

static gboolean
is_there (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

/* The button has the desktop open what is expected: @joined is where its program writes. */
static void
rejoin_and_expect (CmSession  *session,
                   const char *joined,
                   const char *expected)
{
  g_autofree char *opened = NULL, *words = NULL;

  g_object_get (cm_session_get_banner (session), "words", &words, NULL);
  g_assert_cmpstr (words, ==, "You have left the call");
  cm_banner_model_rejoin (cm_session_get_banner (session));
  cm_panel_test_wait (is_there, (gpointer) joined);
  g_assert_true (g_file_get_contents (joined, &opened, NULL, NULL));
  g_assert_cmpstr (opened, ==, expected);
  g_assert_cmpint (g_unlink (joined), ==, 0);
}

/* Where the source takes no commands, the desktop opens the conference's address. */
static void
test_rejoin_by_desktop (void)
{
  g_autofree char *joined = install_handler ();
  g_autoptr (CmWatch) watch = cm_fake_watch_new ();
  g_autoptr (CmSession) session = cm_session_new ();
  CmDocument *document = cm_fake_document_new_left ("a", "Budget");
  g_autofree char *hint = NULL, *why_not = NULL;

  cm_fake_watch_set_actions (CM_FAKE_WATCH (watch), 0);
  cm_fake_watch_set_why_not (CM_FAKE_WATCH (watch), "This source takes no commands");
  cm_session_set_watch (session, watch);
  cm_fake_watch_show (CM_FAKE_WATCH (watch), document);
  g_object_get (cm_session_get_banner (session), "hint", &why_not, NULL);
  g_assert_cmpstr (why_not, ==, "This source takes no commands");

  document = cm_fake_document_new_left ("a", "Budget");
  document->conference.uri = g_ref_string_new (URI);
  cm_fake_watch_show (CM_FAKE_WATCH (watch), document);
  g_object_get (cm_session_get_banner (session), "hint", &hint, NULL);
  g_assert_null (hint);

  rejoin_and_expect (session, joined, URI);

  /* Nothing has refused it, so it can be tried again, and a link is opened rather. */
  document = cm_fake_document_new_left ("a", "Budget");
  document->conference.uri = g_ref_string_new (URI);
  cm_fake_watch_show (CM_FAKE_WATCH (watch), document);
  rejoin_and_expect (session, joined, URI);
  document = cm_fake_document_new_left ("a", "Budget");
  document->conference.uri = g_ref_string_new (URI);
  document->conference.access.join_url = g_ref_string_new (JOIN_LINK);
  cm_fake_watch_show (CM_FAKE_WATCH (watch), document);
  g_assert_cmpstr (cm_join_link_get (watch, cm_conversation_list_lookup (cm_watch_get_conversations (watch), "a")),
                   ==, JOIN_LINK);
  rejoin_and_expect (session, joined, JOIN_LINK);

  g_assert_null (cm_fake_watch_get_command (CM_FAKE_WATCH (watch)));
  cm_session_set_watch (session, NULL);
}

/* The join link and a note for a ticket by key, as they are on the clipboard. */
static void
read_cb (GObject      *clipboard,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
is_text (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

static char *
copy (GtkWidget  *window,
      const char *action)
{
  char *text = NULL;

  g_assert_true (gtk_widget_activate_action (window, action, NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, read_cb, &text);
  cm_panel_test_wait (is_text, &text);

  return text;
}

static void
test_copies (void)
{
  g_autoptr (CmWatch) watch = cm_fake_watch_new ();
  g_autoptr (CmSession) session = cm_session_new ();
  CmDocument *document = cm_fake_document_new ("a", "Budget");
  GtkWidget *window = cm_window_new (NULL, session);
  g_autofree char *link = NULL, *note = NULL;

  document->conference.access.join_url = g_ref_string_new ("https://meet.x.org/ana/1");
  cm_session_set_watch (session, watch);
  cm_fake_watch_show (CM_FAKE_WATCH (watch), document);
  gtk_window_present (GTK_WINDOW (window));
  cm_panel_test_settle ();

  link = copy (window, "win.copy-link");
  g_assert_cmpstr (link, ==, "https://meet.x.org/ana/1");
  note = copy (window, "win.copy-note");
  g_assert_true (g_str_has_prefix (note, "Budget\n"));
  g_assert_nonnull (strstr (note, "- Ana, presenter, Connected"));

  gtk_window_destroy (GTK_WINDOW (window));
  cm_panel_test_settle ();
  cm_session_set_watch (session, NULL);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  g_test_add_func ("/call-actions/save", test_save);
  g_test_add_func ("/call-actions/save-masked", test_save_masked);
  g_test_add_func ("/call-actions/drop", test_drop);
  g_test_add_func ("/call-actions/rejoin-by-desktop", test_rejoin_by_desktop);
  g_test_add_func ("/call-actions/copies", test_copies);

  return g_test_run ();
}
