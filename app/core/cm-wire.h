/* cm-wire.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cm-text.h"

G_BEGIN_DECLS

/* The values of the Lync client SDK (Lync.Model), as its type library numbers
 * them. A name on the wire is the constant's last part in the SDK's spelling:
 * CM_PROGRESS_WAITING_FOR_PEER is "WaitingForPeer". */

typedef enum
{
  CM_PROGRESS_NOT_STARTED = 0,
  CM_PROGRESS_SCHEDULING_CONFERENCE = 1,
  CM_PROGRESS_CONNECTING_TO_CONFERENCE = 2,
  CM_PROGRESS_CONNECTED_TO_LOBBY = 3,
  CM_PROGRESS_JOINING_LOCAL_MEDIA = 4,
  CM_PROGRESS_WAITING_FOR_PAIR = 5,
  CM_PROGRESS_WAITING_FOR_PEER = 6,
  CM_PROGRESS_COMPLETED = 7,
  CM_PROGRESS_FAILED = 8,
  CM_PROGRESS_AWAITING_DISCLAIMER_RESPONSE = 9,
  CM_PROGRESS_AWAITING_JOIN_DIALOG_RESPONSE = 10,
} CmProgress;

typedef enum
{
  CM_CONVERSATION_STATE_INACTIVE = 0,
  CM_CONVERSATION_STATE_ACTIVE = 1,
  CM_CONVERSATION_STATE_PARKED = 2,
  CM_CONVERSATION_STATE_TERMINATED = 3,
} CmConversationState;

typedef enum
{
  CM_MODALITY_STATE_INVALID = -1,
  CM_MODALITY_STATE_DISCONNECTED = 0,
  CM_MODALITY_STATE_CONNECTING = 1,
  CM_MODALITY_STATE_NOTIFIED = 2,
  CM_MODALITY_STATE_JOINING = 3,
  CM_MODALITY_STATE_CONNECTING_TO_CALLER = 4,
  CM_MODALITY_STATE_CONNECTED = 5,
  CM_MODALITY_STATE_SUSPENDED = 6,
  CM_MODALITY_STATE_ON_HOLD = 7,
  CM_MODALITY_STATE_FORWARDING = 8,
  CM_MODALITY_STATE_TRANSFERRING = 9,
  CM_MODALITY_STATE_DISCONNECTING = 10,
} CmModalityState;

typedef enum
{
  CM_MODALITY_INSTANT_MESSAGE = 1,
  CM_MODALITY_AUDIO_VIDEO = 2,
  CM_MODALITY_APPLICATION_SHARING = 4,
  CM_MODALITY_CONTENT_SHARING = 8,
} CmModality;

typedef enum
{
  CM_DIRECTION_NONE = 0,
  CM_DIRECTION_INCOMING = 1,
  CM_DIRECTION_OUTGOING = 2,
} CmDirection;

typedef enum
{
  CM_ACCEPTANCE_NONE = 0,
  CM_ACCEPTANCE_ACCEPTED = 1,
  CM_ACCEPTANCE_REJECTED = 2,
  CM_ACCEPTANCE_MISSED = 3,
  CM_ACCEPTANCE_DEFLECTED = 4,
} CmAcceptance;

typedef enum
{
  CM_ACCESS_TYPE_UNKNOWN = 0,
  CM_ACCESS_TYPE_OPEN = 1,
  CM_ACCESS_TYPE_CLOSED = 16,
  CM_ACCESS_TYPE_ANONYMOUS = 256,
  CM_ACCESS_TYPE_LOCKED = 4096,
} CmAccessType;

/* The named points of ContactAvailability; between them lie ranges. */
typedef enum
{
  CM_AVAILABILITY_INVALID = -1,
  CM_AVAILABILITY_NONE = 0,
  CM_AVAILABILITY_FREE = 3500,
  CM_AVAILABILITY_FREE_IDLE = 5000,
  CM_AVAILABILITY_BUSY = 6500,
  CM_AVAILABILITY_BUSY_IDLE = 7500,
  CM_AVAILABILITY_DO_NOT_DISTURB = 9500,
  CM_AVAILABILITY_TEMPORARILY_AWAY = 12500,
  CM_AVAILABILITY_AWAY = 15500,
  CM_AVAILABILITY_OFFLINE = 18500,
} CmAvailability;

/* Ours: what a source says of itself (SourceStatusChanged). */
typedef enum
{
  CM_SOURCE_STATUS_CONNECTED,
  CM_SOURCE_STATUS_LOST,
  CM_SOURCE_STATUS_RESYNC,
} CmSourceStatus;

typedef struct
{
  const char *name;
  int         number;
} CmWireName;

typedef struct
{
  const CmWireName *names;
  guint             n_names;
} CmWireEnum;

extern const CmWireEnum cm_wire_progress;
extern const CmWireEnum cm_wire_conversation_state;
extern const CmWireEnum cm_wire_modality_state;
extern const CmWireEnum cm_wire_modality;
extern const CmWireEnum cm_wire_direction;
extern const CmWireEnum cm_wire_acceptance;
extern const CmWireEnum cm_wire_access_type;
extern const CmWireEnum cm_wire_availability;
extern const CmWireEnum cm_wire_source_status;

const char *cm_wire_enum_get_name   (const CmWireEnum *self,
                                     int               number);
gboolean    cm_wire_enum_get_number (const CmWireEnum *self,
                                     CmText            name,
                                     int              *number);

G_END_DECLS
