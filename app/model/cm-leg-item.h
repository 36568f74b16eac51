/* cm-leg-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"
#include "model/cm-item-list.h"

G_BEGIN_DECLS

#define CM_TYPE_LEG_ITEM (cm_leg_item_get_type ())

G_DECLARE_FINAL_TYPE (CmLegItem, cm_leg_item, CM, LEG_ITEM, GObject)

/* One station's own view of a conversation, the same object for as long as the
 * leg is there. Properties, read-only and notified when they change: "id",
 * "name" (whose station it is), "detail" (state, role, source), "sentence",
 * "icon-name", "state-class". */
CmLegItem  *cm_leg_item_new    (const CmDocument *document,
                                const CmLeg      *leg);
const char *cm_leg_item_get_id (CmLegItem        *self);
void        cm_leg_item_update (CmLegItem        *self,
                                const CmDocument *document,
                                const CmLeg      *leg);

void        cm_leg_items_update (CmItemList       *items,
                                 const CmDocument *document);

G_END_DECLS
