/* cm-spool.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmSpool:
 * @number: in the order of their lines
 * @size: bytes; the file ends with a line end
 * @lines: how many there are
 *
 * A file of event lines, open for as long as it is there.
 */
typedef struct
{
  guint64 number;
  char   *path;
  int     fd;
  gsize   size;
  guint64 lines;
} CmSpool;

/* @line has its line end; what is appended to @out stands there instead. */
typedef void (*CmSpoolFunc) (const char *line,
                             gsize       size,
                             GString    *out,
                             gpointer    user_data);

CmSpool  *cm_spool_open    (const char     *folder,
                            guint64         number,
                            GError        **error);
void      cm_spool_free    (CmSpool        *self);
gboolean  cm_spool_recover (CmSpool        *self,
                            CmSpoolFunc     func,
                            gpointer        user_data,
                            GError        **error);
gboolean  cm_spool_append  (CmSpool        *self,
                            const GString  *lines,
                            guint64         n_lines,
                            GError        **error);
GBytes   *cm_spool_read    (CmSpool        *self,
                            gsize           offset,
                            gsize           size,
                            guint64        *n_lines,
                            GError        **error);
gboolean  cm_spool_rewrite (CmSpool        *self,
                            CmSpoolFunc     func,
                            gpointer        user_data,
                            GError        **error);

gboolean  cm_spool_fail    (const char     *path,
                            GError        **error);

G_END_DECLS
