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
    cm_viewer_list_update (&priv->viewer, document);
  else
    cm_document_free (document);
}

/**
 * cm_watch_show_silent:
 * @self: a watch
 * @sources: (transfer full) (element-type CmSilence): all that do not answer now, with
 *   a call or without
 *
 * Told of by the next cm_watch_commit(). Of the past only what the calls say is known.
 */
void
cm_watch_show_silent (CmWatch   *self,
                      GPtrArray *sources)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  g_ptr_array_unref (priv->silent);
  priv->silent = sources;
  if (priv->past.cursor == NULL)
    cm_conversation_list_set_silent (priv->viewer.list, sources);
}

void
cm_watch_hide (CmWatch    *self,
               const char *id)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->past.cursor == NULL)
    cm_viewer_list_remove (&priv->viewer, id);
}

void
cm_watch_commit (CmWatch *self)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->past.cursor == NULL)
    cm_conversation_list_commit (priv->viewer.list);
}

/* Returns: the moment of the past that is shown, ms UTC, or %CM_TIME_NONE */
gint64
cm_watch_get_moment (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_TIME_NONE);

  return cm_watch_get_private (self)->moment;
}

/**
 * cm_watch_set_moment:
 * @self: a watch that keeps a history
 * @moment: what to show, ms UTC; %CM_TIME_NONE to return to what is now
 *
 * Takes the whole list to a moment of the past. What goes on meanwhile is kept.
 */
void
cm_watch_set_moment (CmWatch *self,
                     gint64   moment)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);
  g_autoptr(GPtrArray) none = cm_silences_new ();
  gint64 start;

  g_return_if_fail (CM_IS_WATCH (self));

  start = cm_watch_past_get_start (&priv->past);
  if (start == CM_TIME_NONE || priv->moment == moment || priv->past.leads)
    return;

  if (moment != CM_TIME_NONE)
    moment = CLAMP (moment, start, cm_watch_past_get_end (&priv->past, priv->now));

  g_object_freeze_notify (G_OBJECT (self));
  if ((priv->moment == CM_TIME_NONE) != (moment == CM_TIME_NONE))
    {
      g_object_notify (G_OBJECT (self), "past");
      g_object_notify (G_OBJECT (self), "status");
    }
  if (priv->moment == CM_TIME_NONE)
    cm_watch_past_place (&priv->past, G_MAXINT64);
  priv->moment = moment;
  cm_viewer_list_set_now (&priv->viewer, cm_watch_get_now (self));
  cm_conversation_list_set_silent (priv->viewer.list, moment == CM_TIME_NONE ? priv->silent : none);
  cm_watch_past_go_to (&priv->past, moment != CM_TIME_NONE ? moment : G_MAXINT64);
  g_object_notify (G_OBJECT (self), "moment");
  g_object_notify (G_OBJECT (self), "now");
  g_object_thaw_notify (G_OBJECT (self));

  if (moment == CM_TIME_NONE)
    cm_watch_past_leave (&priv->past);
}
