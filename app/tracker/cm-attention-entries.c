/* cm-attention-entries.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention-entries.h"

#include "core/cm-pack-fields.h"
#include "tracker/cm-tracked.h"

static void
entry_free (gpointer data)
{
  CmAttentionEntry *entry = data;

  g_clear_pointer (&entry->leg, g_ref_string_release);
  g_free (entry);
}

/**
 * cm_attention_entries_init:
 * @self: a list
 */
void
cm_attention_entries_init (CmAttentionEntries *self)
{
  *self = (CmAttentionEntries) { .all = g_ptr_array_new_with_free_func (entry_free), .fired = g_ptr_array_new () };
}

/**
 * cm_attention_entries_clear:
 * @self: a list that is not used again
 */
void
cm_attention_entries_clear (CmAttentionEntries *self)
{
  g_ptr_array_unref (self->fired);
  g_ptr_array_unref (self->all);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_clear_pointer (&self->dues, g_sequence_free);
}

/* Returns: the place of the first that does not come before @key, or one behind all */
static guint
find_in_order (const GPtrArray        *entries,
               GCompareFunc            compare,
               const CmAttentionEntry *key)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (g_ptr_array_index (entries, middle), key) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static int
compare_by_leg (gconstpointer a,
                gconstpointer b)
{
  const CmAttentionEntry *first = a;
  const CmAttentionEntry *second = b;
  int order = g_strcmp0 (first->leg, second->leg);

  return order != 0 ? order : (int) first->rule - (int) second->rule;
}

/* The worst first. */
static int
compare_by_level (gconstpointer a,
                  gconstpointer b)
{
  const CmAttentionEntry *first = a;
  const CmAttentionEntry *second = b;

  if (first->level != second->level)
    return first->level > second->level ? -1 : 1;
  if (first->rule != second->rule)
    return first->rule < second->rule ? -1 : 1;

  return g_strcmp0 (first->leg, second->leg);
}

static int
compare_by_due (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const CmAttentionEntry *first = a;
  const CmAttentionEntry *second = b;

  return first->due < second->due ? -1 : first->due > second->due;
}

/**
 * cm_attention_entries_tell:
 * @self: a list
 * @entry: one of it
 * @fired: whether it is to be told
 * @level: how bad it is
 *
 * Puts it among what is told, or takes it out.
 */
void
cm_attention_entries_tell (CmAttentionEntries *self,
                           CmAttentionEntry   *entry,
                           gboolean            fired,
                           CmLevel             level)
{
  if (entry->fired)
    g_ptr_array_remove_index (self->fired, find_in_order (self->fired, compare_by_level, entry));

  entry->fired = fired;
  entry->level = level;
  if (fired)
    g_ptr_array_insert (self->fired, (gint) find_in_order (self->fired, compare_by_level, entry), entry);
  g_clear_pointer (&self->told, g_ptr_array_unref);
}

/* @due: when it is to be looked at again, ms UTC, or %CM_TIME_NONE */
void
cm_attention_entries_wait (CmAttentionEntries *self,
                           CmAttentionEntry   *entry,
                           gint64              due)
{
  if (entry->due == due)
    return;

  g_clear_pointer (&entry->place, g_sequence_remove);
  entry->due = due;
  if (due == CM_TIME_NONE)
    return;

  if (self->dues == NULL)
    self->dues = g_sequence_new (NULL);
  entry->place = g_sequence_insert_sorted (self->dues, entry, compare_by_due, NULL);
}

/**
 * cm_attention_entries_find:
 * @self: a list
 * @leg: (nullable): the id of a leg
 *
 * Returns: the place of the first entry of that leg, or where it would be
 */
guint
cm_attention_entries_find (const CmAttentionEntries *self,
                           const char               *leg)
{
  const CmAttentionEntry key = { .leg = (char *) leg };

  return find_in_order (self->all, compare_by_leg, &key);
}

/**
 * cm_attention_entries_get:
 * @self: a list
 * @rule: a rule
 * @leg: (nullable): the id of a leg, a #GRefString
 * @now: since when a new one holds, ms UTC
 *
 * Returns: (transfer none): that entry, new where there was none
 */
CmAttentionEntry *
cm_attention_entries_get (CmAttentionEntries *self,
                          CmRule              rule,
                          char               *leg,
                          gint64              now)
{
  const CmAttentionEntry key = { .rule = rule, .leg = leg };
  guint place = find_in_order (self->all, compare_by_leg, &key);
  CmAttentionEntry *entry = place < self->all->len ? g_ptr_array_index (self->all, place) : NULL;

  if (entry != NULL && compare_by_leg (entry, &key) == 0)
    return entry;

  entry = g_new0 (CmAttentionEntry, 1);
  entry->rule = rule;
  cm_ref_string_share (&entry->leg, leg);
  entry->since = now;
  entry->due = CM_TIME_NONE;
  g_ptr_array_insert (self->all, (gint) place, entry);

  return entry;
}

/* @place: of the one that is not needed any more */
void
cm_attention_entries_forget (CmAttentionEntries *self,
                             guint               place)
{
  CmAttentionEntry *entry = g_ptr_array_index (self->all, place);

  if (entry->fired)
    cm_attention_entries_tell (self, entry, FALSE, entry->level);
  cm_attention_entries_wait (self, entry, CM_TIME_NONE);
  g_ptr_array_remove_index (self->all, place);
}

/**
 * cm_attention_entries_get_due:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): the one that is to be looked at first
 */
CmAttentionEntry *
cm_attention_entries_get_due (const CmAttentionEntries *self)
{
  if (self->dues == NULL || g_sequence_is_empty (self->dues))
    return NULL;

  return g_sequence_get (g_sequence_get_begin_iter (self->dues));
}

/* Returns: where the entry stands in the list */
guint
cm_attention_entries_get_place (const CmAttentionEntries *self,
                                const CmAttentionEntry   *entry)
{
  return find_in_order (self->all, compare_by_leg, entry);
}

/**
 * cm_attention_entries_get_told:
 * @self: a list
 *
 * Returns: (transfer none) (element-type CmAttention): what needs attention, the worst
 *   first; another array after it has changed
 */
GPtrArray *
cm_attention_entries_get_told (CmAttentionEntries *self)
{
  if (self->told != NULL)
    return self->told;

  self->told = cm_attention_list_new ();
  for (guint i = 0; i < self->fired->len; i++)
    {
      const CmAttentionEntry *entry = g_ptr_array_index (self->fired, i);
      CmAttention *attention = cm_attention_list_add (self->told);

      attention->level = entry->level;
      attention->since = entry->since;
      cm_ref_string_set (&attention->rule, cm_text_from_string (cm_rule_get_name (entry->rule)));
      cm_ref_string_share (&attention->leg, entry->leg);
    }

  return self->told;
}

static const CmPackField entry_fields[] = {
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, CmAttentionEntry, rule, 0, CM_N_RULES - 1),
  CM_PACK_TEXT_FIELD (CmAttentionEntry, leg),
  CM_PACK_TIME_FIELD (CmAttentionEntry, since),
  CM_PACK_TIME_FIELD (CmAttentionEntry, false_since),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, CmAttentionEntry, fired, FALSE, TRUE),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, CmAttentionEntry, level, CM_LEVEL_NOTICE, CM_LEVEL_WARNING),
};

/**
 * cm_attention_entries_write:
 * @self: a list
 * @pack: where to
 */
void
cm_attention_entries_write (const CmAttentionEntries *self,
                            CmPackWriter             *pack)
{
  cm_pack_writer_number (pack, self->all->len);
  for (guint i = 0; i < self->all->len; i++)
    cm_pack_writer_fields (pack, entry_fields, G_N_ELEMENTS (entry_fields), g_ptr_array_index (self->all, i));
}

static void
read_entry (CmAttentionEntries *self,
            CmPackReader       *pack)
{
  CmAttentionEntry *entry = g_new0 (CmAttentionEntry, 1);
  guint place;

  cm_pack_reader_fields (pack, entry_fields, G_N_ELEMENTS (entry_fields), entry);
  entry->due = CM_TIME_NONE;
  place = find_in_order (self->all, compare_by_leg, entry);
  if (place < self->all->len && compare_by_leg (g_ptr_array_index (self->all, place), entry) == 0)
    {
      entry_free (entry);
      cm_pack_reader_fail (pack);
      return;
    }

  g_ptr_array_insert (self->all, (gint) place, entry);
  if (entry->fired)
    g_ptr_array_insert (self->fired, (gint) find_in_order (self->fired, compare_by_level, entry), entry);
}

/**
 * cm_attention_entries_read:
 * @self: an empty list
 * @pack: where from
 */
void
cm_attention_entries_read (CmAttentionEntries *self,
                           CmPackReader       *pack)
{
  guint n_entries = cm_pack_reader_count (pack);

  for (guint i = 0; i < n_entries && cm_pack_reader_is_good (pack); i++)
    read_entry (self, pack);
}
