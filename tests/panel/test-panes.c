/* test-panes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-panel-test.h"
#include "panel/cm-panes.h"

typedef struct
{
  GtkWindow *window;
  CmPanes   *panes;
  GtkWidget *list;
  GtkWidget *page;
  guint      n_folds;
} Fixture;

static void
folded_cb (Fixture *fixture)
{
  fixture->n_folds++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->list = gtk_button_new_with_label ("List");
  fixture->page = gtk_button_new_with_label ("Page");
  fixture->panes = g_object_new (CM_TYPE_PANES, "list", fixture->list, "page", fixture->page, NULL);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->panes));
  gtk_window_set_default_size (fixture->window, 900, 400);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
  g_signal_connect_swapped (fixture->panes, "notify::folded", G_CALLBACK (folded_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
}

static void
assert_seen (Fixture  *fixture,
             gboolean  list,
             gboolean  page)
{
  g_assert_cmpint (cm_panel_test_is_seen (fixture->list), ==, list);
  g_assert_cmpint (cm_panel_test_is_seen (fixture->page), ==, page);
}

static void
test_widths (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    int      width;
    gboolean folded;
  } widths[] = { { 320, TRUE }, { 599, TRUE }, { 600, FALSE }, { 900, FALSE }, { 599, TRUE },
                 { 1200, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      cm_panel_test_resize (fixture->window, widths[i].width, 400);
      g_assert_cmpint (cm_panes_get_folded (fixture->panes), ==, widths[i].folded);
      assert_seen (fixture, TRUE, !widths[i].folded);
    }
}

static void
test_does_not_swing (Fixture       *fixture,
                     gconstpointer  data)
{
  cm_panel_test_resize (fixture->window, 600, 400);
  g_assert_cmpuint (fixture->n_folds, ==, 0);
  cm_panel_test_resize (fixture->window, 599, 400);
  g_assert_cmpuint (fixture->n_folds, ==, 1);
  cm_panel_test_resize (fixture->window, 598, 400);
  g_assert_cmpuint (fixture->n_folds, ==, 1);
  cm_panel_test_resize (fixture->window, 600, 400);
  g_assert_cmpuint (fixture->n_folds, ==, 2);
}

static void
test_page_and_back (Fixture       *fixture,
                    gconstpointer  data)
{
  cm_panel_test_resize (fixture->window, 400, 400);
  gtk_widget_grab_focus (fixture->list);

  cm_panes_set_show_page (fixture->panes, TRUE);
  assert_seen (fixture, FALSE, TRUE);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->page);

  cm_panes_set_show_page (fixture->panes, FALSE);
  assert_seen (fixture, TRUE, FALSE);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->list);
}

static void
test_who_works_in_the_page_stays (Fixture       *fixture,
                                  gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->page);
  cm_panel_test_resize (fixture->window, 400, 400);
  assert_seen (fixture, FALSE, TRUE);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->page);

  cm_panel_test_resize (fixture->window, 900, 400);
  assert_seen (fixture, TRUE, TRUE);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->page);
}

static void
test_right_to_left (Fixture       *fixture,
                    gconstpointer  data)
{
  graphene_rect_t list, page;

  gtk_widget_set_direction (GTK_WIDGET (fixture->panes), GTK_TEXT_DIR_RTL);
  gtk_widget_queue_allocate (GTK_WIDGET (fixture->panes));
  cm_panel_test_settle ();

  g_assert_true (gtk_widget_compute_bounds (fixture->list, GTK_WIDGET (fixture->panes), &list));
  g_assert_true (gtk_widget_compute_bounds (fixture->page, GTK_WIDGET (fixture->panes), &page));
  g_assert_cmpfloat (list.origin.x, >, page.origin.x);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/panes/widths", test_widths);
  ADD ("/panes/does-not-swing", test_does_not_swing);
  ADD ("/panes/page-and-back", test_page_and_back);
  ADD ("/panes/who-works-in-the-page-stays", test_who_works_in_the_page_stays);
  ADD ("/panes/right-to-left", test_right_to_left);

  return g_test_run ();
}
