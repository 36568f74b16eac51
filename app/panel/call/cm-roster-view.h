/* cm-roster-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-roster-group.h"

G_BEGIN_DECLS

#define CM_TYPE_ROSTER_VIEW (cm_roster_view_get_type ())

G_DECLARE_FINAL_TYPE (CmRosterView, cm_roster_view, CM, ROSTER_VIEW, GtkWidget)

/* A group of a roster: its title and its people; not there while it says nothing.
 * Properties, rw: "group" (CmRosterGroup), "now" (gint64, ms UTC). */
void cm_roster_view_set_group (CmRosterView  *self,
                               CmRosterGroup *group);

G_END_DECLS
