/* cm-janus-wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-wire.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/un.h>

#define UNIX_PREFIX "unix:"

typedef struct
{
  char             *address;
  char             *folder;
  gboolean          is_admin;
  gboolean          is_closed;
  CmJanusWireFuncs  funcs;
  gpointer          user_data;
} CmJanusWirePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmJanusWire, cm_janus_wire, G_TYPE_OBJECT)

static CmJanusWirePrivate *
get_private (CmJanusWire *self)
{
  return cm_janus_wire_get_instance_private (self);
}

static void
cm_janus_wire_finalize (GObject *object)
{
  CmJanusWirePrivate *priv = get_private (CM_JANUS_WIRE (object));

  g_free (priv->address);
  g_free (priv->folder);

  G_OBJECT_CLASS (cm_janus_wire_parent_class)->finalize (object);
}

static void
cm_janus_wire_class_init (CmJanusWireClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_janus_wire_finalize;
}

static void
cm_janus_wire_init (CmJanusWire *self)
{
}

static GType
find_type (const char *address)
{
  const char *scheme = g_uri_peek_scheme (address);

  if (g_strcmp0 (scheme, "unix") == 0)
    return CM_TYPE_JANUS_UNIX;
  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0)
    return CM_TYPE_JANUS_HTTP;
  if (g_strcmp0 (scheme, "ws") == 0 || g_strcmp0 (scheme, "wss") == 0)
    return CM_TYPE_JANUS_WEB_SOCKET;

  return G_TYPE_INVALID;
}

static gboolean
is_socket_path (const char *path)
{
  return g_path_is_absolute (path) && strlen (path) < sizeof ((struct sockaddr_un *) NULL)->sun_path;
}

/* Returns: whether @address is a URI with a host, and nothing in it that is secret */
static gboolean
check_uri (const char  *address,
           GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, error);

  if (uri == NULL)
    return FALSE;

  if (g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL && g_uri_get_host (uri) != NULL &&
      g_uri_get_host (uri)[0] != '\0')
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("an address has a host, and neither a user nor a password nor a query"));

  return FALSE;
}

/**
 * cm_janus_wire_check_address:
 * @address: of one of Janus' APIs
 * @error: where the reason goes
 *
 * Returns: whether there is a way to such an address
 */
gboolean
cm_janus_wire_check_address (const char  *address,
                             GError     **error)
{
  GType type = find_type (address);

  if (type == CM_TYPE_JANUS_UNIX && is_socket_path (address + strlen (UNIX_PREFIX)))
    return TRUE;
  if (type != G_TYPE_INVALID && type != CM_TYPE_JANUS_UNIX)
    return check_uri (address, error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("it is http://HOST:PORT/PATH, https://…, ws://HOST:PORT, wss://… or unix:/PATH"));

  return FALSE;
}

/**
 * cm_janus_wire_new:
 * @options: where to; the address is a good one
 * @funcs: what is done with it
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a wire, not opened
 */
CmJanusWire *
cm_janus_wire_new (const CmJanusWireOptions *options,
                   const CmJanusWireFuncs   *funcs,
                   gpointer                  user_data)
{
  CmJanusWire *self = CM_JANUS_WIRE (g_object_new (find_type (options->address), NULL));
  CmJanusWirePrivate *priv = get_private (self);

  priv->address = g_strdup (options->address);
  priv->folder = g_strdup (options->folder);
  priv->is_admin = options->is_admin;
  priv->funcs = *funcs;
  priv->user_data = user_data;

  return self;
}

/**
 * cm_janus_wire_open:
 * @self: a wire
 */
void
cm_janus_wire_open (CmJanusWire *self)
{
  const char *address = get_private (self)->address;
  gboolean is_unix = CM_IS_JANUS_UNIX (self);

  g_return_if_fail (CM_IS_JANUS_WIRE (self));

  CM_JANUS_WIRE_GET_CLASS (self)->open (self, is_unix ? address + strlen (UNIX_PREFIX) : address);
}

/**
 * cm_janus_wire_send:
 * @self: a wire that is open
 * @bytes: a request, one JSON value
 * @size: how many bytes
 */
void
cm_janus_wire_send (CmJanusWire *self,
                    const char  *bytes,
                    gsize        size)
{
  g_return_if_fail (CM_IS_JANUS_WIRE (self));

  if (!get_private (self)->is_closed)
    CM_JANUS_WIRE_GET_CLASS (self)->send (self, bytes, size);
}

/**
 * cm_janus_wire_close:
 * @self: a wire
 *
 * Nothing is told from then on.
 */
void
cm_janus_wire_close (CmJanusWire *self)
{
  g_return_if_fail (CM_IS_JANUS_WIRE (self));

  if (get_private (self)->is_closed)
    return;

  get_private (self)->is_closed = TRUE;
  CM_JANUS_WIRE_GET_CLASS (self)->close (self);
}

/* Returns: whether it leads to the Admin API */
gboolean
cm_janus_wire_is_admin (CmJanusWire *self)
{
  return get_private (self)->is_admin;
}

/* Returns: (transfer none) (nullable): where answers to a datagram socket are
 * waited for */
const char *
cm_janus_wire_get_folder (CmJanusWire *self)
{
  return get_private (self)->folder;
}

/* Tells that requests can be sent. */
void
cm_janus_wire_opened (CmJanusWire *self)
{
  CmJanusWirePrivate *priv = get_private (self);

  if (!priv->is_closed)
    priv->funcs.opened (priv->user_data);
}

/* Tells an answer. */
void
cm_janus_wire_received (CmJanusWire *self,
                        const char  *bytes,
                        gsize        size)
{
  CmJanusWirePrivate *priv = get_private (self);

  if (!priv->is_closed)
    priv->funcs.received (bytes, size, priv->user_data);
}

/* Closes it, and tells why. */
void
cm_janus_wire_lost (CmJanusWire  *self,
                    const GError *error)
{
  CmJanusWirePrivate *priv = get_private (self);
  g_autoptr(CmJanusWire) held = g_object_ref (self);

  if (priv->is_closed)
    return;

  cm_janus_wire_close (held);
  priv->funcs.lost (error, priv->user_data);
}

/* Closes it, and tells why. */
void
cm_janus_wire_lost_because (CmJanusWire *self,
                            const char  *reason)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, reason);

  cm_janus_wire_lost (self, error);
}
