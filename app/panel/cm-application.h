/* cm-application.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_APPLICATION (cm_application_get_type ())

G_DECLARE_FINAL_TYPE (CmApplication, cm_application, CM, APPLICATION, GtkApplication)

/* The program with the window. Actions: app.demo, app.open, app.about, app.quit. */
CmApplication *cm_application_new  (void);
int            cm_application_main (int    argc,
                                    char **argv);

G_END_DECLS
