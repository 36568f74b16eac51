/* cm-person-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-person-item.h"

G_BEGIN_DECLS

#define CM_TYPE_PERSON_ROW (cm_person_row_get_type ())

G_DECLARE_FINAL_TYPE (CmPersonRow, cm_person_row, CM, PERSON_ROW, GtkListBoxRow)

/* A person of a roster. Properties, rw: "person" (CmPersonItem), "now" (gint64, ms
 * UTC: ages are counted up to it). */
GtkWidget *cm_person_row_new (CmPersonItem *person);

G_END_DECLS
