/* test-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/list/cm-filter-popover.h"
#include "panel/list/cm-list-page.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-settings.h"

typedef struct
{
  CmWatch   *watch;
  CmSession *session;
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *popover;
} Fixture;

static void
show (Fixture     *fixture,
      const char  *id,
      const char  *source,
      CmPhase      phase,
      CmKind       kind,
      gint64       started)
{
  CmDocument *document = cm_fake_document_new (id, id);
  CmLeg *leg = cm_document_edit_leg (document, 0);

  document->kind = kind;
  document->phase = leg->phase = phase;
  document->started = started;
  g_clear_pointer (&leg->source, g_ref_string_release);
  leg->source = g_ref_string_new (source);
  if (g_str_equal (id, "held"))
    cm_document_add_attention (document)->rule = g_ref_string_new ("on-hold");
  if (g_str_equal (id, "large"))
    cm_fake_document_add (document, "cyd", CM_ROLE_ATTENDEE);
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
}

/* A window as it is when the program starts. */
static void
open_window (Fixture *fixture)
{
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->page = g_object_new (CM_TYPE_LIST_PAGE, "session", fixture->session, "searching", TRUE, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_set_default_size (fixture->window, 340, 600);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();

  gtk_menu_button_popup (GTK_MENU_BUTTON (cm_panel_test_find (fixture->page, GTK_TYPE_MENU_BUTTON, NULL)));
  cm_panel_test_settle ();
  fixture->popover = cm_panel_test_find (fixture->page, CM_TYPE_FILTER_POPOVER, NULL);
  g_assert_nonnull (fixture->popover);
}

static void
close_window (Fixture *fixture)
{
  gtk_popover_popdown (GTK_POPOVER (fixture->popover));
  cm_panel_test_settle ();
  gtk_window_destroy (fixture->window);
  cm_panel_test_settle ();
  g_assert_finalize_object (fixture->session);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  show (fixture, "plain", "a", CM_PHASE_IN_CALL, CM_KIND_CALL, CM_FAKE_NOW + 1000);
  show (fixture, "held", "b", CM_PHASE_ON_HOLD, CM_KIND_CALL, CM_FAKE_NOW + 2000);
  show (fixture, "large", "b", CM_PHASE_IN_CONFERENCE, CM_KIND_CONFERENCE, CM_FAKE_NOW);
  show (fixture, "late", "c", CM_PHASE_RINGING, CM_KIND_CALL, CM_FAKE_NOW + 3000);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GSettings) settings = cm_settings_new ();
  static const char * const keys[] = { "filter-attention", "filter-kinds", "filter-source",
                                       "filter-phase", "sort" };

  close_window (fixture);
  g_assert_finalize_object (fixture->watch);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

static void
assert_list (Fixture    *fixture,
             const char *expected)
{
  GListModel *order = G_LIST_MODEL (cm_session_get_order (fixture->session));
  g_autoptr (GString) ids = g_string_new (NULL);

  cm_call_order_flush (cm_session_get_order (fixture->session));
  for (guint i = 0; i < g_list_model_get_n_items (order); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (order, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", cm_conversation_get_id (conversation));
    }

  g_assert_cmpstr (ids->str, ==, expected);
}

/* The choice after the heading of that name. */
static GtkDropDown *
find_choice (Fixture    *fixture,
             const char *heading)
{
  GtkWidget *label = cm_panel_test_find (fixture->popover, GTK_TYPE_LABEL, heading);
  GtkWidget *choice = label != NULL ? gtk_widget_get_next_sibling (label) : NULL;

  g_assert_true (GTK_IS_DROP_DOWN (choice));
  gtk_test_accessible_assert_property (choice, GTK_ACCESSIBLE_PROPERTY_LABEL, heading);

  return GTK_DROP_DOWN (choice);
}

static const char *
get_chosen (GtkDropDown *choice)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (choice));
}

static void
choose (Fixture    *fixture,
        const char *heading,
        const char *name)
{
  GtkDropDown *choice = find_choice (fixture, heading);
  GListModel *names = gtk_drop_down_get_model (choice);

  for (guint i = 0; i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) object = g_list_model_get_item (names, i);

      if (g_str_equal (gtk_string_object_get_string (object), name))
        gtk_drop_down_set_selected (choice, i);
    }

  g_assert_cmpstr (get_chosen (choice), ==, name);
  cm_panel_test_settle ();
}

static void
set_attention (Fixture  *fixture,
               gboolean  only)
{
  GtkWidget *check = cm_panel_test_find (fixture->popover, GTK_TYPE_CHECK_BUTTON, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), only);
  cm_panel_test_settle ();
}

static void
press_show_all (Fixture *fixture)
{
  g_signal_emit_by_name (cm_panel_test_find (fixture->popover, GTK_TYPE_BUTTON, "Show All Calls"),
                         "clicked");
  cm_panel_test_settle ();
}

/* What is selected stays, so it is what each filter lets through: the held call. */
static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  assert_list (fixture, "held plain large late");
  set_attention (fixture, TRUE);
  assert_list (fixture, "held");
  set_attention (fixture, FALSE);

  choose (fixture, "Kind", "Conferences only");
  assert_list (fixture, "large");
  choose (fixture, "Kind", "Two-party calls only");
  assert_list (fixture, "held plain late");
  choose (fixture, "Kind", "All calls");

  choose (fixture, "Source", "b");
  assert_list (fixture, "held large");
  choose (fixture, "Kind", "Conferences only");
  assert_list (fixture, "large");
  press_show_all (fixture);
  assert_list (fixture, "held plain large late");

  choose (fixture, "State", "Ringing");
  assert_list (fixture, "late");
  choose (fixture, "State", "All states");
  assert_list (fixture, "held plain large late");
}

/* What needs attention stands first in every order. */
static void
test_sorts (Fixture       *fixture,
            gconstpointer  data)
{
  choose (fixture, "Order", "Newest first");
  assert_list (fixture, "held late plain large");
  choose (fixture, "Order", "Longest first");
  assert_list (fixture, "held large plain late");
  choose (fixture, "Order", "Largest first");
  assert_list (fixture, "held large plain late");
  choose (fixture, "Order", "As they came");
  assert_list (fixture, "held plain large late");
}

/* Both what is shown and what the popover says of it. */
static void
test_remembered (Fixture       *fixture,
                 gconstpointer  data)
{
  choose (fixture, "Source", "b");
  choose (fixture, "Kind", "Two-party calls only");
  choose (fixture, "State", "On hold");
  choose (fixture, "Order", "Longest first");
  set_attention (fixture, TRUE);
  assert_list (fixture, "held");

  close_window (fixture);
  open_window (fixture);
  assert_list (fixture, "held");
  g_assert_cmpstr (get_chosen (find_choice (fixture, "Source")), ==, "b");
  g_assert_cmpstr (get_chosen (find_choice (fixture, "Kind")), ==, "Two-party calls only");
  g_assert_cmpstr (get_chosen (find_choice (fixture, "State")), ==, "On hold");
  g_assert_cmpstr (get_chosen (find_choice (fixture, "Order")), ==, "Longest first");
  g_assert_true (gtk_check_button_get_active (
    GTK_CHECK_BUTTON (cm_panel_test_find (fixture->popover, GTK_TYPE_CHECK_BUTTON, NULL))));

  press_show_all (fixture);
  assert_list (fixture, "held large plain late");
}

/* A source that does not report any more is still the one that was chosen. */
static void
test_source_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  choose (fixture, "Source", "c");
  assert_list (fixture, "late");
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "late");
  cm_panel_test_settle ();
  assert_list (fixture, "");

  close_window (fixture);
  open_window (fixture);
  g_assert_cmpstr (get_chosen (find_choice (fixture, "Source")), ==, "c");
  press_show_all (fixture);
  assert_list (fixture, "held plain large");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/filter/filters", test_filters);
  ADD ("/filter/sorts", test_sorts);
  ADD ("/filter/remembered", test_remembered);
  ADD ("/filter/source-gone", test_source_gone);

  return g_test_run ();
}
