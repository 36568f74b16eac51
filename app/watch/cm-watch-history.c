/* cm-watch-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-private.h"

/* Returns: (nullable) (transfer none): what a conversation's people did when, up to the
 * moment that is shown */
CmTimeline *
cm_watch_get_timeline (CmWatch    *self,
                       const char *id)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  return cm_watch_past_get_timeline (&cm_watch_get_private (self)->past, id);
}

/* Returns: (transfer none): of #CmConversation, the one that ended last first; what has
 * ended by the moment that is shown */
GListModel *
cm_watch_get_ended (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  return G_LIST_MODEL (cm_watch_get_private (self)->past.ended);
}

/* Returns: (transfer none): what the steps of escalations have taken by the moment that is
 * shown */
CmStageTimes *
cm_watch_get_stage_times (CmWatch *self)
{
  return cm_watch_get_private (self)->past.times;
}

/**
 * cm_watch_dup_history:
 * @self: a watch
 *
 * Returns: (nullable) (transfer full): what was so far, for another thread too; %NULL
 *   where nothing is kept
 */
CmHistory *
cm_watch_dup_history (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  return cm_watch_get_private (self)->past.history != NULL
    ? cm_history_copy (cm_watch_get_private (self)->past.history)
    : NULL;
}

/**
 * cm_watch_keep_history:
 * @self: a watch
 * @history: (transfer full): what was so far
 * @timelines: (nullable) (transfer full): likewise
 * @times: (nullable) (transfer full): likewise
 */
void
cm_watch_keep_history (CmWatch       *self,
                       CmHistory     *history,
                       CmTimelineSet *timelines,
                       CmStageTimes  *times)
{
  cm_watch_past_keep (&cm_watch_get_private (self)->past, history, timelines, times);
}

void
cm_watch_note (CmWatch          *self,
               gint64            at,
               const char       *id,
               const CmDocument *before,
               const CmDocument *after)
{
  cm_watch_past_note (&cm_watch_get_private (self)->past, at, id, before, after);
}

/**
 * cm_watch_go_to:
 * @self: a watch that keeps a history
 * @time: ms UTC
 *
 * Shows what the history says was then, and nothing else from then on.
 */
void
cm_watch_go_to (CmWatch *self,
                gint64   time)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->past.cursor == NULL)
    cm_watch_past_lead (&priv->past, time);
  else
    cm_watch_past_go_to (&priv->past, time);
}

/* All of it is told anew. */
void
cm_watch_forget (CmWatch *self)
{
  cm_watch_past_forget (&cm_watch_get_private (self)->past);
}

/* @document: (transfer full) */
void
cm_watch_show (CmWatch    *self,
               CmDocument *document)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->past.cursor == NULL)
    cm_conversation_list_update (priv->conversations, document);
  else
    cm_document_free (document);
}

void
cm_watch_hide (CmWatch    *self,
               const char *id)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->past.cursor == NULL)
    cm_conversation_list_remove (priv->conversations, id);
}

void
cm_watch_commit (CmWatch *self)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->past.cursor == NULL)
    cm_conversation_list_commit (priv->conversations);
}
