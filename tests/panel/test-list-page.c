/* test-list-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-silence.h"
#include "panel/list/cm-conversation-row.h"
#include "panel/list/cm-list-page.h"
#include "panel/cm-panel-test.h"

typedef struct
{
  CmWatch   *watch;
  CmSession *session;
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *after;
  guint      n_opened;
} Fixture;

static void
opened_cb (Fixture *fixture)
{
  fixture->n_opened++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->watch = cm_fake_watch_new ();
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->page = g_object_new (CM_TYPE_LIST_PAGE, "session", fixture->session, "vexpand", TRUE,
                                NULL);
  fixture->after = gtk_button_new_with_label ("After");
  fixture->n_opened = 0;
  g_signal_connect_swapped (fixture->page, "opened", G_CALLBACK (opened_cb), fixture);

  gtk_box_append (GTK_BOX (box), fixture->page);
  gtk_box_append (GTK_BOX (box), fixture->after);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, box);
  gtk_window_set_default_size (fixture->window, 340, 600);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
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

static void
show (Fixture    *fixture,
      CmDocument *document)
{
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_call_order_flush (cm_session_get_order (fixture->session));
  cm_panel_test_settle ();
}

static GtkWidget *
find_row (Fixture    *fixture,
          const char *title)
{
  GtkWidget *label = cm_panel_test_find (fixture->page, GTK_TYPE_INSCRIPTION, title);

  return label != NULL ? gtk_widget_get_ancestor (label, CM_TYPE_CONVERSATION_ROW) : NULL;
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_nonnull (cm_panel_test_find (fixture->page, GTK_TYPE_LABEL, "No calls"));
  show (fixture, cm_fake_document_new ("a", "Budget"));
  g_assert_null (cm_panel_test_find (fixture->page, GTK_TYPE_LABEL, "No calls"));
  g_assert_nonnull (find_row (fixture, "Budget"));
}

/* @n: how many of two sources do not answer, with no call of theirs */
static void
show_silent (Fixture *fixture,
             guint    n)
{
  GPtrArray *silences = cm_silences_new ();

  for (guint i = 0; i < n; i++)
    cm_silences_add (silences, i == 0 ? "lync/ana@x.org" : "source:0123456789abcdef0123", NULL, CM_FAKE_NOW);
  cm_watch_show_silent (fixture->watch, silences);
  cm_watch_commit (fixture->watch);
  cm_panel_test_settle ();
}

static void
assert_empty (Fixture    *fixture,
              const char *title,
              const char *begin)
{
  GtkWidget *label = cm_panel_test_find (fixture->page, GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  label = gtk_widget_get_next_sibling (label);
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (label)), begin));
}

/* An empty list says why it is empty: no quiet day where nobody knows of one. */
static void
test_empty_states (Fixture       *fixture,
                   gconstpointer  data)
{
  cm_watch_set_n_sources (fixture->watch, 2);
  cm_panel_test_settle ();
  assert_empty (fixture, "No calls", "Nobody who reports here is in a call now.");
  show_silent (fixture, 1);
  assert_empty (fixture, "No calls known", "1 source does not answer.");
  show_silent (fixture, 2);
  assert_empty (fixture, "No source answers", "2 sources do not answer.");
  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  cm_panel_test_settle ();
  assert_empty (fixture, "No connection", "There was no call when the tracker was heard last.");
  cm_watch_set_status (fixture->watch, CM_WATCH_CONNECTING);
  cm_panel_test_settle ();
  assert_empty (fixture, "Connecting", "Calls appear as soon as the tracker answers.");

  show_silent (fixture, 0);
  cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
  cm_watch_set_n_sources (fixture->watch, 0);
  cm_panel_test_settle ();
  assert_empty (fixture, "No calls", "Nobody reports to the tracker yet.");
}

static gboolean
says (Fixture    *fixture,
      const char *text)
{
  GtkWidget *label = cm_panel_test_find (fixture->page, GTK_TYPE_LABEL, text);

  return label != NULL && cm_panel_test_is_seen (label);
}

/* Nothing is found by what was typed, or the filter lets nothing through: the page says
 * which it is, and what shows all calls again. */
static void
test_nothing_found (Fixture       *fixture,
                    gconstpointer  data)
{
  CmCallFilter filter = { .kinds = CM_CALL_KINDS_CALLS };
  GtkWidget *entry, *button;

  show (fixture, cm_fake_document_new ("a", "Budget"));
  g_object_set (fixture->page, "searching", TRUE, NULL);
  entry = cm_panel_test_find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "xyzzy");
  cm_panel_test_settle ();
  g_assert_true (says (fixture, "No call found"));
  g_assert_true (says (fixture, "Nothing here has “xyzzy” in a subject, a name, an address or a "
                                "number."));

  button = cm_panel_test_find (fixture->page, GTK_TYPE_BUTTON, "Show All Calls");
  g_signal_emit_by_name (button, "clicked");
  cm_panel_test_settle ();
  g_assert_false (says (fixture, "No call found"));
  g_assert_nonnull (find_row (fixture, "Budget"));

  cm_call_order_set_filter (cm_session_get_order (fixture->session), &filter);
  cm_panel_test_settle ();
  g_assert_true (says (fixture, "The filter hides all calls"));
  g_assert_true (says (fixture, "1 call goes on that is not shown."));
}

static void
test_row_is_a_sentence (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWidget *row;

  show (fixture, cm_fake_document_new ("a", "Budget"));
  row = find_row (fixture, "Budget");
  gtk_test_accessible_assert_property (gtk_widget_get_parent (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Budget, Conference, In a conference, 2 presenters, Ben");

  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  gtk_test_accessible_assert_property (gtk_widget_get_parent (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Budget, Conference, You have left the call, 2 presenters, Ben");
}

static void
test_row_ticks (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *row;
  CmDocument *document = cm_fake_document_new ("a", "Budget");

  show (fixture, document);
  row = find_row (fixture, "Budget");
  g_assert_nonnull (cm_panel_test_find (row, GTK_TYPE_LABEL, "00:10"));
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 75 * 1000);
  g_assert_nonnull (cm_panel_test_find (row, GTK_TYPE_LABEL, "01:15"));

  document = cm_fake_document_new ("a", "Budget");
  document->ended = CM_FAKE_NOW + 80 * 1000;
  show (fixture, document);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 95 * 1000);
  g_assert_nonnull (cm_panel_test_find (row, GTK_TYPE_LABEL, "01:20"));
}

static CmDocument *
create_escalating (CmPhase     phase,
                   const char *stage,
                   guint       step,
                   gint64      since)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");
  CmLeg *leg = cm_document_edit_leg (document, 0);

  document->phase = leg->phase = phase;
  leg->escalation.stage = g_ref_string_new (stage);
  leg->escalation.step = step;
  leg->escalation.steps = 4;
  leg->escalation.since = since;

  return document;
}

static void
test_escalation (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *bar;

  show (fixture, create_escalating (CM_PHASE_ESCALATING, "JoiningLocalMedia", 2, CM_FAKE_NOW));
  g_assert_nonnull (cm_panel_test_find (fixture->page, GTK_TYPE_INSCRIPTION,
                                        "Step 2 of 4: joining audio"));
  bar = cm_panel_test_find (fixture->page, GTK_TYPE_PROGRESS_BAR, NULL);
  g_assert_nonnull (bar);
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), 0.5, 0.001);
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.5);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "Step 2 of 4: joining audio");

  /* Completed, it is seen for two seconds more. */
  show (fixture, create_escalating (CM_PHASE_IN_CONFERENCE, "Completed", 4, CM_FAKE_NOW + 10000));
  g_assert_true (gtk_widget_get_mapped (bar));
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 12000);
  cm_panel_test_settle ();
  g_assert_false (gtk_widget_get_mapped (bar));

  /* Failed, it stays, with the reason. */
  show (fixture, create_escalating (CM_PHASE_FAILED, "Failed", 2, CM_FAKE_NOW));
  g_assert_true (gtk_widget_get_mapped (bar));
  g_assert_nonnull (cm_panel_test_find (fixture->page, GTK_TYPE_INSCRIPTION,
                                        "Could not join the conference"));
}

static void
test_one_tab_stop (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *list = cm_panel_test_find (fixture->page, GTK_TYPE_LIST_VIEW, NULL);

  show (fixture, cm_fake_document_new ("a", "Budget"));
  show (fixture, cm_fake_document_new ("b", "Stand-up"));
  show (fixture, cm_fake_document_new ("c", "Lunch"));

  gtk_window_set_focus (fixture->window, NULL);
  cm_panel_test_move_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), list));
  cm_panel_test_move_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->after);
  cm_panel_test_move_focus (fixture->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), list));

  /* Within it the arrows move. */
  cm_panel_test_move_focus (fixture->window, GTK_DIR_DOWN);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), list));
}

static void
test_opens (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *list = cm_panel_test_find (fixture->page, GTK_TYPE_LIST_VIEW, NULL);

  show (fixture, cm_fake_document_new ("a", "Budget"));
  show (fixture, cm_fake_document_new ("b", "Stand-up"));
  gtk_widget_activate_action (list, "list.activate-item", "u", 1);

  g_assert_cmpuint (fixture->n_opened, ==, 1);
  g_assert_cmpstr (cm_conversation_get_id (cm_session_get_selected (fixture->session)), ==, "b");
}

/* Its window is closed by tear_down(), and dies of a warning. */
static void
test_closes_with_filter_open (Fixture       *fixture,
                              gconstpointer  data)
{
  GtkWidget *button;

  g_object_set (fixture->page, "searching", TRUE, NULL);
  cm_panel_test_settle ();
  button = cm_panel_test_find (fixture->page, GTK_TYPE_MENU_BUTTON, NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  cm_panel_test_settle ();
  g_assert_true (cm_panel_test_is_seen (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/list-page/empty", test_empty);
  ADD ("/list-page/empty-states", test_empty_states);
  ADD ("/list-page/nothing-found", test_nothing_found);
  ADD ("/list-page/row-is-a-sentence", test_row_is_a_sentence);
  ADD ("/list-page/row-ticks", test_row_ticks);
  ADD ("/list-page/escalation", test_escalation);
  ADD ("/list-page/one-tab-stop", test_one_tab_stop);
  ADD ("/list-page/opens", test_opens);
  ADD ("/list-page/closes-with-filter-open", test_closes_with_filter_open);

  return g_test_run ();
}
