/* cm-janus-web-socket.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-wire.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

struct _CmJanusWebSocket
{
  CmJanusWire              parent_instance;

  SoupSession             *session;
  SoupWebsocketConnection *connection;
  GCancellable            *cancellable;
};

G_DEFINE_FINAL_TYPE (CmJanusWebSocket, cm_janus_web_socket, CM_TYPE_JANUS_WIRE)

static void
on_message (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            CmJanusWebSocket        *self)
{
  gsize size;
  const char *bytes = g_bytes_get_data (message, &size);

  cm_janus_wire_received (CM_JANUS_WIRE (self), bytes, size);
}

static void
on_error (SoupWebsocketConnection *connection,
          GError                  *error,
          CmJanusWebSocket        *self)
{
  cm_janus_wire_lost (CM_JANUS_WIRE (self), error);
}

static void
on_closed (SoupWebsocketConnection *connection,
           CmJanusWebSocket        *self)
{
  cm_janus_wire_lost_because (CM_JANUS_WIRE (self), _("the other end has closed the connection"));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CmJanusWebSocket) self = user_data;
  g_autoptr(GError) error = NULL;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->connection == NULL)
    {
      cm_janus_wire_lost (CM_JANUS_WIRE (self), error);
      return;
    }

  soup_websocket_connection_set_max_incoming_payload_size (self->connection, CM_JANUS_MAX_ANSWER);
  g_signal_connect_object (self->connection, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (self->connection, "error", G_CALLBACK (on_error), self, 0);
  g_signal_connect_object (self->connection, "closed", G_CALLBACK (on_closed), self, 0);
  cm_janus_wire_opened (CM_JANUS_WIRE (self));
}

static void
cm_janus_web_socket_open (CmJanusWire *wire,
                          const char  *address)
{
  CmJanusWebSocket *self = CM_JANUS_WEB_SOCKET (wire);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
  char *protocols[] = { (char *) (cm_janus_wire_is_admin (wire) ? "janus-admin-protocol" : "janus-protocol"), NULL };

  self->session = soup_session_new ();
  soup_session_websocket_connect_async (self->session, message, NULL, protocols, G_PRIORITY_DEFAULT,
                                        self->cancellable, on_connected, g_object_ref (self));
}

static void
cm_janus_web_socket_send (CmJanusWire *wire,
                          const char  *bytes,
                          gsize        size)
{
  CmJanusWebSocket *self = CM_JANUS_WEB_SOCKET (wire);
  g_autoptr(GBytes) message = g_bytes_new (bytes, size);

  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, message);
}

static void
cm_janus_web_socket_close (CmJanusWire *wire)
{
  CmJanusWebSocket *self = CM_JANUS_WEB_SOCKET (wire);

  g_cancellable_cancel (self->cancellable);
  if (self->connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
cm_janus_web_socket_finalize (GObject *object)
{
  CmJanusWebSocket *self = CM_JANUS_WEB_SOCKET (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->session);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (cm_janus_web_socket_parent_class)->finalize (object);
}

static void
cm_janus_web_socket_class_init (CmJanusWebSocketClass *klass)
{
  CmJanusWireClass *wire_class = CM_JANUS_WIRE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cm_janus_web_socket_finalize;
  wire_class->open = cm_janus_web_socket_open;
  wire_class->send = cm_janus_web_socket_send;
  wire_class->close = cm_janus_web_socket_close;
}

static void
cm_janus_web_socket_init (CmJanusWebSocket *self)
{
  self->cancellable = g_cancellable_new ();
}
