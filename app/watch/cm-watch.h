/* cm-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "journal/cm-history.h"
#include "journal/cm-stage-times.h"
#include "journal/cm-timeline-set.h"
#include "model/cm-command.h"
#include "model/cm-conversation-list.h"
#include "tracker/cm-attention.h"

G_BEGIN_DECLS

/**
 * CmWatchStatus:
 * @CM_WATCH_CONNECTING: nothing has come yet
 * @CM_WATCH_LIVE: what is shown is so
 * @CM_WATCH_LOST: it was so; the tracker does not answer
 * @CM_WATCH_PAUSED: a recording stands still, or has come to its end
 */
typedef enum
{
  CM_WATCH_CONNECTING,
  CM_WATCH_LIVE,
  CM_WATCH_LOST,
  CM_WATCH_PAUSED,
} CmWatchStatus;

#define CM_TYPE_WATCH (cm_watch_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmWatch, cm_watch, CM, WATCH, GObject)

/**
 * CmWatchClass:
 * @get_actions: (nullable): what the source of a leg takes as commands, now or at
 *   another time
 * @why_not: a translated sentence why this cannot be done now, or %NULL where it can
 * @command_async: (nullable): asks the source; answers with a #GTask of a gboolean.
 *   Without it all is refused with the words of @why_not
 * @reconnect: (nullable): tries at once; %NULL where the tracker is in this process
 * @set_rule: (nullable): tells the tracker, where no other viewer has it
 *
 * A subscription: the conversations that a tracker knows, kept up to date, and
 * the way back for commands. The panel sees nothing else of the machinery.
 */
struct _CmWatchClass
{
  GObjectClass parent_class;

  CmActions (* get_actions)   (CmWatch              *self,
                               const char           *leg);
  char     *(* why_not)       (CmWatch              *self,
                               const CmCommand      *command);
  void      (* command_async) (CmWatch              *self,
                               const CmCommand      *command,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
  void      (* reconnect)     (CmWatch              *self);
  void      (* set_rule)      (CmWatch              *self,
                               CmRule                rule,
                               const CmRuleThresholds *thresholds);
};

/* Properties: "status" (CmWatchStatus), "now" (gint64, the tracker's time in ms
 * UTC, notified at most four times a second), "n-sources" (guint), "unsaved" (gboolean:
 * the tracker cannot put on disk what comes), "delay" (gint64, ms
 * from the tracker's word to its being shown) and "skew" (gint64, ms: how far the
 * tracker's clock is ahead of this computer's), both CM_TIME_NONE where they are not
 * known or mean nothing, and notified at most once a second, "error" (utf8: why there
 * is no connection to the tracker, or NULL), "moment" (gint64: the moment of the past
 * that is shown, ms UTC, or CM_TIME_NONE), "past" (gboolean: whether one is), "history-start", "history-end" (gint64, ms UTC: the moments that
 * can be shown, or CM_TIME_NONE).
 *
 * While a moment of the past is shown, "now" is that moment and "status" is paused. */
CmConversationList *cm_watch_get_conversations (CmWatch              *self);
CmWatchStatus       cm_watch_get_status        (CmWatch              *self);
gint64              cm_watch_get_now           (CmWatch              *self);
guint               cm_watch_get_n_sources     (CmWatch              *self);
gboolean            cm_watch_get_unsaved       (CmWatch              *self);
gint64              cm_watch_get_delay         (CmWatch              *self);
gint64              cm_watch_get_skew          (CmWatch              *self);
CmActions           cm_watch_get_actions       (CmWatch              *self,
                                                const char           *leg);
char               *cm_watch_why_not           (CmWatch              *self,
                                                const CmCommand      *command);
void                cm_watch_command_async     (CmWatch              *self,
                                                const CmCommand      *command,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean            cm_watch_command_finish    (CmWatch              *self,
                                                GAsyncResult         *result,
                                                GError              **error);

void                cm_watch_set_rule          (CmWatch              *self,
                                                CmRule                rule,
                                                const CmRuleThresholds *thresholds);
const CmRuleThresholds *cm_watch_get_rule      (CmWatch              *self,
                                                CmRule                rule);
void                cm_watch_snooze            (CmWatch              *self,
                                                const char           *id,
                                                CmRule                rule,
                                                gint64                until);
gint64              cm_watch_get_snoozed       (CmWatch              *self,
                                                const char           *id,
                                                CmRule                rule);

const char         *cm_watch_get_error         (CmWatch              *self);
gboolean            cm_watch_has_link          (CmWatch              *self);
void                cm_watch_reconnect         (CmWatch              *self);

CmTimeline         *cm_watch_get_timeline      (CmWatch              *self,
                                                const char           *id);
GListModel         *cm_watch_get_ended         (CmWatch              *self);
CmStageTimes       *cm_watch_get_stage_times   (CmWatch              *self);
CmHistory          *cm_watch_dup_history       (CmWatch              *self);
gint64              cm_watch_get_moment        (CmWatch              *self);
void                cm_watch_set_moment        (CmWatch              *self,
                                                gint64                moment);

/* For subclasses. What is known is told by cm_watch_note(), each change once and in
 * order, and what the list is to show by the next three; they do nothing while a
 * moment of the past is shown. */
void                cm_watch_keep_history      (CmWatch              *self,
                                                CmHistory            *history,
                                                CmTimelineSet        *timelines,
                                                CmStageTimes         *times);
void                cm_watch_note              (CmWatch              *self,
                                                gint64                at,
                                                const char           *id,
                                                const CmDocument     *before,
                                                const CmDocument     *after);
void                cm_watch_forget            (CmWatch              *self);
void                cm_watch_show              (CmWatch              *self,
                                                CmDocument           *document);
void                cm_watch_show_silent       (CmWatch              *self,
                                                GPtrArray            *sources);
void                cm_watch_hide              (CmWatch              *self,
                                                const char           *id);
void                cm_watch_commit            (CmWatch              *self);
void                cm_watch_go_to             (CmWatch              *self,
                                                gint64                time);
void                cm_watch_set_status        (CmWatch              *self,
                                                CmWatchStatus         status);
void                cm_watch_set_error         (CmWatch              *self,
                                                const char           *error);
void                cm_watch_set_now           (CmWatch              *self,
                                                gint64                now);
void                cm_watch_set_clock         (CmWatch              *self,
                                                gint64                delay,
                                                gint64                skew);
void                cm_watch_set_n_sources     (CmWatch              *self,
                                                guint                 n_sources);
void                cm_watch_set_unsaved       (CmWatch              *self,
                                                gboolean              is_unsaved);

G_END_DECLS
