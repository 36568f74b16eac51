/* cm-call-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-store.h"

#include "model/cm-call-entries.h"

/* So many are fetched side by side, and so many steps before they are looked at. */
#define N_FETCHED 32
#define N_AHEAD 8

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
  return entry->ended != CM_TIME_NONE && self->now != CM_TIME_NONE &&
         self->now - entry->ended >= CM_CALL_ENDED_SHOWN_TIME &&
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

  return (cm_call_filter_is_none (&self->filter) ||
          cm_call_filter_match (&self->filter, cm_conversation_get_document (entry->conversation))) &&
         (self->words == NULL || cm_search_match (cm_conversation_get_search (entry->conversation),
                                                  self->words));
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

static void
add_entry (CmCallStore    *self,
           CmConversation *conversation)
{
  CmCallEntry *entry = cm_call_entry_new (conversation, self->next_number++);

  g_hash_table_insert (self->entries, conversation, entry);
  cm_conversation_set_own (conversation, self->own);
  add_changed (self, entry);
}

static void
drop_entry (CmCallStore *self,
            CmCallEntry *entry)
{
  entry->gone = TRUE;
  add_changed (self, entry);
}

/* By what was published last: it is found where that put it. */
static void
take_out_changed (CmCallStore *self)
{
  g_autoptr (GPtrArray) placed = g_ptr_array_new ();
  g_autoptr (GPtrArray) listed = g_ptr_array_new ();

  for (guint i = 0; i < self->changed->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->changed, i);

      if (entry->placed)
        g_ptr_array_add (placed, entry);
      if (entry->listed)
        g_ptr_array_add (listed, entry);
      entry->placed = entry->listed = FALSE;
    }

  cm_call_entries_sort (placed);
  cm_call_entries_sort (listed);
  cm_call_entries_take_out (self->sorted, placed);
  cm_call_entries_take_out (self->listed, listed);
}

static void
publish_changed (CmCallStore *self)
{
  g_autoptr (GPtrArray) placed = g_ptr_array_new ();

  for (guint i = 0; i < self->changed->len; i++)
    cm_call_entry_publish (g_ptr_array_index (self->changed, i), self->sort);
  cm_call_entries_sort (self->changed);

  for (guint i = 0; i < self->changed->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->changed, i);

      entry->placed = !entry->gone;
      if (entry->placed)
        g_ptr_array_add (placed, entry);
    }

  cm_call_entries_put_in (self->sorted, placed);
}

static void
sort_all (CmCallStore *self)
{
  for (guint i = 0; i < self->sorted->len; i++)
    cm_call_entry_publish (g_ptr_array_index (self->sorted, i), self->sort);

  cm_call_entries_sort (self->sorted);
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

/* Returns: whether what is listed has to be put together anew */
static gboolean
is_all_changed (CmCallStore *self)
{
  return self->filter_changed || self->sort_changed;
}

static void
tell (CmCallStore *self,
      CmCallEntry *entry)
{
  g_ptr_array_add (entry->shown && !entry->gone ? self->arranged.in : self->arranged.out,
                   g_object_ref (entry->conversation));
}

/* Of what is looked at soon something is brought into the cache at each step: see
 * cm-update-queue.c. */
static void
fetch_ahead (CmCallStore *self,
             GPtrArray   *entries,
             guint        i)
{
  if (i + 3 * N_AHEAD < entries->len)
    cm_fetch (g_ptr_array_index (entries, i + 3 * N_AHEAD), sizeof (CmCallEntry));
  if (i + 2 * N_AHEAD < entries->len)
    cm_conversation_fetch (((CmCallEntry *) g_ptr_array_index (entries, i + 2 * N_AHEAD))->conversation, 0);
  if (self->words != NULL && i + N_AHEAD < entries->len)
    cm_conversation_fetch_search (((CmCallEntry *) g_ptr_array_index (entries, i + N_AHEAD))->conversation);
}

static void
update_wanted (CmCallStore *self)
{
  GPtrArray *entries = self->filter_changed ? self->sorted : self->changed;

  for (guint i = 0; i < entries->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (entries, i);
      gboolean before = entry->shown;

      fetch_ahead (self, entries, i);
      entry->shown = is_wanted (self, entry);
      count (self, entry);
      if (entry->attention && entry->shown != before && !entry->changed)
        tell (self, entry);
    }
}

static void
list_wanted (CmCallStore *self)
{
  gboolean all = is_all_changed (self);
  GPtrArray *entries = all ? self->sorted : self->changed;
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  GPtrArray *listed = all ? self->listed : changed;

  g_ptr_array_set_size (listed, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (entries, i);

      entry->listed = entry->shown && !entry->gone;
      if (entry->listed)
        g_ptr_array_add (listed, entry);
    }

  cm_call_entries_put_in (self->listed, changed);
}

static GPtrArray *
dup_shown (CmCallStore *self,
           CmCallSlot   held[static CM_CALL_ORDER_N_HELD])
{
  GPtrArray *shown = self->spare != NULL ? g_steal_pointer (&self->spare) : g_ptr_array_new ();
  g_autoptr (GPtrArray) out = g_ptr_array_new ();

  g_ptr_array_extend (shown, self->listed, NULL, NULL);
  for (guint i = 0; i < CM_CALL_ORDER_N_HELD; i++)
    {
      if (held[i].item != NULL && !((CmCallEntry *) held[i].item)->listed)
        held[i].item = NULL;
      if (held[i].item != NULL)
        g_ptr_array_add (out, held[i].item);
    }

  cm_call_entries_sort (out);
  cm_call_entries_take_out (shown, out);
  cm_call_slots_fill (shown, held, CM_CALL_ORDER_N_HELD);

  return shown;
}

/* What is held may be what goes: it is let go of before it is freed. */
static void
settle_changed (CmCallStore *self)
{
  for (guint i = 0; i < self->changed->len; i++)
    {
      CmCallEntry *entry = g_ptr_array_index (self->changed, i);

      entry->changed = FALSE;
      tell (self, entry);
      if (entry->gone)
        free_entry (self, entry);
      else if (cm_conversation_get_phase (entry->conversation) == CM_PHASE_ENDED &&
               !g_ptr_array_find (self->ended, entry, NULL))
        g_ptr_array_add (self->ended, entry);
    }

  g_ptr_array_set_size (self->changed, 0);
  self->filter_changed = self->sort_changed = FALSE;
}

/* Zeroed, and without a model. */
void
cm_call_store_init (CmCallStore *self)
{
  *self = (CmCallStore) {
    .entries = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cm_call_entry_free),
    .sorted = g_ptr_array_new (),
    .listed = g_ptr_array_new (),
    .shown = g_ptr_array_new (),
    .changed = g_ptr_array_new (),
    .ended = g_ptr_array_new (),
    .arranged.in = g_ptr_array_new_with_free_func (g_object_unref),
    .arranged.out = g_ptr_array_new_with_free_func (g_object_unref),
    .filter = CM_CALL_FILTER_NONE,
    .own = TRUE,
    .now = CM_TIME_NONE,
  };
}

void
cm_call_store_clear (CmCallStore *self)
{
  g_ptr_array_unref (self->sorted);
  g_ptr_array_unref (self->listed);
  g_ptr_array_unref (self->shown);
  g_clear_pointer (&self->spare, g_ptr_array_unref);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->ended);
  g_ptr_array_unref (self->arranged.in);
  g_ptr_array_unref (self->arranged.out);
  g_hash_table_unref (self->entries);
  g_strfreev (self->words);
  cm_call_filter_clear (&self->filter);
}

/* Returns: whether there is anything to arrange */
gboolean
cm_call_store_is_changed (const CmCallStore *self)
{
  return self->sort_changed || self->filter_changed || self->changed->len > 0;
}

/* All that is in @model, instead of what there was. */
void
cm_call_store_set_model (CmCallStore *self,
                         GListModel  *model)
{
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    drop_entry (self, entry);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (model, i);

      add_entry (self, conversation);
    }
}

/* Returns: whether it changes where the conversation stands, or whether it is shown */
static gboolean
note (CmCallStore *self,
      CmCallEntry *entry)
{
  cm_call_entry_look (entry);
  count (self, entry);
  if (entry->changed)
    return FALSE;

  if (!entry->over && is_wanted (self, entry) == entry->shown &&
      !cm_call_entry_is_stale (entry, self->sort))
    return FALSE;

  add_changed (self, entry);

  return TRUE;
}

/* As with the conversations themselves, see cm-update-queue.c: some are fetched side by side,
 * or each of them would be waited for.
 *
 * Returns: as note() */
static gboolean
note_all (CmCallStore *self,
          GPtrArray   *conversations)
{
  CmCallEntry *entries[N_FETCHED];
  gboolean affected = FALSE;

  for (guint first = 0; first < conversations->len; first += N_FETCHED)
    {
      guint n = MIN (conversations->len - first, N_FETCHED);

      for (guint i = 0; i < n; i++)
        {
          entries[i] = g_hash_table_lookup (self->entries, g_ptr_array_index (conversations, first + i));
          cm_fetch (entries[i], sizeof *entries[i]);
          cm_conversation_fetch (g_ptr_array_index (conversations, first + i), 0);
        }

      /* It may have come and gone within one commit. */
      for (guint i = 0; i < n; i++)
        affected |= entries[i] != NULL && note (self, entries[i]);
    }

  return affected;
}

/**
 * cm_call_store_take:
 * @self: a store
 * @changes: what the model has committed
 *
 * Returns: whether what was there already has to be arranged anew
 */
gboolean
cm_call_store_take (CmCallStore                 *self,
                    const CmConversationChanges *changes)
{
  for (guint i = 0; i < changes->removed->len; i++)
    {
      CmCallEntry *entry = g_hash_table_lookup (self->entries,
                                                g_ptr_array_index (changes->removed, i));

      if (entry != NULL)
        drop_entry (self, entry);
    }

  for (guint i = 0; i < changes->added->len; i++)
    add_entry (self, g_ptr_array_index (changes->added, i));

  return note_all (self, changes->updated);
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
  GPtrArray *shown;

  g_ptr_array_set_size (self->arranged.in, 0);
  g_ptr_array_set_size (self->arranged.out, 0);
  find_held (self, held);
  take_out_changed (self);
  publish_changed (self);
  if (self->sort_changed)
    sort_all (self);
  update_wanted (self);
  list_wanted (self);
  shown = dup_shown (self, held);
  settle_changed (self);

  return shown;
}

/* @shown: (transfer full): what cm_call_store_arrange() gave; for the rest, and what it
 * returns, see cm_call_slots_compare() */
gboolean
cm_call_store_show (CmCallStore *self,
                    GPtrArray   *shown,
                    guint       *first,
                    guint       *n_removed,
                    guint       *n_added)
{
  gboolean changed = cm_call_slots_compare (self->shown, shown, first, n_removed, n_added);

  g_ptr_array_set_size (self->shown, 0);
  g_clear_pointer (&self->spare, g_ptr_array_unref);
  self->spare = self->shown;
  self->shown = shown;

  return changed;
}
