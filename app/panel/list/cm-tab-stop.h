/* cm-tab-stop.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_TAB_STOP (cm_tab_stop_get_type ())

G_DECLARE_FINAL_TYPE (CmTabStop, cm_tab_stop, CM, TAB_STOP, GtkWidget)

/* Makes what is in it one stop of the Tab key: a list view would be as many as it
 * has rows. Property: "child" (GtkWidget, rw). */

G_END_DECLS
