/* cm-janus-snapshot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-room.h"

G_BEGIN_DECLS

JsonObject *cm_janus_find_answer   (JsonObject           *record,
                                    const char          **plugin);
void        cm_janus_take_snapshot (CmJanusRoom          *room,
                                    const CmJanusMoment  *when,
                                    JsonArray            *people);

G_END_DECLS
