/* cm-phase-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-phase-look.h"

/* By phase: a symbolic icon of the freedesktop or the Adwaita theme, and the
 * token of the colour, "cm-" and this being the class and "cm_" and this the
 * colour in the style sheets. What depends on more has no icon here. */
static const struct
{
  const char *icon_name;
  const char *state_class;
} looks[] = {
  [CM_PHASE_FAILED] = { "dialog-error-symbolic", "failed" },
  [CM_PHASE_LOBBY] = { "preferences-system-time-symbolic", "hold" },
  [CM_PHASE_ESCALATING] = { "call-start-symbolic", "escalating" },
  [CM_PHASE_RINGING] = { NULL, "escalating" },
  [CM_PHASE_LEFT] = { "system-log-out-symbolic", "left" },
  [CM_PHASE_REJOINING] = { "view-refresh-symbolic", "escalating" },
  [CM_PHASE_ON_HOLD] = { "media-playback-pause-symbolic", "hold" },
  [CM_PHASE_TRANSFERRING] = { "mail-forward-symbolic", "escalating" },
  [CM_PHASE_CONNECTING] = { NULL, "escalating" },
  [CM_PHASE_IN_CONFERENCE] = { "system-users-symbolic", "live" },
  [CM_PHASE_IN_CALL] = { "call-start-symbolic", "live" },
  [CM_PHASE_MESSAGE] = { "chat-message-new-symbolic", "idle" },
  [CM_PHASE_HUNG_UP] = { "call-stop-symbolic", "idle" },
  [CM_PHASE_MISSED] = { "call-missed-symbolic", "idle" },
  [CM_PHASE_IDLE] = { "call-start-symbolic", "idle" },
  [CM_PHASE_ENDED] = { "call-stop-symbolic", "idle" },
};

/**
 * cm_phase_get_icon_name:
 * @phase: a leg's or a conversation's phase
 * @direction: who called whom, as far as known
 *
 * Returns: the name of a symbolic icon
 */
const char *
cm_phase_get_icon_name (CmPhase     phase,
                        CmLegDirection direction)
{
  const char *icon_name = phase < G_N_ELEMENTS (looks) ? looks[phase].icon_name : NULL;

  if (icon_name != NULL)
    return icon_name;
  if (direction == CM_LEG_DIRECTION_OUTGOING)
    return "call-outgoing-symbolic";

  return "call-incoming-symbolic";
}

/**
 * cm_phase_get_state_class:
 * @phase: a leg's or a conversation's phase
 *
 * Returns: "live", "escalating", "hold", "left", "failed" or "idle"
 */
const char *
cm_phase_get_state_class (CmPhase phase)
{
  return phase < G_N_ELEMENTS (looks) ? looks[phase].state_class : "idle";
}
