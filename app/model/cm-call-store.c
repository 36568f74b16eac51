/* cm-call-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-store.h"

static gboolean
is_held (CmCallStore    *self,
         CmConversation *conversation)
{
  for (guint i = 0; i < CM_CALL_ORDER_N_HELD; i++)
    {
      if (self->holds[i] == conversation)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_over (CmCallStore *self,
         CmCallEntry *entry)
{
  const CmDocument *document = cm_conversation_get_document (entry->conversation);

  return document->phase == CM_PHASE_ENDED && document->ended != CM_TIME_NONE &&
         self->now != CM_TIME_NONE && self->now - document->ended >= CM_CALL_ENDED_SHOWN_TIME &&
         entry->conversation != self->kept && !(entry->shown && is_held (self, entry->conversation));
}

/* What is held stays also when the filter would no longer have it, unless it is the
 * filter that has changed. */
static gboolean
is_wanted (CmCallStore *self,
           CmCallEntry *entry)
{
  if (entry->gone || is_over (self, entry))
    return FALSE;
  if (entry->shown && !self->filter_changed && is_held (self, entry->conversation))
    return TRUE;

  return cm_call_filter_match (&self->filter, cm_conversation_get_document (entry->conversation)) &&
         (self->words == NULL || cm_search_match (cm_call_entry_get_text (entry), self->words));
}

static void
count (CmCallStore *self,
       CmCallEntry *entry)
{
  cm_call_entry_count (entry, entry->gone || is_over (self, entry), self->counts);
}

static void
free_entry (CmCallStore *self,
            CmCallEntry *entry)
{
  cm_call_entry_count (entry, TRUE, self->counts);
  g_ptr_array_remove_fast (self->ended, entry);
  g_hash_table_remove (self->entries, entry->conversation);
}

static void
add_changed (CmCallStore *self,
             CmCallEntry *entry)
{
  if (entry->changed)
    return;

  entry->changed = TRUE;
  g_ptr_array_add (self->changed, entry);
}

/* The text is made at once, a little at a time: at the first search it is there. */
static CmCallEntry *
add_entry (CmCallStore    *self,
           CmConversation *conversation)
{
  CmCallEntry *entry = cm_call_entry_new (conversation, self->next_number++);

  entry->handler = g_signal_connect_swapped (conversation, "updated", self->updated, self->owner);
  cm_call_entry_get_text (entry);
  g_hash_table_insert (self->entries, conversation, entry);
  cm_conversation_set_own (conversation, self->own);
  add_changed (self, entry);

  return entry;
}

/* Takes over what came and went in the model since the last time. Nothing but its
 * order is looked at: it may be long. */
static void
take_model (CmCallStore *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  GPtrArray *source = g_ptr_array_sized_new (n);
  guint next = 0;

  for (guint i = 0; i < self->source->len; i++)
    ((CmCallEntry *) g_ptr_array_index (self->source, i))->gone = TRUE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (self->model, i);
      CmCallEntry *entry =
        next < self->source->len ? g_ptr_array_index (self->source, next) : NULL;

      if (entry == NULL || entry->conversation != conversation)
        entry = g_hash_table_lookup (self->entries, conversation);
      if (entry == NULL)
        {
          entry = add_entry (self, conversation);
        }
      else
        {
          next = entry->index + 1;
        }

      entry->gone = FALSE;
      entry->index = i;
      g_ptr_array_add (source, entry);
    }

  for (guint i = 0; i < self->source->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->source, i);

      if (entry->gone)
        add_changed (self, entry);
    }

  g_ptr_array_unref (self->source);
  self->source = source;
  self->model_changed = FALSE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  return cm_call_entry_compare (*(CmCallEntry * const *) a, *(CmCallEntry * const *) b);
}

/* What has changed is put between what has not: one pass over all of it. */
static void
merge_changed (CmCallStore *self)
{
  GPtrArray *sorted = g_ptr_array_sized_new (self->sorted->len + self->changed->len);
  guint next = 0;

  for (guint i = 0; i < self->changed->len; i++)
    cm_call_entry_publish (g_ptr_array_index (self->changed, i), self->sort);
  g_ptr_array_sort (self->changed, compare_entries);

  for (guint i = 0; i < self->sorted->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->sorted, i);

      if (entry->changed)
        continue;
      for (; next < self->changed->len; next++)
        {
          CmCallEntry *changed = g_ptr_array_index (self->changed, next);

          if (!changed->gone && cm_call_entry_compare (changed, entry) > 0)
            break;
          if (!changed->gone)
            g_ptr_array_add (sorted, changed);
        }
      g_ptr_array_add (sorted, entry);
    }

  for (; next < self->changed->len; next++)
    {
      CmCallEntry *changed = g_ptr_array_index (self->changed, next);

      if (!changed->gone)
        g_ptr_array_add (sorted, changed);
    }

  g_ptr_array_unref (self->sorted);
  self->sorted = sorted;
}

static void
sort_all (CmCallStore *self)
{
  g_ptr_array_set_size (self->sorted, 0);
  for (guint i = 0; i < self->source->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->source, i);

      cm_call_entry_publish (entry, self->sort);
      g_ptr_array_add (self->sorted, entry);
    }

  g_ptr_array_sort (self->sorted, compare_entries);
  self->sort_changed = FALSE;
}

/* Before anything is decided anew: where is what is held? */
static void
find_held (CmCallStore *self,
           CmCallSlot   held[static CM_CALL_ORDER_N_HELD])
{
  for (guint i = 0; i < CM_CALL_ORDER_N_HELD; i++)
    {
      CmCallEntry *entry =
        self->holds[i] != NULL ? g_hash_table_lookup (self->entries, self->holds[i]) : NULL;

      held[i] = (CmCallSlot) { 0 };
      if (entry != NULL && entry->shown && (i == 0 || held[0].item != entry) &&
          g_ptr_array_find (self->shown, entry, &held[i].position))
        held[i].item = entry;
    }
}

static void
update_wanted (CmCallStore *self,
               CmCallSlot   held[static CM_CALL_ORDER_N_HELD])
{
  GPtrArray *entries = self->filter_changed ? self->sorted : self->changed;

  for (guint i = 0; i < entries->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (entries, i);

      entry->shown = is_wanted (self, entry);
    }

  for (guint i = 0; i < CM_CALL_ORDER_N_HELD; i++)
    {
      if (held[i].item != NULL &&
          (!((CmCallEntry *) held[i].item)->shown || ((CmCallEntry *) held[i].item)->gone))
        held[i].item = NULL;
    }
}

static GPtrArray *
dup_shown (CmCallStore      *self,
           const CmCallSlot  held[static CM_CALL_ORDER_N_HELD])
{
  g_autoptr (GPtrArray) flow = g_ptr_array_sized_new (self->sorted->len);

  for (guint i = 0; i < self->sorted->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->sorted, i);

      if (entry->shown && entry != held[0].item && entry != held[1].item)
        g_ptr_array_add (flow, entry);
    }

  if (held[0].item == NULL && held[1].item == NULL)
    return g_steal_pointer (&flow);

  return cm_call_slots_fill (flow, held, CM_CALL_ORDER_N_HELD);
}

static void
settle_changed (CmCallStore *self)
{
  for (guint i = 0; i < self->changed->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->changed, i);

      entry->changed = FALSE;
      count (self, entry);
      if (entry->gone)
        free_entry (self, entry);
      else if (cm_conversation_get_document (entry->conversation)->phase == CM_PHASE_ENDED &&
               !g_ptr_array_find (self->ended, entry, NULL))
        g_ptr_array_add (self->ended, entry);
    }

  g_ptr_array_set_size (self->changed, 0);

  for (guint i = 0; self->filter_changed && i < self->sorted->len; i++)
    count (self, g_ptr_array_index (self->sorted, i));
  self->filter_changed = FALSE;
}

/* Zeroed, and without a model. */
void
cm_call_store_init (CmCallStore *self,
                    gpointer     owner,
                    GCallback    updated)
{
  *self = (CmCallStore) {
    .owner = owner,
    .updated = updated,
    .entries = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cm_call_entry_free),
    .source = g_ptr_array_new (),
    .sorted = g_ptr_array_new (),
    .shown = g_ptr_array_new (),
    .changed = g_ptr_array_new (),
    .ended = g_ptr_array_new (),
    .filter = CM_CALL_FILTER_NONE,
    .own = TRUE,
    .now = CM_TIME_NONE,
  };
}

void
cm_call_store_clear (CmCallStore *self)
{
  g_ptr_array_unref (self->source);
  g_ptr_array_unref (self->sorted);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->ended);
  g_hash_table_unref (self->entries);
  g_strfreev (self->words);
  cm_call_filter_clear (&self->filter);
}

/* Returns: whether there is anything to arrange */
gboolean
cm_call_store_is_changed (const CmCallStore *self)
{
  return self->model_changed || self->sort_changed || self->filter_changed ||
         self->changed->len > 0;
}

/* Notes that the conversation is another one now.
 *
 * Returns: whether that changes where it stands, or whether it is shown */
gboolean
cm_call_store_note (CmCallStore    *self,
                    CmConversation *conversation)
{
  CmCallEntry *entry = g_hash_table_lookup (self->entries, conversation);
  gboolean affected;

  entry->fresh = FALSE;
  /* Of what needs attention the reason may be another one. */
  affected = cm_conversation_get_document (conversation)->attention->len > 0 ||
             cm_call_entry_is_stale (entry, self->sort) ||
             is_wanted (self, entry) != entry->shown ||
             cm_conversation_get_document (conversation)->phase == CM_PHASE_ENDED;
  if (affected)
    add_changed (self, entry);
  count (self, entry);

  return affected;
}

/* Lets the time pass.
 *
 * Returns: whether a call leaves the list by it */
gboolean
cm_call_store_set_now (CmCallStore *self,
                       gint64       now)
{
  self->now = now;

  for (guint i = 0; i < self->ended->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->ended, i);

      if (is_wanted (self, entry) != entry->shown)
        add_changed (self, entry);
    }

  return self->changed->len > 0;
}

/**
 * cm_call_store_arrange:
 * @self: a store
 * @held: (out caller-allocates): what keeps its place, and where that is
 *
 * Decides anew what is shown and where.
 *
 * Returns: (transfer full): what is to be shown from now on
 */
GPtrArray *
cm_call_store_arrange (CmCallStore *self,
                       CmCallSlot   held[static CM_CALL_ORDER_N_HELD])
{
  if (self->model_changed)
    take_model (self);

  find_held (self, held);
  if (self->sort_changed)
    sort_all (self);
  else
    merge_changed (self);
  update_wanted (self, held);
  settle_changed (self);

  return dup_shown (self, held);
}
