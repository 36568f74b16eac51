/* cm-zoom.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_ZOOM (cm_zoom_get_type ())

/**
 * CmZoom:
 *
 * Zoom's webhooks of meetings, webinars and Zoom Phone: a record is the body of one
 * POST, {"event": …, "event_ts": ms, "payload": {"object": …}}.
 */
G_DECLARE_FINAL_TYPE (CmZoom, cm_zoom, CM, ZOOM, CmDecoder)

G_END_DECLS
