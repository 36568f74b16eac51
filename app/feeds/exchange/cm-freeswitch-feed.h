/* cm-freeswitch-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_FREESWITCH_FEED (cm_freeswitch_feed_get_type ())

G_DECLARE_FINAL_TYPE (CmFreeswitchFeed, cm_freeswitch_feed, CM, FREESWITCH_FEED, CmExchangeFeed)

char     *cm_freeswitch_dup_order  (const CmOrder  *order,
                                    const char     *dial,
                                    GError        **error);
gboolean  cm_freeswitch_has_taken  (CmText          answer,
                                    char          **words,
                                    char          **job);

G_END_DECLS
