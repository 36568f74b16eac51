/* cm-compat.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All that is different between GTK 4.8 and later ones. */

typedef void (*CmFileFunc) (GFile    *file,
                            gpointer  user_data);

void cm_compat_skip_gl   (void);
void cm_compat_announce  (GtkWindow  *window,
                          const char *text);
void cm_compat_be_quiet  (GtkWindow  *window);
void cm_compat_get_color (GtkWidget  *widget,
                          GdkRGBA    *color);
void cm_compat_open_file (GtkWindow  *parent,
                          const char *title,
                          CmFileFunc  func,
                          gpointer    user_data);
void cm_compat_open_certificate
                         (GtkWindow  *parent,
                          const char *title,
                          CmFileFunc  func,
                          gpointer    user_data);
void cm_compat_save_file (GtkWindow  *parent,
                          const char *title,
                          const char *name,
                          CmFileFunc  func,
                          gpointer    user_data);

G_END_DECLS
