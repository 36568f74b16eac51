/* cm-call-entries.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-entries.h"

#include <string.h>

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  return cm_call_entry_compare (*(CmCallEntry * const *) a, *(CmCallEntry * const *) b);
}

/* Returns: the position of the first that does not stand before @entry */
static guint
find_position (GPtrArray         *entries,
               const CmCallEntry *entry)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (cm_call_entry_compare (g_ptr_array_index (entries, middle), entry) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static gboolean
is_sorted (GPtrArray *entries)
{
  for (guint i = 1; i < entries->len; i++)
    {
      if (compare_entries (&entries->pdata[i - 1], &entries->pdata[i]) > 0)
        return FALSE;
    }

  return TRUE;
}

/* Calls mostly come in the order that they are to have: a hundred thousand at once too. */
void
cm_call_entries_sort (GPtrArray *entries)
{
  if (!is_sorted (entries))
    g_ptr_array_sort (entries, compare_entries);
}

/**
 * cm_call_entries_take_out:
 * @entries: sorted
 * @out: sorted, and all of them among @entries
 */
void
cm_call_entries_take_out (GPtrArray *entries,
                          GPtrArray *out)
{
  g_autofree guint *positions = g_new (guint, out->len + 1);
  guint n_kept;

  if (out->len == 0)
    return;

  for (guint i = 0; i < out->len; i++)
    positions[i] = find_position (entries, g_ptr_array_index (out, i));
  positions[out->len] = entries->len;

  n_kept = positions[0];
  for (guint i = 0; i < out->len; i++)
    {
      guint n = positions[i + 1] - positions[i] - 1;

      memmove (entries->pdata + n_kept, entries->pdata + positions[i] + 1, n * sizeof (gpointer));
      n_kept += n;
    }

  g_ptr_array_set_size (entries, (int) n_kept);
}

/**
 * cm_call_entries_put_in:
 * @entries: sorted
 * @in: sorted, and none of them among @entries
 */
void
cm_call_entries_put_in (GPtrArray *entries,
                        GPtrArray *in)
{
  guint end = entries->len;

  if (end == 0)
    {
      g_ptr_array_extend (entries, in, NULL, NULL);
      return;
    }

  g_ptr_array_set_size (entries, (int) (end + in->len));
  entries->len = end;

  /* From the last on: each goes as far as there are some before it. */
  for (guint i = in->len; i > 0; i--)
    {
      CmCallEntry *entry = g_ptr_array_index (in, i - 1);
      guint at = find_position (entries, entry);

      memmove (entries->pdata + at + i, entries->pdata + at,
               (entries->len - at) * sizeof (gpointer));
      entries->pdata[at + i - 1] = entry;
      entries->len = at;
    }

  entries->len = end + in->len;
}
