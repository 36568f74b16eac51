/* cm-event-fields.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event-fields.h"

#define FIELD(name, type, member, values) \
  { CM_TEXT (name), CM_EVENT_FIELD_TYPE_##type, G_STRUCT_OFFSET (CmEvent, member), values }

const CmEventFieldInfo cm_event_fields[CM_N_EVENT_FIELDS] = {
  [CM_EVENT_FIELD_AT] = FIELD ("at", TIME, at, NULL),
  [CM_EVENT_FIELD_SOURCE] = FIELD ("source", ID, source, NULL),
  [CM_EVENT_FIELD_SEQ] = FIELD ("seq", SEQ, seq, NULL),
  [CM_EVENT_FIELD_CONVERSATION] = FIELD ("conversation", ID, conversation, NULL),
  [CM_EVENT_FIELD_EVENT] = FIELD ("event", EVENT, name, NULL),
  [CM_EVENT_FIELD_INVITER] = FIELD ("inviter", TEXT, inviter, NULL),
  [CM_EVENT_FIELD_SUBJECT] = FIELD ("subject", TEXT, subject, NULL),
  [CM_EVENT_FIELD_DIRECTION] = FIELD ("direction", ENUM, direction, &cm_wire_direction),
  [CM_EVENT_FIELD_CONFERENCING_URI] = FIELD ("conferencingUri", TEXT, conferencing_uri, NULL),
  [CM_EVENT_FIELD_MODALITY] = FIELD ("modality", ENUM, modality, &cm_wire_modality),
  [CM_EVENT_FIELD_STATE] = FIELD ("state", ENUM, state, NULL),
  [CM_EVENT_FIELD_PARTICIPANT] = FIELD ("participant", URI, participant, NULL),
  [CM_EVENT_FIELD_CONTACT] = FIELD ("contact", URI, participant, NULL),
  [CM_EVENT_FIELD_NAME] = FIELD ("name", TEXT, display_name, NULL),
  [CM_EVENT_FIELD_IS_SELF] = FIELD ("isSelf", BOOLEAN, is_self, NULL),
  [CM_EVENT_FIELD_IS_PRESENTER] = FIELD ("isPresenter", BOOLEAN, is_presenter, NULL),
  [CM_EVENT_FIELD_IS_LEADER] = FIELD ("isLeader", BOOLEAN, is_leader, NULL),
  [CM_EVENT_FIELD_IS_IN_LOBBY] = FIELD ("isInLobby", BOOLEAN, is_in_lobby, NULL),
  [CM_EVENT_FIELD_IS_MUTED] = FIELD ("isMuted", BOOLEAN, is_muted, NULL),
  [CM_EVENT_FIELD_AVAILABILITY] = FIELD ("availability", AVAILABILITY, availability, &cm_wire_availability),
  [CM_EVENT_FIELD_ACTIVITY] = FIELD ("activity", TEXT, activity, NULL),
  [CM_EVENT_FIELD_PROPERTY] = FIELD ("property", PROPERTY, property_name, NULL),
  [CM_EVENT_FIELD_VALUE] = FIELD ("value", VALUE, value, NULL),
  [CM_EVENT_FIELD_STATUS] = FIELD ("status", ENUM, source_status, &cm_wire_source_status),
  [CM_EVENT_FIELD_REASON] = FIELD ("reason", TEXT, reason, NULL),
  [CM_EVENT_FIELD_HEARTBEAT] = FIELD ("heartbeat", SPAN, heartbeat, NULL),
  [CM_EVENT_FIELD_STATUS_CODE] = FIELD ("statusCode", STATUS_CODE, status_code, NULL),
};

#define BIT(field) CM_EVENT_FIELD_BIT (CM_EVENT_FIELD_##field)

/* Adds what every line must have or may have. */
#define KIND(name, kind, required, optional, states) \
  { name, CM_EVENT_##kind, \
    BIT (AT) | BIT (SOURCE) | BIT (EVENT) | (required), BIT (SEQ) | (optional), states }

#define PERSON (BIT (CONVERSATION) | BIT (PARTICIPANT))
#define CHANGE (BIT (PROPERTY) | BIT (VALUE))
#define FLAGS (BIT (IS_SELF) | BIT (IS_PRESENTER) | BIT (IS_LEADER) | BIT (IS_IN_LOBBY) | BIT (IS_MUTED))

/* As data/schema/event.schema.json has them, in the order of CmEventKind. */
static const CmEventKindInfo kinds[] = {
  KIND (CM_TEXT (""), UNKNOWN,
        0,
        BIT (CONVERSATION), NULL),
  KIND (CM_TEXT ("ConversationAdded"), CONVERSATION_ADDED,
        BIT (CONVERSATION),
        BIT (INVITER) | BIT (SUBJECT) | BIT (DIRECTION) | BIT (CONFERENCING_URI), NULL),
  KIND (CM_TEXT ("ConversationRemoved"), CONVERSATION_REMOVED,
        BIT (CONVERSATION),
        BIT (STATUS_CODE), NULL),
  KIND (CM_TEXT ("ConversationStateChanged"), CONVERSATION_STATE_CHANGED,
        BIT (CONVERSATION) | BIT (STATE),
        BIT (STATUS_CODE), &cm_wire_conversation_state),
  KIND (CM_TEXT ("ConversationPropertyChanged"), CONVERSATION_PROPERTY_CHANGED,
        BIT (CONVERSATION) | CHANGE,
        0, NULL),
  KIND (CM_TEXT ("ModalityStateChanged"), MODALITY_STATE_CHANGED,
        BIT (CONVERSATION) | BIT (MODALITY) | BIT (STATE),
        BIT (PARTICIPANT) | BIT (STATUS_CODE), &cm_wire_modality_state),
  KIND (CM_TEXT ("ParticipantAdded"), PARTICIPANT_ADDED,
        PERSON,
        BIT (NAME) | FLAGS | BIT (STATUS_CODE), NULL),
  KIND (CM_TEXT ("ParticipantRemoved"), PARTICIPANT_REMOVED,
        PERSON,
        BIT (STATUS_CODE), NULL),
  KIND (CM_TEXT ("ParticipantPropertyChanged"), PARTICIPANT_PROPERTY_CHANGED,
        PERSON | CHANGE,
        0, NULL),
  KIND (CM_TEXT ("ContactInformationChanged"), CONTACT_INFORMATION_CHANGED,
        BIT (CONTACT),
        BIT (CONVERSATION) | BIT (AVAILABILITY) | BIT (ACTIVITY), NULL),
  KIND (CM_TEXT ("SourceStatusChanged"), SOURCE_STATUS_CHANGED,
        BIT (STATUS),
        BIT (CONVERSATION) | BIT (REASON) | BIT (HEARTBEAT), NULL),
};

#define PROPERTY(name, property, type, values) \
  { CM_TEXT (name), CM_PROPERTY_##property, CM_EVENT_FIELD_TYPE_##type, values }

/* In the order of CmProperty from CM_PROPERTY_SUBJECT on. */
static const CmEventPropertyInfo properties[] = {
  PROPERTY ("Subject", SUBJECT, TEXT, NULL),
  PROPERTY ("ConferencingUri", CONFERENCING_URI, TEXT, NULL),
  PROPERTY ("Inviter", INVITER, TEXT, NULL),
  PROPERTY ("Direction", DIRECTION, ENUM, &cm_wire_direction),
  PROPERTY ("AcceptanceState", ACCEPTANCE_STATE, ENUM, &cm_wire_acceptance),
  PROPERTY ("ConferenceEscalationProgress", CONFERENCE_ESCALATION_PROGRESS, ENUM, &cm_wire_progress),
  PROPERTY ("ConferenceEscalationResult", CONFERENCE_ESCALATION_RESULT, STATUS_CODE, NULL),
  PROPERTY ("ConferenceAccessInformation", CONFERENCE_ACCESS_INFORMATION, OBJECT, NULL),
  PROPERTY ("ConferencingLocked", CONFERENCING_LOCKED, BOOLEAN, NULL),
  PROPERTY ("ConferencingAccessType", CONFERENCING_ACCESS_TYPE, ENUM, &cm_wire_access_type),
  PROPERTY ("TransferredBy", TRANSFERRED_BY, TEXT, NULL),
  PROPERTY ("Replaced", REPLACED, TEXT, NULL),
  PROPERTY ("Name", NAME, TEXT, NULL),
  PROPERTY ("IsPresenter", IS_PRESENTER, BOOLEAN, NULL),
  PROPERTY ("IsLeader", IS_LEADER, BOOLEAN, NULL),
  PROPERTY ("IsInLobby", IS_IN_LOBBY, BOOLEAN, NULL),
  PROPERTY ("IsMuted", IS_MUTED, BOOLEAN, NULL),
  PROPERTY ("IsRecording", IS_RECORDING, BOOLEAN, NULL),
  PROPERTY ("IsAnonymous", IS_ANONYMOUS, BOOLEAN, NULL),
  PROPERTY ("IsAuthenticated", IS_AUTHENTICATED, BOOLEAN, NULL),
  PROPERTY ("AsOrganizer", AS_ORGANIZER, BOOLEAN, NULL),
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == CM_EVENT_SOURCE_STATUS_CHANGED + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (properties) == CM_PROPERTY_AS_ORGANIZER);

/**
 * cm_event_field_find:
 * @name: a name in a line
 * @from: where to begin; a line mostly has its fields in this order, so that the
 *   one after the last find is the best guess
 *
 * Returns: the field, %CM_N_EVENT_FIELDS where no field has that name
 */
CmEventField
cm_event_field_find (CmText       name,
                     CmEventField from)
{
  for (guint i = from; i < CM_N_EVENT_FIELDS; i++)
    if (cm_text_equal (cm_event_fields[i].name, name))
      return (CmEventField) i;

  for (guint i = 0; i < (guint) from && i < CM_N_EVENT_FIELDS; i++)
    if (cm_text_equal (cm_event_fields[i].name, name))
      return (CmEventField) i;

  return CM_N_EVENT_FIELDS;
}

/**
 * cm_event_field_get_values:
 * @field: a field that is an enumeration
 * @kind: the event
 *
 * Returns: the values that the field can have in that event
 */
const CmWireEnum *
cm_event_field_get_values (CmEventField           field,
                           const CmEventKindInfo *kind)
{
  return field == CM_EVENT_FIELD_STATE ? kind->states : cm_event_fields[field].values;
}

/**
 * cm_event_kind_find:
 * @name: the name of an event
 *
 * Returns: what the event has; for a name that is not known the unknown event
 */
const CmEventKindInfo *
cm_event_kind_find (CmText name)
{
  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    if (cm_text_equal (kinds[i].name, name))
      return &kinds[i];

  return &kinds[CM_EVENT_UNKNOWN];
}

/**
 * cm_event_kind_get:
 * @kind: an event
 *
 * Returns: what the event has
 */
const CmEventKindInfo *
cm_event_kind_get (CmEventKind kind)
{
  return &kinds[kind];
}

/**
 * cm_event_property_find:
 * @kind: the event: properties of conversations and of participants are two sets
 * @name: the name of a property
 *
 * Returns: (nullable): the property, %NULL where the event has none of that name
 */
const CmEventPropertyInfo *
cm_event_property_find (CmEventKind kind,
                        CmText      name)
{
  gboolean is_participant = kind == CM_EVENT_PARTICIPANT_PROPERTY_CHANGED;
  guint first = is_participant ? CM_PROPERTY_NAME : CM_PROPERTY_SUBJECT;
  guint last = is_participant ? CM_PROPERTY_AS_ORGANIZER : CM_PROPERTY_REPLACED;

  for (guint i = first; i <= last; i++)
    if (cm_text_equal (properties[i - 1].name, name))
      return &properties[i - 1];

  return NULL;
}

/**
 * cm_event_property_get:
 * @property: a property
 *
 * Returns: (nullable): what it is, %NULL for the unknown one
 */
const CmEventPropertyInfo *
cm_event_property_get (CmProperty property)
{
  return property == CM_PROPERTY_UNKNOWN ? NULL : &properties[property - 1];
}
