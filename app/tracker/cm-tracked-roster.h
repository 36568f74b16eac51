/* cm-tracked-roster.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

void     cm_tracked_roster_build     (const CmTrackedConversation *conversation,
                                      CmDocument                  *document);
gboolean cm_tracked_roster_build_person
                                     (const CmTrackedConversation *conversation,
                                      const CmDocument            *document,
                                      const CmContact             *contact,
                                      CmPerson                    *person);

G_END_DECLS
