/* cm-call-commands.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_CALL_COMMANDS (cm_call_commands_get_type ())

G_DECLARE_FINAL_TYPE (CmCallCommands, cm_call_commands, CM, CALL_COMMANDS, GtkWidget)

/* What can be done with a call: buttons, only for what the source of one of its legs
 * takes as commands.
 *
 * Properties: "session" (CmSession, rw), "conversation" (CmConversation, rw), "actions"
 * (guint: CmActions that are offered, read-only), "commander" (CmCommander, constant).
 *
 * The actions "call.mute", "call.unmute", "call.remove", "call.admit" and "call.invite"
 * take an address; "call.lock", "call.unlock", "call.mute-all", "call.unmute-all" and "call.end" nothing. */
void cm_call_commands_install (GtkWidgetClass *widget_class);

G_END_DECLS
