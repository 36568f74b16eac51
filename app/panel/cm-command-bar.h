/* cm-command-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/call/cm-commander.h"

G_BEGIN_DECLS

#define CM_TYPE_COMMAND_BAR (cm_command_bar_get_type ())

G_DECLARE_FINAL_TYPE (CmCommandBar, cm_command_bar, CM, COMMAND_BAR, GtkWidget)

/* What a commander says: what is about to be done, with Undo, or why it was not.
 *
 * Properties: "commander" (CmCommander, rw). */

G_END_DECLS
