/* cm-call-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-call-order.h"

#include <glib/gi18n-lib.h>

#include "model/cm-call-store.h"
#include "model/cm-words.h"

/* Rows come, go and change places so often, ms: at once it costs five times as much. */
#define TICK 250

struct _CmCallOrder
{
  GObject parent_instance;

  CmConversationList *model;
  CmCallStore         store;

  guint tick_id;
  guint heading;  /* before which position the second one stands */
  guint n_urgent; /* how many need attention, as they were arranged */
  guint notified[CM_N_CALL_COUNTS + 1];
};

enum
{
  PROP_0,
  PROP_N_ATTENTION,
  PROP_N_HIDDEN_ATTENTION,
  PROP_N_TOTAL,
  PROP_N_ITEMS,
  N_PROPS,
};

enum
{
  SIGNAL_ARRANGING,
  SIGNAL_ARRANGED,
  N_SIGNALS,
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CmCallOrder, cm_call_order, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
cm_call_order_get_item_type (GListModel *model)
{
  return CM_TYPE_CONVERSATION;
}

static guint
cm_call_order_get_n_items (GListModel *model)
{
  return CM_CALL_ORDER (model)->store.shown->len;
}

static gpointer
cm_call_order_get_item (GListModel *model,
                        guint       position)
{
  GPtrArray *shown = CM_CALL_ORDER (model)->store.shown;
  CmCallEntry *entry = position < shown->len ? g_ptr_array_index (shown, position) : NULL;

  return entry != NULL ? g_object_ref (entry->conversation) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cm_call_order_get_item_type;
  iface->get_n_items = cm_call_order_get_n_items;
  iface->get_item = cm_call_order_get_item;
}

static guint
get_count (CmCallOrder *self,
           guint        prop)
{
  return prop == PROP_N_ITEMS ? self->store.shown->len
                              : self->store.counts[prop - PROP_N_ATTENTION];
}

static void
notify_counts (CmCallOrder *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_N_ATTENTION; i < N_PROPS; i++)
    {
      guint *notified = &self->notified[i - PROP_N_ATTENTION];

      if (*notified == get_count (self, i))
        continue;
      *notified = get_count (self, i);
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
show (CmCallOrder *self,
      GPtrArray   *shown)
{
  guint first, n_removed, n_added;

  if (!cm_call_store_show (&self->store, shown, &first, &n_removed, &n_added))
    return FALSE;

  g_list_model_items_changed (G_LIST_MODEL (self), first, n_removed, n_added);

  return TRUE;
}

/* Returns: whether rows came, went or changed places */
static gboolean
arrange (CmCallOrder *self)
{
  CmCallSlot held[CM_CALL_ORDER_N_HELD];
  GPtrArray *shown;
  gboolean changed;

  if (!cm_call_store_is_changed (&self->store))
    return FALSE;

  g_signal_emit (self, signals[SIGNAL_ARRANGING], 0);

  shown = cm_call_store_arrange (&self->store, held);
  self->n_urgent = self->store.counts[CM_CALL_COUNT_ATTENTION];
  self->heading = cm_call_slots_find_heading (shown->len, self->n_urgent, self->heading, held,
                                              CM_CALL_ORDER_N_HELD);
  changed = show (self, shown);

  notify_counts (self);
  g_signal_emit (self, signals[SIGNAL_ARRANGED], 0, &self->store.arranged);

  return changed;
}

static gboolean
on_tick (gpointer user_data)
{
  CmCallOrder *self = user_data;

  if (!cm_call_store_is_changed (&self->store))
    {
      self->tick_id = 0;
      return G_SOURCE_REMOVE;
    }

  arrange (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_first (gpointer user_data)
{
  arrange (user_data);
  CM_CALL_ORDER (user_data)->tick_id = g_timeout_add (TICK, on_tick, user_data);

  return G_SOURCE_REMOVE;
}

/* What comes first after a while is shown at once, all else with the next tick. */
static void
queue (CmCallOrder *self)
{
  if (self->tick_id == 0)
    self->tick_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_first, self, NULL);
}

static void
arrange_now (CmCallOrder *self)
{
  if (arrange (self) && self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK, on_tick, self);
}

/* What comes or goes after a while, and nothing else does, is there with the commit. The
 * counts always are: they are those of what the rows show. */
static void
committed_cb (CmCallOrder                 *self,
              const CmConversationChanges *changes)
{
  if (cm_call_store_take (&self->store, changes))
    queue (self);
  if (self->tick_id == 0)
    arrange_now (self);

  notify_counts (self);
}

static void
cm_call_order_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  g_value_set_uint (value, get_count (CM_CALL_ORDER (object), prop_id));
}

static void
cm_call_order_dispose (GObject *object)
{
  CmCallOrder *self = CM_CALL_ORDER (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_hash_table_remove_all (self->store.entries);
  g_ptr_array_set_size (self->store.shown, 0);
  g_clear_object (&self->model);
  g_clear_object (&self->store.kept);
  for (guint i = 0; i < CM_CALL_ORDER_N_HELD; i++)
    g_clear_object (&self->store.holds[i]);

  G_OBJECT_CLASS (cm_call_order_parent_class)->dispose (object);
}

static void
cm_call_order_finalize (GObject *object)
{
  CmCallOrder *self = CM_CALL_ORDER (object);

  cm_call_store_clear (&self->store);

  G_OBJECT_CLASS (cm_call_order_parent_class)->finalize (object);
}

static void
cm_call_order_class_init (CmCallOrderClass *klass)
{
  static const char * const names[N_PROPS] = {
    [PROP_N_ATTENTION] = "n-attention",
    [PROP_N_HIDDEN_ATTENTION] = "n-hidden-attention",
    [PROP_N_TOTAL] = "n-total",
    [PROP_N_ITEMS] = "n-items",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_call_order_get_property;
  object_class->dispose = cm_call_order_dispose;
  object_class->finalize = cm_call_order_finalize;

  for (guint i = PROP_N_ATTENTION; i < N_PROPS; i++)
    properties[i] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0,
                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                       G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ARRANGING] = g_signal_new ("arranging", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ARRANGED] = g_signal_new ("arranged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cm_call_order_init (CmCallOrder *self)
{
  cm_call_store_init (&self->store);
  self->heading = CM_CALL_SLOT_NONE;
}

CmCallOrder *
cm_call_order_new (void)
{
  return g_object_new (CM_TYPE_CALL_ORDER, NULL);
}

/**
 * cm_call_order_set_model:
 * @self: an order
 * @model: (nullable): what to put in order
 */
void
cm_call_order_set_model (CmCallOrder        *self,
                         CmConversationList *model)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "committed", G_CALLBACK (committed_cb), self,
                             G_CONNECT_SWAPPED);

  self->store.now = CM_TIME_NONE;
  cm_call_store_set_model (&self->store, G_LIST_MODEL (model));
  arrange_now (self);
}

/* @own: whether there is one station only, whose calls they all are. */
void
cm_call_order_set_own (CmCallOrder *self,
                       gboolean     own)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  if (self->store.own == own)
    return;

  self->store.own = own;
  for (guint i = 0; i < self->store.sorted->len; i++)
    cm_conversation_set_own (((CmCallEntry *) g_ptr_array_index (self->store.sorted, i))->conversation,
                             own);
}

/* @now: the tracker's time, ms UTC: calls that have ended leave by it. */
void
cm_call_order_set_now (CmCallOrder *self,
                       gint64       now)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  if (cm_call_store_set_now (&self->store, now))
    queue (self);
}

/* @kept stays in the list also when it has ended: it is selected. */
void
cm_call_order_set_kept (CmCallOrder    *self,
                        CmConversation *kept)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  g_set_object (&self->store.kept, kept);
}

/* Does at once what waits for the next tick: for pictures and tests. */
void
cm_call_order_flush (CmCallOrder *self)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  arrange (self);
}

/**
 * cm_call_order_set_search:
 * @self: an order
 * @text: (nullable): what was typed; each of its words is to be found
 */
void
cm_call_order_set_search (CmCallOrder *self,
                          const char  *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (CM_IS_CALL_ORDER (self));

  folded = g_strstrip (cm_search_fold (text != NULL ? text : ""));
  g_clear_pointer (&self->store.words, g_strfreev);
  if (*folded != '\0')
    self->store.words = g_strsplit_set (folded, " \t\n", -1);

  self->store.filter_changed = TRUE;
  arrange_now (self);
}

void
cm_call_order_set_filter (CmCallOrder        *self,
                          const CmCallFilter *filter)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  cm_call_filter_set (&self->store.filter, filter);
  self->store.filter_changed = TRUE;
  arrange_now (self);
}

const CmCallFilter *
cm_call_order_get_filter (CmCallOrder *self)
{
  g_return_val_if_fail (CM_IS_CALL_ORDER (self), NULL);

  return &self->store.filter;
}

void
cm_call_order_set_sort (CmCallOrder *self,
                        CmCallSort   sort)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));

  if (self->store.sort == sort)
    return;

  self->store.sort = sort;
  self->store.sort_changed = TRUE;
  arrange_now (self);
}

/**
 * cm_call_order_hold:
 * @self: an order
 * @which: 0 for what is under the pointer, 1 for what has the focus
 * @conversation: (nullable): what must not move
 */
void
cm_call_order_hold (CmCallOrder    *self,
                    guint           which,
                    CmConversation *conversation)
{
  g_return_if_fail (CM_IS_CALL_ORDER (self));
  g_return_if_fail (which < CM_CALL_ORDER_N_HELD);

  g_set_object (&self->store.holds[which], conversation);
}

/**
 * cm_call_order_get_heading:
 * @self: an order
 * @conversation: one of its conversations
 *
 * Returns: (nullable): the heading that stands above it as it was arranged last, empty
 *   where only its place is kept
 */
const char *
cm_call_order_get_heading (CmCallOrder    *self,
                           CmConversation *conversation)
{
  CmCallEntry *entry = g_hash_table_lookup (self->store.entries, conversation);

  if (entry == NULL || self->store.shown->len == 0)
    return NULL;

  if (entry == g_ptr_array_index (self->store.shown, 0))
    /* Translators: above the calls that need attention */
    return self->n_urgent > 0 ? _ ("Needs attention")
                              /* Translators: above the calls that are going on */
                              : C_ ("calls", "Live");

  if (self->heading < self->store.shown->len &&
      entry == g_ptr_array_index (self->store.shown, self->heading))
    return self->n_urgent > 0 ? C_ ("calls", "Live") : "";

  return NULL;
}

/**
 * cm_call_order_dup_found:
 * @self: an order
 * @conversation: one of its conversations
 *
 * Returns: (nullable) (transfer full): the name of the person that is searched for and
 *   is in it
 */
char *
cm_call_order_dup_found (CmCallOrder    *self,
                         CmConversation *conversation)
{
  const CmPerson *person = self->store.words == NULL ? NULL :
    cm_search_find_person (cm_conversation_get_document (conversation), self->store.words);

  return person != NULL ? cm_words_dup_name (person->address, person->name) : NULL;
}

/* Returns: whether it is in the list, and where */
gboolean
cm_call_order_find (CmCallOrder    *self,
                    CmConversation *conversation,
                    guint          *position)
{
  CmCallEntry *entry = g_hash_table_lookup (self->store.entries, conversation);

  return entry != NULL && entry->shown && g_ptr_array_find (self->store.shown, entry, position);
}

/* Returns: whether it is there at all, in the list or hidden by the filter */
gboolean
cm_call_order_has (CmCallOrder    *self,
                   CmConversation *conversation)
{
  return g_hash_table_contains (self->store.entries, conversation);
}
