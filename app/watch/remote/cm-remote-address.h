/* cm-remote-address.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmRemoteAddress:
 * @text: the one way to write it: "unix:PATH" or "https://HOST:PORT"
 * @path: (nullable): of a unix socket
 * @base: what the path of a request is appended to
 * @host: (nullable): a name or a number; %NULL for a socket
 * @port: 0 for a socket
 * @is_tls: whether what is said is encrypted
 * @is_local: whether it does not leave this computer
 *
 * Where a tracker is.
 */
typedef struct
{
  char     *text;
  char     *path;
  char     *base;
  char     *host;
  guint16   port;
  gboolean  is_tls;
  gboolean  is_local;
} CmRemoteAddress;

CmRemoteAddress *cm_remote_address_parse (const char       *text,
                                          GError          **error);
gboolean         cm_remote_address_looks (const char       *text);
void             cm_remote_address_free  (CmRemoteAddress  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteAddress, cm_remote_address_free)

G_END_DECLS
