/* cm-leg-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-leg-item.h"

G_BEGIN_DECLS

#define CM_TYPE_LEG_ROW (cm_leg_row_get_type ())

G_DECLARE_FINAL_TYPE (CmLegRow, cm_leg_row, CM, LEG_ROW, GtkListBoxRow)

/* A station that reports a conversation. Property: "leg" (CmLegItem, rw). */
GtkWidget *cm_leg_row_new     (CmLegItem *leg);
CmLegItem *cm_leg_row_get_leg (CmLegRow  *self);

G_END_DECLS
