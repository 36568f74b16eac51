/* cm-follow-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

/* The file of the systems that are followed: that of a tracker, or the user's own,
 * which has nothing but the groups of feeds. */
char      *cm_follow_file_dup_path (void);
GPtrArray *cm_follow_file_load     (const char  *path,
                                    GError     **error);
gboolean   cm_follow_file_save     (const char  *path,
                                    GPtrArray   *configs,
                                    GError     **error);

G_END_DECLS
