/* cm-keys-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_KEYS_WINDOW (cm_keys_window_get_type ())

G_DECLARE_FINAL_TYPE (CmKeysWindow, cm_keys_window, CM, KEYS_WINDOW, GtkWindow)

/* What the keys do. */
GtkWidget *cm_keys_window_new (GtkWindow *parent);

G_END_DECLS
