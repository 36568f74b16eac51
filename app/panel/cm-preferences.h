/* cm-preferences.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_PREFERENCES (cm_preferences_get_type ())

G_DECLARE_FINAL_TYPE (CmPreferences, cm_preferences, CM, PREFERENCES, GtkWindow)

/* A window for the user's settings. What is changed in it acts at once. */
GtkWidget *cm_preferences_new (GtkWindow *parent,
                               GSettings *settings);

G_END_DECLS
