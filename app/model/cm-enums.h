/* cm-enums.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The values of a document. On the wire each is its nick: "in-conference". */

typedef enum
{
  CM_KIND_MESSAGE,
  CM_KIND_CALL,
  CM_KIND_CONFERENCE,
} CmKind;

/**
 * CmPhase:
 *
 * In the order in which a conversation takes the phase of one of its legs: the
 * first that any leg has.
 */
typedef enum
{
  CM_PHASE_FAILED,
  CM_PHASE_LOBBY,
  CM_PHASE_ESCALATING,
  CM_PHASE_RINGING,
  CM_PHASE_LEFT,
  CM_PHASE_REJOINING,
  CM_PHASE_ON_HOLD,
  CM_PHASE_TRANSFERRING,
  CM_PHASE_CONNECTING,
  CM_PHASE_IN_CONFERENCE,
  CM_PHASE_IN_CALL,
  CM_PHASE_MESSAGE,
  CM_PHASE_HUNG_UP,
  CM_PHASE_MISSED,
  CM_PHASE_IDLE,
  CM_PHASE_ENDED,
} CmPhase;

/* What a leg is in an escalation. */
typedef enum
{
  CM_LEG_ROLE_PEER,
  CM_LEG_ROLE_ESCALATOR,
  CM_LEG_ROLE_INVITED,
} CmLegRole;

/* Whose call it was. The numbers are those of #CmDirection on the wire. */
typedef enum
{
  CM_LEG_DIRECTION_NONE,
  CM_LEG_DIRECTION_INCOMING,
  CM_LEG_DIRECTION_OUTGOING,
} CmLegDirection;

/* In the order of the roster's groups. */
typedef enum
{
  CM_ROLE_LOBBY,
  CM_ROLE_PRESENTER,
  CM_ROLE_ATTENDEE,
} CmRole;

typedef enum
{
  CM_BANNER_NONE,
  CM_BANNER_LEFT_CALL,
  CM_BANNER_REMOVED,
  CM_BANNER_REJOINING,
  CM_BANNER_ESCALATION_FAILED,
  CM_BANNER_LOBBY,
} CmBanner;

typedef enum
{
  CM_LEVEL_NOTICE,
  CM_LEVEL_WARNING,
} CmLevel;

G_END_DECLS
