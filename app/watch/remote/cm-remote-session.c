/* cm-remote-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/remote/cm-remote-session.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>

#include "watch/remote/cm-remote-address.h"

/* Who listens on the way must not learn a token. */
static gboolean
check_secrecy (const CmRemoteAddress  *address,
               const char             *token,
               GError                **error)
{
  if (token == NULL || address->is_tls || address->is_local)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       _("over http:// the token could be read on the way; use https://"));

  return FALSE;
}

static gboolean
check_base (const CmRemoteAddress  *address,
            GError                **error)
{
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address->base);

  if (message == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is not an address"), address->text);

  return message != NULL;
}

/**
 * cm_remote_session_new:
 * @options: whom to connect to
 * @base: (out): what stands before the path of each request
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): what requests to that tracker go through;
 *   %NULL where the address or the file of certificates cannot be used
 */
SoupSession *
cm_remote_session_new (const CmRemoteOptions  *options,
                       char                  **base,
                       GError                **error)
{
  gboolean is_default = options->address == NULL || options->address[0] == '\0';
  g_autoptr(CmRemoteAddress) address = cm_remote_address_parse (is_default ? NULL : options->address, error);
  g_autoptr(GSocketAddress) place = NULL;
  g_autoptr(GTlsDatabase) authority = NULL;
  SoupSession *session;

  if (address == NULL || !check_secrecy (address, options->token, error))
    return NULL;

  if (options->authority != NULL)
    {
      authority = g_tls_file_database_new (options->authority, error);
      if (authority == NULL)
        return NULL;
    }
  if (!check_base (address, error))
    return NULL;

  place = address->path != NULL ? g_unix_socket_address_new (address->path) : NULL;
  session = g_object_new (SOUP_TYPE_SESSION, "remote-connectable", place, NULL);
  if (authority != NULL)
    soup_session_set_tls_database (session, authority);
  *base = g_strdup (address->base);

  return session;
}
