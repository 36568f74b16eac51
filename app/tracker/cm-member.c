/* cm-member.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked.h"

#include "tracker/cm-modality.h"

static void
forget_state (CmMember *self)
{
  self->state = CM_MEMBER_STATE_UNKNOWN;
  self->connected = CM_TIME_NONE;
  self->muted = CM_UNKNOWN;
  self->muted_seen = 0;
  g_clear_pointer (&self->state_name, g_ref_string_release);
}

/* Returns: whether the person is in the lobby, as this leg has it */
gboolean
cm_member_is_waiting (const CmMember *self)
{
  return self->present && self->lobby == CM_YES;
}

/**
 * cm_member_set_present:
 * @self: a member
 * @present: whether the person is in the roster now
 * @status: why not, or 0
 * @at: when, ms UTC
 *
 * Who comes back comes without the state that he had. The first end stands.
 */
void
cm_member_set_present (CmMember *self,
                       gboolean  present,
                       guint32   status,
                       gint64    at)
{
  if (present)
    {
      if (self->left != CM_TIME_NONE)
        forget_state (self);
      self->present = TRUE;
      self->left = CM_TIME_NONE;
      self->status = 0;
      return;
    }

  self->present = FALSE;
  if (self->left == CM_TIME_NONE)
    {
      self->left = at;
      self->status = status;
    }
}

/**
 * cm_member_set_state:
 * @self: a member
 * @state: (not nullable): a #CmModalityState; an unknown one keeps its name
 * @status: the reason that came with it, or 0
 * @at: when, ms UTC
 */
void
cm_member_set_state (CmMember      *self,
                     const CmValue *state,
                     guint32        status,
                     gint64         at)
{
  if (!state->known)
    {
      cm_ref_string_set (&self->state_name, state->text);
      return;
    }

  if (state->integer == CM_MODALITY_STATE_INVALID)
    return;

  if (cm_modality_state_is_active ((int) state->integer) && !self->present)
    cm_member_set_present (self, TRUE, 0, at);

  g_clear_pointer (&self->state_name, g_ref_string_release);
  if (state->integer == CM_MODALITY_STATE_CONNECTED &&
      (self->connected == CM_TIME_NONE || !cm_modality_state_is_in (self->state)))
    self->connected = at;
  self->state = (gint8) state->integer;
  if (status != 0)
    self->status = status;
}
