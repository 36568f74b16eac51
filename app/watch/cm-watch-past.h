/* cm-watch-past.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-history.h"
#include "journal/cm-stage-times.h"
#include "journal/cm-timeline-set.h"
#include "model/cm-conversation-list.h"

G_BEGIN_DECLS

/* More ended calls are not listed. */
#define CM_WATCH_PAST_MAX_ENDED 10000

/**
 * CmWatchPast:
 * @list: what is shown; borrowed
 * @history: (nullable): what was, where it is kept
 * @ended: of #CmConversation: what has ended, the last one first
 * @cursor: (nullable): where in the history the list is
 *
 * A watch's memory.
 */
typedef struct
{
  CmConversationList *list;
  CmTimelineSet      *timelines;
  GListStore         *ended;
  CmStageTimes       *times;
  CmHistory          *history;
  CmHistoryCursor    *cursor;
} CmWatchPast;

void   cm_watch_past_init      (CmWatchPast        *self,
                                CmConversationList *list);
void   cm_watch_past_clear     (CmWatchPast        *self);
void   cm_watch_past_keep      (CmWatchPast        *self,
                                CmHistory          *history,
                                CmTimelineSet      *timelines);
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
gint64 cm_watch_past_get_start (const CmWatchPast  *self);
gint64 cm_watch_past_get_end   (const CmWatchPast  *self,
                                gint64              now);

G_END_DECLS
