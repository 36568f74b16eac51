/* cm-call-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a window does with calls and recordings. It has a property "session". */
void cm_call_actions_install      (GtkWidgetClass *widget_class);
void cm_call_actions_accept_files (GtkWidget      *window);
void cm_call_actions_show_faults  (GtkWidget      *window);

G_END_DECLS
