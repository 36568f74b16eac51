/* cm-update-queue.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation.h"

G_BEGIN_DECLS

/* So many are fetched at once: fewer wait longer for each, and more no longer fit into the
 * nearest cache. */
#define CM_UPDATE_QUEUE_SIZE 32

/**
 * CmUpdateQueue:
 * @documents: owned: what conversations are to be from now on, the oldest first
 * @n: how many there are
 *
 * Zeroed it is an empty one.
 */
typedef struct
{
  CmDocument *documents[CM_UPDATE_QUEUE_SIZE];
  guint       n;
} CmUpdateQueue;

void     cm_update_queue_clear (CmUpdateQueue *self);
gboolean cm_update_queue_push  (CmUpdateQueue *self,
                                CmDocument    *document);
guint    cm_update_queue_steal (CmUpdateQueue *self,
                                GHashTable    *by_id,
                                CmDocument    *documents[static CM_UPDATE_QUEUE_SIZE]);

G_END_DECLS
