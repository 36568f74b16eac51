/* cm-feed-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-local-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_FEED_WATCH (cm_feed_watch_get_type ())

/* A watch of real systems: its tracker is in this process, and the feeds that a
 * service would have, too. It is live while one of them is; "error" is what keeps
 * the first of the others from it. */
G_DECLARE_FINAL_TYPE (CmFeedWatch, cm_feed_watch, CM, FEED_WATCH, CmLocalWatch)

CmFeedWatch *cm_feed_watch_new       (void);
void         cm_feed_watch_apply     (CmFeedWatch *self,
                                      GPtrArray   *configs);
GListModel  *cm_feed_watch_get_feeds (CmFeedWatch *self);

G_END_DECLS
