/* cm-feeds.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

const char * const *cm_feeds_get_types    (void);
const CmFeedOption *cm_feeds_get_options  (const char   *type);
const char         *cm_feeds_get_title    (const char   *type);
gboolean            cm_feeds_can_ask      (const char   *type);
gboolean            cm_feeds_check_asks   (const CmFeedConfig  *config,
                                           GError             **error);
CmFeed             *cm_feeds_new_feed     (CmFeedConfig *config);

G_END_DECLS
