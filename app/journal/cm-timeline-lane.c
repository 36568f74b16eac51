/* cm-timeline-lane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-timeline.h"

/**
 * cm_timeline_lane_find:
 * @self: a lane
 * @time: ms UTC
 *
 * Returns: the first segment that has not ended before @time; how many there are,
 *   where there is none
 */
guint
cm_timeline_lane_find (const CmTimelineLane *self,
                       gint64                time)
{
  guint low = 0, high = self->segments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const CmTimelineSegment *segment = &g_array_index (self->segments, CmTimelineSegment, middle);

      if (segment->end != CM_TIME_NONE && segment->end < time)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}
