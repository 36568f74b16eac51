/* cm-event.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cm-text.h"
#include "cm-json-reader.h"
#include "cm-time.h"
#include "cm-wire.h"

G_BEGIN_DECLS

#define CM_EVENT_ERROR (cm_event_error_quark ())

/* Hard limits of an event line, in bytes. */
#define CM_EVENT_MAX_LINE (1024 * 1024)
#define CM_EVENT_MAX_ID 256
#define CM_EVENT_MAX_URI 2048

/* What a source may promise to be heard of within, ms. */
#define CM_EVENT_MIN_HEARTBEAT 100
#define CM_EVENT_MAX_HEARTBEAT (24 * 60 * 60 * 1000)

/**
 * CmEventError:
 * @CM_EVENT_ERROR_JSON: the line is not JSON as RFC 8259 has it
 * @CM_EVENT_ERROR_SHAPE: it is JSON, but not an object
 * @CM_EVENT_ERROR_MISSING: a required field is not there
 * @CM_EVENT_ERROR_TYPE: a field has a type or a range that it must not have
 * @CM_EVENT_ERROR_LIMIT: the line or one of its fields is too long
 */
typedef enum
{
  CM_EVENT_ERROR_JSON,
  CM_EVENT_ERROR_SHAPE,
  CM_EVENT_ERROR_MISSING,
  CM_EVENT_ERROR_TYPE,
  CM_EVENT_ERROR_LIMIT,
} CmEventError;

typedef enum
{
  CM_EVENT_UNKNOWN,
  CM_EVENT_CONVERSATION_ADDED,
  CM_EVENT_CONVERSATION_REMOVED,
  CM_EVENT_CONVERSATION_STATE_CHANGED,
  CM_EVENT_CONVERSATION_PROPERTY_CHANGED,
  CM_EVENT_MODALITY_STATE_CHANGED,
  CM_EVENT_PARTICIPANT_ADDED,
  CM_EVENT_PARTICIPANT_REMOVED,
  CM_EVENT_PARTICIPANT_PROPERTY_CHANGED,
  CM_EVENT_CONTACT_INFORMATION_CHANGED,
  CM_EVENT_SOURCE_STATUS_CHANGED,
} CmEventKind;

/* Properties of conversations, then of participants. */
typedef enum
{
  CM_PROPERTY_UNKNOWN,
  CM_PROPERTY_SUBJECT,
  CM_PROPERTY_CONFERENCING_URI,
  CM_PROPERTY_INVITER,
  CM_PROPERTY_DIRECTION,
  CM_PROPERTY_ACCEPTANCE_STATE,
  CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS,
  CM_PROPERTY_CONFERENCE_ESCALATION_RESULT,
  CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION,
  CM_PROPERTY_CONFERENCING_LOCKED,
  CM_PROPERTY_CONFERENCING_ACCESS_TYPE,
  CM_PROPERTY_TRANSFERRED_BY,
  CM_PROPERTY_REPLACED,
  CM_PROPERTY_NAME,
  CM_PROPERTY_IS_PRESENTER,
  CM_PROPERTY_IS_LEADER,
  CM_PROPERTY_IS_IN_LOBBY,
  CM_PROPERTY_IS_MUTED,
  CM_PROPERTY_IS_RECORDING,
  CM_PROPERTY_IS_ANONYMOUS,
  CM_PROPERTY_IS_AUTHENTICATED,
  CM_PROPERTY_AS_ORGANIZER,
} CmProperty;

/**
 * CmValueType:
 * @CM_VALUE_ABSENT: the field is not in the line
 * @CM_VALUE_NULL: it is there and null: not known, or no longer so
 * @CM_VALUE_BOOLEAN: integer is 0 or 1
 * @CM_VALUE_INTEGER: integer; for status codes the 32 bits, unsigned
 * @CM_VALUE_ENUM: integer when known; else text is what the line said (the
 *   name, or the decimal digits of the number)
 * @CM_VALUE_TEXT: text, decoded
 * @CM_VALUE_JSON: text is the value as it stands in the line, checked JSON
 */
typedef enum
{
  CM_VALUE_ABSENT,
  CM_VALUE_NULL,
  CM_VALUE_BOOLEAN,
  CM_VALUE_INTEGER,
  CM_VALUE_ENUM,
  CM_VALUE_TEXT,
  CM_VALUE_JSON,
} CmValueType;

typedef struct
{
  CmValueType type;
  gboolean    known;
  gint64      integer;
  CmText      text;
} CmValue;

static inline CmValue
cm_value_from_enum (int number)
{
  return (CmValue) { CM_VALUE_ENUM, TRUE, number, CM_TEXT_NONE };
}

static inline CmValue
cm_value_from_flag (gboolean flag)
{
  return (CmValue) { CM_VALUE_BOOLEAN, TRUE, flag != FALSE, CM_TEXT_NONE };
}

/* A status code of 0 says nothing. */
static inline CmValue
cm_value_from_status (guint32 status)
{
  return (CmValue) { status != 0 ? CM_VALUE_INTEGER : CM_VALUE_ABSENT, status != 0, status, CM_TEXT_NONE };
}

static inline CmValue
cm_value_from_text (const char *string)
{
  return (CmValue) { CM_VALUE_TEXT, TRUE, 0, cm_text_from_string (string) };
}

/**
 * CmEvent:
 *
 * One event line, taken apart. Every text is borrowed from the line or from the
 * reader that decoded it and is valid until the next line is decoded. What the
 * line does not say has %NULL bytes, or the type %CM_VALUE_ABSENT. Types of
 * values are already checked against what the event and its property ask for.
 */
typedef struct
{
  gint64         at;            /* ms, UTC */
  CmText         source;
  gboolean       has_seq;
  gint64         seq;
  CmText         conversation;
  CmEventKind    kind;
  CmText         name;          /* of the event, as written */

  CmProperty     property;
  CmText         property_name; /* as written */
  CmValue        value;         /* of the property */

  CmValue        modality;      /* enum CmModality */
  CmValue        state;         /* enum CmConversationState or CmModalityState */
  CmText         participant;   /* URI; of ContactInformationChanged the contact */
  CmText         display_name;
  CmText         subject;
  CmText         inviter;
  CmText         conferencing_uri;
  CmValue        direction;     /* enum CmDirection */
  CmValue        is_self;       /* booleans, null or absent */
  CmValue        is_presenter;
  CmValue        is_leader;
  CmValue        is_in_lobby;
  CmValue        is_muted;
  CmValue        status_code;   /* integer, 32 bits unsigned */
  CmValue        availability;  /* integer */
  CmText         activity;
  CmValue        source_status; /* enum CmSourceStatus */
  CmText         reason;
  CmValue        heartbeat;     /* integer, ms */
} CmEvent;

/**
 * CmEventFault:
 * @line: counted from 1
 * @column: the byte in the line, counted from 1; 0 where the whole line is meant
 * @reason: one sentence without a full stop
 * @excerpt: at most 80 bytes of the line, made printable
 * @source: the line's source where it could still be read, else no text
 *
 * A line that was skipped and why.
 */
typedef struct
{
  guint64     line;
  gsize       column;
  const char *reason;
  const char *excerpt;
  CmText      source;
} CmEventFault;

typedef void (*CmEventFunc) (const CmEvent *event,
                             guint64        line,
                             gpointer       user_data);
typedef void (*CmEventFaultFunc) (const CmEventFault *fault,
                                  gpointer            user_data);

typedef struct _CmEventReader CmEventReader;

GQuark         cm_event_error_quark        (void);
CmEventReader *cm_event_reader_new         (CmEventFunc        event_func,
                                            CmEventFaultFunc   fault_func,
                                            gpointer           user_data);
void           cm_event_reader_free        (CmEventReader     *self);
void           cm_event_reader_push        (CmEventReader     *self,
                                            const char        *bytes,
                                            gsize              size);
void           cm_event_reader_finish      (CmEventReader     *self);
guint64        cm_event_reader_get_lines   (CmEventReader     *self);
guint64        cm_event_reader_get_faults  (CmEventReader     *self);

gboolean       cm_event_decode             (CmEvent           *event,
                                            CmJsonReader      *reader,
                                            CmTimeCache       *cache,
                                            const char        *line,
                                            gsize              size,
                                            gsize             *column,
                                            GError           **error);
void           cm_event_write              (GString           *out,
                                            CmTimeCache       *cache,
                                            const CmEvent     *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmEventReader, cm_event_reader_free)

G_END_DECLS
