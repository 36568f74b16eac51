/* cm-feed-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

/**
 * CmFeedList:
 *
 * The feeds that are followed, as they are configured at the moment.
 */
typedef struct _CmFeedList CmFeedList;

CmFeedList *cm_feed_list_new         (CmEventFunc       event_func,
                                      CmEventFaultFunc  fault_func,
                                      gpointer          user_data);
void        cm_feed_list_free        (CmFeedList       *self);
void        cm_feed_list_apply       (CmFeedList       *self,
                                      GPtrArray        *configs);
CmFeed     *cm_feed_list_find        (CmFeedList       *self,
                                      const char       *name);
CmFeed     *cm_feed_list_find_source (CmFeedList       *self,
                                      const char       *source);
GListModel *cm_feed_list_get_feeds   (CmFeedList       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmFeedList, cm_feed_list_free)

G_END_DECLS
