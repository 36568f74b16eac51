/* cm-items-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-items.h"

G_BEGIN_DECLS

/**
 * CmItemBlock:
 * @refs: in how many tables it is
 * @size: for how many items there is room
 *
 * There is none without an item.
 */
typedef struct
{
  gatomicrefcount  refs;
  guint            n;
  guint            size;
  gpointer         items[];
} CmItemBlock;

/* @first: how many items are in the blocks before it */
typedef struct
{
  CmItemBlock *block;
  guint        first;
} CmItemPlace;

typedef struct _CmItemTable CmItemTable;

/* As above, of blocks; @refs: how many lists it is. */
struct _CmItemTable
{
  gatomicrefcount refs;
  guint           n;
  guint           size;
  CmItemPlace     places[];
};

static inline const char *
cm_item_get_key (gconstpointer item)
{
  return ((const CmItem *) item)->key;
}

G_END_DECLS
