/* cm-server-keep.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#define STREAM "cm-stream"
#define DEPTH "cm-depth"

/* Who asks again before he has his answer is read ahead for, so often in a row. */
#define MAX_DEPTH 32

/**
 * CmKept:
 * @message: (nullable): the request that was answered last, until its connection is
 *   taken back
 * @address: the connection's, which knows all else of it
 * @source: waits for the next request, or for the end
 *
 * A connection between two requests. libsoup 3.2 forgets one whose caller goes away
 * meanwhile, without ever closing it. So it does not get to hold any: each is taken
 * back after an answer, and handed over like a new one when something comes.
 */
typedef struct
{
  CmServer          *server;
  SoupServerMessage *message;
  gulong             disconnected_id;
  GSocketAddress    *address;
  GSource           *source;
} CmKept;

static void
drop_source (CmKept *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
kept_free (gpointer data)
{
  CmKept *self = data;

  drop_source (self);
  if (self->message != NULL)
    g_clear_signal_handler (&self->disconnected_id, self->message);
  g_clear_object (&self->message);
  g_object_unref (self->address);
  g_free (self);
}

static GPollableInputStream *
get_input (GIOStream *stream)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream));
}

/* The address is one of a connection; it does not know how much of it was read. */
static void
hand_over (CmKept    *self,
           GIOStream *stream)
{
  CmServer *server = self->server;

  soup_server_accept_iostream (server->soup, stream, self->address, self->address, NULL);
  g_ptr_array_remove_fast (server->kept, self);
}

static gboolean
on_readable (GObject *input,
             gpointer user_data)
{
  CmKept *self = user_data;
  g_autoptr(GIOStream) stream = g_object_ref (g_object_get_data (G_OBJECT (self->address), STREAM));

  hand_over (self, stream);

  return G_SOURCE_REMOVE;
}

static void
wait (CmKept *self)
{
  GIOStream *stream = g_object_get_data (G_OBJECT (self->address), STREAM);

  drop_source (self);
  g_object_set_data (G_OBJECT (self->address), DEPTH, NULL);
  self->source = g_pollable_input_stream_create_source (get_input (stream), NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, NULL);
}

static guint
get_depth (GSocketAddress *address)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (address), DEPTH));
}

/* What was read ahead is in the stream that the library has laid over it. */
static void
go_on (CmKept    *self,
       GIOStream *stream)
{
  guint depth = get_depth (self->address) + 1;

  g_object_set_data (G_OBJECT (self->address), DEPTH, GUINT_TO_POINTER (depth));
  if (depth <= MAX_DEPTH)
    hand_over (self, stream);
  else
    g_ptr_array_remove_fast (self->server->kept, self);
}

static gboolean
on_answered (gpointer user_data)
{
  CmKept *self = user_data;
  g_autoptr(SoupServerMessage) message = NULL;
  g_autoptr(GIOStream) stream = NULL;

  g_clear_signal_handler (&self->disconnected_id, self->message);
  message = g_steal_pointer (&self->message);
  stream = soup_server_message_steal_connection (message);
  if (stream == NULL)
    g_ptr_array_remove_fast (self->server->kept, self);
  else if (g_pollable_input_stream_is_readable (get_input (stream)))
    go_on (self, stream);
  else
    wait (self);

  return G_SOURCE_REMOVE;
}

/* What the library has closed must not be taken back. */
static void
on_disconnected (SoupServerMessage *message,
                 gpointer           user_data)
{
  CmKept *self = user_data;

  g_ptr_array_remove_fast (self->server->kept, self);
}

/* It can be taken back only after this, and before anything is read from it. */
static void
on_request_finished (SoupServer        *soup,
                     SoupServerMessage *message,
                     gpointer           user_data)
{
  CmServer *server = user_data;
  CmKept *self = g_new0 (CmKept, 1);

  self->server = server;
  self->message = g_object_ref (message);
  self->disconnected_id = g_signal_connect (message, "disconnected", G_CALLBACK (on_disconnected), self);
  self->address = g_object_ref (soup_server_message_get_local_address (message));
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_callback (self->source, on_answered, self, NULL);
  g_source_attach (self->source, NULL);
  g_ptr_array_add (server->kept, self);
}

/* The library closes a connection after its first answer unless it listens itself;
 * here it is handed connections, so that each can be looked at first. One end of a
 * pair on which nothing is ever said, and which nobody can reach, is a listener to it. */
static gboolean
listen_to_nobody (CmServer  *self,
                  GError   **error)
{
  g_autoptr(GSocket) listener = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));
      return FALSE;
    }

  self->silent = g_socket_new_from_fd (ends[0], NULL);
  listener = g_socket_new_from_fd (ends[1], NULL);

  return soup_server_listen_socket (self->soup, listener, 0, error);
}

/**
 * cm_server_keep_start:
 * @self: a server
 * @error: where the reason goes
 *
 * Connections stay open from one request to the next.
 *
 * Returns: %FALSE where they cannot
 */
gboolean
cm_server_keep_start (CmServer  *self,
                      GError   **error)
{
  self->kept = g_ptr_array_new_with_free_func (kept_free);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (on_request_finished), self);

  return listen_to_nobody (self, error);
}

/**
 * cm_server_keep_clear:
 * @self: a server
 *
 * Closes those on which nothing is asked.
 */
void
cm_server_keep_clear (CmServer *self)
{
  if (self->soup != NULL)
    g_signal_handlers_disconnect_by_func (self->soup, on_request_finished, self);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_object (&self->silent);
}

/**
 * cm_server_keep_begin:
 * @self: a server
 * @stream: a new connection
 * @address: its address, which is that of no other
 *
 * Waits for requests on it, until it is closed.
 */
void
cm_server_keep_begin (CmServer       *self,
                      GIOStream      *stream,
                      GSocketAddress *address)
{
  g_object_set_data_full (G_OBJECT (address), STREAM, g_object_ref (stream), g_object_unref);
  soup_server_accept_iostream (self->soup, stream, address, address, NULL);
}

/**
 * cm_server_keep_limit:
 * @message: a request of which the head is there
 *
 * Tells whoever never waits that his connection ends with the answer.
 */
void
cm_server_keep_limit (SoupServerMessage *message)
{
  if (get_depth (soup_server_message_get_local_address (message)) >= MAX_DEPTH)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}
