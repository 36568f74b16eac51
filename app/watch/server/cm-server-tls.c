/* cm-server-tls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include <netinet/in.h>
#include <sys/socket.h>

/* Of a record (RFC 8446, section 5.1), of a handshake message (section 4), and the
 * version in its first two bytes (section 4.1.2): all that has to be seen. */
#define RECORD_HEAD 5
#define MESSAGE_HEAD 4
#define HELLO_SIZE (RECORD_HEAD + MESSAGE_HEAD + 2)

#define TYPE_HANDSHAKE 22
#define TYPE_CLIENT_HELLO 1
#define TLS_1_2 0x0303

/* A fatal alert: protocol_version (RFC 8446, section 6). */
static const guint8 alert[] = { 21, 3, 1, 0, 2, 2, 70 };

/**
 * CmGreeting:
 * @source: waits until the begin of what the caller says is there
 *
 * Somebody who has come, and has not said yet which versions he talks. The library
 * would talk any of them.
 */
typedef struct
{
  CmServer          *server;
  GSocketConnection *connection;
  GSocketAddress    *address;
  GSource           *source;
} CmGreeting;

static void
greeting_free (gpointer data)
{
  CmGreeting *self = data;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->connection);
  g_object_unref (self->address);
  g_free (self);
}

/* Who talks 1.3 says 1.2 there too; who says less talks nothing better. */
static gboolean
is_good (const guint8 *hello)
{
  return hello[0] == TYPE_HANDSHAKE && hello[RECORD_HEAD] == TYPE_CLIENT_HELLO &&
         (hello[3] << 8 | hello[4]) >= MESSAGE_HEAD + 2 &&
         (hello[RECORD_HEAD + MESSAGE_HEAD] << 8 | hello[RECORD_HEAD + MESSAGE_HEAD + 1]) >= TLS_1_2;
}

/* A server is asked about each certificate, a good one too; of one that is not, all
 * that is wrong is in @errors. */
static gboolean
on_caller_certificate (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  return errors == 0;
}

static GIOStream *
wrap (CmServer          *self,
      GSocketConnection *connection)
{
  GIOStream *stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);

  if (stream != NULL && self->client_authority != NULL)
    {
      g_object_set (stream, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
      g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_caller_certificate), NULL);
      g_tls_connection_set_database (G_TLS_CONNECTION (stream), self->client_authority);
    }

  return stream;
}

static void
begin (CmGreeting *self,
       GSocket    *socket)
{
  g_autoptr(GIOStream) stream = wrap (self->server, self->connection);

  g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, 1, NULL);
  if (stream != NULL)
    cm_server_keep_begin (self->server, stream, self->address);
}

/* It comes too where he has gone, or has said nothing for too long. */
static gboolean
on_hello (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  CmGreeting *self = user_data;
  guint8 hello[HELLO_SIZE];
  gssize size = recv (g_socket_get_fd (socket), hello, sizeof hello, MSG_PEEK | MSG_DONTWAIT);

  if (size == HELLO_SIZE && is_good (hello))
    {
      begin (self, socket);
    }
  else
    {
      if (size > 0)
        g_socket_send (socket, (const char *) alert, sizeof alert, NULL, NULL);
      g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
    }

  g_ptr_array_remove_fast (self->server->greetings, self);

  return G_SOURCE_REMOVE;
}

/**
 * cm_server_tls_begin:
 * @self: a server with a certificate
 * @connection: somebody who has come
 * @address: his address, which is that of no other
 *
 * Talks TLS 1.2 or later with him, or not at all: what is older is refused before
 * he can have said a word.
 */
void
cm_server_tls_begin (CmServer          *self,
                     GSocketConnection *connection,
                     GSocketAddress    *address)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  CmGreeting *greeting = g_new0 (CmGreeting, 1);

  greeting->server = self;
  greeting->connection = g_object_ref (connection);
  greeting->address = g_object_ref (address);
  /* Less than that does not wake anybody. */
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, HELLO_SIZE, NULL);
  g_socket_set_blocking (socket, FALSE);
  greeting->source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (greeting->source, G_SOURCE_FUNC (on_hello), greeting, NULL);
  g_source_attach (greeting->source, NULL);
  g_ptr_array_add (self->greetings, greeting);
}

/**
 * cm_server_tls_init:
 * @self: a server
 */
void
cm_server_tls_init (CmServer *self)
{
  self->greetings = g_ptr_array_new_with_free_func (greeting_free);
}

/**
 * cm_server_tls_clear:
 * @self: a server
 *
 * Waits for nobody any more.
 */
void
cm_server_tls_clear (CmServer *self)
{
  g_clear_pointer (&self->greetings, g_ptr_array_unref);
}
