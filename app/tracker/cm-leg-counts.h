/* cm-leg-counts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

void                cm_leg_counts_clear      (CmLegCounts           *self);
void                cm_leg_counts_begin      (CmTrackedConversation *conversation);
void                cm_leg_counts_note       (CmTrackedConversation *conversation,
                                              CmTrackedLeg          *leg);
void                cm_leg_counts_drop       (CmTrackedConversation *conversation,
                                              CmTrackedLeg          *leg);
CmKind              cm_leg_counts_get_kind   (const CmLegCounts     *self);
CmPhase             cm_leg_counts_get_phase  (const CmLegCounts     *self);
const CmTrackedLeg *cm_leg_counts_get_teller (CmTrackedConversation *conversation,
                                              CmTold                 told);

G_END_DECLS
