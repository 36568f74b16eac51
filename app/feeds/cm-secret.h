/* cm-secret.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Longer than any password or key of one line, bytes. */
#define CM_SECRET_MAX_SIZE 4096

char     *cm_secret_read_file     (const char  *path,
                                   gsize        max_size,
                                   GError     **error);
char     *cm_secret_read_line     (const char  *path,
                                   GError     **error);
char     *cm_secret_read_variable (const char  *name,
                                   GError     **error);
gboolean  cm_secret_equal         (const char  *secret,
                                   const char  *other);
void      cm_secret_free          (char        *secret);

G_END_DECLS
