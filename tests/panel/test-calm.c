/* test-calm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "panel/list/cm-conversation-row.h"
#include "panel/list/cm-list-page.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-settings.h"

#define N_ROWS 200
#define DURATION 10 /* s */

typedef struct
{
  CmWatch   *watch;
  CmSession *session;
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *list;
} Fixture;

static void
show (Fixture  *fixture,
      guint     i,
      gboolean  attention)
{
  g_autofree char *id = g_strdup_printf ("call-%u", i);
  CmDocument *document = cm_fake_document_new (id, id);

  if (attention)
    {
      CmAttention *reason = cm_document_add_attention (document);

      reason->rule = g_ref_string_new ("no-presenter");
      reason->since = CM_FAKE_NOW - i;
    }

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->page = g_object_new (CM_TYPE_LIST_PAGE, "session", fixture->session, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_set_default_size (fixture->window, 340, 700);
  for (guint i = 0; i < N_ROWS; i++)
    show (fixture, i, FALSE);
  cm_call_order_flush (cm_session_get_order (fixture->session));
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
  fixture->list = cm_panel_test_find (fixture->page, GTK_TYPE_LIST_VIEW, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  cm_panel_test_settle ();
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->watch);
}

static GtkWidget *
find_row (Fixture    *fixture,
          const char *title)
{
  GtkWidget *label = cm_panel_test_find (fixture->page, GTK_TYPE_INSCRIPTION, title);

  return label != NULL ? gtk_widget_get_ancestor (label, CM_TYPE_CONVERSATION_ROW) : NULL;
}

static double
get_y (Fixture    *fixture,
       const char *title)
{
  GtkWidget *row = find_row (fixture, title);
  graphene_rect_t bounds;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, fixture->page, &bounds));

  return (double) (bounds.origin.y + bounds.size.height);
}

/* The pointer comes to rest on the row: what the display would tell the list view. */
static void
rest_pointer_on (Fixture    *fixture,
                 const char *title)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->list);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (find_row (fixture, title), fixture->list, &bounds));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", (double) bounds.origin.x + 20,
                               (double) (bounds.origin.y + bounds.size.height) - 20);
    }
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_rows_stay (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  GtkWidget *entry;
  double hovered_y, focused_y, worst = 0;
  CmConversation *selected;

  g_object_set (fixture->page, "searching", TRUE, NULL);
  cm_panel_test_settle ();
  entry = cm_panel_test_find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "call-");
  cm_panel_test_settle ();

  gtk_widget_grab_focus (gtk_widget_get_parent (find_row (fixture, "call-6")));
  cm_panel_test_settle ();
  rest_pointer_on (fixture, "call-3");
  hovered_y = get_y (fixture, "call-3");
  focused_y = get_y (fixture, "call-6");
  selected = cm_session_get_selected (fixture->session);

  for (guint step = 0; step < DURATION * 20; step++)
    {
      for (guint n = 0; n < 10; n++)
        {
          guint i = (guint) g_rand_int_range (random, 0, N_ROWS);

          show (fixture, i, g_rand_boolean (random));
        }
      run_for (50);
      worst = MAX (worst, fabs (get_y (fixture, "call-3") - hovered_y));
      worst = MAX (worst, fabs (get_y (fixture, "call-6") - focused_y));
    }

  g_test_message ("the rows moved by at most %.1f px", worst);
  g_assert_cmpfloat (worst, <, 1.0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "call-");
  g_assert_true (cm_session_get_selected (fixture->session) == selected);
  g_assert_true (gtk_window_get_focus (fixture->window) ==
                 gtk_widget_get_parent (find_row (fixture, "call-6")));
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *entry;
  GListModel *order = G_LIST_MODEL (cm_session_get_order (fixture->session));
  CmConversation *selected = cm_session_get_selected (fixture->session);
  g_autofree char *title = NULL;
  g_autofree char *hidden = NULL;

  show (fixture, 5, TRUE);
  show (fixture, 6, TRUE);
  run_for (600);
  g_object_set (fixture->page, "searching", TRUE, NULL);
  cm_panel_test_settle ();
  entry = cm_panel_test_find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "call-17");
  cm_panel_test_settle ();

  g_assert_cmpuint (g_list_model_get_n_items (order), ==, 11);
  g_object_get (fixture->session, "title", &title, "hidden-text", &hidden, NULL);
  g_assert_cmpstr (title, ==, "11 of 200 calls");
  g_assert_cmpstr (hidden, ==, "2 hidden calls need attention");
  /* The page still shows what the search hides. */
  g_assert_true (cm_session_get_selected (fixture->session) == selected);

  g_object_set (fixture->page, "searching", FALSE, NULL);
  cm_panel_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (order), ==, N_ROWS);
  g_assert_true (gtk_single_selection_get_selected_item (
    cm_session_get_selection (fixture->session)) == (gpointer) selected);
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("call-0", "call-0");
  CmLeg *leg = cm_document_edit_leg (document, 0);
  gint64 as_of;

  leg->silent_since = CM_FAKE_NOW;
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_panel_test_settle ();

  g_object_get (gtk_widget_get_first_child (find_row (fixture, "call-0")), "as-of", &as_of,
                NULL);
  g_assert_cmpint (as_of, ==, CM_FAKE_NOW);
  g_assert_nonnull (cm_panel_test_find (find_row (fixture, "call-0"), GTK_TYPE_LABEL,
                                        "as of 09:00:00"));
  g_object_get (gtk_widget_get_first_child (find_row (fixture, "call-1")), "as-of", &as_of,
                NULL);
  g_assert_cmpint (as_of, ==, CM_TIME_NONE);

  /* The tracker is lost: that is so for all of them, and back without a click. */
  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  g_object_get (gtk_widget_get_first_child (find_row (fixture, "call-1")), "as-of", &as_of,
                NULL);
  g_assert_cmpint (as_of, !=, CM_TIME_NONE);
  cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
  g_object_get (gtk_widget_get_first_child (find_row (fixture, "call-1")), "as-of", &as_of,
                NULL);
  g_assert_cmpint (as_of, ==, CM_TIME_NONE);
}

/* What a watch of a tracker elsewhere does with a new snapshot: all that is there is told
 * anew, in another order, and what is gone goes; one commit. */
static void
tell_anew (Fixture *fixture,
           guint    n_gone)
{
  for (guint i = N_ROWS; i > n_gone; i--)
    {
      g_autofree char *id = g_strdup_printf ("call-%u", i - 1);

      cm_watch_show (fixture->watch, cm_fake_document_new (id, id));
    }
  for (guint i = 0; i < n_gone; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%u", i);

      cm_watch_hide (fixture->watch, id);
    }
  cm_watch_commit (fixture->watch);
}

static double
get_scroll (Fixture *fixture)
{
  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->list)));
}

/* The tracker is lost and comes back with all it knows: selection, focus, scroll, search
 * text and filter are as they were. */
static void
test_reconnect (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GSettings) settings = cm_settings_new ();
  GtkWidget *entry;
  CmConversation *selected;
  double scroll, y;

  g_settings_set_string (settings, "filter-kinds", "conferences");
  g_object_set (fixture->page, "searching", TRUE, NULL);
  cm_panel_test_settle ();
  entry = cm_panel_test_find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "call-1");
  cm_panel_test_settle ();

  gtk_widget_activate_action (fixture->list, "list.scroll-to-item", "u", 60);
  cm_panel_test_settle ();
  gtk_single_selection_set_selected (cm_session_get_selection (fixture->session), 58);
  selected = cm_session_get_selected (fixture->session);
  cm_panel_test_settle ();
  gtk_widget_grab_focus (gtk_widget_get_parent (find_row (fixture, "call-149")));
  cm_panel_test_settle ();
  scroll = get_scroll (fixture);
  y = get_y (fixture, "call-149");
  g_assert_cmpfloat (scroll, >, 100);

  for (guint round = 0; round < 3; round++)
    {
      cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
      cm_panel_test_settle ();
      tell_anew (fixture, 0);
      cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
      run_for (400);

      g_assert_true (cm_session_get_selected (fixture->session) == selected);
      g_assert_true (gtk_single_selection_get_selected_item (
        cm_session_get_selection (fixture->session)) == (gpointer) selected);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "call-1");
      g_assert_cmpfloat (fabs (get_scroll (fixture) - scroll), <, 1);
      g_assert_true (gtk_window_get_focus (fixture->window) ==
                     gtk_widget_get_parent (find_row (fixture, "call-149")));
    }

  /* Some ended while nobody looked: where the focus is nothing moves. */
  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  tell_anew (fixture, 20);
  cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
  run_for (600);
  g_assert_true (cm_session_get_selected (fixture->session) == selected);
  g_assert_true (gtk_window_get_focus (fixture->window) ==
                 gtk_widget_get_parent (find_row (fixture, "call-149")));
  g_assert_cmpfloat (fabs (get_y (fixture, "call-149") - y), <, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "call-1");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (cm_session_get_order (fixture->session))),
                    ==, 100);

  g_settings_reset (settings, "filter-kinds");
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/calm/rows-stay", test_rows_stay);
  ADD ("/calm/search", test_search);
  ADD ("/calm/silent", test_silent);
  ADD ("/calm/reconnect", test_reconnect);
#undef ADD

  return g_test_run ();
}
