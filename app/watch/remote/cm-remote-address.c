/* cm-remote-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/remote/cm-remote-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "watch/cm-protocol.h"

#define UNIX "unix:"

/* RFC 1035, section 2.3.4, and what a scheme, a port and a path need. */
#define MAX_LENGTH 2048

static const struct
{
  const char *scheme;
  gboolean    is_tls;
} schemes[] = {
  { "https", TRUE },
  { "wss", TRUE },
  { "http", FALSE },
  { "ws", FALSE },
};

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, reason);

  return FALSE;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) number = g_inet_address_new_from_string (host);

  return number != NULL ? g_inet_address_get_is_loopback (number) : g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
is_socket (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 && S_ISSOCK (status.st_mode);
}

/* RFC 3986 lets a name be nearly anything; names of computers have no spaces. */
static gboolean
is_host (const char *host)
{
  g_autofree char *ascii = g_hostname_to_ascii (host);

  return ascii != NULL && ascii[0] != '\0' &&
         ascii[strspn (ascii, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:%")] == '\0';
}

static gboolean
find_scheme (const char *scheme,
             gboolean   *is_tls)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strcasecmp (scheme, schemes[i].scheme) == 0)
        {
          *is_tls = schemes[i].is_tls;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
take_socket (CmRemoteAddress  *self,
             const char       *path,
             GError          **error)
{
  if (path[0] == '\0')
    return refuse (error, _("An address that begins with “unix:” goes on with the path of a socket"));

  self->path = g_str_has_prefix (path, "//") ? g_strdup (path + 2) : g_strdup (path);
  self->text = g_strconcat (UNIX, self->path, NULL);
  self->base = g_strdup ("http://localhost");
  self->is_local = TRUE;

  return TRUE;
}

/* A password in an address would be seen by all who see the address. */
static gboolean
check_parts (GUri    *uri,
             GError **error)
{
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, _("An address has no name or password in it: a token is given apart from it"));
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return refuse (error, _("An address ends before “?” or “#”"));
  if (g_uri_get_host (uri) == NULL || !is_host (g_uri_get_host (uri)))
    return refuse (error, _("This address names no computer; it should be like tracker.example.com:8085"));
  if (g_uri_get_port (uri) == 0)
    return refuse (error, _("No tracker can listen on port 0"));

  return TRUE;
}

static void
take_parts (CmRemoteAddress *self,
            GUri            *uri)
{
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  int port = g_uri_get_port (uri);

  for (gsize size = strlen (path); size > 0 && path[size - 1] == '/';)
    path[--size] = '\0';

  self->host = g_ascii_strdown (g_uri_get_host (uri), -1);
  self->port = (guint16) (port > 0 ? port : self->is_tls ? 443 : 80);
  self->is_local = is_loopback (self->host);
  self->base = g_strdup_printf (strchr (self->host, ':') != NULL ? "%s://[%s]:%u%s" : "%s://%s:%u%s",
                                self->is_tls ? "https" : "http", self->host, self->port, path);
  self->text = g_strdup (self->base);
}

/* Without a scheme nothing goes over the network in the clear. */
static gboolean
take_url (CmRemoteAddress  *self,
          const char       *text,
          GError          **error)
{
  g_autofree char *whole = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  g_autoptr(GUri) uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL)
    return refuse (error, _("This is not an address; it should be like tracker.example.com:8085"));
  if (!find_scheme (g_uri_get_scheme (uri), &self->is_tls))
    return refuse (error, _("An address begins with https://, http://, wss://, ws:// or unix:, or with the name of a computer"));
  if (!check_parts (uri, error))
    return FALSE;

  take_parts (self, uri);

  return TRUE;
}

/**
 * cm_remote_address_parse:
 * @text: (nullable): the path of a unix socket, "unix:PATH", a URL, "HOST" or
 *   "HOST:PORT"; %NULL for the tracker of this user
 * @error: where the reason goes, in words for the user
 *
 * Returns: (nullable) (transfer full): where the tracker is
 */
CmRemoteAddress *
cm_remote_address_parse (const char  *text,
                         GError     **error)
{
  g_autoptr(CmRemoteAddress) self = g_new0 (CmRemoteAddress, 1);
  g_autofree char *trimmed = text != NULL ? g_strstrip (g_strdup (text)) : cm_protocol_get_default_path ();
  gboolean ok;

  if (trimmed[0] == '\0')
    ok = refuse (error, _("An address is needed; it is like tracker.example.com:8085"));
  else if (strlen (trimmed) > MAX_LENGTH)
    ok = refuse (error, _("This is too long for an address"));
  else if (!g_utf8_validate (trimmed, -1, NULL))
    ok = refuse (error, _("This is not an address; it should be like tracker.example.com:8085"));
  else if (trimmed[0] == '/' || is_socket (trimmed))
    ok = take_socket (self, trimmed, error);
  else if (g_str_has_prefix (trimmed, UNIX))
    ok = take_socket (self, trimmed + strlen (UNIX), error);
  else
    ok = take_url (self, trimmed, error);

  return ok ? g_steal_pointer (&self) : NULL;
}

/**
 * cm_remote_address_looks:
 * @text: what stands on a command line, where a file may stand too
 *
 * Returns: whether it is to be taken for the address of a tracker
 */
gboolean
cm_remote_address_looks (const char *text)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);
  const char *colon = strrchr (text, ':');
  gboolean is_tls;

  if (is_socket (text) || g_str_has_prefix (text, UNIX))
    return TRUE;
  if (strstr (text, "://") != NULL)
    return scheme != NULL && find_scheme (scheme, &is_tls);

  return strchr (text, '/') == NULL && colon != NULL && colon != text &&
         g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, NULL, NULL) &&
         !g_file_test (text, G_FILE_TEST_EXISTS);
}

/**
 * cm_remote_address_free:
 * @self: (transfer full): an address
 */
void
cm_remote_address_free (CmRemoteAddress *self)
{
  g_free (self->text);
  g_free (self->path);
  g_free (self->base);
  g_free (self->host);
  g_free (self);
}
