/* cm-watch-past.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-past.h"

#include "core/cm-time.h"

typedef struct
{
  CmConversationList *list;
  GPtrArray          *gone;
} Move;

static void
ignore_document (const char       *id,
                 const CmDocument *document,
                 gpointer          user_data)
{
}

/* A row may go on under another id, so rows go when all others are told. */
static void
move_document (const char       *id,
               const CmDocument *document,
               gpointer          user_data)
{
  Move *move = user_data;

  if (document != NULL)
    cm_conversation_list_update (move->list, cm_document_copy (document));
  else
    g_ptr_array_add (move->gone, g_strdup (id));
}

static void
collect_id (const char       *id,
            const CmDocument *document,
            gpointer          user_data)
{
  g_hash_table_add (user_data, g_strdup (id));
}

static void
remove_ended (CmWatchPast *self,
              const char  *id)
{
  GListModel *ended = G_LIST_MODEL (self->ended);

  for (guint i = 0; i < g_list_model_get_n_items (ended); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (ended, i);

      if (g_str_equal (cm_conversation_get_id (conversation), id))
        {
          g_list_store_remove (self->ended, i);
          return;
        }
    }
}

/* What has begun anew has not ended. */
static void
note_ended (CmWatchPast      *self,
            const CmDocument *before,
            const CmDocument *after)
{
  gboolean was = before != NULL && before->ended != CM_TIME_NONE;
  gboolean is = after != NULL && after->ended != CM_TIME_NONE;
  g_autoptr(CmConversation) conversation = NULL;

  if (was && after != NULL)
    remove_ended (self, before->id);
  if (!is)
    return;

  conversation = cm_conversation_new (cm_document_copy (after));
  g_list_store_insert (self->ended, 0, conversation);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->ended)) > CM_WATCH_PAST_MAX_ENDED)
    g_list_store_remove (self->ended, CM_WATCH_PAST_MAX_ENDED);
}

void
cm_watch_past_init (CmWatchPast        *self,
                    CmConversationList *list)
{
  self->list = list;
  self->timelines = cm_timeline_set_new ();
  self->ended = g_list_store_new (CM_TYPE_CONVERSATION);
  self->times = cm_stage_times_new ();
}

void
cm_watch_past_clear (CmWatchPast *self)
{
  cm_watch_past_leave (self);
  g_clear_pointer (&self->history, cm_history_unref);
  g_clear_pointer (&self->timelines, cm_timeline_set_free);
  g_clear_object (&self->ended);
  g_clear_pointer (&self->times, cm_stage_times_free);
}

/**
 * cm_watch_past_keep:
 * @self: a memory
 * @history: (transfer full): what was so far
 * @timelines: (nullable) (transfer full): likewise
 *
 * Where the list is led by the history, @history has to be a later copy of that, and
 * leads from now on.
 */
void
cm_watch_past_keep (CmWatchPast   *self,
                    CmHistory     *history,
                    CmTimelineSet *timelines)
{
  if (self->cursor != NULL)
    cm_history_cursor_adopt (self->cursor, history);
  g_clear_pointer (&self->history, cm_history_unref);
  self->history = history;

  if (timelines != NULL)
    {
      cm_timeline_set_free (self->timelines);
      self->timelines = timelines;
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
  cm_stage_times_take (self->times, before, after);
  if (self->history != NULL)
    cm_history_add (self->history, at, id, before, after);
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
  Move move = { self->list, gone };

  cm_history_cursor_move (self->cursor, time, move_document, &move);
  for (guint i = 0; i < gone->len; i++)
    cm_conversation_list_remove (self->list, g_ptr_array_index (gone, i));
  cm_conversation_list_commit (self->list);
}

/* What the list shows and the history does not know, it got from somebody else. */
static void
drop_others (CmWatchPast *self,
             gint64       time)
{
  g_autoptr(CmHistoryCursor) cursor = cm_history_cursor_new (self->history);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *list = G_LIST_MODEL (self->list);

  cm_history_cursor_move (cursor, time, collect_id, known);
  for (guint i = g_list_model_get_n_items (list); i-- > 0;)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);

      if (!g_hash_table_contains (known, cm_conversation_get_id (conversation)))
        cm_conversation_list_remove (self->list, cm_conversation_get_id (conversation));
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
  self->cursor = cm_history_cursor_new (self->history);
  cm_watch_past_go_to (self, time);
  drop_others (self, time);
  cm_conversation_list_commit (self->list);
}

/* The list follows somebody else from now on. */
void
cm_watch_past_leave (CmWatchPast *self)
{
  g_clear_pointer (&self->cursor, cm_history_cursor_free);
}

/* All of it is told anew. */
void
cm_watch_past_forget (CmWatchPast *self)
{
  cm_timeline_set_clear (self->timelines);
  g_list_store_remove_all (self->ended);
  cm_stage_times_free (self->times);
  self->times = cm_stage_times_new ();
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
