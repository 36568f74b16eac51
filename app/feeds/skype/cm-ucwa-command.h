/* cm-ucwa-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/skype/cm-ucwa-client.h"
#include "feeds/skype/cm-ucwa.h"
#include "model/cm-command.h"

G_BEGIN_DECLS

#define CM_UCWA_ACTIONS \
  (1u << CM_ACTION_REJOIN | 1u << CM_ACTION_MUTE | 1u << CM_ACTION_UNMUTE | 1u << CM_ACTION_REMOVE | \
   1u << CM_ACTION_ADMIT | 1u << CM_ACTION_INVITE)

void cm_ucwa_command_send (CmUcwaClient    *client,
                           CmUcwa          *decoder,
                           const CmCommand *command,
                           const char      *conversation,
                           GTask           *task);
void cm_ucwa_command_add_audio
                          (CmUcwaClient    *client,
                           const char      *href,
                           const char      *number,
                           GTask           *task);

G_END_DECLS
