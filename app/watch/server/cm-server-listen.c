/* cm-server-listen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A connection that says nothing for so long is closed, s; not one that watches. */
#define IDLE_TIMEOUT 60

/* All who have lost the tracker come back at about the same time. */
#define BACKLOG 1024

#define LOCAL "cm-local"
#define SOCKET "cm-socket"
#define PEER "cm-peer"

/* The kernel tells who is at the other end: it must be the same user. */
static gboolean
is_same_user (GSocket *socket)
{
  g_autoptr(GCredentials) credentials = g_socket_get_credentials (socket, NULL);
  uid_t uid = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return uid != (uid_t) -1 && (uid == geteuid () || uid == 0);
}

static void
on_connection_gone (gpointer  user_data,
                    GObject  *where)
{
  guint *n_connections = user_data;

  (*n_connections)--;
  g_rc_box_release (n_connections);
}

/* What a handler has to know of the connection goes with the address, which
 * there is one of for each. It is an internet address for a unix socket too: the
 * library makes the request's URI of it. */
static GSocketAddress *
new_local_address (GSocket  *socket,
                   gboolean  is_local)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  GSocketAddress *address = g_inet_socket_address_new (loopback, 80);

  g_object_set_data (G_OBJECT (address), LOCAL, GINT_TO_POINTER (is_local));
  g_object_set_data_full (G_OBJECT (address), SOCKET, g_object_ref (socket), g_object_unref);

  return address;
}

static char *
dup_peer (GSocketConnection *connection)
{
  g_autoptr(GSocketAddress) address = g_socket_connection_get_remote_address (connection, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("local");

  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           user_data)
{
  CmServer *self = user_data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  gboolean is_local = g_socket_get_family (socket) == G_SOCKET_FAMILY_UNIX;
  g_autoptr(GSocketAddress) address = new_local_address (socket, is_local);

  if (*self->n_connections >= self->max_connections || (is_local && !is_same_user (socket)))
    return TRUE;

  g_socket_set_timeout (socket, IDLE_TIMEOUT);
  g_object_set_data_full (G_OBJECT (address), PEER, dup_peer (connection), g_free);
  (*self->n_connections)++;
  g_object_weak_ref (G_OBJECT (connection), on_connection_gone, g_rc_box_acquire (self->n_connections));
  if (is_local || self->certificate == NULL)
    cm_server_keep_begin (self, G_IO_STREAM (connection), address);
  else
    cm_server_tls_begin (self, connection, address);

  return TRUE;
}

/* One that is left over by a tracker that was killed is in nobody's use. */
static gboolean
remove_stale_socket (const char  *path,
                     GError     **error)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocketConnection) connection = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  if (connection == NULL)
    return g_unlink (path) == 0 || errno == ENOENT;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "%s: another tracker listens there already", path);

  return FALSE;
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;

  if (g_mkdir_with_parents (folder, 0700) == 0 && stat (folder, &status) == 0 &&
      (status.st_mode & 0022) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               "%s must be a folder that nobody else may write to: chmod 700", folder);

  return FALSE;
}

static gboolean
listen_local (CmServer    *self,
              const char  *path,
              GError     **error)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  mode_t mask;
  gboolean ok;

  if (!make_folder (path, error) || !remove_stale_socket (path, error))
    return FALSE;

  mask = umask (0177);
  ok = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  umask (mask);
  if (!ok)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  self->socket_path = g_strdup (path);
  g_string_append (self->places, path);

  return TRUE;
}

static void
append_place (CmServer       *self,
              GSocketAddress *address)
{
  g_autofree char *text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));

  if (self->places->len > 0)
    g_string_append_c (self->places, ' ');
  if (G_IS_INET_SOCKET_ADDRESS (address))
    g_string_append (self->places, self->certificate != NULL ? "https://" : "http://");
  g_string_append (self->places, text);
}

static gboolean
listen_tcp (CmServer              *self,
            const CmServerConfig  *config,
            GError               **error)
{
  g_autoptr(GSocketAddress) address = cm_server_config_dup_address (config, error);
  g_autoptr(GSocketAddress) effective = NULL;

  if (address == NULL)
    return FALSE;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, &effective, error))
    {
      g_prefix_error (error, "%s: ", config->listen);
      return FALSE;
    }

  append_place (self, effective);

  return TRUE;
}

static gboolean
is_safe (CmServer        *self,
         GSocketAddress  *address,
         GError         **error)
{
  if (self->certificate != NULL || !G_IS_INET_SOCKET_ADDRESS (address) ||
      g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "the socket that is handed over can be reached by others, and needs certificate=");

  return FALSE;
}

/* What the service manager listens on stays open while the tracker is started anew. */
static gboolean
listen_handed_over (CmServer         *self,
                    GPtrArray        *sockets,
                    GSocketFamily     family,
                    gboolean         *any,
                    GError          **error)
{
  for (guint i = 0; sockets != NULL && i < sockets->len; i++)
    {
      GSocket *socket = g_ptr_array_index (sockets, i);
      g_autoptr(GSocketAddress) address = g_socket_get_local_address (socket, error);

      if (address == NULL)
        return FALSE;
      if ((g_socket_get_family (socket) == G_SOCKET_FAMILY_UNIX) != (family == G_SOCKET_FAMILY_UNIX))
        continue;
      if (!is_safe (self, address, error) ||
          !g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, NULL, error))
        return FALSE;
      append_place (self, address);
      *any = TRUE;
    }

  return TRUE;
}

static GTlsCertificate *
read_certificate (const CmServerConfig  *config,
                  GError               **error)
{
  GTlsCertificate *certificate = config->key != NULL
    ? g_tls_certificate_new_from_files (config->certificate, config->key, error)
    : g_tls_certificate_new_from_file (config->certificate, error);

  if (certificate == NULL)
    g_prefix_error (error, "certificate=%s must be a PEM file, with its key in it or in key=: ", config->certificate);

  return certificate;
}

static GTlsDatabase *
read_authority (const CmServerConfig  *config,
                GError               **error)
{
  GTlsDatabase *authority = g_tls_file_database_new (config->client_authority, error);

  if (authority == NULL)
    g_prefix_error (error, "client-authority=%s must be a PEM file: ", config->client_authority);

  return authority;
}

/**
 * cm_server_load_certificate:
 * @self: a server
 * @config: where they are
 * @error: where the reason goes
 *
 * Reads the certificate anew, and those that callers must show one of; connections
 * that there are keep theirs.
 *
 * Returns: %FALSE where one cannot be read; then all stays as it was
 */
gboolean
cm_server_load_certificate (CmServer              *self,
                            const CmServerConfig  *config,
                            GError               **error)
{
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(GTlsDatabase) authority = NULL;

  if (config->certificate != NULL && (certificate = read_certificate (config, error)) == NULL)
    return FALSE;
  if (config->client_authority != NULL && (authority = read_authority (config, error)) == NULL)
    return FALSE;

  g_set_object (&self->certificate, certificate);
  g_set_object (&self->client_authority, authority);

  return TRUE;
}

/**
 * cm_server_listen:
 * @self: a server
 * @config: where
 * @error: where the reason goes
 *
 * Returns: whether it listens everywhere that it should
 */
gboolean
cm_server_listen (CmServer              *self,
                  const CmServerConfig  *config,
                  GError               **error)
{
  gboolean has_local = FALSE, has_tcp = FALSE;

  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);

  /* Whoever comes while a place is added to those that are listened on would be
   * dropped. */
  g_socket_service_stop (self->service);
  if (!cm_server_keep_start (self, error) ||
      !cm_server_load_certificate (self, config, error) ||
      !listen_handed_over (self, config->sockets, G_SOCKET_FAMILY_UNIX, &has_local, error) ||
      (!has_local && !listen_local (self, config->socket, error)) ||
      !listen_handed_over (self, config->sockets, G_SOCKET_FAMILY_IPV4, &has_tcp, error) ||
      (!has_tcp && config->listen != NULL && !listen_tcp (self, config, error)))
    return FALSE;

  g_socket_service_start (self->service);

  return TRUE;
}

/**
 * cm_server_is_local:
 * @message: a request
 *
 * Returns: whether it came over the socket of this user
 */
gboolean
cm_server_is_local (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_local_address (message);

  return address != NULL && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (address), LOCAL));
}

/**
 * cm_server_get_peer:
 * @message: a request
 *
 * Returns: (transfer none): the address that it comes from, without the port
 */
const char *
cm_server_get_peer (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_local_address (message);
  const char *peer = address != NULL ? g_object_get_data (G_OBJECT (address), PEER) : NULL;

  return peer != NULL ? peer : "unknown";
}

/**
 * cm_server_get_socket:
 * @message: a request
 *
 * Returns: (nullable) (transfer none): the socket that it came over
 */
GSocket *
cm_server_get_socket (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_local_address (message);

  return address != NULL ? g_object_get_data (G_OBJECT (address), SOCKET) : NULL;
}

static gboolean
tell_fault (const CmServerConfig    *config,
            const char              *key,
            const GError            *error,
            CmServerConfigFaultFunc  func,
            gpointer                 user_data)
{
  if (error == NULL)
    return TRUE;

  func (cm_server_config_get_line (config, key), error->message, user_data);

  return FALSE;
}

/**
 * cm_server_check_files:
 * @config: a configuration without faults
 * @func: called with each file that it names and that cannot be used
 * @user_data: for @func
 *
 * Returns: whether a server could start with its certificates and tokens
 */
gboolean
cm_server_check_files (const CmServerConfig    *config,
                       CmServerConfigFaultFunc  func,
                       gpointer                 user_data)
{
  CmTokens *tokens = cm_tokens_new ();
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(GTlsDatabase) authority = NULL;
  g_autoptr(GError) certificate_error = NULL;
  g_autoptr(GError) authority_error = NULL;
  g_autoptr(GError) tokens_error = NULL;
  gboolean ok;

  if (config->certificate != NULL)
    certificate = read_certificate (config, &certificate_error);
  if (config->client_authority != NULL)
    authority = read_authority (config, &authority_error);
  cm_server_load_tokens (tokens, config->tokens, &tokens_error);
  cm_tokens_free (tokens);

  ok = tell_fault (config, "certificate", certificate_error, func, user_data);
  ok = tell_fault (config, "client-authority", authority_error, func, user_data) && ok;

  return tell_fault (config, "tokens", tokens_error, func, user_data) && ok;
}
