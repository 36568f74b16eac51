/* test-timeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>
#include <locale.h>

#include "panel/timeline/cm-timeline-private.h"

#define START G_GINT64_CONSTANT (1320829200000)

/* 100 people, of whom each is put on hold and back 50 times: 10,000 segments. */
#define N_PEOPLE 100
#define N_CHANGES 100
#define STEP 60000

/* What a frame may cost, ms, and how often it is measured. */
#define MAX_FRAME 2.0
#define N_FRAMES 31

static void
set_string (char       **member,
            const char  *text)
{
  g_clear_pointer (member, g_ref_string_release);
  *member = g_ref_string_new (text);
}

static CmTimeline *
create_timeline (guint n_people,
                 guint n_changes)
{
  g_autoptr (CmDocument) document = cm_document_new ("a#1");
  CmTimeline *timeline = cm_timeline_new ();

  document->started = START;
  for (guint i = 0; i < n_changes; i++)
    {
      for (guint j = 0; j < n_people; j++)
        {
          g_autofree char *address = g_strdup_printf ("sip:person%u@contoso.com", j);
          g_autofree char *name = g_strdup_printf ("Person %u", j);
          CmPerson *person = cm_document_add_person (document, address);

          set_string (&person->name, name);
          set_string (&person->state, i % 2 == 0 ? "Connected" : "OnHold");
        }
      cm_timeline_take (timeline, START + i * STEP, document);
    }

  return timeline;
}

static GtkWidget *
show_view (CmTimeline *timeline,
           gint64      now)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = cm_timeline_view_new ();

  g_object_set (view, "timeline", timeline, "now", now, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 500);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (view) || gtk_widget_get_width (view) == 0)
    g_main_context_iteration (NULL, TRUE);

  return view;
}

static void
close_view (GtkWidget *view)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (view)));
}

static void
test_description (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (2, 2);
  GtkWidget *view = show_view (timeline, START + 2 * STEP);

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Timeline");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Person 0: On hold since 09:01:00, 60.0\302\240s. "
                                       "Person 1: On hold since 09:01:00, 60.0\302\240s");
  close_view (view);
}

static void
test_zoom (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (2, 4);
  GtkWidget *view = show_view (timeline, START + 10 * STEP);

  for (guint i = 0; i < 20; i++)
    g_assert_true (gtk_widget_activate_action (view, "timeline.zoom-in", NULL));
  for (guint i = 0; i < 40; i++)
    g_assert_true (gtk_widget_activate_action (view, "timeline.zoom-out", NULL));
  g_assert_true (gtk_widget_activate_action (view, "timeline.fit", NULL));
  g_object_set (view, "timeline", NULL, NULL);
  g_assert_true (gtk_widget_activate_action (view, "timeline.zoom-in", NULL));
  close_view (view);
}

/* Sends a key's binding as its class has it. */
static gboolean
press (GtkWidget       *view,
       guint            key,
       GdkModifierType  state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == state)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, view,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }

  return FALSE;
}

/* The keys go from segment to segment and lane to lane, and say where they are. */
static void
test_keys (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (2, 3);
  GtkWidget *view = show_view (timeline, START + 5 * STEP);

  g_assert_true (press (view, GDK_KEY_Down, 0));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Person 0: Connected since 09:02:00, 180.0\302\240s");
  g_assert_true (press (view, GDK_KEY_Left, 0));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Person 0: On hold from 09:01:00 to 09:02:00, 60.0\302\240s");
  g_assert_true (press (view, GDK_KEY_Down, 0));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Person 1: Connected since 09:02:00, 180.0\302\240s");
  close_view (view);
}

/* Time runs as the text does, and a place shows its segment. */
static void
test_direction (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (1, 2);
  GtkWidget *view = show_view (timeline, START + 2 * STEP);
  CmTimelineView *self = CM_TIMELINE_VIEW (view);
  double first, second;
  guint lane;

  cm_timeline_view_set_span (self, START, START + 2 * STEP);
  first = cm_timeline_get_x (self, START + STEP / 2);
  second = cm_timeline_get_x (self, START + STEP + STEP / 2);
  g_assert_cmpfloat (first, <, second);
  g_assert_cmpstr (cm_timeline_pick (self, first, cm_timeline_get_lane_height (self) * 1.5, &lane)->state, ==, "Connected");
  g_assert_cmpstr (cm_timeline_pick (self, second, cm_timeline_get_lane_height (self) * 1.5, &lane)->state, ==, "OnHold");
  g_assert_cmpuint (lane, ==, 1);
  g_assert_null (cm_timeline_pick (self, first, cm_timeline_get_lane_height (self) * 9, &lane));

  gtk_widget_set_direction (view, GTK_TEXT_DIR_RTL);
  g_assert_cmpfloat (cm_timeline_get_x (self, START + STEP / 2), >,
                     cm_timeline_get_x (self, START + STEP + STEP / 2));
  g_assert_cmpint (ABS (cm_timeline_get_time (self, cm_timeline_get_x (self, START + STEP)) - START - STEP),
                   <, 1000);
  close_view (view);
}

/* While the end is in view it follows what goes on; panned away it stays. */
static void
test_live_edge (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (1, 40);
  GtkWidget *view = show_view (timeline, START + 40 * STEP);
  CmTimelineView *self = CM_TIMELINE_VIEW (view);
  double left;

  for (guint i = 0; i < 8; i++)
    gtk_widget_activate_action (view, "timeline.zoom-in", NULL);
  cm_timeline_pan (self, 1e12);
  g_assert_true (self->follows);
  left = self->left;
  g_object_set (view, "now", START + 41 * STEP, NULL);
  cm_timeline_settle (self);
  g_assert_cmpfloat_with_epsilon (self->left - left, STEP, 1.0);

  cm_timeline_pan (self, -10.0 * STEP);
  g_assert_false (self->follows);
  left = self->left;
  g_object_set (view, "now", START + 42 * STEP, NULL);
  cm_timeline_settle (self);
  g_assert_cmpfloat_with_epsilon (self->left, left, 0.5);

  /* It never goes beyond what there is. */
  cm_timeline_pan (self, -1e12);
  g_assert_cmpfloat_with_epsilon (self->left, (double) START, 1.0);
  close_view (view);
}

/* Zooming keeps the moment under the pointer where it is. */
static void
test_zoom_around (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (1, 40);
  GtkWidget *view = show_view (timeline, START + 40 * STEP);
  CmTimelineView *self = CM_TIMELINE_VIEW (view);
  double before = cm_timeline_get_x (self, START + 20 * STEP);
  double scale;

  cm_timeline_settle (self);
  before = cm_timeline_get_x (self, START + 20 * STEP);
  scale = self->scale;
  cm_timeline_zoom (self, 0.5, START + 20 * STEP);
  g_assert_cmpfloat_with_epsilon (self->scale, scale / 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (cm_timeline_get_x (self, START + 20 * STEP), before, 1.0);
  close_view (view);
}

static GtkEventController *
find_controller (GtkWidget *view,
                 GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }

  return NULL;
}

/* The wheel goes along time where it is turned sideways; up and down it is left to who
 * scrolls the lanes. */
static void
test_wheel (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (1, 40);
  GtkWidget *view = show_view (timeline, START + 40 * STEP);
  CmTimelineView *self = CM_TIMELINE_VIEW (view);
  GtkEventController *wheel = find_controller (view, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  gboolean taken = FALSE;
  double left;

  cm_timeline_zoom (self, 0.25, START + 20 * STEP);
  cm_timeline_settle (self);
  left = self->left;
  g_signal_emit_by_name (wheel, "scroll", -1.0, 0.0, &taken);
  g_assert_true (taken);
  g_assert_cmpfloat (self->left, <, left);

  left = self->left;
  g_signal_emit_by_name (wheel, "scroll", 0.0, 1.0, &taken);
  g_assert_false (taken);
  g_assert_cmpfloat_with_epsilon (self->left, left, 1e-6);
  close_view (view);
}

static gboolean
has_tooltip (GtkWidget *view,
             double     x,
             double     y)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_signal_emit_by_name (view, "query-tooltip", (int) x, (int) y, FALSE, tooltip, &shown);

  return shown;
}

/* Over a segment there are words about it; where nothing is, there are none. */
static void
test_hover (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (1, 2);
  GtkWidget *view = show_view (timeline, START + 2 * STEP);
  CmTimelineView *self = CM_TIMELINE_VIEW (view);
  const CmTimelineSegment *segment;
  g_autofree char *words = NULL;
  double x;
  guint lane;

  cm_timeline_view_set_span (self, START, START + 2 * STEP);
  x = cm_timeline_get_x (self, START + STEP / 2);
  segment = cm_timeline_pick (self, x, cm_timeline_get_lane_height (self) * 1.5, &lane);
  words = cm_timeline_dup_segment (self, cm_timeline_get_lane (timeline, lane), segment);
  g_assert_cmpstr (words, ==, "Person 0: Connected from 09:00:00 to 09:01:00, 60.0\302\240s");
  g_assert_true (has_tooltip (view, x, cm_timeline_get_lane_height (self) * 1.5));
  g_assert_false (has_tooltip (view, x, cm_timeline_get_lane_height (self) * 9));
  close_view (view);
}

static int
get_height (GtkWidget *view)
{
  int height;

  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);

  return height;
}

/* Text of twice the size has twice the room: in its lane, and beside the next time. */
static void
test_large_text (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (2, 2);
  GtkWidget *view = show_view (timeline, START + 2 * STEP);
  CmTimelineView *self = CM_TIMELINE_VIEW (view);
  GtkSettings *settings = gtk_settings_get_default ();
  int before = get_height (view), space = cm_timeline_get_tick_space (self);
  int dpi, width, height;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  while (get_height (view) == before)
    g_main_context_iteration (NULL, TRUE);

  pango_layout_get_pixel_size (cm_timeline_get_layout (self, "09:00:00"), &width, &height);
  g_assert_cmpint (cm_timeline_get_lane_height (self), >, height);
  g_assert_cmpint (cm_timeline_get_tick_space (self), >, width);
  g_assert_cmpint (cm_timeline_get_tick_space (self), >, space);
  g_assert_cmpint (get_height (view), ==,
                   (int) (cm_timeline_get_n_lanes (timeline) + 1) * cm_timeline_get_lane_height (self));

  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  while (get_height (view) != before)
    g_main_context_iteration (NULL, TRUE);
  close_view (view);
}

static guint
count_texts (GskRenderNode *node)
{
  guint n = 0;

  if (gsk_render_node_get_node_type (node) == GSK_TEXT_NODE)
    return 1;
  if (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
    return count_texts (gsk_transform_node_get_child (node));
  if (gsk_render_node_get_node_type (node) == GSK_CLIP_NODE)
    return count_texts (gsk_clip_node_get_child (node));
  if (gsk_render_node_get_node_type (node) != GSK_CONTAINER_NODE)
    return 0;

  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    n += count_texts (gsk_container_node_get_child (node, i));

  return n;
}

static guint
count_drawn (guint  n_people,
             gint64 from,
             gint64 to)
{
  g_autoptr (CmTimeline) timeline = create_timeline (n_people, 40);
  GtkWidget *view = show_view (timeline, START + 40 * STEP);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  guint n;

  cm_timeline_view_set_span (CM_TIMELINE_VIEW (view), from, to);
  GTK_WIDGET_GET_CLASS (view)->snapshot (view, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  n = count_texts (node);
  gsk_render_node_unref (node);
  close_view (view);

  return n;
}

/* Returns: how many texts a person's lane has; the times above are in both */
static guint
count_in_lane (gint64 from,
               gint64 to)
{
  return (count_drawn (5, from, to) - count_drawn (1, from, to)) / 4;
}

/* A state's word stands only where it has room; the name always does. */
static void
test_labels (void)
{
  g_assert_cmpuint (count_in_lane (START + 5 * STEP, START + 9 * STEP), >=, 1 + 4);
  g_assert_cmpuint (count_in_lane (START, START + 40 * STEP), <=, 1 + 1);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* As much as a window shows of it is painted. */
static double
measure_frame (GtkWidget   *view,
               GskRenderer *renderer)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t seen = GRAPHENE_RECT_INIT (0, 0, 1000, 500);
  GskRenderNode *node;
  gint64 begin = g_get_monotonic_time ();

  GTK_WIDGET_GET_CLASS (view)->snapshot (view, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_object_unref (gsk_renderer_render_texture (renderer, node, &seen));
  gsk_render_node_unref (node);

  return (double) (g_get_monotonic_time () - begin) / 1000.0;
}

/* 10,000 segments, 5 % of them in view. */
static void
test_frame (void)
{
  g_autoptr (CmTimeline) timeline = create_timeline (N_PEOPLE, N_CHANGES);
  GtkWidget *view = show_view (timeline, START + N_CHANGES * STEP);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (view));
  double times[N_FRAMES];

  g_assert_cmpuint (cm_timeline_get_n_segments (timeline), ==, N_PEOPLE * N_CHANGES);
  cm_timeline_view_set_span (CM_TIMELINE_VIEW (view), START + 40 * STEP, START + 65 * STEP);
  measure_frame (view, renderer);
  for (guint i = 0; i < N_FRAMES; i++)
    times[i] = measure_frame (view, renderer);

  qsort (times, N_FRAMES, sizeof (double), compare_doubles);
  g_test_message ("%.2f ms a frame (median), %.2f the worst", times[N_FRAMES / 2], times[N_FRAMES - 1]);
  if (g_test_perf ())
    g_assert_cmpfloat (times[N_FRAMES / 2], <=, MAX_FRAME);

  close_view (view);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/description", test_description);
  g_test_add_func ("/timeline/zoom", test_zoom);
  g_test_add_func ("/timeline/zoom-around", test_zoom_around);
  g_test_add_func ("/timeline/keys", test_keys);
  g_test_add_func ("/timeline/direction", test_direction);
  g_test_add_func ("/timeline/live-edge", test_live_edge);
  g_test_add_func ("/timeline/wheel", test_wheel);
  g_test_add_func ("/timeline/hover", test_hover);
  g_test_add_func ("/timeline/large-text", test_large_text);
  g_test_add_func ("/timeline/labels", test_labels);
  g_test_add_func ("/timeline/frame", test_frame);

  return g_test_run ();
}
