/* cm-event-fields.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event.h"

G_BEGIN_DECLS

/* The fields of an event line in the order in which they are written. */
typedef enum
{
  CM_EVENT_FIELD_AT,
  CM_EVENT_FIELD_SOURCE,
  CM_EVENT_FIELD_SEQ,
  CM_EVENT_FIELD_CONVERSATION,
  CM_EVENT_FIELD_EVENT,
  CM_EVENT_FIELD_INVITER,
  CM_EVENT_FIELD_SUBJECT,
  CM_EVENT_FIELD_DIRECTION,
  CM_EVENT_FIELD_CONFERENCING_URI,
  CM_EVENT_FIELD_MODALITY,
  CM_EVENT_FIELD_STATE,
  CM_EVENT_FIELD_PARTICIPANT,
  CM_EVENT_FIELD_CONTACT,
  CM_EVENT_FIELD_NAME,
  CM_EVENT_FIELD_IS_SELF,
  CM_EVENT_FIELD_IS_PRESENTER,
  CM_EVENT_FIELD_IS_LEADER,
  CM_EVENT_FIELD_IS_IN_LOBBY,
  CM_EVENT_FIELD_IS_MUTED,
  CM_EVENT_FIELD_AVAILABILITY,
  CM_EVENT_FIELD_ACTIVITY,
  CM_EVENT_FIELD_PROPERTY,
  CM_EVENT_FIELD_VALUE,
  CM_EVENT_FIELD_STATUS,
  CM_EVENT_FIELD_REASON,
  CM_EVENT_FIELD_HEARTBEAT,
  CM_EVENT_FIELD_STATUS_CODE,
  CM_N_EVENT_FIELDS,
} CmEventField;

/**
 * CmEventFieldType:
 * @CM_EVENT_FIELD_TYPE_ID: text of 1 to 256 bytes without control characters
 * @CM_EVENT_FIELD_TYPE_URI: text of 1 to 2048 bytes
 * @CM_EVENT_FIELD_TYPE_AVAILABILITY: an integer, or one of its names
 * @CM_EVENT_FIELD_TYPE_SPAN: ms, from a tenth of a second to a day
 * @CM_EVENT_FIELD_TYPE_VALUE: whatever the property asks for
 *
 * What a field, or the value of a property, may hold.
 */
typedef enum
{
  CM_EVENT_FIELD_TYPE_TIME,
  CM_EVENT_FIELD_TYPE_ID,
  CM_EVENT_FIELD_TYPE_SEQ,
  CM_EVENT_FIELD_TYPE_EVENT,
  CM_EVENT_FIELD_TYPE_URI,
  CM_EVENT_FIELD_TYPE_TEXT,
  CM_EVENT_FIELD_TYPE_BOOLEAN,
  CM_EVENT_FIELD_TYPE_ENUM,
  CM_EVENT_FIELD_TYPE_STATUS_CODE,
  CM_EVENT_FIELD_TYPE_AVAILABILITY,
  CM_EVENT_FIELD_TYPE_SPAN,
  CM_EVENT_FIELD_TYPE_OBJECT,
  CM_EVENT_FIELD_TYPE_PROPERTY,
  CM_EVENT_FIELD_TYPE_VALUE,
} CmEventFieldType;

/* @offset: where the field's value is in a CmEvent. */
typedef struct
{
  CmText            name;
  CmEventFieldType  type;
  gsize             offset;
  const CmWireEnum *values;
} CmEventFieldInfo;

/* Fields are sets of CM_EVENT_FIELD_BIT. @states: what "state" may be. */
typedef struct
{
  CmText            name;
  CmEventKind       kind;
  guint32           required;
  guint32           optional;
  const CmWireEnum *states;
} CmEventKindInfo;

typedef struct
{
  CmText            name;
  CmProperty        property;
  CmEventFieldType  type;
  const CmWireEnum *values;
} CmEventPropertyInfo;

#define CM_EVENT_FIELD_BIT(field) (1u << (field))

extern const CmEventFieldInfo cm_event_fields[CM_N_EVENT_FIELDS];

CmEventField               cm_event_field_find       (CmText                 name,
                                                      CmEventField           from);
const CmWireEnum          *cm_event_field_get_values (CmEventField           field,
                                                      const CmEventKindInfo *kind);
const CmEventKindInfo     *cm_event_kind_find        (CmText                 name);
const CmEventKindInfo     *cm_event_kind_get         (CmEventKind            kind);
const CmEventPropertyInfo *cm_event_property_find    (CmEventKind            kind,
                                                      CmText                 name);
const CmEventPropertyInfo *cm_event_property_get     (CmProperty             property);

G_END_DECLS
