/* cm-followed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOWED (cm_followed_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowed, cm_followed, CM, FOLLOWED, GObject)

/* A system that is followed, or switched off, as it is listed. Properties: "name" and
 * "title" (constant), "enabled" (constant) and, notified together, "text" (how it is
 * with it), "icon-name", "state-class" and "sentence" (all of it, for a screen reader). */
CmFollowed   *cm_followed_new        (CmFeedConfig *config,
                                      CmFeed       *feed);
CmFeedConfig *cm_followed_get_config (CmFollowed   *self);

G_END_DECLS
