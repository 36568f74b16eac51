/* cm-livekit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_LIVEKIT (cm_livekit_get_type ())

/**
 * CmLivekit:
 *
 * LiveKit's webhooks: a record is the body of one POST, {"event", "room",
 * "participant", "createdAt": "seconds"}, as protojson writes it.
 */
G_DECLARE_FINAL_TYPE (CmLivekit, cm_livekit, CM, LIVEKIT, CmDecoder)

void cm_livekit_set_link   (CmLivekit  *self,
                            const char *link);
void cm_livekit_take_rooms (CmLivekit  *self,
                            gint64      at,
                            JsonArray  *rooms);

G_END_DECLS
