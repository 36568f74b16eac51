/* cm-follow-control.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-desktop.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOW_CONTROL (cm_follow_control_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowControl, cm_follow_control, CM, FOLLOW_CONTROL, GObject)

/* Follows real systems with a tracker in this program, and lets the user say which.
 * Works with the windows of the application, and adds the actions "follow",
 * "follow-add", "follow-edit" and "follow-toggle" to it. */
CmFollowControl *cm_follow_control_new  (GtkApplication  *application,
                                         CmDesktop       *desktop,
                                         CmSession       *session);
gboolean         cm_follow_control_open (CmFollowControl *self,
                                         GFile           *file);

G_END_DECLS
