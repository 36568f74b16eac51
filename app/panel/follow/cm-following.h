/* cm-following.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/follow/cm-followed.h"
#include "watch/cm-feed-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOWING (cm_following_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowing, cm_following, CM, FOLLOWING, GObject)

/* The systems that the user follows, kept in a file, and the watch of them. Their
 * secrets are in files, in the environment, or where tokens are kept.
 *
 * Property "path" (nullable, notified): of the tracker's configuration that they are
 * out of, and that is not written; NULL for the user's own. */
CmFollowing  *cm_following_new         (void);
gboolean      cm_following_open        (CmFollowing   *self,
                                        const char    *path,
                                        GError       **error);
gboolean      cm_following_is_open     (CmFollowing   *self);
const char   *cm_following_get_path    (CmFollowing   *self);
GListModel   *cm_following_get_list    (CmFollowing   *self);
CmWatch      *cm_following_start       (CmFollowing   *self);
void          cm_following_stop        (CmFollowing   *self);
CmFeedConfig *cm_following_find        (CmFollowing   *self,
                                        const char    *name);
gboolean      cm_following_set         (CmFollowing   *self,
                                        CmFeedConfig  *config,
                                        GError       **error);
gboolean      cm_following_set_enabled (CmFollowing   *self,
                                        const char    *name,
                                        gboolean       enabled,
                                        GError       **error);
gboolean      cm_following_remove      (CmFollowing   *self,
                                        const char    *name,
                                        GError       **error);

G_END_DECLS
