/* cm-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-command.h"

static const struct
{
  const char *name;
  gboolean    needs_participant;
} actions[CM_N_ACTIONS] = {
  [CM_ACTION_REJOIN] = { "rejoin", FALSE },
  [CM_ACTION_MUTE] = { "mute", TRUE },
  [CM_ACTION_UNMUTE] = { "unmute", TRUE },
  [CM_ACTION_REMOVE] = { "remove", TRUE },
  [CM_ACTION_ADMIT] = { "admit", TRUE },
  [CM_ACTION_LOCK] = { "lock", FALSE },
  [CM_ACTION_UNLOCK] = { "unlock", FALSE },
  [CM_ACTION_INVITE] = { "invite", TRUE },
  [CM_ACTION_END] = { "end", FALSE },
  [CM_ACTION_MUTE_ALL] = { "mute-all", FALSE },
  [CM_ACTION_UNMUTE_ALL] = { "unmute-all", FALSE },
};

/* Returns: the name of an action as it stands on the wire */
const char *
cm_action_get_name (CmAction action)
{
  g_return_val_if_fail (action < CM_N_ACTIONS, NULL);

  return actions[action].name;
}

/**
 * cm_action_parse:
 * @name: the name of an action as it stands on the wire
 * @action: (out): the action
 *
 * Returns: whether there is such an action
 */
gboolean
cm_action_parse (const char *name,
                 CmAction   *action)
{
  for (guint i = 0; i < CM_N_ACTIONS; i++)
    {
      if (g_str_equal (actions[i].name, name))
        {
          *action = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Returns: whether the action is about one person */
gboolean
cm_action_needs_participant (CmAction action)
{
  g_return_val_if_fail (action < CM_N_ACTIONS, FALSE);

  return actions[action].needs_participant;
}

gboolean
cm_actions_contain (CmActions self,
                    CmAction  action)
{
  return (self & (1u << action)) != 0;
}

/**
 * cm_command_new:
 * @conversation: (nullable): the id of the conversation, where it is known
 * @leg: the id of the leg whose source is asked
 * @action: what is asked
 * @participant: (nullable): the address of the person whom it is about
 *
 * Returns: (transfer full): the command
 */
CmCommand *
cm_command_new (const char *conversation,
                const char *leg,
                CmAction    action,
                const char *participant)
{
  CmCommand *self = g_new (CmCommand, 1);

  self->action = action;
  self->conversation = g_strdup (conversation);
  self->leg = g_strdup (leg);
  self->participant = g_strdup (participant);

  return self;
}

/* Returns: (transfer full): a copy */
CmCommand *
cm_command_copy (const CmCommand *self)
{
  return cm_command_new (self->conversation, self->leg, self->action, self->participant);
}

void
cm_command_free (CmCommand *self)
{
  g_free (self->conversation);
  g_free (self->leg);
  g_free (self->participant);
  g_free (self);
}
