/* cm-steady-label.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_STEADY_LABEL (cm_steady_label_get_type ())

G_DECLARE_FINAL_TYPE (CmSteadyLabel, cm_steady_label, CM, STEADY_LABEL, GtkWidget)

/* One line of text that changes often, and mostly is as wide as before: then nothing is laid
 * out anew. A GtkLabel has the whole window measured for each change of it, and on X11 the
 * display server asked where the window is. Where there is no room for it it is cut, and a
 * tooltip has it all.
 *
 * Properties: "label" (string), "xalign" (float). */
const char *cm_steady_label_get_label (CmSteadyLabel *self);

G_END_DECLS
