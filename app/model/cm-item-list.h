/* cm-item-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CM_TYPE_ITEM_LIST (cm_item_list_get_type ())

G_DECLARE_FINAL_TYPE (CmItemList, cm_item_list, CM, ITEM_LIST, GObject)

/* A GListModel that is given its whole content anew and tells only what is
 * different. Property: "n-items" (guint), notified. */
CmItemList *cm_item_list_new     (GType       item_type);
guint       cm_item_list_get_n   (CmItemList *self);
gpointer    cm_item_list_get     (CmItemList *self,
                                  guint       position);
void        cm_item_list_replace (CmItemList *self,
                                  GPtrArray  *items);

G_END_DECLS
