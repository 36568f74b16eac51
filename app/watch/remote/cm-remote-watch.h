/* cm-remote-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/remote/cm-remote-link.h"

G_BEGIN_DECLS

#define CM_TYPE_REMOTE_WATCH (cm_remote_watch_get_type ())

G_DECLARE_FINAL_TYPE (CmRemoteWatch, cm_remote_watch, CM, REMOTE_WATCH, CmWatch)

/* A watch whose tracker runs elsewhere; what it saw since it began can be looked back
 * at. Signal "message" (char *type, GBytes *text):
 * each message of the tracker, after it was taken in. */
CmRemoteWatch *cm_remote_watch_new       (const CmRemoteOptions  *options,
                                          GError                **error);
GPtrArray     *cm_remote_watch_dup_documents
                                         (CmRemoteWatch          *self);

G_END_DECLS
