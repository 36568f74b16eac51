/* cm-items-walk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-items-private.h"

/* Few people are in most calls, and what is looked at of each stands first: bytes. */
#define N_FETCHED 4
#define ITEM_FETCHED 128

/**
 * cm_items_walk_init:
 * @walk: a walk
 * @before: (nullable): a list
 * @after: (nullable): the list that has become of it
 */
void
cm_items_walk_init (CmItemsWalk   *walk,
                    const CmItems *before,
                    const CmItems *after)
{
  *walk = (CmItemsWalk) { .lists = { before, after } };
}

static const CmItemBlock *
get_block (const CmItemsWalk *walk,
           guint              side)
{
  const CmItems *list = walk->lists[side];

  return list != NULL && list->table != NULL && walk->blocks[side] < list->table->n
    ? list->table->places[walk->blocks[side]].block : NULL;
}

static gconstpointer
get_head (const CmItemsWalk *walk,
          guint              side)
{
  const CmItemBlock *block = get_block (walk, side);

  return block != NULL ? block->items[walk->places[side]] : NULL;
}

static void
step (CmItemsWalk *walk,
      guint        side)
{
  if (++walk->places[side] < walk->lists[side]->table->places[walk->blocks[side]].block->n)
    return;

  walk->places[side] = 0;
  walk->blocks[side]++;
}

static gboolean
skip_block (CmItemsWalk *walk)
{
  if (walk->places[0] > 0 || walk->places[1] > 0 ||
      get_block (walk, 0) == NULL || get_block (walk, 0) != get_block (walk, 1))
    return FALSE;

  walk->blocks[0]++;
  walk->blocks[1]++;

  return TRUE;
}

/**
 * cm_items_walk_next:
 * @walk: a walk
 * @before: (out) (nullable): an item, %NULL for one that is new
 * @after: (out) (nullable): what has become of it, %NULL for one that is no more
 *
 * Goes to the next item that one list does not share with the other: it is another
 * one, or may be. What both share is passed by whole blocks.
 *
 * Returns: %FALSE at the end
 */
gboolean
cm_items_walk_next (CmItemsWalk   *walk,
                    gconstpointer *before,
                    gconstpointer *after)
{
  while (TRUE)
    {
      int order;

      while (skip_block (walk))
        ;
      *before = get_head (walk, 0);
      *after = get_head (walk, 1);
      if (*before == NULL && *after == NULL)
        return FALSE;

      order = *before == NULL ? 1 : *after == NULL ? -1
            : *before == *after ? 0 : strcmp (cm_item_get_key (*before), cm_item_get_key (*after));
      if (order <= 0)
        step (walk, 0);
      if (order >= 0)
        step (walk, 1);
      if (*before == *after)
        continue;

      *before = order <= 0 ? *before : NULL;
      *after = order >= 0 ? *after : NULL;

      return TRUE;
    }
}

/* As cm_document_fetch(): the table, its first block, and that one's first items. */
void
cm_items_fetch (const CmItems *self,
                guint          depth)
{
  if (self->len == 0)
    return;

  if (depth == 0)
    cm_fetch (self->table, sizeof *self->table + sizeof *self->table->places);
  else if (depth == 1)
    cm_fetch (self->table->places[0].block, sizeof (CmItemBlock) + sizeof (gpointer));
  else
    for (guint i = 0; i < MIN (self->table->places[0].block->n, N_FETCHED); i++)
      cm_fetch (self->table->places[0].block->items[i], ITEM_FETCHED);
}
