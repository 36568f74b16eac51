/* cm-copy-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_COPY_ROW (cm_copy_row_get_type ())

G_DECLARE_FINAL_TYPE (CmCopyRow, cm_copy_row, CM, COPY_ROW, GtkWidget)

/* A line of information with a button that copies it; not there while there is
 * nothing to copy. Properties, rw: "caption" (what it is), "value", "link" (gboolean:
 * the value is an address to open). */

G_END_DECLS
