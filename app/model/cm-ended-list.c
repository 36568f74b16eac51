/* cm-ended-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-ended-list.h"

#include "model/cm-conversation.h"

/* So many changes at a time are told of one by one, more as a new list. */
#define MAX_SINGLE 16

/**
 * Call:
 * @document: (nullable): the list's own, where nobody else has it
 */
typedef struct
{
  char       *id;
  gint64      ended;
  CmDocument *document;
} Call;

struct _CmEndedList
{
  GObject parent_instance;

  GPtrArray  *calls;   /* Call; the one that ended first is the first */
  GHashTable *by_id;   /* id → Call */
  guint       n_shown; /* of the first ones: what ended up to the moment */
  gint64      moment;

  CmEndedFunc lookup;
  gpointer    user_data;

  gboolean    together; /* changes wait for the commit */
  GPtrArray  *put;      /* Call */
  GPtrArray  *removed;  /* ids */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CmEndedList, cm_ended_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
call_free (gpointer data)
{
  Call *self = data;

  if (self == NULL)
    return;

  g_free (self->id);
  g_clear_pointer (&self->document, cm_document_free);
  g_free (self);
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  const Call *first = *(const Call * const *) a, *second = *(const Call * const *) b;

  if (first->ended != second->ended)
    return first->ended < second->ended ? -1 : 1;

  return strcmp (first->id, second->id);
}

/* Returns: where a call is, or would be */
static guint
find (CmEndedList *self,
      const Call  *call)
{
  guint low = 0, high = self->calls->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_calls (&g_ptr_array_index (self->calls, middle), &call) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static guint
count_shown (CmEndedList *self)
{
  const Call beyond = { (char *) "", self->moment < G_MAXINT64 ? self->moment + 1 : G_MAXINT64, NULL };

  return find (self, &beyond);
}

/* Takes a call out, or puts it in, and tells of that. */
static void
tell (CmEndedList *self,
      guint        i,
      gboolean     added)
{
  guint before = self->n_shown;

  self->n_shown = count_shown (self);
  if (self->n_shown != before)
    g_list_model_items_changed (G_LIST_MODEL (self), MAX (before, self->n_shown) - 1 - i,
                                added ? 0 : 1, added ? 1 : 0);
}

static void
remove_one (CmEndedList *self,
            const char  *id)
{
  Call *call = g_hash_table_lookup (self->by_id, id);
  guint i;

  if (call == NULL)
    return;

  i = find (self, call);
  g_hash_table_remove (self->by_id, id);
  g_ptr_array_remove_index (self->calls, i);
  tell (self, i, FALSE);
}

/* @call: (transfer full) */
static void
put_one (CmEndedList *self,
         Call        *call)
{
  guint i;

  remove_one (self, call->id);
  i = find (self, call);
  g_ptr_array_insert (self->calls, (int) i, call);
  g_hash_table_insert (self->by_id, call->id, call);
  tell (self, i, TRUE);

  if (self->calls->len > CM_ENDED_LIST_MAX)
    remove_one (self, ((Call *) g_ptr_array_index (self->calls, 0))->id);
}

static void
tell_all (CmEndedList *self)
{
  guint before = self->n_shown;

  self->n_shown = count_shown (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_shown);
}

static void
drop (GPtrArray *calls,
      guint      n)
{
  if (n > 0)
    g_ptr_array_remove_range (calls, 0, n);
}

/* All that changed, as a new list. */
static void
apply_many (CmEndedList *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (call_free);

  for (guint i = 0; i < self->removed->len; i++)
    g_hash_table_remove (self->by_id, g_ptr_array_index (self->removed, i));
  for (guint i = 0; i < self->put->len; i++)
    {
      Call *call = g_ptr_array_index (self->put, i);

      g_hash_table_replace (self->by_id, call->id, call);
    }

  for (guint i = 0; i < self->calls->len; i++)
    {
      Call *call = g_ptr_array_index (self->calls, i);

      if (g_hash_table_lookup (self->by_id, call->id) != call)
        continue;
      g_ptr_array_add (calls, call);
      g_ptr_array_index (self->calls, i) = NULL;
    }

  g_ptr_array_extend_and_steal (calls, g_steal_pointer (&self->put));
  self->put = g_ptr_array_new_with_free_func (call_free);
  g_ptr_array_sort (calls, compare_calls);
  for (guint i = 0; i + CM_ENDED_LIST_MAX < calls->len; i++)
    g_hash_table_remove (self->by_id, ((Call *) g_ptr_array_index (calls, i))->id);
  drop (calls, calls->len > CM_ENDED_LIST_MAX ? calls->len - CM_ENDED_LIST_MAX : 0);

  g_ptr_array_unref (self->calls);
  self->calls = calls;
  tell_all (self);
}

static GType
cm_ended_list_get_item_type (GListModel *model)
{
  return CM_TYPE_CONVERSATION;
}

static guint
cm_ended_list_get_n_items (GListModel *model)
{
  return CM_ENDED_LIST (model)->n_shown;
}

static gpointer
cm_ended_list_get_item (GListModel *model,
                        guint       position)
{
  CmEndedList *self = CM_ENDED_LIST (model);
  const Call *call;
  const CmDocument *document;

  if (position >= self->n_shown)
    return NULL;

  call = g_ptr_array_index (self->calls, self->n_shown - 1 - position);
  document = call->document != NULL || self->lookup == NULL ? call->document
                                                            : self->lookup (call->id, self->user_data);

  return cm_conversation_new (document != NULL ? cm_document_copy (document) : cm_document_new (call->id));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cm_ended_list_get_item_type;
  iface->get_n_items = cm_ended_list_get_n_items;
  iface->get_item = cm_ended_list_get_item;
}

static void
cm_ended_list_finalize (GObject *object)
{
  CmEndedList *self = CM_ENDED_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->put);
  g_ptr_array_unref (self->removed);

  G_OBJECT_CLASS (cm_ended_list_parent_class)->finalize (object);
}

static void
cm_ended_list_class_init (CmEndedListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_ended_list_finalize;
}

static void
cm_ended_list_init (CmEndedList *self)
{
  self->calls = g_ptr_array_new_with_free_func (call_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->put = g_ptr_array_new_with_free_func (call_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->moment = G_MAXINT64;
}

CmEndedList *
cm_ended_list_new (void)
{
  return g_object_new (CM_TYPE_ENDED_LIST, NULL);
}

/**
 * cm_ended_list_set_lookup:
 * @self: a list without any call in it
 * @lookup: (nullable): where the documents of all calls are; %NULL for the list to
 *   keep them itself
 * @user_data: for @lookup
 */
void
cm_ended_list_set_lookup (CmEndedList *self,
                          CmEndedFunc  lookup,
                          gpointer     user_data)
{
  g_return_if_fail (CM_IS_ENDED_LIST (self) && self->calls->len == 0);

  self->lookup = lookup;
  self->user_data = user_data;
}

/**
 * cm_ended_list_put:
 * @self: a list
 * @document: a call that has ended
 */
void
cm_ended_list_put (CmEndedList      *self,
                   const CmDocument *document)
{
  Call *call = g_new0 (Call, 1);

  g_return_if_fail (CM_IS_ENDED_LIST (self));

  call->id = g_strdup (document->id);
  call->ended = document->ended;
  call->document = self->lookup == NULL ? cm_document_copy (document) : NULL;
  if (self->together)
    g_ptr_array_add (self->put, call);
  else
    put_one (self, call);
}

/**
 * cm_ended_list_remove:
 * @self: a list
 * @id: a call that goes on after all, or never was
 */
void
cm_ended_list_remove (CmEndedList *self,
                      const char  *id)
{
  g_return_if_fail (CM_IS_ENDED_LIST (self));

  if (!self->together)
    remove_one (self, id);
  else if (g_hash_table_contains (self->by_id, id))
    g_ptr_array_add (self->removed, g_strdup (id));
}

/**
 * cm_ended_list_set_moment:
 * @self: a list
 * @moment: what has ended later is not shown, ms UTC; %G_MAXINT64 where all is
 */
void
cm_ended_list_set_moment (CmEndedList *self,
                          gint64       moment)
{
  g_return_if_fail (CM_IS_ENDED_LIST (self));

  self->moment = moment;
  if (count_shown (self) != self->n_shown)
    tell_all (self);
}

void
cm_ended_list_clear (CmEndedList *self)
{
  g_return_if_fail (CM_IS_ENDED_LIST (self));

  g_hash_table_remove_all (self->by_id);
  drop (self->calls, self->calls->len);
  tell_all (self);
}

/**
 * cm_ended_list_begin:
 * @self: a list
 *
 * What is put or removed from now on, each call once, comes together with
 * cm_ended_list_commit().
 */
void
cm_ended_list_begin (CmEndedList *self)
{
  g_return_if_fail (CM_IS_ENDED_LIST (self));

  self->together = TRUE;
}

void
cm_ended_list_commit (CmEndedList *self)
{
  g_return_if_fail (CM_IS_ENDED_LIST (self));

  self->together = FALSE;
  if (self->put->len + self->removed->len > MAX_SINGLE)
    apply_many (self);

  for (guint i = 0; i < self->removed->len; i++)
    remove_one (self, g_ptr_array_index (self->removed, i));
  drop (self->removed, self->removed->len);

  while (self->put->len > 0)
    put_one (self, g_ptr_array_steal_index (self->put, self->put->len - 1));
}
