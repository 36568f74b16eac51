/* cm-janus-unix.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-wire.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Each message is one request or one answer, whichever of the two types the
 * socket has (janus.transport.pfunix.jcfg). */
struct _CmJanusUnix
{
  CmJanusWire  parent_instance;

  GSocket     *socket;
  GSource     *source;
  char        *folder; /* of our end, where the socket is one of datagrams */
  char        *path;
  char        *buffer;
  guint        opened_id;
};

G_DEFINE_FINAL_TYPE (CmJanusUnix, cm_janus_unix, CM_TYPE_JANUS_WIRE)

static gboolean
on_readable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  g_autoptr(CmJanusUnix) self = g_object_ref (user_data);
  CmJanusWire *wire = CM_JANUS_WIRE (self);
  GInputVector vector = { self->buffer, CM_JANUS_MAX_ANSWER };
  int flags = 0;
  g_autoptr(GError) error = NULL;
  gssize size = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;

  if (size < 0)
    cm_janus_wire_lost (wire, error);
  else if (size == 0)
    cm_janus_wire_lost_because (wire, _("the other end has closed the connection"));
  else if ((flags & MSG_TRUNC) != 0)
    cm_janus_wire_lost_because (wire, _("an answer is longer than 4 MiB"));
  else
    cm_janus_wire_received (wire, self->buffer, (gsize) size);

  /* It may have been closed meanwhile. */
  return self->source != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Janus answers a datagram only to a path, which its user must be able to write
 * to. Nobody but Janus can: the socket is connected to it. */
static gboolean
bind_own (CmJanusUnix  *self,
          const char   *parent,
          GError      **error)
{
  g_autoptr(GSocketAddress) address = NULL;

  self->folder = g_build_filename (parent, "conference-tracker-XXXXXX", NULL);
  if (g_mkdtemp_full (self->folder, 0711) == NULL)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", parent, g_strerror (errno));
      g_clear_pointer (&self->folder, g_free);
      return FALSE;
    }

  self->path = g_build_filename (self->folder, "janus", NULL);
  address = g_unix_socket_address_new (self->path);

  return g_socket_bind (self->socket, address, FALSE, error) && g_chmod (self->path, 0666) == 0;
}

static gboolean
connect_as (CmJanusUnix     *self,
            GSocketType      type,
            GSocketAddress  *address,
            GError         **error)
{
  const char *folder = cm_janus_wire_get_folder (CM_JANUS_WIRE (self));

  g_clear_object (&self->socket);
  self->socket = g_socket_new (G_SOCKET_FAMILY_UNIX, type, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (self->socket == NULL)
    return FALSE;

  /* A unix socket is connected at once or not at all; then it never waits. */
  if (type == G_SOCKET_TYPE_DATAGRAM && !bind_own (self, folder != NULL ? folder : g_get_tmp_dir (), error))
    return FALSE;

  g_socket_set_blocking (self->socket, FALSE);

  return g_socket_connect (self->socket, address, NULL, error);
}

static gboolean
is_about_path (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

/* The path does not tell the type of the socket that listens there: trying does
 * (EPROTOTYPE, unix(7)). */
static gboolean
connect_to (CmJanusUnix  *self,
            const char   *path,
            GError      **error)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GError) first = NULL;

  if (connect_as (self, G_SOCKET_TYPE_SEQPACKET, address, &first))
    return TRUE;

  if (!is_about_path (first))
    return connect_as (self, G_SOCKET_TYPE_DATAGRAM, address, error);

  g_propagate_error (error, g_steal_pointer (&first));

  return FALSE;
}

static gboolean
on_opened (gpointer user_data)
{
  CmJanusUnix *self = user_data;

  self->opened_id = 0;
  cm_janus_wire_opened (CM_JANUS_WIRE (self));

  return G_SOURCE_REMOVE;
}

static void
cm_janus_unix_open (CmJanusWire *wire,
                    const char  *address)
{
  CmJanusUnix *self = CM_JANUS_UNIX (wire);
  g_autoptr(GError) error = NULL;

  if (!connect_to (self, address, &error))
    {
      cm_janus_wire_lost (wire, error);
      return;
    }

  self->buffer = g_malloc (CM_JANUS_MAX_ANSWER);
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->opened_id = g_idle_add (on_opened, self);
}

/* A request is short; where there is no room for it, nobody reads at the other end. */
static void
cm_janus_unix_send (CmJanusWire *wire,
                    const char  *bytes,
                    gsize        size)
{
  CmJanusUnix *self = CM_JANUS_UNIX (wire);
  g_autoptr(GError) error = NULL;

  if (g_socket_send (self->socket, bytes, size, NULL, &error) < 0)
    cm_janus_wire_lost (wire, error);
}

static void
cm_janus_unix_close (CmJanusWire *wire)
{
  CmJanusUnix *self = CM_JANUS_UNIX (wire);

  g_clear_handle_id (&self->opened_id, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  if (self->path != NULL)
    g_unlink (self->path);
  if (self->folder != NULL)
    g_rmdir (self->folder);
}

static void
cm_janus_unix_finalize (GObject *object)
{
  CmJanusUnix *self = CM_JANUS_UNIX (object);

  g_clear_object (&self->socket);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->buffer);

  G_OBJECT_CLASS (cm_janus_unix_parent_class)->finalize (object);
}

static void
cm_janus_unix_class_init (CmJanusUnixClass *klass)
{
  CmJanusWireClass *wire_class = CM_JANUS_WIRE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cm_janus_unix_finalize;
  wire_class->open = cm_janus_unix_open;
  wire_class->send = cm_janus_unix_send;
  wire_class->close = cm_janus_unix_close;
}

static void
cm_janus_unix_init (CmJanusUnix *self)
{
}
