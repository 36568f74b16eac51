/* cm-graph-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/webhook/cm-webhook-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_GRAPH_FEED (cm_graph_feed_get_type ())

/**
 * CmGraphFeed:
 *
 * Microsoft Graph: what it posts to a bot or to a subscription, encrypted or not, and
 * how the bot's own calls are, which it can be asked.
 */
G_DECLARE_FINAL_TYPE (CmGraphFeed, cm_graph_feed, CM, GRAPH_FEED, CmWebhookFeed)

G_END_DECLS
