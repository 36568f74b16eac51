/* cm-conversation-items.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-conversation-items.h"

#include <string.h>

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint first = cm_conversation_get_number (*(CmConversation * const *) a);
  guint second = cm_conversation_get_number (*(CmConversation * const *) b);

  return first < second ? -1 : first > second;
}

static guint
find_position (GPtrArray      *items,
               CmConversation *conversation)
{
  guint low = 0, high = items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_numbers (&items->pdata[middle], &conversation) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

void
cm_conversations_sort (GPtrArray *items)
{
  g_ptr_array_sort (items, compare_numbers);
}

/**
 * cm_conversations_take_out:
 * @items: what is sorted by number
 * @removed: likewise: which of @items, that own them no longer
 * @first: where the position of the first of them goes; untouched where there is none
 *
 * Nothing but @removed is looked at, and what is between two of them is moved as one.
 *
 * Returns: how many items from @first on are different from before
 */
guint
cm_conversations_take_out (GPtrArray *items,
                           GPtrArray *removed,
                           guint     *first)
{
  g_autofree guint *positions = g_new (guint, removed->len + 1);
  guint n_kept;

  if (removed->len == 0)
    return 0;

  for (guint i = 0; i < removed->len; i++)
    positions[i] = find_position (items, g_ptr_array_index (removed, i));
  positions[removed->len] = items->len;

  *first = n_kept = positions[0];
  for (guint i = 0; i < removed->len; i++)
    {
      guint n = positions[i + 1] - positions[i] - 1;

      memmove (items->pdata + n_kept, items->pdata + positions[i] + 1, n * sizeof (gpointer));
      n_kept += n;
    }

  g_ptr_array_set_free_func (items, NULL);
  g_ptr_array_set_size (items, (int) n_kept);
  g_ptr_array_set_free_func (items, g_object_unref);

  return positions[removed->len - 1] - *first + 1;
}
