/* cm-desktop.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_DESKTOP (cm_desktop_get_type ())

G_DECLARE_FINAL_TYPE (CmDesktop, cm_desktop, CM, DESKTOP, GObject)

/* What the program does with the desktop that it runs on and with the user's
 * settings: the side panel, safe mode, density, preferences, and what was watched
 * last. Adds the actions of these to the application. */
CmDesktop *cm_desktop_new            (GtkApplication *application,
                                      CmSession      *session);
GSettings *cm_desktop_get_settings   (CmDesktop      *self);
GtkWindow *cm_desktop_create_window  (CmDesktop      *self,
                                      int             width,
                                      int             height);
void       cm_desktop_pin            (CmDesktop      *self,
                                      const char     *edge);
char      *cm_desktop_dup_last       (CmDesktop      *self);
gboolean   cm_desktop_is_address     (const char     *last);
void       cm_desktop_remember       (CmDesktop      *self,
                                      const char     *what);

/* What is remembered where the demo was watched. */
#define CM_DESKTOP_DEMO "demo:"

/* What is remembered where systems were followed. */
#define CM_DESKTOP_FOLLOW "follow:"

G_END_DECLS
