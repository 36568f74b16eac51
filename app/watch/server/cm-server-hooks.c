/* cm-server-hooks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#define PREFIX "/v1/hooks/"

/* What one post may bring, and what all that are on their way may. */
#define MAX_BODY (1024 * 1024)
#define MAX_ON_WAY (32 * 1024 * 1024)

typedef struct
{
  CmFeed *feed;
  char   *protocol;
} Upgrade;

static CmFeed *
find_feed (CmServer   *self,
           const char *path)
{
  CmFeed *feed = cm_feed_list_find (self->feeds, path + strlen (PREFIX));

  return feed != NULL && cm_feed_takes_hooks (feed) ? feed : NULL;
}

static void
add_header (const char *name,
            const char *value,
            gpointer    user_data)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (user_data, key);
  char *whole = before != NULL ? g_strconcat (before, ", ", value, NULL) : g_strdup (value);

  g_hash_table_replace (user_data, g_steal_pointer (&key), whole);
}

static GHashTable *
new_headers (SoupServerMessage *message)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), add_header, headers);

  return headers;
}

/* As long as the tracker runs, whether the feed is there or not. */
static CmServerHook *
get_hook (CmServer *self,
          CmFeed   *feed)
{
  const char *name = cm_feed_get_name (feed);
  CmServerHook *hook = g_hash_table_lookup (self->hooks, name);

  if (hook == NULL)
    {
      hook = g_new0 (CmServerHook, 1);
      g_hash_table_insert (self->hooks, g_strdup (name), hook);
    }

  return hook;
}

static void
count (CmServer      *self,
       CmFeed        *feed,
       CmHookOutcome  outcome)
{
  CmServerHook *hook = get_hook (self, feed);

  hook->outcomes[outcome]++;
  if (outcome == CM_HOOK_TAKEN)
    hook->taken_at = g_get_real_time () / 1000;
}

static void
answer_limited (CmServer          *self,
                SoupServerMessage *message,
                CmServerCall      *call,
                const char        *reason)
{
  self->counters.hooks_limited++;
  count (self, call->feed, CM_HOOK_LIMITED);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
  cm_server_refuse (message, CM_SERVER_TOO_MANY, reason);
}

static void
answer (CmServer           *self,
        SoupServerMessage  *message,
        const CmHookAnswer *answer)
{
  g_autofree char *text = NULL;

  if (answer->status >= 300)
    {
      self->counters.hooks_refused++;
      cm_server_refuse (message, answer->status, answer->reason != NULL ? answer->reason : "it was not taken");
      return;
    }

  self->counters.hooks_accepted++;
  if (answer->body != NULL)
    text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
  cm_server_answer_when_kept (self, message, answer->status, answer->type != NULL ? answer->type : "text/plain",
                              text != NULL ? text : "");
}

static void
upgrade_free (gpointer  data,
              GClosure *closure)
{
  Upgrade *self = data;

  g_object_unref (self->feed);
  g_free (self->protocol);
  g_free (self);
}

/* From here on the connection is the feed's. */
static void
on_upgraded (SoupServerMessage *message,
             gpointer           user_data)
{
  g_autoptr(SoupServerMessage) owned = g_object_ref (message);
  Upgrade *upgrade = user_data;
  GSocket *socket = cm_server_get_socket (message);
  g_autoptr(GIOStream) stream = NULL;
  g_autoptr(SoupWebsocketConnection) connection = NULL;

  /* A system in which nothing happens says nothing. */
  if (socket != NULL)
    g_socket_set_timeout (socket, 0);
  stream = soup_server_message_steal_connection (message);
  connection = soup_websocket_connection_new (stream, soup_server_message_get_uri (message),
                                              SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, upgrade->protocol, NULL);
  cm_feed_take_socket (upgrade->feed, connection);
}

static void
begin_socket (SoupServerMessage  *message,
              CmFeed             *feed,
              const CmHookAnswer *answer)
{
  char *protocols[] = { answer->type, NULL };
  Upgrade *upgrade;

  if (!soup_websocket_server_process_handshake (message, NULL, answer->type != NULL ? protocols : NULL, NULL, NULL))
    return;

  upgrade = g_new0 (Upgrade, 1);
  upgrade->feed = g_object_ref (feed);
  upgrade->protocol = g_strdup (answer->type);
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_upgraded), upgrade, upgrade_free, 0);
}

static void
refuse (CmServer          *self,
        SoupServerMessage *message,
        CmServerCall      *call,
        CmHookOutcome      outcome,
        guint              status,
        const char        *reason)
{
  count (self, call->feed, outcome);
  cm_server_refuse (message, status, reason);
}

/* A feed gets all of it or nothing. */
static void
hand_over (CmServer          *self,
           SoupServerMessage *message,
           GHashTable        *query,
           CmServerCall      *call,
           CmFeed            *feed)
{
  g_autoptr(GHashTable) headers = new_headers (message);
  g_autoptr(GBytes) body = g_bytes_new (call->body->data, call->body->len);
  const CmHookRequest request = { soup_server_message_get_method (message), headers, query, body };
  g_auto(CmHookAnswer) outcome = { 0 };

  self->hook = get_hook (self, feed);
  cm_feed_hook (feed, &request, &outcome);
  self->hook = NULL;
  count (self, feed, outcome.outcome);
  if (outcome.status == SOUP_STATUS_SWITCHING_PROTOCOLS)
    begin_socket (message, feed, &outcome);
  else
    answer (self, message, &outcome);
}

/**
 * cm_server_is_hook:
 * @path: of a request
 *
 * Returns: whether it is one of a system that posts to a feed; such have no token,
 *   the feed itself finds out who they are
 */
gboolean
cm_server_is_hook (const char *path)
{
  return g_str_has_prefix (path, PREFIX);
}

/**
 * cm_server_begin_hook:
 * @self: a server
 * @call: what is known of a post
 * @path: of the request
 *
 * Decides from its head on whether its body is kept.
 */
void
cm_server_begin_hook (CmServer     *self,
                      CmServerCall *call,
                      const char   *path)
{
  call->feed = self->is_stopping ? NULL : find_feed (self, path);
  if (call->feed != NULL)
    {
      g_object_ref (call->feed);
      call->max_body = MAX_BODY;
    }
}

/**
 * cm_server_may_keep:
 * @call: what is known of a request
 * @size: how many bytes of its body come now
 *
 * Who has no token cannot make the tracker keep as much as he likes.
 *
 * Returns: whether they are kept
 */
gboolean
cm_server_may_keep (CmServerCall *call,
                    gsize         size)
{
  CmServer *self = call->server;

  if (call->feed == NULL)
    return call->grant != NULL;

  if (self->hooks_on_way + size > MAX_ON_WAY)
    {
      call->is_limited = TRUE;
      return FALSE;
    }

  self->hooks_on_way += size;
  call->on_way += size;

  return TRUE;
}

/**
 * cm_server_take_hook:
 * @self: a server
 * @message: a post to a feed that there is
 * @query: (nullable): what stood behind its path
 * @call: what is known of it
 */
void
cm_server_take_hook (CmServer          *self,
                     SoupServerMessage *message,
                     GHashTable        *query,
                     CmServerCall      *call)
{
  if (call->is_too_large)
    refuse (self, message, call, CM_HOOK_TOO_LARGE, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a post may bring 1 MiB");
  else if (call->is_limited)
    answer_limited (self, message, call, "too much is on its way; send it again later");
  else if (self->journal != NULL && !cm_journal_can_take (self->journal))
    refuse (self, message, call, CM_HOOK_UNAVAILABLE, SOUP_STATUS_SERVICE_UNAVAILABLE,
            "the journal cannot be written; send it again later");
  else if (!cm_rate_take (self->hook_rate, cm_feed_get_name (call->feed), g_get_monotonic_time ()))
    answer_limited (self, message, call, "too many posts a second; send it again later");
  else
    hand_over (self, message, query, call, call->feed);
}
