/* cm-conversation-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-conversation-list.h"

#include "core/cm-text-hash.h"
#include "model/cm-conversation-items.h"
#include "model/cm-list-counts.h"
#include "model/cm-silence.h"
#include "model/cm-update-queue.h"

struct _CmConversationList
{
  GObject parent_instance;

  CmUpdateQueue queue; /* what has come, and is not taken yet */
  GPtrArray  *items;   /* what the model shows: as of the last commit */
  GPtrArray  *added;   /* what the next commit appends */
  GPtrArray  *updated; /* what the next commit tells of besides */
  GPtrArray  *spare;   /* there for the one after that: most often it tells of as many */
  GHashTable *removed; /* a set: what the next commit takes out of @items */
  GHashTable *by_id;   /* id: CmConversation, borrowed from @items or @added */

  CmDisguise *disguise; /* while names and numbers are hidden */

  guint next_number; /* each that comes gets the next one */

  CmListCounts counts;
  guint        shown[3];  /* the counts that were last notified */
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  PROP_N_ATTENTION,
  PROP_N_LEFT,
  PROP_N_SILENT,
  N_PROPS,
};

enum
{
  SIGNAL_COMMITTED,
  N_SIGNALS,
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CmConversationList, cm_conversation_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
cm_conversation_list_get_item_type (GListModel *model)
{
  return CM_TYPE_CONVERSATION;
}

static guint
cm_conversation_list_get_n_items (GListModel *model)
{
  return CM_CONVERSATION_LIST (model)->items->len;
}

static gpointer
cm_conversation_list_get_item (GListModel *model,
                               guint       position)
{
  GPtrArray *items = CM_CONVERSATION_LIST (model)->items;

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cm_conversation_list_get_item_type;
  iface->get_n_items = cm_conversation_list_get_n_items;
  iface->get_item = cm_conversation_list_get_item;
}

static void
index_by_id (CmConversationList *self,
             CmConversation     *conversation)
{
  g_hash_table_insert (self->by_id,
                       g_ref_string_acquire (cm_conversation_get_document (conversation)->id), conversation);
}

static void
add (CmConversationList *self,
     CmDocument         *document)
{
  CmConversation *conversation = cm_conversation_new (document);

  cm_conversation_get_search (conversation);
  cm_conversation_set_number (conversation, self->next_number++);
  g_ptr_array_add (self->added, conversation);
  index_by_id (self, conversation);
  cm_list_counts_take (&self->counts, conversation, TRUE);
}

/* @document: (transfer full) */
static void
change (CmConversationList *self,
        CmConversation     *conversation,
        CmDocument         *document)
{
  cm_conversation_update (conversation, document);
  g_ptr_array_add (self->updated, g_object_ref (conversation));
}

static void
update (CmConversationList *self,
        CmConversation     *conversation,
        CmDocument         *document)
{
  if (!g_hash_table_remove (self->removed, conversation))
    cm_list_counts_take (&self->counts, conversation, FALSE);

  change (self, conversation, document);
  cm_list_counts_take (&self->counts, conversation, TRUE);
}

/* A conversation that gained a key goes on as the same row under another id. */
static void
replace (CmConversationList *self,
         CmConversation     *conversation,
         CmDocument         *document)
{
  g_hash_table_remove (self->by_id, cm_conversation_get_id (conversation));
  update (self, conversation, document);
  index_by_id (self, conversation);
}

static void
update_or_add (CmConversationList *self,
               CmDocument         *document)
{
  CmConversation *conversation = g_hash_table_lookup (self->by_id, document->id);
  CmConversation *replaced = conversation == NULL && document->replaces != NULL ?
                             g_hash_table_lookup (self->by_id, document->replaces) : NULL;

  if (conversation != NULL)
    update (self, conversation, document);
  else if (replaced != NULL)
    replace (self, replaced, document);
  else
    add (self, document);
}

static void
settle (CmConversationList *self)
{
  CmDocument *documents[CM_UPDATE_QUEUE_SIZE];
  guint n = cm_update_queue_steal (&self->queue, self->by_id, documents);

  for (guint i = 0; i < n; i++)
    update_or_add (self, documents[i]);
}

static void
hide_all (CmConversationList *self)
{
  GHashTableIter iter;
  gpointer conversation;

  self->disguise = cm_disguise_new ();
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      CmDocument *document = cm_document_copy (cm_conversation_get_document (conversation));

      change (self, conversation, cm_disguise_take (self->disguise, document));
    }
}

static void
show_all (CmConversationList *self)
{
  g_autoptr (CmDisguise) disguise = g_steal_pointer (&self->disguise);
  GHashTableIter iter;
  gpointer id, document;

  g_hash_table_iter_init (&iter, cm_disguise_get_originals (disguise));
  while (g_hash_table_iter_next (&iter, &id, &document))
    {
      CmConversation *conversation = g_hash_table_lookup (self->by_id, id);

      if (conversation != NULL)
        change (self, conversation, cm_document_copy (document));
    }
}

/* What has not been shown yet goes at once. What has stays findable until the
 * commit: it may come back, as everything does when a recording is wound back,
 * and then it is the same object in the same place. Numbers only grow. */
static void
take_out (CmConversationList *self,
          CmConversation     *conversation)
{
  if (g_hash_table_contains (self->removed, conversation))
    return;

  cm_list_counts_take (&self->counts, conversation, FALSE);

  if (self->added->len > 0 && cm_conversation_get_number (conversation) >=
                              cm_conversation_get_number (g_ptr_array_index (self->added, 0)))
    {
      g_hash_table_remove (self->by_id, cm_conversation_get_id (conversation));
      g_ptr_array_remove (self->added, conversation);
    }
  else
    {
      g_hash_table_add (self->removed, conversation);
    }
}

/* Returns: (transfer full): what is to be taken out, in its order */
static GPtrArray *
steal_removed (CmConversationList *self)
{
  GPtrArray *removed = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, self->removed);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    {
      g_hash_table_remove (self->by_id, cm_conversation_get_id (conversation));
      g_ptr_array_add (removed, conversation);
    }

  g_hash_table_remove_all (self->removed);
  cm_conversations_sort (removed);

  return removed;
}

static void
append (CmConversationList *self,
        GPtrArray          *added)
{
  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (added, i)));
}

static void
notify_count (CmConversationList *self,
              guint               prop,
              guint               n)
{
  if (self->shown[prop - PROP_N_ITEMS] == n)
    return;

  self->shown[prop - PROP_N_ITEMS] = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
commit (CmConversationList *self)
{
  g_autoptr (GPtrArray) removed = steal_removed (self);
  g_autoptr (GPtrArray) added = g_steal_pointer (&self->added);
  GPtrArray *updated = self->updated;
  CmConversationChanges changes = { added, removed, updated };
  guint first = self->items->len;
  guint n_swept = cm_conversations_take_out (self->items, removed, &first);

  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  self->updated = self->spare != NULL ? g_steal_pointer (&self->spare)
                                      : g_ptr_array_new_with_free_func (g_object_unref);

  /* One change reaches from the first that went to the new end. */
  if (added->len > 0)
    n_swept = self->items->len + removed->len - first;
  append (self, added);

  if (removed->len > 0 || added->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n_swept,
                                n_swept - removed->len + added->len);
  if (removed->len > 0 || added->len > 0 || updated->len > 0)
    g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, &changes);

  g_ptr_array_set_size (updated, 0);
  g_clear_pointer (&self->spare, g_ptr_array_unref);
  self->spare = updated;
}

static void
cm_conversation_list_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  CmConversationList *self = CM_CONVERSATION_LIST (object);

  g_value_set_uint (value, prop_id == PROP_N_SILENT ? g_hash_table_size (self->counts.silent)
                                                    : self->shown[prop_id - PROP_N_ITEMS]);
}

static void
cm_conversation_list_finalize (GObject *object)
{
  CmConversationList *self = CM_CONVERSATION_LIST (object);

  cm_update_queue_clear (&self->queue);
  g_clear_pointer (&self->disguise, cm_disguise_free);
  cm_list_counts_clear (&self->counts);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->removed, g_hash_table_unref);
  g_clear_pointer (&self->added, g_ptr_array_unref);
  g_clear_pointer (&self->updated, g_ptr_array_unref);
  g_clear_pointer (&self->spare, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (cm_conversation_list_parent_class)->finalize (object);
}

static void
cm_conversation_list_class_init (CmConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const char * const names[N_PROPS] = { NULL, "n-items", "n-attention", "n-left", "n-silent" };

  object_class->get_property = cm_conversation_list_get_property;
  object_class->finalize = cm_conversation_list_finalize;

  for (guint i = PROP_N_ITEMS; i < N_PROPS; i++)
    properties[i] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_COMMITTED] =
    g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cm_conversation_list_init (CmConversationList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  self->updated = g_ptr_array_new_with_free_func (g_object_unref);
  self->removed = g_hash_table_new (NULL, NULL);
  cm_list_counts_init (&self->counts);
  self->by_id = g_hash_table_new_full (cm_string_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, NULL);
}

CmConversationList *
cm_conversation_list_new (void)
{
  return g_object_new (CM_TYPE_CONVERSATION_LIST, NULL);
}

/**
 * cm_conversation_list_lookup:
 * @self: a list
 * @id: a conversation's id
 *
 * Returns: (nullable) (transfer none): the conversation, also when the next commit
 *   is only about to show it
 */
CmConversation *
cm_conversation_list_lookup (CmConversationList *self,
                             const char         *id)
{
  CmConversation *conversation;

  g_return_val_if_fail (CM_IS_CONVERSATION_LIST (self), NULL);

  settle (self);
  conversation = g_hash_table_lookup (self->by_id, id);

  return g_hash_table_contains (self->removed, conversation) ? NULL : conversation;
}

/**
 * cm_conversation_list_update:
 * @self: a list
 * @document: (transfer full): what a conversation is now
 *
 * A conversation that is there notifies its properties soon, and at the latest with the next
 * commit; one that is not comes with that. Where @document replaces a conversation that is
 * there, that one goes on under the new id.
 */
void
cm_conversation_list_update (CmConversationList *self,
                             CmDocument         *document)
{
  g_return_if_fail (CM_IS_CONVERSATION_LIST (self));

  if (self->disguise != NULL)
    document = cm_disguise_take (self->disguise, document);
  if (cm_update_queue_push (&self->queue, document))
    settle (self);
}

/**
 * cm_conversation_list_remove:
 * @self: a list
 * @id: a conversation's id; need not be there
 *
 * Takes the conversation out with the next commit.
 */
void
cm_conversation_list_remove (CmConversationList *self,
                             const char         *id)
{
  CmConversation *conversation;

  g_return_if_fail (CM_IS_CONVERSATION_LIST (self));

  settle (self);
  conversation = g_hash_table_lookup (self->by_id, id);
  if (conversation != NULL)
    take_out (self, conversation);
  if (self->disguise != NULL)
    cm_disguise_forget (self->disguise, id);
}

/**
 * cm_conversation_list_commit:
 * @self: a list
 *
 * Shows what came and went since the last commit: one items-changed, and none
 * where nothing did. A view rebinds hundreds of rows for each, even an empty one.
 */
void
cm_conversation_list_commit (CmConversationList *self)
{
  g_return_if_fail (CM_IS_CONVERSATION_LIST (self));

  g_object_freeze_notify (G_OBJECT (self));
  settle (self);
  commit (self);
  notify_count (self, PROP_N_ITEMS, self->items->len);
  notify_count (self, PROP_N_ATTENTION, self->counts.n_attention);
  notify_count (self, PROP_N_LEFT, self->counts.n_left);
  if (self->counts.silent_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SILENT]);
  self->counts.silent_changed = FALSE;
  g_object_thaw_notify (G_OBJECT (self));
}

/* @sources: (element-type CmSilence): which do not answer, whether or not a call in the
 * list is theirs; told of by the next commit */
void
cm_conversation_list_set_silent (CmConversationList *self,
                                 GPtrArray          *sources)
{
  g_return_if_fail (CM_IS_CONVERSATION_LIST (self));

  cm_list_counts_set_sources (&self->counts, sources);
}

/* Returns: (transfer full) (element-type CmSilence): see cm_silence_collect() */
GPtrArray *
cm_conversation_list_dup_silences (CmConversationList *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION_LIST (self), NULL);

  return cm_silence_collect (self->counts.silent, self->counts.sources, self->disguise);
}

/* Returns: (nullable) (transfer none): what hides names and numbers, while they are hidden */
CmDisguise *
cm_conversation_list_get_disguise (CmConversationList *self)
{
  return self->disguise;
}

/* @disguised: whether names and numbers are hidden, in what is there and in what comes */
void
cm_conversation_list_set_disguised (CmConversationList *self,
                                    gboolean            disguised)
{
  g_return_if_fail (CM_IS_CONVERSATION_LIST (self));

  if (disguised == (self->disguise != NULL))
    return;

  settle (self);

  if (disguised)
    hide_all (self);
  else
    show_all (self);

  self->counts.silent_changed = TRUE;
  cm_conversation_list_commit (self);
}
