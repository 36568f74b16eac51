/* cm-tracked-pack.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

void          cm_tracked_leg_write (const CmTrackedLeg *self,
                                    CmPackWriter       *pack,
                                    GHashTable         *contacts);
CmTrackedLeg *cm_tracked_leg_read  (CmPackReader       *pack,
                                    CmTrackedSource    *source,
                                    const char         *source_id,
                                    GPtrArray          *contacts);

G_END_DECLS
