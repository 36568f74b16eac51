/* cm-dial.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cm_dial_check      (const char  *pattern,
                             GError     **error);
char    *cm_dial_dup_number (const char  *address,
                             GError     **error);
char    *cm_dial_fill       (const char  *pattern,
                             const char  *number);

G_END_DECLS
