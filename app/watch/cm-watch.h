/* cm-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-conversation-list.h"

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
 * @why_not_rejoin: (nullable): a translated sentence why the leg cannot be
 *   rejoined, or %NULL where it can
 *
 * A subscription: the conversations that a tracker knows, kept up to date, and
 * the way back for commands. The panel sees nothing else of the machinery.
 */
struct _CmWatchClass
{
  GObjectClass parent_class;

  char    *(* why_not_rejoin) (CmWatch              *self,
                               const char           *leg);
  void     (* rejoin_async)   (CmWatch              *self,
                               const char           *leg,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
  gboolean (* rejoin_finish)  (CmWatch              *self,
                               GAsyncResult         *result,
                               GError              **error);
};

/* Properties: "status" (CmWatchStatus), "now" (gint64, the tracker's time in ms
 * UTC, notified at most four times a second), "n-sources" (guint). */
CmConversationList *cm_watch_get_conversations (CmWatch              *self);
CmWatchStatus       cm_watch_get_status        (CmWatch              *self);
gint64              cm_watch_get_now           (CmWatch              *self);
guint               cm_watch_get_n_sources     (CmWatch              *self);
char               *cm_watch_why_not_rejoin    (CmWatch              *self,
                                                const char           *leg);
void                cm_watch_rejoin_async      (CmWatch              *self,
                                                const char           *leg,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean            cm_watch_rejoin_finish     (CmWatch              *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/* For subclasses. */
void                cm_watch_set_status        (CmWatch              *self,
                                                CmWatchStatus         status);
void                cm_watch_set_now           (CmWatch              *self,
                                                gint64                now);
void                cm_watch_set_n_sources     (CmWatch              *self,
                                                guint                 n_sources);

G_END_DECLS
