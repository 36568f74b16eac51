/* cm-connect-control.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-desktop.h"

G_BEGIN_DECLS

#define CM_TYPE_CONNECT_CONTROL (cm_connect_control_get_type ())

typedef void (*CmConnectFunc) (gpointer user_data);

G_DECLARE_FINAL_TYPE (CmConnectControl, cm_connect_control, CM, CONNECT_CONTROL, GObject)

/* Connects the window to a tracker elsewhere, lets the user see what is in the way of
 * that, and remembers it when it has worked. Works with
 * the windows of the application, and adds the action "connect" to it. */
CmConnectControl *cm_connect_control_new    (GtkApplication   *application,
                                             CmDesktop        *desktop,
                                             CmSession        *session);
gboolean          cm_connect_control_open   (CmConnectControl *self,
                                             const char       *address);
void              cm_connect_control_when_settled
                                            (CmConnectControl *self,
                                             CmConnectFunc     func,
                                             gpointer          user_data);

G_END_DECLS
