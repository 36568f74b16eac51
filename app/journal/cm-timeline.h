/* cm-timeline.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "model/cm-document.h"

G_BEGIN_DECLS

#define CM_TYPE_TIMELINE (cm_timeline_get_type ())

G_DECLARE_FINAL_TYPE (CmTimeline, cm_timeline, CM, TIMELINE, GObject)

/* More is not kept: of the segments the oldest go, of the lanes the last do not
 * come. Both are counted. */
#define CM_TIMELINE_MAX_LANES 1000
#define CM_TIMELINE_MAX_SEGMENTS 20000

/* The colours, by the names that they have in style.css. */
typedef enum
{
  CM_TIMELINE_LIVE,
  CM_TIMELINE_ESCALATING,
  CM_TIMELINE_HOLD,
  CM_TIMELINE_LEFT,
  CM_TIMELINE_FAILED,
  CM_TIMELINE_IDLE,
  CM_N_TIMELINE_LOOKS,
} CmTimelineLook;

/**
 * CmTimelineSegment:
 * @start: ms UTC
 * @end: ms UTC, or %CM_TIME_NONE while it lasts
 * @state: interned: a name of the wire, see cm_timeline_dup_state()
 */
typedef struct
{
  gint64          start;
  gint64          end;
  const char     *state;
  CmTimelineLook  look;
} CmTimelineSegment;

/**
 * CmTimelineLane:
 * @address: (nullable): whose lane it is; %NULL for the one of the escalation
 * @name: (nullable): what the person is called, where that was told
 * @since: when the person was first told of, ms UTC
 * @segments: (element-type CmTimelineSegment): in order, none over another
 */
typedef struct
{
  char   *address;
  char   *name;
  gint64  since;
  GArray *segments;
} CmTimelineLane;

/* What the people of one conversation did when, from its documents as they came.
 *
 * Signal "changed": after each document that said something new. */
CmTimeline           *cm_timeline_new           (void);
void                  cm_timeline_take          (CmTimeline              *self,
                                                 gint64                   at,
                                                 const CmDocument        *document);
void                  cm_timeline_absorb        (CmTimeline              *self,
                                                 CmTimeline              *other);
void                  cm_timeline_show          (CmTimeline              *self,
                                                 CmTimeline              *other,
                                                 gint64                   until);
guint                 cm_timeline_get_n_lanes   (CmTimeline              *self);
const CmTimelineLane *cm_timeline_get_lane      (CmTimeline              *self,
                                                 guint                    i);
gint64                cm_timeline_get_start     (CmTimeline              *self);
gint64                cm_timeline_get_ended     (CmTimeline              *self);
guint                 cm_timeline_get_n_segments (CmTimeline             *self);
guint                 cm_timeline_get_n_dropped (CmTimeline              *self);
guint                 cm_timeline_lane_find     (const CmTimelineLane    *self,
                                                 gint64                   time);
char                 *cm_timeline_lane_dup_name (const CmTimelineLane    *self);
char                 *cm_timeline_segment_dup_label
                                                (const CmTimelineLane    *lane,
                                                 const CmTimelineSegment *segment);

G_END_DECLS
