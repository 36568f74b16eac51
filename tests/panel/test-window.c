/* test-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-panel-test.h"
#include "panel/cm-panes.h"
#include "panel/cm-playback-bar.h"
#include "panel/cm-window.h"
#include "watch/play/cm-playback.h"

typedef struct
{
  CmWatch   *watch;
  CmSession *session;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->window = GTK_WINDOW (cm_window_new (NULL, fixture->session));
  gtk_window_set_default_size (fixture->window, 400, 600);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  cm_panel_test_settle ();
  cm_session_set_watch (fixture->session, NULL);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->watch);
}

static GtkWidget *
find (Fixture    *fixture,
      GType       type,
      const char *text)
{
  return cm_panel_test_find (GTK_WIDGET (fixture->window), type, text);
}

static CmPlayback *
open_recording (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), "escalation-user2.jsonl",
                                            NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmPlayback) playback = cm_playback_new (file, 1, &error);

  g_assert_no_error (error);
  cm_playback_set_playing (playback, FALSE);
  cm_session_set_watch (fixture->session, CM_WATCH (playback));
  cm_panel_test_settle ();

  return playback;
}

static void
test_smallest (Fixture       *fixture,
               gconstpointer  data)
{
  static const int sizes[][2] = { { 320, 294 }, { 599, 294 }, { 600, 294 }, { 900, 400 } };
  int minimum;

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch),
                      cm_fake_document_new_left ("a", "A subject that is so long that it does "
                                                      "not fit into any panel of this world"));
  open_recording (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                          NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 320);
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, -1, &minimum,
                          NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 294);
      cm_panel_test_resize (fixture->window, sizes[i][0], sizes[i][1]);
    }
}

/* Text twice as large: what does not get narrower than the smallest window would be cut. */
static void
test_large_text (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi, minimum;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  cm_panel_test_settle ();
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 320);

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new_left ("a", "Budget"));
  open_recording (fixture);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_assert_cmpint (minimum, <=, 320);
}

static void
test_open_and_back (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *list;
  CmPanes *panes;

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new ("a", "Budget"));
  cm_panel_test_settle ();
  panes = CM_PANES (find (fixture, CM_TYPE_PANES, NULL));
  list = find (fixture, GTK_TYPE_LIST_VIEW, NULL);
  g_assert_true (cm_panes_get_folded (panes));
  g_assert_nonnull (list);

  gtk_widget_activate_action (list, "list.activate-item", "u", 0);
  cm_panel_test_settle ();
  g_assert_null (find (fixture, GTK_TYPE_LIST_VIEW, NULL));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Presenters (2)"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  cm_panel_test_settle ();
  g_assert_nonnull (find (fixture, GTK_TYPE_LIST_VIEW, NULL));
  g_assert_null (find (fixture, GTK_TYPE_LABEL, "Presenters (2)"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), list));
}

static void
test_rejoin_by_key (Fixture       *fixture,
                    gconstpointer  data)
{
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new ("a", "Budget"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.rejoin", NULL);
  g_assert_null (cm_fake_watch_get_command (CM_FAKE_WATCH (fixture->watch)));

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new_left ("a", "Budget"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.rejoin", NULL);
  g_assert_cmpstr (cm_fake_watch_get_command (CM_FAKE_WATCH (fixture->watch))->leg, ==,
                   "lync/ana@x.org#a");
  cm_panel_test_settle ();
}

static void
test_playback (Fixture       *fixture,
               gconstpointer  data)
{
  CmPlayback *playback;
  GtkWidget *scale;

  g_assert_null (find (fixture, GTK_TYPE_SCALE, NULL));
  playback = open_recording (fixture);
  scale = find (fixture, GTK_TYPE_SCALE, NULL);
  g_assert_nonnull (scale);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "00:00 / 05:12"));

  gtk_range_set_value (GTK_RANGE (scale), 63000);
  g_assert_cmpint (cm_playback_get_position (playback), ==, 63000);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Recording paused at 01:03"));
  cm_playback_set_position (playback, 80000);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), 80000, 0.5);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.play-pause", NULL);
  g_assert_true (cm_playback_get_playing (playback));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.play-pause", NULL);
  g_assert_false (cm_playback_get_playing (playback));

  gtk_widget_activate_action (scale, "playback.speed", "d", 5.0);
  g_assert_cmpfloat_with_epsilon (cm_playback_get_speed (playback), 5, 0.001);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "5 ×"));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/window/smallest", test_smallest);
  ADD ("/window/large-text", test_large_text);
  ADD ("/window/open-and-back", test_open_and_back);
  ADD ("/window/rejoin-by-key", test_rejoin_by_key);
  ADD ("/window/playback", test_playback);

  return g_test_run ();
}
