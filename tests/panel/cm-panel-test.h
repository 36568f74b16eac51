/* cm-panel-test.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-fake-watch.h"
#include "panel/cm-style.h"

G_BEGIN_DECLS

typedef gboolean (*CmCondition) (gpointer user_data);

void       cm_panel_test_init       (int             *argc,
                                     char          ***argv);
void       cm_panel_test_wait       (CmCondition      condition,
                                     gpointer         user_data);
void       cm_panel_test_settle     (void);
GtkWidget *cm_panel_test_find       (GtkWidget       *root,
                                     GType            type,
                                     const char      *text);
gboolean   cm_panel_test_is_seen    (GtkWidget       *widget);
void       cm_panel_test_resize     (GtkWindow       *window,
                                     int              width,
                                     int              height);
void       cm_panel_test_move_focus (GtkWindow       *window,
                                     GtkDirectionType direction);

G_END_DECLS
