/* cm-call-slots.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-slots.h"

/* Returns: (nullable): the first from @position on */
static const CmCallSlot *
find_next (const CmCallSlot *held,
           guint             n_held,
           guint             position)
{
  const CmCallSlot *next = NULL;

  for (guint i = 0; i < n_held; i++)
    {
      if (held[i].item != NULL && held[i].position >= position &&
          (next == NULL || held[i].position < next->position))
        next = &held[i];
    }

  return next;
}

/**
 * cm_call_slots_fill:
 * @flow: what is to come, in its order, without what is held
 * @held: (array length=n_held): what keeps its place
 * @n_held: how many
 *
 * Puts what is held into @flow. Where there is too little of it to reach the place
 * of something held, that comes as near as it can.
 */
void
cm_call_slots_fill (GPtrArray        *flow,
                    const CmCallSlot *held,
                    guint             n_held)
{
  for (const CmCallSlot *slot = find_next (held, n_held, 0); slot != NULL;
       slot = find_next (held, n_held, slot->position + 1))
    g_ptr_array_insert (flow, (int) MIN (slot->position, flow->len), slot->item);
}

/**
 * cm_call_slots_find_heading:
 * @n_items: how many there are
 * @n_attention: how many of them need attention; they come first
 * @before: where the second heading was
 * @held: (array length=n_held): what must not move
 * @n_held: how many
 *
 * A heading has a height: it must not come to stand above a row that is held, nor go
 * from there.
 *
 * Returns: the position before which the second heading stands, or %CM_CALL_SLOT_NONE
 */
guint
cm_call_slots_find_heading (guint             n_items,
                            guint             n_attention,
                            guint             before,
                            const CmCallSlot *held,
                            guint             n_held)
{
  guint wanted = n_attention > 0 && n_attention < n_items ? n_attention : CM_CALL_SLOT_NONE;
  guint least = 0, most = CM_CALL_SLOT_NONE;

  for (guint i = 0; i < n_held; i++)
    {
      if (held[i].item == NULL)
        continue;
      if (before != CM_CALL_SLOT_NONE && before <= held[i].position)
        most = MIN (most, held[i].position);
      else
        least = MAX (least, held[i].position + 1);
    }

  if (most != CM_CALL_SLOT_NONE)
    return CLAMP (wanted == CM_CALL_SLOT_NONE ? before : wanted, MIN (least, most), most);

  return wanted < least ? CM_CALL_SLOT_NONE : wanted;
}

/**
 * cm_call_slots_compare:
 * @before: what stood where
 * @after: what stands where now
 * @first: where the first that is another one stands
 * @n_removed: how many of those before, from there to the last that is another one
 * @n_added: how many there are now instead
 *
 * Returns: whether there is any
 */
gboolean
cm_call_slots_compare (GPtrArray *before,
                       GPtrArray *after,
                       guint     *first,
                       guint     *n_removed,
                       guint     *n_added)
{
  guint least = MIN (before->len, after->len), head = 0, tail = 0;

  while (head < least && before->pdata[head] == after->pdata[head])
    head++;
  while (tail < least - head &&
         before->pdata[before->len - 1 - tail] == after->pdata[after->len - 1 - tail])
    tail++;

  *first = head;
  *n_removed = before->len - head - tail;
  *n_added = after->len - head - tail;

  return *n_removed > 0 || *n_added > 0;
}
