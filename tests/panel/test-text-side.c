/* test-text-side.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/call/cm-escalation-bar.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-text-side.h"

#define WIDTH 400
#define HEIGHT 40

/* @alpha: less than that is not taken for drawn
 *
 * Returns: where the middle of what is drawn is, of the width */
static double
find_ink (GtkWidget *widget,
          guint      alpha)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = g_new0 (guint32, WIDTH * HEIGHT);
  int first = WIDTH, last = -1;

  gdk_paintable_snapshot (paintable, snapshot, WIDTH, HEIGHT);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, (guchar *) pixels, WIDTH * sizeof (guint32));

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    {
      if (pixels[i] >> 24 < alpha)
        continue;
      first = MIN (first, i % WIDTH);
      last = MAX (last, i % WIDTH);
    }
  g_assert_cmpint (last, >=, 0);

  return (first + last) / 2.0 / WIDTH;
}

static void
check (const char       *text,
       GtkTextDirection  direction)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *inscription = gtk_inscription_new (NULL);
  double at;

  gtk_widget_set_direction (inscription, direction);
  gtk_widget_set_size_request (inscription, WIDTH, HEIGHT);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  cm_text_side_follow (GTK_INSCRIPTION (inscription));
  gtk_window_set_child (window, inscription);
  gtk_window_present (window);
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  cm_panel_test_settle ();

  at = find_ink (inscription, 1);
  g_test_message ("“%s” is at %.2f", text, at);
  if (direction == GTK_TEXT_DIR_RTL)
    g_assert_cmpfloat (at, >, 0.6);
  else
    g_assert_cmpfloat (at, <, 0.4);

  gtk_window_destroy (window);
}

/* In each direction of the window, a text is where its line begins, whichever way it runs itself. */
static void
test_start (gconstpointer direction)
{
  static const char * const texts[] = {
    "Ana Marić", "مقدّمان", "12:34", "+1 555 0100", "2 مقدّمان", "User Two غادر", "غادر User Two",
    "\342\201\246+1 555\342\201\251", "…",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], (GtkTextDirection) GPOINTER_TO_INT (direction));
}

/* What has been reached of an escalation is at the start too; the rest is paler. */
static void
test_escalation (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *bar = cm_escalation_bar_new ();

  g_object_set (bar, "step", 2, "steps", 8, "picture", TRUE, NULL);
  gtk_widget_set_size_request (bar, WIDTH, HEIGHT);
  gtk_window_set_child (window, bar);
  gtk_window_present (window);

  gtk_widget_set_direction (bar, GTK_TEXT_DIR_LTR);
  cm_panel_test_settle ();
  g_assert_cmpfloat_with_epsilon (find_ink (bar, 128), 0.125, 0.02);
  g_assert_cmpfloat_with_epsilon (find_ink (bar, 1), 0.5, 0.02);

  gtk_widget_set_direction (bar, GTK_TEXT_DIR_RTL);
  cm_panel_test_settle ();
  g_assert_cmpfloat_with_epsilon (find_ink (bar, 128), 0.875, 0.02);
  g_assert_cmpfloat_with_epsilon (find_ink (bar, 1), 0.5, 0.02);
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  g_test_add_data_func ("/text-side/left-to-right", GINT_TO_POINTER (GTK_TEXT_DIR_LTR), test_start);
  g_test_add_data_func ("/text-side/right-to-left", GINT_TO_POINTER (GTK_TEXT_DIR_RTL), test_start);
  g_test_add_func ("/text-side/escalation", test_escalation);

  return g_test_run ();
}
