/* cm-timeline-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/timeline/cm-timeline-view.h"

#include <glib/gi18n.h>

#include "panel/timeline/cm-timeline-private.h"

#define MIN_WIDTH 160

enum
{
  PROP_0,
  PROP_TIMELINE,
  PROP_NOW,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmTimelineView, cm_timeline_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
changed_cb (CmTimelineView *self)
{
  cm_timeline_update_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_timeline (CmTimelineView *self,
              CmTimeline     *timeline)
{
  if (self->timeline == timeline)
    return;

  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, changed_cb, self);

  g_set_object (&self->timeline, timeline);
  self->fits = self->follows = TRUE;
  self->lane = 0;
  self->segment = -1;
  if (timeline != NULL)
    g_signal_connect_object (timeline, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMELINE]);
}

static void
set_now (CmTimelineView *self,
         gint64          now)
{
  gboolean first = self->now == CM_TIME_NONE;

  if (self->now == now)
    return;

  self->now = now;
  if (first)
    cm_timeline_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

static void
cm_timeline_view_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_TIMELINE:
      g_value_set_object (value, self->timeline);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_timeline_view_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TIMELINE:
      set_timeline (CM_TIMELINE_VIEW (object), g_value_get_object (value));
      break;
    case PROP_NOW:
      set_now (CM_TIMELINE_VIEW (object), g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_timeline_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  guint n = self->timeline != NULL ? cm_timeline_get_n_lanes (self->timeline) : 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH;
  else
    *minimum = *natural = (int) (n + 1) * cm_timeline_get_lane_height (self);
}

static void
cm_timeline_view_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  GtkAllocation nothing = { 0, 0, 0, 0 };

  for (guint i = 0; i < CM_N_TIMELINE_COLORS; i++)
    {
      gtk_widget_measure (self->swatches[i], GTK_ORIENTATION_HORIZONTAL, -1, &nothing.width, NULL, NULL, NULL);
      gtk_widget_measure (self->swatches[i], GTK_ORIENTATION_VERTICAL, -1, &nothing.height, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->swatches[i], &nothing, -1);
    }
}

static void
cm_timeline_view_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  cm_timeline_draw (CM_TIMELINE_VIEW (widget), snapshot);
}

static gboolean
cm_timeline_view_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  const CmTimelineSegment *segment = NULL;
  g_autofree char *text = NULL;
  guint lane = 0;

  if (keyboard && self->segment >= 0)
    text = cm_timeline_dup_description (self);
  else if (!keyboard)
    segment = cm_timeline_pick (self, x, y, &lane);

  if (segment != NULL)
    text = cm_timeline_dup_segment (self, cm_timeline_get_lane (self->timeline, lane), segment);
  if (text != NULL)
    gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
forget_layouts (CmTimelineView *self)
{
  g_hash_table_remove_all (self->layouts);
  self->lane_height = 0;
}

static void
cm_timeline_view_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  int before = self->lane_height;

  GTK_WIDGET_CLASS (cm_timeline_view_parent_class)->css_changed (widget, change);

  forget_layouts (self);
  if (before > 0 && cm_timeline_get_lane_height (self) != before)
    gtk_widget_queue_resize (widget);
  gtk_widget_queue_draw (widget);
}

static void
cm_timeline_view_map (GtkWidget *widget)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  GTK_WIDGET_CLASS (cm_timeline_view_parent_class)->map (widget);

  if (viewport == NULL)
    return;

  g_set_object (&self->scrolled, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)));
  g_signal_connect_object (self->scrolled, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

static void
cm_timeline_view_unmap (GtkWidget *widget)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (widget);

  if (self->scrolled != NULL)
    g_signal_handlers_disconnect_by_func (self->scrolled, gtk_widget_queue_draw, self);
  g_clear_object (&self->scrolled);

  GTK_WIDGET_CLASS (cm_timeline_view_parent_class)->unmap (widget);
}

static void
cm_timeline_view_dispose (GObject *object)
{
  CmTimelineView *self = CM_TIMELINE_VIEW (object);

  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, changed_cb, self);
  g_clear_object (&self->timeline);
  g_clear_object (&self->conversations);
  g_clear_object (&self->scrolled);
  g_clear_pointer (&self->layouts, g_hash_table_unref);
  for (guint i = 0; i < CM_N_TIMELINE_COLORS; i++)
    g_clear_pointer (&self->swatches[i], gtk_widget_unparent);

  G_OBJECT_CLASS (cm_timeline_view_parent_class)->dispose (object);
}

static void
cm_timeline_view_class_init (CmTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_timeline_view_get_property;
  object_class->set_property = cm_timeline_view_set_property;
  object_class->dispose = cm_timeline_view_dispose;
  widget_class->measure = cm_timeline_view_measure;
  widget_class->size_allocate = cm_timeline_view_size_allocate;
  widget_class->snapshot = cm_timeline_view_snapshot;
  widget_class->query_tooltip = cm_timeline_view_query_tooltip;
  widget_class->css_changed = cm_timeline_view_css_changed;
  widget_class->map = cm_timeline_view_map;
  widget_class->unmap = cm_timeline_view_unmap;

  properties[PROP_TIMELINE] = g_param_spec_object ("timeline", NULL, NULL, CM_TYPE_TIMELINE, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  cm_timeline_install_input (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cm_timeline_view_init (CmTimelineView *self)
{
  static const char * const classes[CM_N_TIMELINE_COLORS] = {
    [CM_TIMELINE_LIVE] = "live",
    [CM_TIMELINE_ESCALATING] = "escalating",
    [CM_TIMELINE_HOLD] = "hold",
    [CM_TIMELINE_LEFT] = "left",
    [CM_TIMELINE_FAILED] = "failed",
    [CM_TIMELINE_IDLE] = "idle",
    [CM_TIMELINE_COLOR_ON_MARK] = "on-mark",
    [CM_TIMELINE_COLOR_SECOND] = "second",
    [CM_TIMELINE_COLOR_LINE] = "line",
  };

  self->now = CM_TIME_NONE;
  self->scale = 1000;
  self->fits = self->follows = TRUE;
  self->segment = -1;
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < CM_N_TIMELINE_COLORS; i++)
    {
      self->swatches[i] = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->swatches[i], classes[i]);
      gtk_widget_set_parent (self->swatches[i], GTK_WIDGET (self));
    }

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"),
                                  -1);
  cm_timeline_add_controllers (self);
}

GtkWidget *
cm_timeline_view_new (void)
{
  return g_object_new (CM_TYPE_TIMELINE_VIEW, NULL);
}

/**
 * cm_timeline_view_set_span:
 * @self: a view that has a size
 * @from: what to show, ms UTC
 * @to: likewise
 */
void
cm_timeline_view_set_span (CmTimelineView *self,
                           gint64          from,
                           gint64          to)
{
  g_return_if_fail (CM_IS_TIMELINE_VIEW (self) && from < to);

  self->fits = self->follows = FALSE;
  self->left = (double) from;
  self->scale = (double) (to - from) / cm_timeline_get_plot_width (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
committed_cb (CmTimelineView *self)
{
  gboolean hidden = self->conversations != NULL &&
                    cm_conversation_list_get_disguise (self->conversations) != NULL;

  if (self->hidden == hidden)
    return;

  self->hidden = hidden;
  cm_timeline_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @conversations: (nullable): whose names these are; they may be hidden */
void
cm_timeline_view_set_conversations (CmTimelineView     *self,
                                    CmConversationList *conversations)
{
  g_return_if_fail (CM_IS_TIMELINE_VIEW (self));

  if (self->conversations == conversations)
    return;

  if (self->conversations != NULL)
    g_signal_handlers_disconnect_by_func (self->conversations, committed_cb, self);
  g_set_object (&self->conversations, conversations);
  if (conversations != NULL)
    g_signal_connect_object (conversations, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_SWAPPED);
  committed_cb (self);
}
