/* cm-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/connect/cm-connect-page.h"
#include "panel/follow/cm-follow-page.h"
#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_WINDOW (cm_window_get_type ())

G_DECLARE_FINAL_TYPE (CmWindow, cm_window, CM, WINDOW, GtkApplicationWindow)

/* The window: list and page of one session. Property: "session" (CmSession,
 * construct-only). Actions: win.back, win.rejoin, win.keys, win.play-pause. */
GtkWidget     *cm_window_new              (GtkApplication *application,
                                           CmSession      *session);
CmSession     *cm_window_get_session      (CmWindow       *self);
CmConnectPage *cm_window_get_connect_page (CmWindow       *self);
CmFollowPage  *cm_window_get_follow_page  (CmWindow       *self);

G_END_DECLS
