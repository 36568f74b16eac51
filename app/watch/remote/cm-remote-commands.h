/* cm-remote-commands.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-command.h"
#include "watch/remote/cm-remote-link.h"

G_BEGIN_DECLS

/* What a tracker elsewhere was asked for, and what has become of it. */
typedef struct _CmRemoteCommands CmRemoteCommands;

CmRemoteCommands *cm_remote_commands_new  (void);
void              cm_remote_commands_free (CmRemoteCommands *self);
void              cm_remote_commands_send (CmRemoteCommands *self,
                                           CmRemoteLink     *link,
                                           const CmCommand  *command,
                                           GTask            *task);
void              cm_remote_commands_note (CmRemoteCommands *self,
                                           const char       *id,
                                           const char       *state,
                                           const char       *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteCommands, cm_remote_commands_free)

G_END_DECLS
