/* cm-bigbluebutton-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/webhook/cm-webhook-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_BIGBLUEBUTTON_FEED (cm_bigbluebutton_feed_get_type ())

/**
 * CmBigbluebuttonFeed:
 *
 * A server of BigBlueButton: its webhooks, and what its API lists.
 */
G_DECLARE_FINAL_TYPE (CmBigbluebuttonFeed, cm_bigbluebutton_feed, CM, BIGBLUEBUTTON_FEED, CmWebhookFeed)

G_END_DECLS
