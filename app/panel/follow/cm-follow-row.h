/* cm-follow-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/follow/cm-followed.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOW_ROW (cm_follow_row_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowRow, cm_follow_row, CM, FOLLOW_ROW, GtkListBoxRow)

/* Shows one system that is followed, lets it be switched off and on by the action
 * "app.follow-toggle", and edited by "app.follow-edit". */
GtkWidget *cm_follow_row_new (CmFollowed *followed);

G_END_DECLS
