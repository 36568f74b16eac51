/* cm-items.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-fields.h"

G_BEGIN_DECLS

/**
 * CmItem:
 * @key: a #GRefString, the same as long as the item lives
 * @refs: in how many blocks it is
 *
 * What the struct of every item begins with.
 */
typedef struct
{
  char            *key;
  gatomicrefcount  refs;
} CmItem;

/**
 * CmItemType:
 * @size: of the struct
 * @fields: what it has besides
 * @fresh: a struct in which nothing is set: what every new one begins as
 *
 * A struct that begins with a #CmItem.
 */
typedef struct
{
  gsize          size;
  const CmField *fields;
  gconstpointer  fresh;
} CmItemType;

/**
 * CmItems:
 * @len: how many there are
 *
 * Items by key, in the order of its bytes. Two lists of which one was copied from
 * the other share all that has not been edited since, so that a copy costs nothing
 * and a change as much as there is changed, however long the list is. Zeroed it is
 * an empty one.
 */
typedef struct
{
  struct _CmItemTable *table;
  guint                len;
} CmItems;

/* Where two lists are compared; see cm_items_walk_next(). */
typedef struct
{
  const CmItems *lists[2];
  guint          blocks[2];
  guint          places[2];
} CmItemsWalk;

/* Asks for @data to be brought into the cache. */
static inline void
cm_fetch (gconstpointer data,
          gsize         size)
{
  for (gsize i = 0; i < size; i += 64)
    __builtin_prefetch ((const char *) data + i);
}

gpointer      cm_item_new        (const CmItemType *type,
                                  char             *key);
gpointer      cm_item_copy       (const CmItemType *type,
                                  gconstpointer     item);
void          cm_item_assign     (const CmItemType *type,
                                  gpointer          item,
                                  gconstpointer     from);
void          cm_item_take       (const CmItemType *type,
                                  gpointer          item,
                                  gconstpointer     from);
void          cm_item_unref      (const CmItemType *type,
                                  gpointer          item);
void          cm_items_fetch     (const CmItems    *self,
                                  guint             depth);
gconstpointer cm_items_get       (const CmItems    *self,
                                  guint             i);
gconstpointer cm_items_find      (const CmItems    *self,
                                  const char       *key);
gpointer      cm_items_edit      (CmItems          *self,
                                  const CmItemType *type,
                                  const char       *key);
gpointer      cm_items_edit_shared
                                 (CmItems          *self,
                                  const CmItemType *type,
                                  char             *key);
void          cm_items_remove    (CmItems          *self,
                                  const CmItemType *type,
                                  const char       *key);
void          cm_items_share     (CmItems          *self);
void          cm_items_clear     (CmItems          *self,
                                  const CmItemType *type);
void          cm_items_walk_init (CmItemsWalk      *walk,
                                  const CmItems    *before,
                                  const CmItems    *after);
gboolean      cm_items_walk_next (CmItemsWalk      *walk,
                                  gconstpointer    *before,
                                  gconstpointer    *after);

G_END_DECLS
