/* cm-feed-hook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feed.h"

/* Returns: whether it wants to know what went on before it was started */
gboolean
cm_feed_recalls (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), FALSE);

  return CM_FEED_GET_CLASS (self)->recall != NULL;
}

/**
 * cm_feed_recall:
 * @self: a feed that is off
 * @conversation: the id of one of its source, as it told it when it was followed
 *   before, and did not tell its end
 * @persons: (array zero-terminated=1): the addresses of those who are in it
 */
void
cm_feed_recall (CmFeed             *self,
                const char         *conversation,
                const char * const *persons)
{
  if (cm_feed_recalls (self) && cm_feed_get_status (self) == CM_FEED_OFF)
    CM_FEED_GET_CLASS (self)->recall (self, conversation, persons);
}

/* Returns: whether the system posts to us */
gboolean
cm_feed_takes_hooks (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), FALSE);

  return CM_FEED_GET_CLASS (self)->hook != NULL;
}

/**
 * cm_feed_hook:
 * @self: a feed that was started
 * @request: what came, not yet trusted: who sent it is checked here
 * @answer: (out): what to answer; to be cleared with cm_hook_answer_clear()
 *
 * What is answered with a status of 2xx was taken whole, all else changed nothing.
 */
void
cm_feed_hook (CmFeed              *self,
              const CmHookRequest *request,
              CmHookAnswer        *answer)
{
  g_return_if_fail (CM_IS_FEED (self));

  *answer = (CmHookAnswer) { .status = 404, .outcome = CM_HOOK_MALFORMED };
  if (cm_feed_takes_hooks (self) && cm_feed_get_status (self) != CM_FEED_OFF)
    CM_FEED_GET_CLASS (self)->hook (self, request, answer);
}

/**
 * cm_feed_take_socket:
 * @self: a feed that has answered 101 to a request
 * @connection: the WebSocket that came of it
 */
void
cm_feed_take_socket (CmFeed                  *self,
                     SoupWebsocketConnection *connection)
{
  g_return_if_fail (CM_IS_FEED (self));

  if (CM_FEED_GET_CLASS (self)->socket != NULL && cm_feed_get_status (self) != CM_FEED_OFF)
    CM_FEED_GET_CLASS (self)->socket (self, connection);
}

static CmHookOutcome
get_outcome (guint status)
{
  switch (status)
    {
    case 401:
    case 403:
      return CM_HOOK_UNSIGNED;
    case 503:
      return CM_HOOK_UNAVAILABLE;
    default:
      return status < 300 ? CM_HOOK_TAKEN : CM_HOOK_MALFORMED;
    }
}

/**
 * cm_hook_answer_set:
 * @self: an answer
 * @status: of HTTP
 * @reason: (nullable): one sentence
 *
 * The outcome is what mostly has this status.
 */
void
cm_hook_answer_set (CmHookAnswer *self,
                    guint         status,
                    const char   *reason)
{
  self->status = status;
  self->outcome = get_outcome (status);
  g_free (self->reason);
  self->reason = g_strdup (reason);
}

void
cm_hook_answer_clear (CmHookAnswer *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}
