/* cm-connect-control.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-desktop.h"

G_BEGIN_DECLS

#define CM_TYPE_CONNECT_CONTROL (cm_connect_control_get_type ())

G_DECLARE_FINAL_TYPE (CmConnectControl, cm_connect_control, CM, CONNECT_CONTROL, GObject)

/* Connects the window to a tracker elsewhere, and remembers it. */
CmConnectControl *cm_connect_control_new  (GtkApplication   *application,
                                           CmDesktop        *desktop,
                                           CmSession        *session);
gboolean          cm_connect_control_open (CmConnectControl *self,
                                           const char       *address);

G_END_DECLS
