/* cm-modality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-modality.h"

#include "core/cm-wire.h"

#define BIT(number) (1U << (number))

/* The states that usually follow a state. An unusual one is applied all the
 * same: no normative diagram exists, and events get lost. */
#define ANY_END (BIT (CM_MODALITY_STATE_DISCONNECTED) | BIT (CM_MODALITY_STATE_DISCONNECTING))
#define ANY_CALL (BIT (CM_MODALITY_STATE_CONNECTED) | BIT (CM_MODALITY_STATE_ON_HOLD) | \
                  BIT (CM_MODALITY_STATE_SUSPENDED) | BIT (CM_MODALITY_STATE_TRANSFERRING))

static const guint16 usual_states[] = {
  [CM_MODALITY_STATE_DISCONNECTED] = BIT (CM_MODALITY_STATE_CONNECTING) | BIT (CM_MODALITY_STATE_NOTIFIED),
  [CM_MODALITY_STATE_CONNECTING] = ANY_END | BIT (CM_MODALITY_STATE_JOINING) |
    BIT (CM_MODALITY_STATE_CONNECTING_TO_CALLER) | BIT (CM_MODALITY_STATE_CONNECTED),
  [CM_MODALITY_STATE_NOTIFIED] = ANY_END | BIT (CM_MODALITY_STATE_CONNECTING) |
    BIT (CM_MODALITY_STATE_JOINING) | BIT (CM_MODALITY_STATE_CONNECTING_TO_CALLER) |
    BIT (CM_MODALITY_STATE_FORWARDING) | BIT (CM_MODALITY_STATE_CONNECTED),
  [CM_MODALITY_STATE_JOINING] = ANY_END | BIT (CM_MODALITY_STATE_CONNECTED),
  [CM_MODALITY_STATE_CONNECTING_TO_CALLER] = ANY_END | BIT (CM_MODALITY_STATE_JOINING) |
    BIT (CM_MODALITY_STATE_CONNECTED),
  [CM_MODALITY_STATE_CONNECTED] = ANY_END | ANY_CALL | BIT (CM_MODALITY_STATE_JOINING),
  [CM_MODALITY_STATE_SUSPENDED] = ANY_END | ANY_CALL,
  [CM_MODALITY_STATE_ON_HOLD] = ANY_END | ANY_CALL | BIT (CM_MODALITY_STATE_JOINING),
  [CM_MODALITY_STATE_FORWARDING] = ANY_END | BIT (CM_MODALITY_STATE_NOTIFIED),
  [CM_MODALITY_STATE_TRANSFERRING] = ANY_END | ANY_CALL,
  [CM_MODALITY_STATE_DISCONNECTING] = BIT (CM_MODALITY_STATE_DISCONNECTED),
};

/**
 * cm_modality_state_is_active:
 * @state: a #CmModalityState
 *
 * Returns: whether there is, or is about to be, a stream
 */
gboolean
cm_modality_state_is_active (int state)
{
  return state > CM_MODALITY_STATE_DISCONNECTED && state < CM_MODALITY_STATE_DISCONNECTING;
}

/**
 * cm_modality_state_is_in:
 * @state: a #CmModalityState
 *
 * Returns: whether somebody in that state is in the call: on hold, he still is
 */
gboolean
cm_modality_state_is_in (int state)
{
  return state == CM_MODALITY_STATE_CONNECTED || state == CM_MODALITY_STATE_ON_HOLD ||
         state == CM_MODALITY_STATE_SUSPENDED || state == CM_MODALITY_STATE_TRANSFERRING;
}

/**
 * cm_modality_state_may_follow:
 * @state: a #CmModalityState
 * @before: the one before it
 *
 * Returns: whether that is a usual order. Any order is applied.
 */
gboolean
cm_modality_state_may_follow (int state,
                              int before)
{
  if (state == before || state < 0 || before < 0)
    return TRUE;

  return (usual_states[before] & BIT (state)) != 0;
}
