/* cm-connect-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/connect/cm-connect-step.h"

G_BEGIN_DECLS

#define CM_TYPE_CONNECT_ROW (cm_connect_row_get_type ())

G_DECLARE_FINAL_TYPE (CmConnectRow, cm_connect_row, CM, CONNECT_ROW, GtkListBoxRow)

/* One step of the checks before a connection. Property "step" (CmConnectStep, rw). */
GtkWidget *cm_connect_row_new (CmConnectStep *step);

G_END_DECLS
