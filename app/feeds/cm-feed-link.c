/* cm-feed-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feed-link.h"

#include <glib/gi18n.h>

#include "feeds/cm-retry.h"

#define READ_SIZE (64 * 1024)

/* How long a connection may take to come about, s. */
#define CONNECT_TIMEOUT 5

/* One connection. What is under way holds it; @link is NULL once it is given up. */
typedef struct
{
  CmFeedLink   *link;
  GCancellable *cancellable;
  GIOStream    *stream;
  GByteArray   *queue;   /* what is to be sent next */
  GBytes       *sending; /* (nullable) what is being sent */
  guint8        buffer[READ_SIZE];
} Connection;

struct _CmFeedLink
{
  GSocketConnectable *address;
  gboolean            use_tls;
  char               *authority; /* (nullable) */
  CmFeedLinkFuncs     funcs;
  gpointer            user_data;
  Connection         *connection; /* (nullable) */
  CmRetryFunc         connect;
  CmRetry             retry;
};

static void
connection_clear (gpointer data)
{
  Connection *self = data;

  g_object_unref (self->cancellable);
  g_clear_object (&self->stream);
  g_byte_array_unref (self->queue);
  g_clear_pointer (&self->sending, g_bytes_unref);
}

static void
connection_unref (Connection *self)
{
  g_rc_box_release_full (self, connection_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, connection_unref)

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
}

static void
drop (CmFeedLink *self)
{
  g_autoptr(Connection) connection = g_steal_pointer (&self->connection);

  if (connection == NULL)
    return;

  connection->link = NULL;
  g_cancellable_cancel (connection->cancellable);
  if (connection->stream != NULL)
    g_io_stream_close_async (connection->stream, G_PRIORITY_DEFAULT, NULL, on_closed, NULL);
}

/**
 * cm_feed_link_lose:
 * @self: a link
 * @error: why nothing good can come of this connection
 *
 * Gives the connection up and makes another one later.
 */
void
cm_feed_link_lose (CmFeedLink   *self,
                   const GError *error)
{
  if (self->connection == NULL)
    return;

  drop (self);
  cm_retry_later (&self->retry, self->connect, self);
  self->funcs.lost (error, self->user_data);
}

static void
lose_because (CmFeedLink *self,
              const char *reason)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, reason);

  cm_feed_link_lose (self, error);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Connection) connection = user_data;
  g_autoptr(GError) error = NULL;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (connection->link == NULL)
    return;

  if (size > 0)
    connection->link->funcs.received ((const char *) connection->buffer, (gsize) size, connection->link->user_data);
  else if (size == 0)
    lose_because (connection->link, _("the other end has closed the connection"));
  else
    cm_feed_link_lose (connection->link, error);

  if (connection->link != NULL)
    g_input_stream_read_async (G_INPUT_STREAM (source), connection->buffer, READ_SIZE, G_PRIORITY_DEFAULT,
                               connection->cancellable, on_read, g_rc_box_acquire (connection));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Connection) connection = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);

  g_clear_pointer (&connection->sending, g_bytes_unref);
  if (connection->link == NULL)
    return;

  if (!ok)
    {
      cm_feed_link_lose (connection->link, error);
      return;
    }

  if (connection->queue->len == 0)
    return;

  connection->sending = g_byte_array_free_to_bytes (connection->queue);
  connection->queue = g_byte_array_new ();
  g_output_stream_write_all_async (G_OUTPUT_STREAM (source), g_bytes_get_data (connection->sending, NULL),
                                   g_bytes_get_size (connection->sending), G_PRIORITY_DEFAULT,
                                   connection->cancellable, on_written, g_rc_box_acquire (connection));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Connection) connection = user_data;
  g_autoptr(GError) error = NULL;
  GSocketConnection *stream = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection->link == NULL || stream == NULL)
    {
      g_clear_object (&stream);
      if (connection->link != NULL)
        cm_feed_link_lose (connection->link, error);
      return;
    }

  /* What was good for connecting is not for listening: a quiet system is no lost one. */
  g_socket_set_timeout (g_socket_connection_get_socket (stream), 0);
  g_socket_set_keepalive (g_socket_connection_get_socket (stream), TRUE);
  connection->stream = G_IO_STREAM (stream);
  connection->link->funcs.connected (connection->link->user_data);
  if (connection->link != NULL)
    g_input_stream_read_async (g_io_stream_get_input_stream (connection->stream), connection->buffer, READ_SIZE,
                               G_PRIORITY_DEFAULT, connection->cancellable, on_read,
                               g_rc_box_acquire (connection));
}

static void
on_client_event (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *connectable,
                 GIOStream          *stream,
                 gpointer            user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), user_data);
}

/* Read each time: certificates run out, and files change. */
static gboolean
trust_authority (CmFeedLink     *self,
                 GSocketClient  *client,
                 GError        **error)
{
  g_autoptr(GTlsDatabase) database = NULL;

  if (!self->use_tls || self->authority == NULL)
    return TRUE;

  database = g_tls_file_database_new (self->authority, error);
  if (database == NULL)
    return FALSE;

  g_signal_connect_object (client, "event", G_CALLBACK (on_client_event), database, 0);
  g_object_set_data_full (G_OBJECT (client), "authority", g_steal_pointer (&database), g_object_unref);

  return TRUE;
}

static void
begin (gpointer user_data)
{
  CmFeedLink *self = user_data;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;

  self->connection = g_rc_box_new0 (Connection);
  self->connection->link = self;
  self->connection->cancellable = g_cancellable_new ();
  self->connection->queue = g_byte_array_new ();

  if (!trust_authority (self, client, &error))
    {
      cm_feed_link_lose (self, error);
      return;
    }

  g_socket_client_set_tls (client, self->use_tls);
  g_socket_client_set_timeout (client, CONNECT_TIMEOUT);
  g_socket_client_connect_async (client, self->address, self->connection->cancellable, on_connected,
                                 g_rc_box_acquire (self->connection));
}

/**
 * cm_feed_link_new:
 * @address: where the system is
 * @use_tls: whether it speaks TLS; its certificate is checked
 * @funcs: what is done with it
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a link that is stopped
 */
CmFeedLink *
cm_feed_link_new (GSocketConnectable    *address,
                  gboolean               use_tls,
                  const CmFeedLinkFuncs *funcs,
                  gpointer               user_data)
{
  CmFeedLink *self = g_new0 (CmFeedLink, 1);

  self->address = g_object_ref (address);
  self->use_tls = use_tls;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->connect = begin;

  return self;
}

/**
 * cm_feed_link_free:
 * @self: (transfer full): a link
 */
void
cm_feed_link_free (CmFeedLink *self)
{
  cm_feed_link_stop (self);
  g_object_unref (self->address);
  g_free (self->authority);
  g_free (self);
}

/**
 * cm_feed_link_set_authority:
 * @self: a link that is stopped
 * @authority: (nullable): a PEM file with the only certificates that are trusted,
 *   or %NULL for those that the machine trusts
 */
void
cm_feed_link_set_authority (CmFeedLink *self,
                            const char *authority)
{
  g_free (self->authority);
  self->authority = g_strdup (authority);
}

/**
 * cm_feed_link_start:
 * @self: a link that is stopped
 */
void
cm_feed_link_start (CmFeedLink *self)
{
  if (self->connection == NULL && self->retry.id == 0)
    begin (self);
}

/**
 * cm_feed_link_stop:
 * @self: a link
 *
 * Nothing is called after this.
 */
void
cm_feed_link_stop (CmFeedLink *self)
{
  cm_retry_cancel (&self->retry);
  drop (self);
}

/**
 * cm_feed_link_send:
 * @self: a link that is connected
 * @bytes: what to send
 * @size: how many bytes
 *
 * Sends it after what was sent before. A system that takes too little is lost.
 */
void
cm_feed_link_send (CmFeedLink *self,
                   const char *bytes,
                   gsize       size)
{
  Connection *connection = self->connection;

  if (connection == NULL || connection->stream == NULL)
    return;

  if (connection->queue->len + size > CM_FEED_LINK_MAX_QUEUE)
    {
      lose_because (self, _("the other end takes nothing"));
      return;
    }

  if (connection->sending != NULL)
    {
      g_byte_array_append (connection->queue, (const guint8 *) bytes, (guint) size);
      return;
    }

  connection->sending = g_bytes_new (bytes, size);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection->stream),
                                   g_bytes_get_data (connection->sending, NULL), size, G_PRIORITY_DEFAULT,
                                   connection->cancellable, on_written, g_rc_box_acquire (connection));
}

/**
 * cm_feed_link_accept:
 * @self: a link whose system has let the feed in
 *
 * After the next loss it is tried again soon. Whoever only connects, and is not let
 * in, waits longer each time.
 */
void
cm_feed_link_accept (CmFeedLink *self)
{
  cm_retry_reset (&self->retry);
}
