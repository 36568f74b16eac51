/* cm-timeline-past.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-timeline-private.h"

/* Puts in front of a lane what another one has from before. */
static void
absorb_lane (CmTimeline           *self,
             CmTimelineLane       *lane,
             const CmTimelineLane *other)
{
  gint64 limit = lane->segments->len > 0 ? g_array_index (lane->segments, CmTimelineSegment, 0).start : G_MAXINT64;
  g_autoptr(GArray) before = g_array_new (FALSE, FALSE, sizeof (CmTimelineSegment));

  for (guint i = 0; i < other->segments->len; i++)
    {
      CmTimelineSegment segment = g_array_index (other->segments, CmTimelineSegment, i);

      if (segment.start >= limit)
        break;
      if (limit != G_MAXINT64 && (segment.end == CM_TIME_NONE || segment.end > limit))
        segment.end = limit;
      g_array_append_val (before, segment);
    }

  g_array_prepend_vals (lane->segments, before->data, before->len);
  self->n_segments += before->len;
  while (self->n_segments > CM_TIMELINE_MAX_SEGMENTS)
    cm_timeline_make_room (self);
}

/**
 * cm_timeline_absorb:
 * @self: a conversation's timeline
 * @other: that of one that was found to be the same
 *
 * What people did in the other one before they did anything in this one is kept.
 */
void
cm_timeline_absorb (CmTimeline *self,
                    CmTimeline *other)
{
  g_return_if_fail (CM_IS_TIMELINE (self) && CM_IS_TIMELINE (other) && self != other);

  for (guint i = 0; i < other->lanes->len; i++)
    {
      const CmTimelineLane *from = g_ptr_array_index (other->lanes, i);
      CmTimelineLane *lane = i == 0 ? g_ptr_array_index (self->lanes, 0)
                                    : cm_timeline_ensure_lane (self, from->address, from->since);

      if (lane == NULL)
        continue;
      if (lane->name == NULL)
        lane->name = g_strdup (from->name);
      absorb_lane (self, lane, from);
    }

  if (other->start != CM_TIME_NONE)
    self->start = self->start != CM_TIME_NONE ? MIN (self->start, other->start) : other->start;
  g_clear_pointer (&self->taken, cm_document_free);
  cm_timeline_emit_changed (self);
}

static void
clear (CmTimeline *self)
{
  CmTimelineLane *escalation = g_ptr_array_index (self->lanes, 0);

  g_hash_table_remove_all (self->persons);
  g_ptr_array_remove_range (self->lanes, 1, self->lanes->len - 1);
  g_array_set_size (escalation->segments, 0);
  self->n_segments = 0;
  g_clear_pointer (&self->taken, cm_document_free);
}

/* What was not yet over by then still lasts. */
static void
show_lane (CmTimeline           *self,
           CmTimelineLane       *lane,
           const CmTimelineLane *other,
           gint64                until)
{
  const CmTimelineSegment *segments = (const CmTimelineSegment *) other->segments->data;
  CmTimelineSegment *last;
  guint n = cm_timeline_lane_find (other, until);

  while (n < other->segments->len && segments[n].start <= until)
    n++;

  g_free (lane->name);
  lane->name = g_strdup (other->name);
  g_array_append_vals (lane->segments, segments, n);
  self->n_segments += n;
  if (n == 0)
    return;

  last = &g_array_index (lane->segments, CmTimelineSegment, n - 1);
  if (last->end > until)
    last->end = CM_TIME_NONE;
}

/**
 * cm_timeline_show:
 * @self: a timeline
 * @other: another one
 * @until: a moment, ms UTC
 *
 * Makes it what the other one was at that moment.
 */
void
cm_timeline_show (CmTimeline *self,
                  CmTimeline *other,
                  gint64      until)
{
  g_return_if_fail (CM_IS_TIMELINE (self) && CM_IS_TIMELINE (other) && self != other);

  clear (self);
  self->start = other->start;
  self->ended = other->ended <= until ? other->ended : CM_TIME_NONE;
  self->n_dropped = other->n_dropped;

  for (guint i = 0; i < other->lanes->len; i++)
    {
      const CmTimelineLane *lane = g_ptr_array_index (other->lanes, i);

      if (lane->since <= until)
        show_lane (self, i == 0 ? g_ptr_array_index (self->lanes, 0)
                                : cm_timeline_ensure_lane (self, lane->address, lane->since),
                   lane, until);
    }

  cm_timeline_emit_changed (self);
}
