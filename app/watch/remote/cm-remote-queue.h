/* cm-remote-queue.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Messages of a tracker that have come and wait to be taken in, in their order. */
typedef struct _CmRemoteQueue CmRemoteQueue;

CmRemoteQueue *cm_remote_queue_new      (void);
void           cm_remote_queue_free     (CmRemoteQueue *self);
void           cm_remote_queue_push     (CmRemoteQueue *self,
                                         GBytes        *text,
                                         gint64         heard_at);
GBytes        *cm_remote_queue_pop      (CmRemoteQueue *self,
                                         gint64        *heard_at);
void           cm_remote_queue_clear    (CmRemoteQueue *self);
gboolean       cm_remote_queue_is_empty (CmRemoteQueue *self);
gboolean       cm_remote_queue_is_full  (CmRemoteQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteQueue, cm_remote_queue_free)

G_END_DECLS
