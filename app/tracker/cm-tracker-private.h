/* cm-tracker-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked-source.h"
#include "tracker/cm-tracker.h"

G_BEGIN_DECLS

/* What a hostile or broken source can make the tracker hold. */
#define CM_TRACKER_MAX_SOURCES 100000
#define CM_TRACKER_MAX_LEGS 1000000
#define CM_TRACKER_MAX_MEMBERS 10000
#define CM_TRACKER_MAX_ENDED_LEGS 64
#define CM_TRACKER_MAX_CONTACTS 100000

/**
 * CmTracker:
 * @reader: for what stands as JSON within an event
 * @dirty: (element-type CmTrackedConversation): to be looked at
 * @untold: (element-type CmTrackedConversation): looked at, and to be told by the next
 *   flush
 * @gone: (element-type CmDocument): published and no more
 * @deadlines: of CmDeadline, the earliest in front
 * @alarms: of CmAlarm, the earliest in front
 * @silent: (element-type CmTrackedSource): a set of those that do not answer, borrowed
 * @rules: the thresholds of the attention rules
 * @rules_age: how often they have been set
 * @ended: of CmTrackedConversation, the first to end in front
 * @now: the latest time that was seen, ms UTC
 * @listens_from: promises count from then on, ms UTC
 * @stamp: counts the events, so that of two reports the later can be told
 */
struct _CmTracker
{
  GObject            parent_instance;

  GHashTable        *sources;
  GHashTable        *conversations;
  CmContactBook     *book;
  CmJsonReader      *reader;
  GPtrArray         *dirty;
  GPtrArray         *untold;
  GPtrArray         *gone;
  GSequence         *deadlines;
  GSequence         *alarms;
  GHashTable        *silent;
  GQueue             ended;
  CmRuleThresholds   rules[CM_N_RULES];
  guint              rules_age;
  gint64             history;
  guint              max_ended;
  guint              n_legs;
  gint64             now;
  gint64             listens_from;
  guint64            stamp;
  gboolean           publishes;
  CmTrackerCounters  counters;
};

typedef struct
{
  gint64                 time;
  CmTrackedConversation *conversation;
} CmDeadline;

/* The reason that an event gives, or 0. */
static inline guint32
cm_event_get_status (const CmEvent *event)
{
  return event->status_code.type == CM_VALUE_INTEGER ? (guint32) event->status_code.integer : 0;
}

void          cm_tracker_mark_dirty    (CmTracker             *self,
                                        CmTrackedConversation *conversation);
CmTrackedLeg *cm_tracker_get_leg       (CmTracker       *self,
                                        CmTrackedSource *source,
                                        CmText           conversation,
                                        gint64           at);
CmTrackedLeg *cm_tracker_renew_leg     (CmTracker       *self,
                                        CmTrackedLeg    *leg,
                                        gint64           at);
void          cm_tracker_settle_leg    (CmTracker       *self,
                                        CmTrackedLeg    *leg,
                                        gint64           at);
void          cm_tracker_queue_change  (CmTracker       *self,
                                        CmTrackedLeg    *leg);
void          cm_tracker_prune         (CmTracker       *self);
void          cm_tracker_queue_source  (CmTracker       *self,
                                        CmTrackedSource *source);
void          cm_tracker_promise       (CmTracker       *self,
                                        CmTrackedSource *source,
                                        gint64           heartbeat);
void          cm_tracker_hear          (CmTracker       *self,
                                        CmTrackedSource *source);
void          cm_tracker_listen        (CmTracker       *self);
void          cm_tracker_set_alarm     (CmTracker       *self,
                                        CmTrackedSource *source);
CmTrackedConversation *
              cm_tracker_get_conversation (CmTracker    *self,
                                        const char      *id,
                                        gint64           started);
gint64        cm_tracker_get_alarm     (CmTracker       *self);
void          cm_tracker_set_silent    (CmTracker       *self,
                                        CmTrackedSource *source,
                                        gint64           since);
void          cm_tracker_free_conversation
                                       (CmTracker             *self,
                                        CmTrackedConversation *conversation);
void          cm_tracker_handle_leg    (CmTracker       *self,
                                        CmTrackedLeg    *leg,
                                        const CmEvent   *event,
                                        gint64           at);
void          cm_tracker_handle_member (CmTracker       *self,
                                        CmTrackedLeg    *leg,
                                        const CmEvent   *event,
                                        gint64           at);

G_END_DECLS
