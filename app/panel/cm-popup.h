/* cm-popup.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cm_popup_set_menu (GtkMenuButton *button,
                        GMenuModel    *menu);
void cm_popup_show     (GtkWidget     *popover,
                        GtkWidget     *parent);

G_END_DECLS
