/* cm-connect-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_CONNECT_SETTINGS (cm_connect_settings_get_type ())

G_DECLARE_FINAL_TYPE (CmConnectSettings, cm_connect_settings, CM, CONNECT_SETTINGS, GtkWidget)

/* What the preferences say of the tracker that is watched: address, authorities and
 * where its token is kept. */
GtkWidget *cm_connect_settings_new (GSettings *settings);

G_END_DECLS
