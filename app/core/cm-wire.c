/* cm-wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-wire.h"

#define DEFINE_WIRE_ENUM(name) const CmWireEnum cm_wire_##name = { name##_names, G_N_ELEMENTS (name##_names) }

static const CmWireName progress_names[] = {
  { "NotStarted", CM_PROGRESS_NOT_STARTED },
  { "SchedulingConference", CM_PROGRESS_SCHEDULING_CONFERENCE },
  { "ConnectingToConference", CM_PROGRESS_CONNECTING_TO_CONFERENCE },
  { "ConnectedToLobby", CM_PROGRESS_CONNECTED_TO_LOBBY },
  { "JoiningLocalMedia", CM_PROGRESS_JOINING_LOCAL_MEDIA },
  { "WaitingForPair", CM_PROGRESS_WAITING_FOR_PAIR },
  { "WaitingForPeer", CM_PROGRESS_WAITING_FOR_PEER },
  { "Completed", CM_PROGRESS_COMPLETED },
  { "Failed", CM_PROGRESS_FAILED },
  { "AwaitingDisclaimerResponse", CM_PROGRESS_AWAITING_DISCLAIMER_RESPONSE },
  { "AwaitingJoinDialogResponse", CM_PROGRESS_AWAITING_JOIN_DIALOG_RESPONSE },
};

static const CmWireName conversation_state_names[] = {
  { "Inactive", CM_CONVERSATION_STATE_INACTIVE },
  { "Active", CM_CONVERSATION_STATE_ACTIVE },
  { "Parked", CM_CONVERSATION_STATE_PARKED },
  { "Terminated", CM_CONVERSATION_STATE_TERMINATED },
};

static const CmWireName modality_state_names[] = {
  { "Invalid", CM_MODALITY_STATE_INVALID },
  { "Disconnected", CM_MODALITY_STATE_DISCONNECTED },
  { "Connecting", CM_MODALITY_STATE_CONNECTING },
  { "Notified", CM_MODALITY_STATE_NOTIFIED },
  { "Joining", CM_MODALITY_STATE_JOINING },
  { "ConnectingToCaller", CM_MODALITY_STATE_CONNECTING_TO_CALLER },
  { "Connected", CM_MODALITY_STATE_CONNECTED },
  { "Suspended", CM_MODALITY_STATE_SUSPENDED },
  { "OnHold", CM_MODALITY_STATE_ON_HOLD },
  { "Forwarding", CM_MODALITY_STATE_FORWARDING },
  { "Transferring", CM_MODALITY_STATE_TRANSFERRING },
  { "Disconnecting", CM_MODALITY_STATE_DISCONNECTING },
};

static const CmWireName modality_names[] = {
  { "InstantMessage", CM_MODALITY_INSTANT_MESSAGE },
  { "AudioVideo", CM_MODALITY_AUDIO_VIDEO },
  { "ApplicationSharing", CM_MODALITY_APPLICATION_SHARING },
  { "ContentSharing", CM_MODALITY_CONTENT_SHARING },
};

static const CmWireName direction_names[] = {
  { "None", CM_DIRECTION_NONE },
  { "Incoming", CM_DIRECTION_INCOMING },
  { "Outgoing", CM_DIRECTION_OUTGOING },
};

static const CmWireName acceptance_names[] = {
  { "None", CM_ACCEPTANCE_NONE },
  { "Accepted", CM_ACCEPTANCE_ACCEPTED },
  { "Rejected", CM_ACCEPTANCE_REJECTED },
  { "Missed", CM_ACCEPTANCE_MISSED },
  { "Deflected", CM_ACCEPTANCE_DEFLECTED },
};

static const CmWireName access_type_names[] = {
  { "Unknown", CM_ACCESS_TYPE_UNKNOWN },
  { "Open", CM_ACCESS_TYPE_OPEN },
  { "Closed", CM_ACCESS_TYPE_CLOSED },
  { "Anonymous", CM_ACCESS_TYPE_ANONYMOUS },
  { "Locked", CM_ACCESS_TYPE_LOCKED },
};

static const CmWireName availability_names[] = {
  { "Invalid", CM_AVAILABILITY_INVALID },
  { "None", CM_AVAILABILITY_NONE },
  { "Free", CM_AVAILABILITY_FREE },
  { "FreeIdle", CM_AVAILABILITY_FREE_IDLE },
  { "Busy", CM_AVAILABILITY_BUSY },
  { "BusyIdle", CM_AVAILABILITY_BUSY_IDLE },
  { "DoNotDisturb", CM_AVAILABILITY_DO_NOT_DISTURB },
  { "TemporarilyAway", CM_AVAILABILITY_TEMPORARILY_AWAY },
  { "Away", CM_AVAILABILITY_AWAY },
  { "Offline", CM_AVAILABILITY_OFFLINE },
};

static const CmWireName source_status_names[] = {
  { "Connected", CM_SOURCE_STATUS_CONNECTED },
  { "Lost", CM_SOURCE_STATUS_LOST },
  { "Resync", CM_SOURCE_STATUS_RESYNC },
};

DEFINE_WIRE_ENUM (progress);
DEFINE_WIRE_ENUM (conversation_state);
DEFINE_WIRE_ENUM (modality_state);
DEFINE_WIRE_ENUM (modality);
DEFINE_WIRE_ENUM (direction);
DEFINE_WIRE_ENUM (acceptance);
DEFINE_WIRE_ENUM (access_type);
DEFINE_WIRE_ENUM (availability);
DEFINE_WIRE_ENUM (source_status);

/**
 * cm_wire_enum_get_name:
 * @self: an enumeration
 * @number: one of its values, or any other number
 *
 * Returns: (nullable): the name on the wire, %NULL where the number is unknown
 */
const char *
cm_wire_enum_get_name (const CmWireEnum *self,
                       int               number)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->n_names; i++)
    if (self->names[i].number == number)
      return self->names[i].name;

  return NULL;
}

/**
 * cm_wire_enum_get_number:
 * @self: an enumeration
 * @name: a name; the case of ASCII letters does not matter
 * @number: (out): its value
 *
 * Returns: whether the name is known
 */
gboolean
cm_wire_enum_get_number (const CmWireEnum *self,
                         CmText            name,
                         int              *number)
{
  g_return_val_if_fail (self != NULL && number != NULL, FALSE);

  for (guint i = 0; i < self->n_names; i++)
    if (cm_text_equal (cm_text_from_string (self->names[i].name), name))
      {
        *number = self->names[i].number;
        return TRUE;
      }

  for (guint i = 0; i < self->n_names; i++)
    if (cm_text_equal_ignore_case (cm_text_from_string (self->names[i].name), name))
      {
        *number = self->names[i].number;
        return TRUE;
      }

  return FALSE;
}
