/* cm-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * CmAction:
 * @CM_ACTION_REJOIN: join the call again that the leg has left
 * @CM_ACTION_MUTE: mute a participant
 * @CM_ACTION_UNMUTE: let the participant be heard again
 * @CM_ACTION_REMOVE: put a participant out of the conference
 * @CM_ACTION_ADMIT: let a participant in from the lobby
 * @CM_ACTION_LOCK: let nobody else into the conference
 * @CM_ACTION_UNLOCK: let others in again
 * @CM_ACTION_INVITE: ask somebody to join: an address, or a number to dial
 * @CM_ACTION_END: end the conference for everybody
 * @CM_ACTION_MUTE_ALL: mute everybody in the conference
 * @CM_ACTION_UNMUTE_ALL: let everybody be heard again
 *
 * What can be asked of the source of a leg. On the wire each is its nick: "rejoin".
 */
typedef enum
{
  CM_ACTION_REJOIN,
  CM_ACTION_MUTE,
  CM_ACTION_UNMUTE,
  CM_ACTION_REMOVE,
  CM_ACTION_ADMIT,
  CM_ACTION_LOCK,
  CM_ACTION_UNLOCK,
  CM_ACTION_INVITE,
  CM_ACTION_END,
  CM_ACTION_MUTE_ALL,
  CM_ACTION_UNMUTE_ALL,
  CM_N_ACTIONS,
} CmAction;

/* A set of them: the bits 1 << #CmAction. */
typedef guint CmActions;

/* Longer than any address, bytes. */
#define CM_COMMAND_MAX_PARTICIPANT 1024

/**
 * CmCommand:
 * @conversation: (nullable): the id of the conversation, where it is known
 * @leg: the id of the leg whose source is asked
 * @participant: (nullable): the address of the person whom the action is about;
 *   there where cm_action_needs_participant() says so
 */
typedef struct
{
  CmAction  action;
  char     *conversation;
  char     *leg;
  char     *participant;
} CmCommand;

const char *cm_action_get_name          (CmAction          action);
gboolean    cm_action_parse             (const char       *name,
                                         CmAction         *action);
gboolean    cm_action_needs_participant (CmAction          action);
gboolean    cm_actions_contain          (CmActions         actions,
                                         CmAction          action);

CmCommand  *cm_command_new              (const char       *conversation,
                                         const char       *leg,
                                         CmAction          action,
                                         const char       *participant);
CmCommand  *cm_command_copy             (const CmCommand  *self);
void        cm_command_free             (CmCommand        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmCommand, cm_command_free)

G_END_DECLS
