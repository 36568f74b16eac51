/* cm-tracked-update.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

void        cm_tracked_conversation_touch    (CmTrackedConversation *self,
                                              const CmContact       *contact);
void        cm_tracked_conversation_note_leg (CmTrackedConversation *self,
                                              CmTrackedLeg          *leg);
void        cm_tracked_conversation_add_leg  (CmTrackedConversation *self,
                                              CmTrackedLeg          *leg);
void        cm_tracked_conversation_drop_leg (CmTrackedConversation *self,
                                              CmTrackedLeg          *leg);
void        cm_tracked_conversation_count_leg
                                             (CmTrackedConversation *self,
                                              CmTrackedLeg          *leg);
void        cm_tracked_conversation_leave_leg
                                             (CmTrackedConversation *self,
                                              CmTrackedLeg          *leg);
const GPtrArray *
            cm_tracked_conversation_get_ended
                                             (CmTrackedConversation *self);
gboolean    cm_tracked_conversation_look     (CmTrackedConversation *self,
                                              CmContactBook         *book);
void        cm_tracked_conversation_end_look (CmTrackedConversation *self);

G_END_DECLS
