/* cm-janus.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_JANUS (cm_janus_get_type ())

/**
 * CmJanus:
 *
 * The event handlers of Janus 1.1 (AudioBridge and VideoRoom): a record is what
 * one POST or one WebSocket message carries, an event or an array of them. A
 * record of its API, {"t": seconds, "dir": "<", "msg": answer}, is read as well:
 * the answers to "listparticipants" and "list" tell all at once.
 */
G_DECLARE_FINAL_TYPE (CmJanus, cm_janus, CM, JANUS, CmDecoder)

G_END_DECLS
