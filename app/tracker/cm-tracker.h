/* cm-tracker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "core/cm-event.h"
#include "core/cm-pack.h"
#include "model/cm-document.h"
#include "tracker/cm-attention.h"

G_BEGIN_DECLS

#define CM_TYPE_TRACKER (cm_tracker_get_type ())

G_DECLARE_FINAL_TYPE (CmTracker, cm_tracker, CM, TRACKER, GObject)

/* How long and how many ended conversations are kept, where nothing else is
 * said: a shift, and what a busy desk has in one. */
#define CM_TRACKER_HISTORY_MS (12 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define CM_TRACKER_MAX_ENDED 10000

/**
 * CmTrackerCounters:
 * @events: taken in, counted or not below
 * @duplicates: ignored, because (source, seq) was there already
 * @gaps: holes in a source's numbers
 * @late: events that filled one
 * @unknown_events: ignored, because the tracker does not know the event
 * @unknown_properties: ignored likewise
 * @unknown_values: kept under the name that the source gave
 * @unexpected: applied, though nobody would expect it there
 * @clamped: times that went backwards within their source
 * @dropped: ignored, because a limit is reached
 *
 * What has come in, and what was odd about it.
 */
typedef struct
{
  guint64 events;
  guint64 duplicates;
  guint64 gaps;
  guint64 late;
  guint64 unknown_events;
  guint64 unknown_properties;
  guint64 unknown_values;
  guint64 unexpected;
  guint64 clamped;
  guint64 dropped;
} CmTrackerCounters;

/**
 * CmTrackerChangeFunc:
 * @id: the conversation's id
 * @before: (nullable): as it was published, %NULL for a new one
 * @after: (nullable): as it is now, %NULL for one that is no more
 * @user_data: what cm_tracker_flush() was given
 */
typedef void (*CmTrackerChangeFunc) (const char       *id,
                                     const CmDocument *before,
                                     const CmDocument *after,
                                     gpointer          user_data);

CmTracker               *cm_tracker_new               (void);
void                     cm_tracker_set_history       (CmTracker           *self,
                                                       gint64               duration,
                                                       guint                max_ended);
void                     cm_tracker_set_rule          (CmTracker           *self,
                                                       CmRule               rule,
                                                       const CmRuleThresholds *thresholds);
void                     cm_tracker_handle            (CmTracker           *self,
                                                       const CmEvent       *event);
void                     cm_tracker_advance           (CmTracker           *self,
                                                       gint64               now);
gint64                   cm_tracker_get_due            (CmTracker           *self);
void                     cm_tracker_listen_from        (CmTracker           *self,
                                                       gint64               time);
gboolean                 cm_tracker_is_heartbeat       (CmTracker           *self,
                                                       const CmEvent       *event);
gint64                   cm_tracker_get_silent_since   (CmTracker           *self,
                                                       CmText               id);
GPtrArray               *cm_tracker_dup_silences       (CmTracker           *self);
gboolean                 cm_tracker_look              (CmTracker           *self);
gboolean                 cm_tracker_flush             (CmTracker           *self,
                                                       CmTrackerChangeFunc  func,
                                                       gpointer             user_data);
GPtrArray               *cm_tracker_dup_documents     (CmTracker           *self);
CmDocument              *cm_tracker_dup_document      (CmTracker           *self,
                                                       const char          *id);
gint64                   cm_tracker_get_now           (CmTracker           *self);
guint                    cm_tracker_get_n_sources     (CmTracker           *self);
guint                    cm_tracker_get_n_conversations
                                                      (CmTracker           *self);
gboolean                 cm_tracker_get_seq           (CmTracker           *self,
                                                       const char          *source,
                                                       gint64              *seq,
                                                       gint64              *last);
void                     cm_tracker_forget_before     (CmTracker           *self,
                                                       gint64               time);
gboolean                 cm_tracker_has_conversation  (CmTracker           *self,
                                                       const char          *id);
gboolean                 cm_tracker_has_source        (CmTracker           *self,
                                                       const char          *id);
void                     cm_tracker_foreach           (CmTracker           *self,
                                                       GFunc                func,
                                                       gpointer             user_data);
void                     cm_tracker_write             (CmTracker           *self,
                                                       CmPackWriter        *pack);
gboolean                 cm_tracker_read              (CmTracker           *self,
                                                       CmPackReader        *pack);
const CmTrackerCounters *cm_tracker_get_counters      (CmTracker           *self);

G_END_DECLS
