/* cm-connect-secret-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file of tokens, for where there is no keyring. */
char     *cm_connect_secret_file_lookup (const char  *address,
                                         GError     **error);
gboolean  cm_connect_secret_file_store  (const char  *address,
                                         const char  *token,
                                         GError     **error);

G_END_DECLS
