/* cm-tracker-tell.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "tracker/cm-attention-state.h"
#include "tracker/cm-tracked-update.h"

static int
compare_deadlines (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const CmDeadline *first = a;
  const CmDeadline *second = b;

  return first->time < second->time ? -1 : first->time > second->time;
}

/* Of those that wait for the same moment, whoever was looked at last comes last. */
static gboolean
is_scheduled (GSequenceIter *deadline,
              gint64         time)
{
  GSequenceIter *next;

  if (deadline == NULL || ((const CmDeadline *) g_sequence_get (deadline))->time != time)
    return FALSE;

  next = g_sequence_iter_next (deadline);

  return g_sequence_iter_is_end (next) || ((const CmDeadline *) g_sequence_get (next))->time > time;
}

static void
schedule (CmTracker             *self,
          CmTrackedConversation *conversation,
          gint64                 time)
{
  CmDeadline *deadline;

  if (is_scheduled (conversation->deadline, time))
    return;

  g_clear_pointer (&conversation->deadline, g_sequence_remove);
  if (time == CM_TIME_NONE)
    return;

  deadline = g_new (CmDeadline, 1);
  *deadline = (CmDeadline) { time, conversation };
  conversation->deadline = g_sequence_insert_sorted (self->deadlines, deadline, compare_deadlines, NULL);
}

/* The rules look at what is going to be told, and at nothing where nothing is. */
static void
look (CmTracker             *self,
      CmTrackedConversation *conversation)
{
  CmAttentionLook look = { .rules = self->rules, .rules_age = self->rules_age, .conversation = conversation, .now = self->now };

  if (conversation->attention == NULL)
    conversation->attention = cm_attention_state_new ();
  look.is_whole = cm_tracked_conversation_look (conversation, self->book);
  look.document = conversation->draft;
  schedule (self, conversation, cm_attention_state_look (conversation->attention, &look));
  cm_tracked_conversation_end_look (conversation);

  conversation->is_dirty = FALSE;
  if (conversation->is_untold)
    return;

  conversation->is_untold = TRUE;
  conversation->untold_place = self->untold->len;
  g_ptr_array_add (self->untold, conversation);
}

/* Returns: whether there is anything new to say. */
static gboolean
tell (CmTrackedConversation *conversation,
      CmTrackerChangeFunc    func,
      gpointer               user_data)
{
  g_autoptr(CmDocument) before = NULL;

  cm_tracked_conversation_complete (conversation);
  before = g_steal_pointer (&conversation->published);
  conversation->published = g_steal_pointer (&conversation->draft);
  conversation->is_untold = FALSE;
  if (before != NULL && cm_document_equal (before, conversation->published))
    return FALSE;

  func (conversation->id, before, conversation->published, user_data);

  return TRUE;
}

static gboolean
tell_gone (CmTracker           *self,
              CmTrackerChangeFunc  func,
              gpointer             user_data)
{
  g_autoptr(GPtrArray) gone = g_steal_pointer (&self->gone);
  gboolean told = FALSE;

  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);

  for (guint i = 0; i < gone->len; i++)
    {
      const CmDocument *before = g_ptr_array_index (gone, i);
      CmTrackedConversation *again = g_hash_table_lookup (self->conversations, before->id);

      /* The same id may have come back since: then it has only changed. */
      if (again != NULL && again->published == NULL && again->is_untold)
        {
          again->published = cm_document_ref (before);
          continue;
        }

      func (before->id, before, NULL, user_data);
      told = TRUE;
    }

  return told;
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
 * cm_tracker_look:
 * @self: a tracker
 *
 * Lets the rules see what has changed since the last time, without a word to anybody:
 * what they remember hangs on how often they look, and to write a document each time
 * would take much longer. The first call begins to remember what is to be told.
 *
 * Returns: whether cm_tracker_flush() may have something to tell
 */
gboolean
cm_tracker_look (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);

  if (!self->publishes)
    begin_publishing (self);

  for (guint i = 0; i < self->dirty->len; i++)
    look (self, g_ptr_array_index (self->dirty, i));
  g_ptr_array_set_size (self->dirty, 0);

  return self->untold->len > 0 || self->gone->len > 0;
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
  gboolean told;

  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (!cm_tracker_look (self))
    return FALSE;

  told = tell_gone (self, func, user_data);
  for (guint i = 0; i < self->untold->len; i++)
    told |= tell (g_ptr_array_index (self->untold, i), func, user_data);
  g_ptr_array_set_size (self->untold, 0);

  return told;
}

/* What nobody is told of has no rules. */
static CmDocument *
describe (CmTracker             *self,
          CmTrackedConversation *conversation)
{
  CmCrowd crowd;

  if (self->publishes)
    return cm_document_copy (cm_tracked_conversation_complete (conversation));

  return cm_tracked_conversation_build (conversation, &crowd);
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

  if (self->publishes)
    cm_tracker_look (self);

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    g_ptr_array_add (documents, describe (self, conversation));
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

  if (self->publishes)
    cm_tracker_look (self);

  conversation = g_hash_table_lookup (self->conversations, id);

  return conversation != NULL ? describe (self, conversation) : NULL;
}
