/* cm-timeline-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/timeline/cm-timeline-private.h"

#define ZOOM 1.5

/* A key or a notch of the wheel moves by this share of what is seen. */
#define PAN_SHARE 0.15

static gboolean
is_empty (CmTimelineView *self)
{
  return self->timeline == NULL || self->now == CM_TIME_NONE;
}

static double
get_span (CmTimelineView *self)
{
  return cm_timeline_get_plot_width (self) * self->scale;
}

static void
zoom (CmTimelineView *self,
      double          factor,
      gint64          around)
{
  if (!is_empty (self))
    cm_timeline_zoom (self, factor, around);
}

static void
zoom_in_activated (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);

  zoom (self, 1 / ZOOM, (gint64) (self->left + get_span (self) / 2));
}

static void
zoom_out_activated (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);

  zoom (self, ZOOM, (gint64) (self->left + get_span (self) / 2));
}

static void
fit_activated (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);

  self->fits = self->follows = TRUE;
  gtk_widget_queue_draw (widget);
}

/* Brings the segment that the keys are at into view. */
static void
reveal (CmTimelineView *self)
{
  const CmTimelineLane *lane = cm_timeline_get_lane (self->timeline, self->lane);
  double start = (double) g_array_index (lane->segments, CmTimelineSegment, self->segment).start;

  if (start < self->left || start > self->left + get_span (self))
    cm_timeline_pan (self, start - self->left - get_span (self) * PAN_SHARE);
}

static void
select_segment (CmTimelineView *self,
                int             by)
{
  const CmTimelineLane *lane = cm_timeline_get_lane (self->timeline, self->lane);
  int last = (int) cm_timeline_lane_find (lane, self->now);

  last = MIN (last, (int) lane->segments->len - 1);
  self->segment = self->segment < 0 ? last : CLAMP (self->segment + by, 0, last);
  if (self->segment >= 0)
    reveal (self);
}

static void
select_lane (CmTimelineView *self,
             int             by)
{
  int n = (int) cm_timeline_get_n_lanes (self->timeline);

  self->lane = (guint) CLAMP ((int) self->lane + by, 0, n - 1);
  self->segment = -1;
  select_segment (self, 0);
}

/* Up, Down, and along time: what the arrows do. */
static gboolean
move_activated (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   user_data)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  int lanes, segments;

  g_variant_get (arguments, "(ii)", &lanes, &segments);
  if (is_empty (self))
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    segments = -segments;

  if (lanes != 0)
    select_lane (self, lanes);
  else
    select_segment (self, segments);

  cm_timeline_update_description (self);
  gtk_widget_queue_draw (widget);

  return TRUE;
}

static gboolean
pan_activated (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  int by;

  g_variant_get (arguments, "(i)", &by);
  if (is_empty (self))
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && ABS (by) == 1)
    by = -by;

  cm_timeline_pan (self, by * get_span (self) * PAN_SHARE);

  return TRUE;
}

static gboolean
scroll_cb (CmTimelineView           *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  double x = 0, y = 0, shadow_x, shadow_y;

  if (is_empty (self))
    return GDK_EVENT_PROPAGATE;

  if ((state & GDK_CONTROL_MASK) != 0)
    {
      gdk_event_get_position (event, &x, &y);
      /* Events know nothing of the shadow around the window. */
      gtk_native_get_surface_transform (gtk_widget_get_native (GTK_WIDGET (self)), &shadow_x, &shadow_y);
      x -= shadow_x;
      y -= shadow_y;
      gtk_widget_translate_coordinates (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                                        GTK_WIDGET (self), x, y, &x, &y);
      zoom (self, dy > 0 ? ZOOM : 1 / ZOOM, cm_timeline_get_time (self, x));
      return GDK_EVENT_STOP;
    }

  if ((state & GDK_SHIFT_MASK) != 0 && G_APPROX_VALUE (dx, 0, 1e-6))
    dx = dy;
  if (G_APPROX_VALUE (dx, 0, 1e-6))
    return GDK_EVENT_PROPAGATE;

  cm_timeline_pan (self, dx * get_span (self) * PAN_SHARE);

  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (CmTimelineView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_left = self->left;
}

static void
drag_update_cb (CmTimelineView *self,
                double          dx)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (!is_empty (self))
    cm_timeline_pan (self, self->drag_left - (rtl ? -dx : dx) * self->scale - self->left);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int   lanes;
    int   segments;
  } arrows[] = {
    { GDK_KEY_Up, -1, 0 }, { GDK_KEY_Down, 1, 0 }, { GDK_KEY_Left, 0, -1 }, { GDK_KEY_Right, 0, 1 },
  };
  static const guint in[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, move_activated, "(ii)",
                                  arrows[i].lanes, arrows[i].segments);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_SHIFT_MASK, pan_activated, "(i)", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_SHIFT_MASK, pan_activated, "(i)", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, pan_activated, "(i)", -1000000);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, pan_activated, "(i)", 1000000);

  for (guint i = 0; i < G_N_ELEMENTS (in); i++)
    gtk_widget_class_add_binding_action (widget_class, in[i], 0, "timeline.zoom-in", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (out); i++)
    gtk_widget_class_add_binding_action (widget_class, out[i], 0, "timeline.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, 0, "timeline.fit", NULL);
}

/* Installs the actions and keys of the class. */
void
cm_timeline_install_input (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.zoom-in", NULL, zoom_in_activated);
  gtk_widget_class_install_action (widget_class, "timeline.zoom-out", NULL, zoom_out_activated);
  gtk_widget_class_install_action (widget_class, "timeline.fit", NULL, fit_activated);
  add_keys (widget_class);
}

/* Adds what the pointer does. */
void
cm_timeline_add_controllers (CmTimelineView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
