/* cm-tracked-roster.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

void     cm_tracked_roster_build     (const CmTrackedConversation *conversation,
                                      CmDocument                  *document);
gboolean cm_tracked_roster_may_be_in (const CmPerson              *person);

G_END_DECLS
