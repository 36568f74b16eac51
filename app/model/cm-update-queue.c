/* cm-update-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-update-queue.h"

#include <string.h>

/* Of a hundred thousand conversations hardly one is in any cache when it is updated, and of
 * what it was before there is one piece behind the other: to wait for each of them would be
 * most of an update's time. So many conversations are fetched side by side. */

void
cm_update_queue_clear (CmUpdateQueue *self)
{
  for (guint i = 0; i < self->n; i++)
    cm_document_free (self->documents[i]);
  self->n = 0;
}

/* @document: (transfer full)
 *
 * Returns: whether there is no more room: it is to be emptied now */
gboolean
cm_update_queue_push (CmUpdateQueue *self,
                      CmDocument    *document)
{
  self->documents[self->n++] = document;

  return self->n == CM_UPDATE_QUEUE_SIZE;
}

/**
 * cm_update_queue_steal:
 * @self: a queue, empty from now on
 * @by_id: #CmConversation by id
 * @documents: where what was in the queue goes
 *
 * Fetches also what the conversations are now.
 *
 * Returns: how many that are
 */
guint
cm_update_queue_steal (CmUpdateQueue *self,
                       GHashTable    *by_id,
                       CmDocument    *documents[static CM_UPDATE_QUEUE_SIZE])
{
  CmConversation *conversations[CM_UPDATE_QUEUE_SIZE];
  guint n = self->n;

  memcpy (documents, self->documents, n * sizeof *documents);
  self->n = 0;

  /* Alone it is waited for all the same; and where the first is new, as in a snapshot, so
   * are the others. */
  if (n < 2 || g_hash_table_lookup (by_id, documents[0]->id) == NULL)
    return n;

  for (guint i = 0; i < n; i++)
    {
      conversations[i] = g_hash_table_lookup (by_id, documents[i]->id);
      if (conversations[i] != NULL)
        cm_conversation_fetch (conversations[i], 0);
    }

  for (guint depth = 1; depth <= CM_CONVERSATION_DEPTH; depth++)
    for (guint i = 0; i < n; i++)
      {
        if (conversations[i] != NULL)
          cm_conversation_fetch (conversations[i], depth);
      }

  return n;
}
