/* cm-watch-past.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-past.h"

#include "core/cm-time.h"

typedef struct
{
  CmWatchPast *past;
  GPtrArray   *gone;
} Move;

static void
ignore_document (const char       *id,
                 const CmDocument *document,
                 gpointer          user_data)
{
}

/* Where there is nobody who notes what ends, the history says it. */
static void
move_ended (CmWatchPast      *self,
            const char       *id,
            const CmDocument *document)
{
  if (document != NULL && document->ended != CM_TIME_NONE)
    cm_ended_list_put (self->ended, document);
  else
    cm_ended_list_remove (self->ended, id);
}

/* A row may go on under another id, so rows go when all others are told. */
static void
move_document (const char       *id,
               const CmDocument *document,
               gpointer          user_data)
{
  Move *move = user_data;

  if (document != NULL)
    cm_viewer_list_update (move->past->list, cm_document_copy (document));
  else
    g_ptr_array_add (move->gone, g_strdup (id));
  if (move->past->leads)
    move_ended (move->past, id, document);
}

static const CmDocument *
look_up_ended (const char *id,
               gpointer    user_data)
{
  CmWatchPast *self = user_data;

  return self->cursor != NULL ? cm_history_cursor_lookup (self->cursor, id) : NULL;
}

/* What has begun anew has not ended; what is forgotten has, as far as anybody knows. */
static void
note_ended (CmWatchPast      *self,
            const CmDocument *before,
            const CmDocument *after)
{
  if (after != NULL && after->ended != CM_TIME_NONE)
    cm_ended_list_put (self->ended, after);
  else if (before != NULL && after != NULL && before->ended != CM_TIME_NONE)
    cm_ended_list_remove (self->ended, before->id);
}

void
cm_watch_past_init (CmWatchPast  *self,
                    CmViewerList *list)
{
  self->list = list;
  self->timelines = cm_timeline_set_new ();
  self->ended = cm_ended_list_new ();
  self->times = cm_stage_times_new ();
}

void
cm_watch_past_clear (CmWatchPast *self)
{
  cm_watch_past_leave (self);
  g_clear_pointer (&self->history, cm_history_unref);
  g_clear_pointer (&self->timelines, cm_timeline_set_unref);
  g_clear_object (&self->ended);
  g_clear_pointer (&self->times, cm_stage_times_free);
  g_clear_object (&self->then);
  g_clear_pointer (&self->then_id, g_free);
}

/**
 * cm_watch_past_keep:
 * @self: a memory
 * @history: (transfer full): what was so far
 * @timelines: (nullable) (transfer full): likewise
 * @times: (nullable) (transfer full): likewise
 *
 * Where the list is led by the history, @history has to be a later copy of that, and
 * leads from now on.
 */
void
cm_watch_past_keep (CmWatchPast   *self,
                    CmHistory     *history,
                    CmTimelineSet *timelines,
                    CmStageTimes  *times)
{
  if (self->cursor != NULL)
    cm_history_cursor_adopt (self->cursor, history);
  g_clear_pointer (&self->history, cm_history_unref);
  self->history = history;

  if (timelines != NULL)
    {
      cm_timeline_set_unref (self->timelines);
      self->timelines = timelines;
    }
  if (times != NULL)
    {
      cm_stage_times_free (self->times);
      self->times = times;
    }
}

void
cm_watch_past_note (CmWatchPast      *self,
                    gint64            at,
                    const char       *id,
                    const CmDocument *before,
                    const CmDocument *after)
{
  cm_timeline_set_take (self->timelines, at, id, after);
  note_ended (self, before, after);
  cm_stage_times_take (self->times, at, before, after);
  if (self->history != NULL)
    cm_history_add (self->history, at, id, before, after);
  cm_timeline_set_forget (self->timelines, self->history != NULL ? cm_history_get_start (self->history) : at);
}

/**
 * cm_watch_past_place:
 * @self: a memory with a history
 * @time: ms UTC
 *
 * From now on the list is led by the history. What was at @time it already shows.
 */
void
cm_watch_past_place (CmWatchPast *self,
                     gint64       time)
{
  cm_watch_past_leave (self);
  self->cursor = cm_history_cursor_new (self->history);
  cm_history_cursor_move (self->cursor, time, ignore_document, NULL);
}

/**
 * cm_watch_past_go_to:
 * @self: a memory with a history that leads
 * @time: ms UTC
 *
 * Makes the list show what was at @time.
 */
void
cm_watch_past_go_to (CmWatchPast *self,
                     gint64       time)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  Move move = { self, gone };

  self->time = time;
  cm_stage_times_set_moment (self->times, time);
  cm_ended_list_set_moment (self->ended, self->leads ? G_MAXINT64 : time);
  cm_ended_list_begin (self->ended);
  cm_history_cursor_move (self->cursor, time, move_document, &move);
  for (guint i = 0; i < gone->len; i++)
    cm_viewer_list_remove (self->list, g_ptr_array_index (gone, i));
  cm_ended_list_commit (self->ended);
  cm_conversation_list_commit (self->list->list);
}

/* What the list shows and the history does not know, it got from somebody else. */
static void
drop_others (CmWatchPast *self)
{
  GListModel *list = G_LIST_MODEL (self->list->list);

  for (guint i = g_list_model_get_n_items (list); i-- > 0;)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);

      if (!cm_history_cursor_has (self->cursor, cm_conversation_get_id (conversation)))
        cm_viewer_list_remove (self->list, cm_conversation_get_id (conversation));
    }
}

/**
 * cm_watch_past_lead:
 * @self: a memory with a history
 * @time: ms UTC
 *
 * From now on the list is led by the history, whatever it shows now.
 */
void
cm_watch_past_lead (CmWatchPast *self,
                    gint64       time)
{
  cm_watch_past_leave (self);
  cm_ended_list_clear (self->ended);
  cm_ended_list_set_lookup (self->ended, look_up_ended, self);
  self->leads = TRUE;
  self->cursor = cm_history_cursor_new (self->history);
  cm_watch_past_go_to (self, time);
  drop_others (self);
  cm_conversation_list_commit (self->list->list);
}

/* The list follows somebody else from now on. */
void
cm_watch_past_leave (CmWatchPast *self)
{
  g_clear_pointer (&self->cursor, cm_history_cursor_free);
  cm_stage_times_set_moment (self->times, G_MAXINT64);
  cm_ended_list_set_moment (self->ended, G_MAXINT64);
}

/* All of it is told anew. */
void
cm_watch_past_forget (CmWatchPast *self)
{
  cm_timeline_set_clear (self->timelines);
  cm_ended_list_clear (self->ended);
  cm_stage_times_free (self->times);
  self->times = cm_stage_times_new ();
}

/* Returns: whether the timeline of then could be made */
static gboolean
update_then (CmWatchPast *self,
             const char  *id)
{
  if (self->then == NULL || g_strcmp0 (self->then_id, id) != 0)
    {
      g_clear_object (&self->then);
      g_free (self->then_id);
      self->then = cm_timeline_new ();
      self->then_id = g_strdup (id);
    }
  else if (self->then_time == self->time)
    return TRUE;

  self->then_time = self->time;
  if (cm_timeline_set_show (self->timelines, id, self->time, self->then))
    return TRUE;

  g_clear_object (&self->then);

  return FALSE;
}

/* Returns: (nullable) (transfer none): a conversation's timeline at the moment that is
 * shown; of an earlier moment it is good until that or the conversation changes */
CmTimeline *
cm_watch_past_get_timeline (CmWatchPast *self,
                            const char  *id)
{
  if (self->cursor == NULL)
    return cm_timeline_set_lookup (self->timelines, id);

  return update_then (self, id) ? self->then : NULL;
}

gint64
cm_watch_past_get_start (const CmWatchPast *self)
{
  return self->history != NULL ? cm_history_get_start (self->history) : CM_TIME_NONE;
}

/* Nothing has changed since the last change, but time has gone on. */
gint64
cm_watch_past_get_end (const CmWatchPast *self,
                       gint64             now)
{
  if (cm_watch_past_get_start (self) == CM_TIME_NONE)
    return CM_TIME_NONE;

  return MAX (cm_history_get_end (self->history), now);
}
