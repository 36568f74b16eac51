/* cm-tracker-publish.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "tracker/cm-text-hash.h"

G_DEFINE_FINAL_TYPE (CmTracker, cm_tracker, G_TYPE_OBJECT)

static void
cm_tracker_finalize (GObject *object)
{
  CmTracker *self = CM_TRACKER (object);
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      g_hash_table_iter_steal (&iter);
      cm_tracker_free_conversation (self, conversation);
    }

  g_hash_table_unref (self->conversations);
  g_hash_table_unref (self->sources);
  g_ptr_array_unref (self->dirty);
  g_ptr_array_unref (self->gone);
  cm_contact_book_free (self->book);

  G_OBJECT_CLASS (cm_tracker_parent_class)->finalize (object);
}

static void
cm_tracker_class_init (CmTrackerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_tracker_finalize;
}

static void
cm_tracker_init (CmTracker *self)
{
  self->sources = g_hash_table_new_full (cm_text_hash, cm_text_hash_equal, NULL,
                                         (GDestroyNotify) cm_tracked_source_free);
  self->conversations = g_hash_table_new (g_str_hash, g_str_equal);
  self->book = cm_contact_book_new (CM_TRACKER_MAX_CONTACTS);
  self->dirty = g_ptr_array_new ();
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  self->history = CM_TRACKER_HISTORY_MS;
  self->max_ended = CM_TRACKER_MAX_ENDED;
  self->now = CM_TIME_NONE;
  g_queue_init (&self->ended);
}

/**
 * cm_tracker_new:
 *
 * Returns: (transfer full): a tracker that knows of nothing
 */
CmTracker *
cm_tracker_new (void)
{
  return g_object_new (CM_TYPE_TRACKER, NULL);
}

/**
 * cm_tracker_set_history:
 * @self: a tracker
 * @duration: how long an ended conversation is kept, ms; %G_MAXINT64 for ever
 * @max_ended: how many are kept
 */
void
cm_tracker_set_history (CmTracker *self,
                        gint64     duration,
                        guint      max_ended)
{
  g_return_if_fail (CM_IS_TRACKER (self));
  g_return_if_fail (duration >= 0);

  self->history = duration;
  self->max_ended = max_ended;
}

/**
 * cm_tracker_advance:
 * @self: a tracker
 * @now: the time that it is now, ms UTC
 *
 * Lets time pass: the tracker never looks at a clock of its own.
 */
void
cm_tracker_advance (CmTracker *self,
                    gint64     now)
{
  g_return_if_fail (CM_IS_TRACKER (self));

  self->now = MAX (self->now, now);
  cm_tracker_prune (self);
}

static gboolean
publish_gone (CmTracker           *self,
              CmTrackerChangeFunc  func,
              gpointer             user_data)
{
  g_autoptr(GPtrArray) gone = g_steal_pointer (&self->gone);
  gboolean published = FALSE;

  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);

  for (guint i = 0; i < gone->len; i++)
    {
      const CmDocument *before = g_ptr_array_index (gone, i);
      CmTrackedConversation *again = g_hash_table_lookup (self->conversations, before->id);

      /* The same id may have come back since: then it has only changed. */
      if (again != NULL && again->published == NULL && again->is_dirty)
        {
          again->published = cm_document_copy (before);
          continue;
        }

      func (before->id, before, NULL, user_data);
      published = TRUE;
    }

  return published;
}

/* Returns: whether there is anything new to say. */
static gboolean
publish (CmTrackedConversation *conversation,
         CmTrackerChangeFunc    func,
         gpointer               user_data)
{
  g_autoptr(CmDocument) before = g_steal_pointer (&conversation->published);

  conversation->is_dirty = FALSE;
  conversation->published = cm_tracked_conversation_build (conversation);
  if (before != NULL && cm_document_equal (before, conversation->published))
    return FALSE;

  func (conversation->id, before, conversation->published, user_data);

  return TRUE;
}

static void
begin_publishing (CmTracker *self)
{
  GHashTableIter iter;
  gpointer conversation;

  self->publishes = TRUE;

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      ((CmTrackedConversation *) conversation)->is_dirty = TRUE;
      g_ptr_array_add (self->dirty, conversation);
    }
}

/**
 * cm_tracker_flush:
 * @self: a tracker
 * @func: called once for each conversation that is new, changed or gone
 * @user_data: for @func
 *
 * Publishes what has changed since the last time; those that are gone first.
 * The first call publishes everything there is, and from then on the tracker
 * remembers what it has published.
 *
 * Returns: whether @func was called
 */
gboolean
cm_tracker_flush (CmTracker           *self,
                  CmTrackerChangeFunc  func,
                  gpointer             user_data)
{
  gboolean published;

  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (!self->publishes)
    begin_publishing (self);

  published = publish_gone (self, func, user_data);
  for (guint i = 0; i < self->dirty->len; i++)
    published |= publish (g_ptr_array_index (self->dirty, i), func, user_data);
  g_ptr_array_set_size (self->dirty, 0);

  return published;
}

static int
compare_documents (gconstpointer a,
                   gconstpointer b)
{
  const CmDocument * const *first = a;
  const CmDocument * const *second = b;

  return strcmp ((*first)->id, (*second)->id);
}

/**
 * cm_tracker_dup_documents:
 * @self: a tracker
 *
 * Returns: (transfer full) (element-type CmDocument): every conversation as it
 *   is now, by id
 */
GPtrArray *
cm_tracker_dup_documents (CmTracker *self)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  GHashTableIter iter;
  gpointer conversation;

  g_return_val_if_fail (CM_IS_TRACKER (self), documents);

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    g_ptr_array_add (documents, cm_tracked_conversation_build (conversation));
  g_ptr_array_sort (documents, compare_documents);

  return documents;
}

/**
 * cm_tracker_dup_document:
 * @self: a tracker
 * @id: a conversation's id
 *
 * Returns: (nullable) (transfer full): that conversation as it is now
 */
CmDocument *
cm_tracker_dup_document (CmTracker  *self,
                         const char *id)
{
  CmTrackedConversation *conversation;

  g_return_val_if_fail (CM_IS_TRACKER (self), NULL);

  conversation = g_hash_table_lookup (self->conversations, id);

  return conversation != NULL ? cm_tracked_conversation_build (conversation) : NULL;
}

/**
 * cm_tracker_get_now:
 * @self: a tracker
 *
 * Returns: the latest time that it has been told of, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_tracker_get_now (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), CM_TIME_NONE);

  return self->now;
}

/**
 * cm_tracker_get_n_sources:
 * @self: a tracker
 *
 * Returns: how many sources have reported anything
 */
guint
cm_tracker_get_n_sources (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), 0);

  return g_hash_table_size (self->sources);
}

/**
 * cm_tracker_get_n_conversations:
 * @self: a tracker
 *
 * Returns: how many conversations it holds, the ended ones among them
 */
guint
cm_tracker_get_n_conversations (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), 0);

  return g_hash_table_size (self->conversations);
}

/**
 * cm_tracker_get_counters:
 * @self: a tracker
 *
 * Returns: (transfer none): what has come in
 */
const CmTrackerCounters *
cm_tracker_get_counters (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), NULL);

  return &self->counters;
}
