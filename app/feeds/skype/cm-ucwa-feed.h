/* cm-ucwa-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_UCWA_FEED (cm_ucwa_feed_get_type ())

/**
 * CmUcwaFeed:
 *
 * One user of Skype for Business, by UCWA 2.0: an application of ours in his name,
 * which hears what his clients hear.
 */
G_DECLARE_FINAL_TYPE (CmUcwaFeed, cm_ucwa_feed, CM, UCWA_FEED, CmFeed)

G_END_DECLS
