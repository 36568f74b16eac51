/* cm-roster-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-item-list.h"
#include "model/cm-person-item.h"

G_BEGIN_DECLS

#define CM_TYPE_ROSTER_GROUP (cm_roster_group_get_type ())

G_DECLARE_FINAL_TYPE (CmRosterGroup, cm_roster_group, CM, ROSTER_GROUP, GObject)

/* A group of a roster. Properties: "title" ("Presenters (2)", notified), "shown"
 * (gboolean, notified: an empty group is not drawn, unless its being empty says
 * something), "items" (a GListModel of CmPersonItem, constant). */
CmRosterGroup *cm_roster_group_new       (CmRosterPlace  place);
GListModel    *cm_roster_group_get_items (CmRosterGroup *self);
const char    *cm_roster_group_get_title (CmRosterGroup *self);
gboolean       cm_roster_group_get_shown (CmRosterGroup *self);
void           cm_roster_group_replace   (CmRosterGroup *self,
                                          GPtrArray     *persons,
                                          gboolean       expected);

G_END_DECLS
