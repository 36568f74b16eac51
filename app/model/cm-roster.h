/* cm-roster.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-roster-group.h"

G_BEGIN_DECLS

#define CM_TYPE_ROSTER (cm_roster_get_type ())

G_DECLARE_FINAL_TYPE (CmRoster, cm_roster, CM, ROSTER, GObject)

/* The people of a conversation, in groups. A person is the same CmPersonItem in
 * whichever group. */
CmRoster      *cm_roster_new       (void);
CmRosterGroup *cm_roster_get_group (CmRoster         *self,
                                    CmRosterPlace     place);
void           cm_roster_update    (CmRoster         *self,
                                    const CmDocument *document);

G_END_DECLS
