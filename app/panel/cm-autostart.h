/* cm-autostart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CM_TYPE_AUTOSTART (cm_autostart_get_type ())

G_DECLARE_FINAL_TYPE (CmAutostart, cm_autostart, CM, AUTOSTART, GObject)

/* Keeps to the setting "autostart": asks the desktop's Background portal, and where
 * there is none, writes to the autostart folder or takes away what it wrote. */
CmAutostart *cm_autostart_new (GSettings *settings);

G_END_DECLS
