/* cm-livekit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

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

G_END_DECLS
