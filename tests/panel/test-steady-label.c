/* test-steady-label.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-panel-test.h"
#include "panel/cm-steady-label.h"

/* What a label stands in: counts how often it is measured. */
#define TEST_TYPE_PLACE (test_place_get_type ())

G_DECLARE_FINAL_TYPE (TestPlace, test_place, TEST, PLACE, GtkWidget)

struct _TestPlace
{
  GtkWidget parent_instance;

  GtkWidget *label;
  int        width;
  guint      n_measured;
};

G_DEFINE_FINAL_TYPE (TestPlace, test_place, GTK_TYPE_WIDGET)

static void
test_place_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  TestPlace *self = TEST_PLACE (widget);

  self->n_measured++;
  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);
}

static void
test_place_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  TestPlace *self = TEST_PLACE (widget);

  gtk_widget_allocate (self->label, self->width > 0 ? self->width : width, height, baseline, NULL);
}

static void
test_place_dispose (GObject *object)
{
  g_clear_pointer (&TEST_PLACE (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (test_place_parent_class)->dispose (object);
}

static void
test_place_class_init (TestPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_place_dispose;
  GTK_WIDGET_CLASS (klass)->measure = test_place_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = test_place_size_allocate;
}

static void
test_place_init (TestPlace *self)
{
  self->label = g_object_new (CM_TYPE_STEADY_LABEL, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

typedef struct
{
  GtkWindow *window;
  TestPlace *place;
} Fixture;

static void
drawn_cb (GdkFrameClock *clock,
          gpointer       user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* What is queued has been laid out and drawn. */
static void
settle (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gboolean drawn = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (drawn_cb), &drawn);

  gtk_widget_queue_draw (GTK_WIDGET (fixture->window));
  while (!drawn)
    g_main_context_iteration (NULL, TRUE);

  g_signal_handler_disconnect (clock, id);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->place = g_object_new (TEST_TYPE_PLACE, NULL);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->place));
  g_object_set (fixture->place->label, "label", "17 calls", NULL);
  gtk_window_present (fixture->window);
  settle (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
}

static int
get_natural_width (Fixture *fixture)
{
  int width;

  gtk_widget_measure (fixture->place->label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

static const char *
get_text (Fixture *fixture)
{
  return gtk_inscription_get_text (GTK_INSCRIPTION (gtk_widget_get_first_child (fixture->place->label)));
}

/* Another text as wide as that is there without a measure; one that is not has one. */
static void
test_steady (Fixture       *fixture,
             gconstpointer  data)
{
  guint before = fixture->place->n_measured;
  int width = get_natural_width (fixture);

  g_assert_cmpuint (before, >, 0);
  g_assert_cmpint (width, >, 0);

  g_object_set (fixture->place->label, "label", "71 calls", NULL);
  settle (fixture);
  g_assert_cmpstr (get_text (fixture), ==, "71 calls");
  g_assert_cmpint (get_natural_width (fixture), ==, width);
  g_assert_cmpuint (fixture->place->n_measured, ==, before);

  g_object_set (fixture->place->label, "label", "100,071 calls", NULL);
  settle (fixture);
  g_assert_cmpint (get_natural_width (fixture), >, width);
  g_assert_cmpuint (fixture->place->n_measured, >, before);

  g_object_set (fixture->place->label, "label", NULL, NULL);
  settle (fixture);
  g_assert_cmpint (get_natural_width (fixture), ==, 0);
}

/* In a larger font it is wider. */
static void
test_font (Fixture       *fixture,
           gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int width = get_natural_width (fixture);

  g_object_set (settings, "gtk-font-name", "Sans 30", NULL);
  settle (fixture);
  g_assert_cmpint (get_natural_width (fixture), >, width);

  gtk_settings_reset_property (settings, "gtk-font-name");
  settle (fixture);
  g_assert_cmpint (get_natural_width (fixture), ==, width);
}

static gboolean
has_tooltip (Fixture *fixture)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_signal_emit_by_name (fixture->place->label, "query-tooltip", 0, 0, FALSE, tooltip, &shown);

  return shown;
}

/* All of it is to be had where it is cut, and nowhere else. */
static void
test_tooltip (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_false (has_tooltip (fixture));

  fixture->place->width = get_natural_width (fixture) - 1;
  gtk_widget_queue_allocate (GTK_WIDGET (fixture->place));
  settle (fixture);
  g_assert_true (has_tooltip (fixture));
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/steady-label/steady", test_steady);
  ADD ("/steady-label/font", test_font);
  ADD ("/steady-label/tooltip", test_tooltip);
#undef ADD

  return g_test_run ();
}
