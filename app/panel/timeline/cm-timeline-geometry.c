/* cm-timeline-geometry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/timeline/cm-timeline-private.h"

/* The names take this share of the width, within these bounds. */
#define NAMES_SHARE 0.28
#define MIN_NAMES 72
#define MAX_NAMES 132

/* Around a text, px. */
#define LANE_PAD 6
#define TICK_PAD 14

/* ms a pixel: a second is 100 pixels, or a day some hundred. */
#define MIN_SCALE 10.0
#define MAX_SCALE 1000000.0

/* A call that has just begun does not fill the width. */
#define MIN_SPAN 30000.0

static const gint64 steps[] = {
  1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000, 1800000, 3600000,
  7200000, 10800000, 21600000, 43200000, 86400000,
};

/* By the text: who has it larger is not to have it cut, or one time over another. */
static void
measure_text (CmTimelineView *self)
{
  int width, height;

  if (self->lane_height > 0)
    return;

  pango_layout_get_pixel_size (cm_timeline_get_layout (self, "00:00:00"), &width, &height);
  self->lane_height = MAX (CM_TIMELINE_LANE_HEIGHT, height + LANE_PAD);
  self->tick_space = width + TICK_PAD;
}

int
cm_timeline_get_lane_height (CmTimelineView *self)
{
  measure_text (self);

  return self->lane_height;
}

int
cm_timeline_get_tick_space (CmTimelineView *self)
{
  measure_text (self);

  return self->tick_space;
}

int
cm_timeline_get_names_width (CmTimelineView *self)
{
  double size = (double) cm_timeline_get_lane_height (self) / CM_TIMELINE_LANE_HEIGHT;

  return CLAMP ((int) (gtk_widget_get_width (GTK_WIDGET (self)) * NAMES_SHARE), MIN_NAMES,
                (int) (MAX_NAMES * size));
}

int
cm_timeline_get_plot_width (CmTimelineView *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - cm_timeline_get_names_width (self), 1);
}

/* Returns: where a time is drawn; where text runs from right to left, time does so */
double
cm_timeline_get_x (CmTimelineView *self,
                   gint64          time)
{
  double x = cm_timeline_get_names_width (self) + ((double) time - self->left) / self->scale;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return gtk_widget_get_width (GTK_WIDGET (self)) - x;

  return x;
}

gint64
cm_timeline_get_time (CmTimelineView *self,
                      double          x)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x;

  return (gint64) (self->left + (x - cm_timeline_get_names_width (self)) * self->scale);
}

/* Returns: until when there is something, ms UTC */
gint64
cm_timeline_get_end (CmTimelineView *self)
{
  gint64 ended = cm_timeline_get_ended (self->timeline);

  if (ended != CM_TIME_NONE && (self->now == CM_TIME_NONE || ended < self->now))
    return ended;

  return self->now;
}

/* Brings the edges to where they have to be. */
void
cm_timeline_settle (CmTimelineView *self)
{
  double width = cm_timeline_get_plot_width (self);
  double start, end;

  if (self->timeline == NULL || self->now == CM_TIME_NONE)
    return;

  start = (double) cm_timeline_get_start (self->timeline);
  end = (double) cm_timeline_get_end (self);
  if (self->fits)
    {
      self->left = start;
      self->scale = CLAMP (MAX (end - start, MIN_SPAN) / width, MIN_SCALE, MAX_SCALE);
    }
  else if (self->follows)
    {
      self->left = MAX (end - width * self->scale, start);
    }
}

void
cm_timeline_zoom (CmTimelineView *self,
                  double          factor,
                  gint64          around)
{
  double scale = CLAMP (self->scale * factor, MIN_SCALE, MAX_SCALE);

  self->left = (double) around - ((double) around - self->left) * scale / self->scale;
  self->scale = scale;
  self->fits = FALSE;
  self->follows = FALSE;
  cm_timeline_pan (self, 0);
}

/* Moves on by @ms, as far as there is something; at the end, it follows. */
void
cm_timeline_pan (CmTimelineView *self,
                 double          ms)
{
  double span = cm_timeline_get_plot_width (self) * self->scale;
  double start = (double) cm_timeline_get_start (self->timeline);
  double last = MAX ((double) cm_timeline_get_end (self) - span, start);

  self->fits = FALSE;
  self->left = CLAMP (self->left + ms, start, last);
  self->follows = self->left >= last;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Returns: how far apart the times of the axis are, ms, so that each has @pixels */
gint64
cm_timeline_get_step (double scale,
                      int    pixels)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if ((double) steps[i] / scale >= pixels)
        return steps[i];
    }

  return steps[G_N_ELEMENTS (steps) - 1] * MAX (1, (gint64) (pixels * scale / 86400000.0));
}

/* Returns: (nullable): what is drawn at a place */
const CmTimelineSegment *
cm_timeline_pick (CmTimelineView *self,
                  double          x,
                  double          y,
                  guint          *lane)
{
  const CmTimelineLane *found;
  gint64 time = cm_timeline_get_time (self, x);
  guint i;

  *lane = (guint) MAX (y, 0) / (guint) cm_timeline_get_lane_height (self);
  if (self->timeline == NULL || *lane >= cm_timeline_get_n_lanes (self->timeline))
    return NULL;

  found = cm_timeline_get_lane (self->timeline, *lane);
  i = cm_timeline_lane_find (found, time);
  if (i < found->segments->len && time <= self->now)
    {
      const CmTimelineSegment *segment = &g_array_index (found->segments, CmTimelineSegment, i);

      return segment->start <= time ? segment : NULL;
    }

  return NULL;
}
