/* cm-asterisk-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_ASTERISK_FEED (cm_asterisk_feed_get_type ())

G_DECLARE_FINAL_TYPE (CmAsteriskFeed, cm_asterisk_feed, CM, ASTERISK_FEED, CmExchangeFeed)

char    *cm_asterisk_dup_order         (const CmOrder  *order,
                                        const char     *dial,
                                        GError        **error);
guint32  cm_asterisk_get_origin_status (const char     *reason);

G_END_DECLS
