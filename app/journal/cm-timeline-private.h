/* cm-timeline-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-timeline.h"

G_BEGIN_DECLS

struct _CmTimeline
{
  GObject parent_instance;

  GPtrArray  *lanes;   /* CmTimelineLane; the first one is the escalation's */
  GHashTable *persons; /* address → CmTimelineLane */
  CmDocument *taken;   /* what all lanes are up to, or NULL */
  gint64      start;
  gint64      ended;
  guint       n_segments;
  guint       n_dropped;
};

CmTimelineLane *cm_timeline_ensure_lane  (CmTimeline *self,
                                          const char *address,
                                          gint64      since);
void            cm_timeline_make_room    (CmTimeline *self);
void            cm_timeline_emit_changed (CmTimeline *self);

G_END_DECLS
