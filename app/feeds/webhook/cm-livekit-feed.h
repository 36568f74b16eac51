/* cm-livekit-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/webhook/cm-webhook-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_LIVEKIT_FEED (cm_livekit_feed_get_type ())

/**
 * CmLivekitFeed:
 *
 * A server of LiveKit: its webhooks, and what its API lists.
 */
G_DECLARE_FINAL_TYPE (CmLivekitFeed, cm_livekit_feed, CM, LIVEKIT_FEED, CmWebhookFeed)

G_END_DECLS
