/* cm-janus-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_JANUS_FEED (cm_janus_feed_get_type ())

/**
 * CmJanusFeed:
 *
 * A Janus that posts its events to us (sampleevh), or sends them over a WebSocket
 * (wsevh), and is asked by its API who is in its rooms: at first, after each loss,
 * and every few seconds, because its event handlers drop what they cannot deliver.
 */
G_DECLARE_FINAL_TYPE (CmJanusFeed, cm_janus_feed, CM, JANUS_FEED, CmFeed)

G_END_DECLS
