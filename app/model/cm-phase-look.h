/* cm-phase-look.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-wire.h"
#include "model/cm-enums.h"

G_BEGIN_DECLS

const char *cm_phase_get_icon_name   (CmPhase        phase,
                                      CmLegDirection direction);
const char *cm_phase_get_state_class (CmPhase        phase);

G_END_DECLS
