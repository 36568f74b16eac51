/* cm-timeline-set.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-timeline.h"

G_BEGIN_DECLS

/* The timelines of all conversations of a tracker, by id, and what they were. */
typedef struct _CmTimelineSet CmTimelineSet;

CmTimelineSet *cm_timeline_set_new    (void);
CmTimelineSet *cm_timeline_set_ref    (CmTimelineSet    *self);
void           cm_timeline_set_unref  (CmTimelineSet    *self);
void           cm_timeline_set_take   (CmTimelineSet    *self,
                                       gint64            at,
                                       const char       *id,
                                       const CmDocument *document);
CmTimeline    *cm_timeline_set_lookup (CmTimelineSet    *self,
                                       const char       *id);
gboolean       cm_timeline_set_show   (CmTimelineSet    *self,
                                       const char       *id,
                                       gint64            time,
                                       CmTimeline       *timeline);
void           cm_timeline_set_forget (CmTimelineSet    *self,
                                       gint64            before);
void           cm_timeline_set_clear  (CmTimelineSet    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmTimelineSet, cm_timeline_set_unref)

G_END_DECLS
