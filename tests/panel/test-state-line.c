/* test-state-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/list/cm-state-line.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-steady-label.h"

#define STATE "In a conference"
#define BRIEF "2 P · 1 A"
#define WORDS "2 presenters, 1 attendee"

/* Wide enough for any of it, px. */
#define WIDE 700

typedef struct
{
  GtkWindow *window;
  GtkWidget *line;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->line = g_object_new (CM_TYPE_STATE_LINE,
                                "halign", GTK_ALIGN_START,
                                "state", STATE, "words", WORDS, "brief", BRIEF,
                                NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->line);
  gtk_window_set_default_size (fixture->window, WIDE + 100, 100);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  cm_panel_test_settle ();
}

static void
give (Fixture *fixture,
      int      width)
{
  gtk_widget_set_size_request (fixture->line, width, -1);
  cm_panel_test_settle ();
  g_assert_cmpint (gtk_widget_get_width (fixture->line), ==, width);
}

static gboolean
shows (Fixture    *fixture,
       const char *text)
{
  return cm_panel_test_find (fixture->line, GTK_TYPE_INSCRIPTION, text) != NULL;
}

static GtkWidget *
get_state (Fixture *fixture)
{
  return cm_panel_test_find (fixture->line, GTK_TYPE_INSCRIPTION, NULL);
}

static int
get_text_width (GtkWidget  *widget,
                const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* Returns: the least width at which @words are still shown when it becomes less */
static int
find_border (Fixture    *fixture,
             const char *words)
{
  int without = 0, with = WIDE;

  while (with - without > 1)
    {
      int width = (with + without) / 2;

      give (fixture, WIDE);
      g_assert_true (shows (fixture, words));
      gtk_widget_set_size_request (fixture->line, width, -1);
      cm_panel_test_settle ();
      if (shows (fixture, words))
        with = width;
      else
        without = width;
    }

  return with;
}

/* Words where there is room for them and for the whole state, the short form where not;
 * and what is shown is itself not cut. */
static void
test_room (Fixture       *fixture,
           gconstpointer  data)
{
  int border = find_border (fixture, WORDS);
  GtkWidget *state = get_state (fixture), *label;

  give (fixture, border - 1);
  g_assert_true (shows (fixture, BRIEF));
  g_assert_cmpint (gtk_widget_get_width (state), >=, get_text_width (state, STATE));
  give (fixture, border);
  /* Once it was short of room it is so still, as near to the border as this. */
  g_assert_true (shows (fixture, BRIEF));
  give (fixture, WIDE);
  g_assert_true (shows (fixture, WORDS));
  g_assert_false (shows (fixture, BRIEF));
  give (fixture, border);
  label = cm_panel_test_find (fixture->line, GTK_TYPE_INSCRIPTION, WORDS);
  g_assert_nonnull (label);
  g_assert_cmpint (gtk_widget_get_width (label), >=, get_text_width (label, WORDS));
  g_assert_cmpint (gtk_widget_get_width (state), >=, get_text_width (state, STATE));
  /* No sooner than it must be. */
  g_assert_cmpint (border, <, get_text_width (label, WORDS) + get_text_width (state, STATE) + 20);
}

/* What takes the room may be the state, which changes without a layout of the window. */
static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  give (fixture, find_border (fixture, WORDS) + 60);
  g_assert_true (shows (fixture, WORDS));
  g_object_set (fixture->line, "state", "On hold for a very long while now", NULL);
  cm_panel_test_settle ();
  g_assert_true (shows (fixture, BRIEF));
  g_object_set (fixture->line, "state", "Live", NULL);
  cm_panel_test_settle ();
  g_assert_true (shows (fixture, WORDS));
}

/* A count that goes up and down by one where there is just room turns the line once. */
static void
test_steady (Fixture       *fixture,
             gconstpointer  data)
{
  guint n_turns = 0;
  int border;
  gboolean wordy = TRUE;

  g_object_set (fixture->line, "words", "9 attendees", "brief", "9 A", NULL);
  border = find_border (fixture, "9 attendees");
  give (fixture, WIDE);
  give (fixture, border);
  g_assert_true (shows (fixture, "9 attendees"));

  for (guint i = 0; i < 10; i++)
    {
      const char *words = i % 2 == 0 ? "10 attendees" : "9 attendees";

      g_object_set (fixture->line, "words", words, "brief", i % 2 == 0 ? "10 A" : "9 A", NULL);
      cm_panel_test_settle ();
      if (shows (fixture, words) != wordy)
        n_turns++;
      wordy = shows (fixture, words);
    }
  g_assert_cmpuint (n_turns, ==, 1);
}

/* From right to left the state begins at the right. */
static void
test_mirrored (Fixture       *fixture,
               gconstpointer  data)
{
  graphene_rect_t state, words;

  gtk_widget_set_direction (fixture->line, GTK_TEXT_DIR_RTL);
  give (fixture, WIDE);
  g_assert_true (gtk_widget_compute_bounds (get_state (fixture), fixture->line, &state));
  g_assert_true (gtk_widget_compute_bounds (cm_panel_test_find (fixture->line, GTK_TYPE_INSCRIPTION, WORDS),
                                            fixture->line, &words));
  g_assert_cmpint ((int) words.origin.x, ==, 0);
  g_assert_cmpfloat (state.origin.x, >, words.origin.x + words.size.width);
  g_assert_cmpint ((int) (state.origin.x + state.size.width), ==, WIDE);
}

/* Without counts the state has the whole line. */
static void
test_alone (Fixture       *fixture,
            gconstpointer  data)
{
  give (fixture, WIDE);
  g_object_set (fixture->line, "words", NULL, "brief", NULL, NULL);
  cm_panel_test_settle ();
  g_assert_null (cm_panel_test_find (fixture->line, CM_TYPE_STEADY_LABEL, NULL));
  g_assert_cmpint (gtk_widget_get_width (get_state (fixture)), ==, WIDE);
}

/* What is too long even so is cut at its end, and the state is not gone. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  int least;

  g_object_set (fixture->line, "words", "User One as far as that name goes on", "brief",
                "User One as far as that name goes on", "halign", GTK_ALIGN_FILL, NULL);
  gtk_widget_measure (fixture->line, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <, 200);
  gtk_window_set_default_size (fixture->window, 200, 100);
  cm_panel_test_settle ();
  g_assert_cmpint (gtk_widget_get_width (fixture->line), <=, 200);
  g_assert_true (shows (fixture, "User One as far as that name goes on"));
  g_assert_cmpint (gtk_widget_get_width (get_state (fixture)), >=, get_text_width (get_state (fixture), "In a c"));
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  add ("/state-line/room", test_room);
  add ("/state-line/state", test_state);
  add ("/state-line/steady", test_steady);
  add ("/state-line/mirrored", test_mirrored);
  add ("/state-line/alone", test_alone);
  add ("/state-line/narrow", test_narrow);

  return g_test_run ();
}
