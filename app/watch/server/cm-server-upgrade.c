/* cm-server-upgrade.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-agent.h"

#include "model/cm-address.h"

/**
 * Upgrade:
 * @filter: (nullable): what is to be watched, until it is
 */
typedef struct
{
  CmServer     *server;
  CmViewFilter *filter;
  gboolean      is_tls;
} Upgrade;

static void
upgrade_free (gpointer  data,
              GClosure *closure)
{
  Upgrade *self = data;

  g_clear_pointer (&self->filter, cm_view_filter_free);
  g_free (self);
}

static GHashTable *
decode_query (SoupServerMessage *message)
{
  const char *text = g_uri_get_query (soup_server_message_get_uri (message));

  return text != NULL ? soup_form_decode (text) : g_hash_table_new (g_str_hash, g_str_equal);
}

/* From here on the connection is no longer the library's. */
static GIOStream *
take_stream (SoupServerMessage *message)
{
  GSocket *socket = cm_server_get_socket (message);

  if (socket != NULL)
    g_socket_set_timeout (socket, 0);

  return soup_server_message_steal_connection (message);
}

static void
on_watch (SoupServerMessage *message,
          gpointer           user_data)
{
  g_autoptr(SoupServerMessage) owned = g_object_ref (message);
  Upgrade *upgrade = user_data;
  CmServer *self = upgrade->server;
  CmServerCall *call = g_object_get_data (G_OBJECT (message), CM_SERVER_CALL);
  g_autoptr(GHashTable) query = decode_query (message);
  const char *since = g_hash_table_lookup (query, "since");
  g_autofree char *person = cm_server_dup_person (call->grant, query);
  g_autoptr(GIOStream) stream = NULL;
  CmHubRequest request = { 0 };

  request.grant = call->grant;
  request.person = person;
  request.is_tls = upgrade->is_tls;
  request.filter = g_steal_pointer (&upgrade->filter);
  request.epoch = g_hash_table_lookup (query, "epoch");
  if (since == NULL || !g_ascii_string_to_unsigned (since, 10, 0, G_MAXUINT64, &request.since, NULL))
    request.epoch = NULL;

  cm_audit_write (self->audit, call->grant, "watch", (const char *[]) { "person", person, NULL });
  stream = take_stream (message);
  request.stream = stream;
  cm_hub_subscribe (self->hub, &request);
}

static void
on_feed (SoupServerMessage *message,
         gpointer           user_data)
{
  g_autoptr(SoupServerMessage) owned = g_object_ref (message);
  Upgrade *upgrade = user_data;
  CmServerCall *call = g_object_get_data (G_OBJECT (message), CM_SERVER_CALL);
  g_autoptr(GIOStream) stream = take_stream (message);

  cm_server_agents_add (upgrade->server, cm_agent_new (upgrade->server, stream, soup_server_message_get_uri (message),
                                                       call->grant));
}

static void
begin (CmServer          *self,
       SoupServerMessage *message,
       CmServerCall      *call,
       CmViewFilter      *filter,
       GCallback          callback)
{
  g_autoptr(CmViewFilter) owned = filter;
  Upgrade *upgrade;

  if (!soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    return;

  upgrade = g_new0 (Upgrade, 1);
  upgrade->server = self;
  upgrade->filter = g_steal_pointer (&owned);
  upgrade->is_tls = self->certificate != NULL && !call->grant->is_local;
  g_signal_connect_data (message, "wrote-informational", callback, upgrade, upgrade_free, 0);
}

/**
 * cm_server_begin_watch:
 * @self: a server
 * @message: a request to become a WebSocket
 * @call: what is known of it
 * @query: (nullable): what of all there is, and since when
 *
 * Somebody who watches.
 */
void
cm_server_begin_watch (CmServer          *self,
                       SoupServerMessage *message,
                       CmServerCall      *call,
                       GHashTable        *query)
{
  CmViewFilter *filter = cm_server_take_filter (message, call->grant, query);

  if (filter != NULL)
    begin (self, message, call, filter, G_CALLBACK (on_watch));
}

/**
 * cm_server_begin_feed:
 * @self: a server
 * @message: a request to become a WebSocket
 * @call: what is known of it
 *
 * An agent that reports.
 */
void
cm_server_begin_feed (CmServer          *self,
                      SoupServerMessage *message,
                      CmServerCall      *call)
{
  begin (self, message, call, NULL, G_CALLBACK (on_feed));
}

/**
 * cm_server_dup_person:
 * @grant: who asks
 * @query: (nullable): for what
 *
 * Returns: (nullable) (transfer full): the person that a supporter asks for; who
 *   sees all need not ask
 */
char *
cm_server_dup_person (const CmAccessGrant *grant,
                      GHashTable          *query)
{
  const char *person = query != NULL ? g_hash_table_lookup (query, "person") : NULL;

  if (grant->role != CM_ACCESS_SUPPORTER || person == NULL || person[0] == '\0')
    return NULL;

  return cm_address_normalize (cm_text_from_string (person));
}

/**
 * cm_server_take_filter:
 * @message: a request
 * @grant: who asks
 * @query: (nullable): for what
 *
 * Returns: (nullable) (transfer full): what he wants of all that he may see; %NULL where
 *   that cannot be understood, which is then answered
 */
CmViewFilter *
cm_server_take_filter (SoupServerMessage   *message,
                       const CmAccessGrant *grant,
                       GHashTable          *query)
{
  g_autoptr(GError) error = NULL;
  CmViewFilter *filter = cm_view_filter_parse (query, grant->role == CM_ACCESS_ENGINEER, &error);

  if (filter == NULL)
    cm_server_refuse (message,
                      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? SOUP_STATUS_FORBIDDEN
                                                                                        : SOUP_STATUS_BAD_REQUEST,
                      error->message);

  return filter;
}
