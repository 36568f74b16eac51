/* cm-watch-past.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-history.h"
#include "journal/cm-stage-times.h"
#include "journal/cm-timeline-set.h"
#include "model/cm-ended-list.h"
#include "watch/cm-viewer-list.h"

G_BEGIN_DECLS

/**
 * CmWatchPast:
 * @list: what is shown; borrowed
 * @history: (nullable): what was, where it is kept
 * @ended: what has ended by the moment that is shown
 * @times: likewise
 * @cursor: (nullable): where in the history the list is
 * @time: the moment that it is at, ms UTC
 * @leads: the history is all there is, and nobody notes anything
 * @then: (nullable): what the timeline of @then_id was at @then_time
 *
 * A watch's memory.
 */
typedef struct
{
  CmViewerList       *list;
  CmTimelineSet      *timelines;
  CmEndedList        *ended;
  CmStageTimes       *times;
  CmHistory          *history;
  CmHistoryCursor    *cursor;
  gint64              time;
  gboolean            leads;
  CmTimeline         *then;
  char               *then_id;
  gint64              then_time;
} CmWatchPast;

void   cm_watch_past_init      (CmWatchPast        *self,
                                CmViewerList       *list);
void   cm_watch_past_clear     (CmWatchPast        *self);
void   cm_watch_past_keep      (CmWatchPast        *self,
                                CmHistory          *history,
                                CmTimelineSet      *timelines,
                                CmStageTimes       *times);
void   cm_watch_past_note      (CmWatchPast        *self,
                                gint64              at,
                                const char         *id,
                                const CmDocument   *before,
                                const CmDocument   *after);
void   cm_watch_past_place     (CmWatchPast        *self,
                                gint64              time);
void   cm_watch_past_lead      (CmWatchPast        *self,
                                gint64              time);
void   cm_watch_past_go_to     (CmWatchPast        *self,
                                gint64              time);
void   cm_watch_past_leave     (CmWatchPast        *self);
void   cm_watch_past_forget    (CmWatchPast        *self);
CmTimeline *
       cm_watch_past_get_timeline (CmWatchPast     *self,
                                const char         *id);
gint64 cm_watch_past_get_start (const CmWatchPast  *self);
gint64 cm_watch_past_get_end   (const CmWatchPast  *self,
                                gint64              now);

G_END_DECLS
