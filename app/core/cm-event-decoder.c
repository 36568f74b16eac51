/* cm-event-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event-decoder.h"

/**
 * cm_event_decoder_fail:
 * @self: a decoder
 * @column: the byte of the fault, counted from 1, or 0
 * @code: what kind it is
 * @format: the sentence
 * @...: for @format
 *
 * Notes what is wrong with the line.
 *
 * Returns: %FALSE
 */
gboolean
cm_event_decoder_fail (CmEventDecoder *self,
                       gsize           column,
                       CmEventError    code,
                       const char     *format,
                       ...)
{
  va_list arguments;

  self->column = column;

  if (self->error != NULL)
    {
      va_start (arguments, format);
      *self->error = g_error_new_valist (CM_EVENT_ERROR, (int) code, format, arguments);
      va_end (arguments);
    }

  return FALSE;
}

static gboolean
fail_field (CmEventDecoder *self,
            CmEventField    field,
            CmEventError    code,
            const char     *what)
{
  return cm_event_decoder_fail (self, self->found[field].start + 1, code,
                                "the field %s %s", cm_event_fields[field].name.bytes, what);
}

static gboolean
fail_type (CmEventDecoder *self,
           CmEventField    field,
           const char     *what)
{
  return fail_field (self, field, CM_EVENT_ERROR_TYPE, what);
}

static gboolean
has_control_character (CmText text)
{
  for (gsize i = 0; i < text.size; i++)
    if (g_ascii_iscntrl (text.bytes[i]))
      return TRUE;

  return FALSE;
}

static gboolean
decode_text (CmEventDecoder *self,
             CmEventField    field,
             CmText         *text)
{
  if (self->tokens[field] != CM_JSON_STRING)
    return fail_type (self, field, "must be a string");

  *text = self->found[field].text;

  return TRUE;
}

static gboolean
decode_bounded (CmEventDecoder *self,
                CmEventField    field,
                CmText         *text)
{
  gboolean is_id = cm_event_fields[field].type == CM_EVENT_FIELD_TYPE_ID;
  CmText found = CM_TEXT_NONE;

  if (!decode_text (self, field, &found))
    return FALSE;

  if (found.size == 0)
    return fail_type (self, field, "must not be empty");

  if (found.size > (is_id ? CM_EVENT_MAX_ID : CM_EVENT_MAX_URI))
    return fail_field (self, field, CM_EVENT_ERROR_LIMIT,
                       is_id ? "is longer than 256 bytes" : "is longer than 2048 bytes");

  if (is_id && has_control_character (found))
    return fail_type (self, field, "holds a control character");

  *text = found;

  return TRUE;
}

static gboolean
decode_time (CmEventDecoder *self,
             CmEventField    field)
{
  if (self->tokens[field] == CM_JSON_STRING
      && cm_time_parse (self->cache, self->found[field].text, &self->event->at))
    return TRUE;

  return fail_type (self, field, "must be a date and time as in RFC 3339");
}

static gboolean
decode_seq (CmEventDecoder *self,
            CmEventField    field)
{
  if (!self->found[field].is_integer)
    return fail_type (self, field, "must be an integer of 64 bits");

  self->event->has_seq = TRUE;
  self->event->seq = self->found[field].integer;

  return TRUE;
}

static gboolean
decode_span (CmEventDecoder *self,
             CmEventField    field,
             CmValue        *value)
{
  const CmEventFound *found = &self->found[field];

  if (!found->is_integer || found->integer < CM_EVENT_MIN_HEARTBEAT || found->integer > CM_EVENT_MAX_HEARTBEAT)
    return fail_type (self, field, "must be an integer from 100 to 86400000");

  *value = (CmValue) { CM_VALUE_INTEGER, TRUE, found->integer, CM_TEXT_NONE };

  return TRUE;
}

static gboolean
decode_boolean (CmEventDecoder *self,
                CmEventField    field,
                CmValue        *value)
{
  CmJsonToken token = self->tokens[field];

  if (token != CM_JSON_TRUE && token != CM_JSON_FALSE)
    return fail_type (self, field, "must be true or false");

  *value = (CmValue) { CM_VALUE_BOOLEAN, TRUE, token == CM_JSON_TRUE, CM_TEXT_NONE };

  return TRUE;
}

static const CmWireEnum *
get_values (CmEventDecoder *self,
            CmEventField    field)
{
  return cm_event_field_get_values (field, cm_event_kind_get (self->event->kind));
}

static gboolean
has_value (const CmWireEnum *values,
           gint64            number)
{
  return number >= G_MININT && number <= G_MAXINT && cm_wire_enum_get_name (values, (int) number) != NULL;
}

/* What is not known is kept as it was written: new clients may say more. */
static gboolean
decode_enum (CmEventDecoder   *self,
             CmEventField      field,
             const CmWireEnum *values,
             CmValue          *value)
{
  CmEventFound *found = &self->found[field];
  int number = 0;

  *value = (CmValue) { CM_VALUE_ENUM, FALSE, 0, CM_TEXT_NONE };

  if (self->tokens[field] == CM_JSON_STRING)
    {
      value->known = cm_wire_enum_get_number (values, found->text, &number);
      value->integer = number;
    }
  else if (found->is_integer)
    {
      value->known = has_value (values, found->integer);
      value->integer = found->integer;
    }
  else
    {
      return fail_type (self, field, "must be a name or an integer");
    }

  if (!value->known)
    value->text = found->text;

  return TRUE;
}

static gboolean
decode_availability (CmEventDecoder   *self,
                     CmEventField      field,
                     const CmWireEnum *values,
                     CmValue          *value)
{
  CmValue decoded;

  if (!decode_enum (self, field, values, &decoded))
    return FALSE;

  if (self->tokens[field] == CM_JSON_NUMBER || decoded.known)
    decoded = (CmValue) { CM_VALUE_INTEGER, TRUE, decoded.integer, CM_TEXT_NONE };

  *value = decoded;

  return TRUE;
}

static gboolean
read_hex (CmText  text,
          gint64 *number)
{
  if (text.size < 3 || text.size > 10 || text.bytes[0] != '0' || (text.bytes[1] | 0x20) != 'x')
    return FALSE;

  *number = 0;

  for (gsize i = 2; i < text.size; i++)
    {
      int digit = g_ascii_xdigit_value (text.bytes[i]);

      if (digit < 0)
        return FALSE;

      *number = *number * 16 + digit;
    }

  return TRUE;
}

/* An HRESULT is signed in the SDK and unsigned in most logs; the bits are the same. */
static gboolean
decode_status_code (CmEventDecoder *self,
                    CmEventField    field,
                    CmValue        *value)
{
  CmEventFound *found = &self->found[field];
  gint64 number = found->integer;
  gboolean valid = found->is_integer && number >= G_MININT32 && number <= G_MAXUINT32;

  if (self->tokens[field] == CM_JSON_STRING)
    valid = read_hex (found->text, &number);

  if (!valid)
    return fail_type (self, field, "must be an integer of 32 bits or its digits in hexadecimal");

  *value = (CmValue) { CM_VALUE_INTEGER, TRUE, (guint32) number, CM_TEXT_NONE };

  return TRUE;
}

static gboolean
decode_text_value (CmEventDecoder *self,
                   CmEventField    field,
                   CmValue        *value)
{
  *value = (CmValue) { CM_VALUE_TEXT, TRUE, 0, CM_TEXT_NONE };

  return decode_text (self, field, &value->text);
}

static gboolean
decode_json (CmEventDecoder *self,
             CmEventField    field,
             CmValue        *value)
{
  CmEventFound *found = &self->found[field];

  *value = (CmValue) {
    CM_VALUE_JSON, TRUE, 0, { self->line + found->start, found->end - found->start }
  };

  return TRUE;
}

static gboolean
decode_object (CmEventDecoder *self,
               CmEventField    field,
               CmValue        *value)
{
  if (self->tokens[field] != CM_JSON_OBJECT)
    return fail_type (self, field, "must be an object");

  return decode_json (self, field, value);
}

static gboolean
decode_property (CmEventDecoder *self,
                 CmEventField    field)
{
  CmEvent *event = self->event;
  const CmEventPropertyInfo *info;

  if (!decode_text (self, field, &event->property_name))
    return FALSE;

  info = cm_event_property_find (event->kind, event->property_name);
  event->property = info != NULL ? info->property : CM_PROPERTY_UNKNOWN;

  return TRUE;
}

/* The property stands before the value in the order of fields, so it is known. */
static gboolean
decode_value (CmEventDecoder *self,
              CmEventField    field)
{
  const CmEventPropertyInfo *info = cm_event_property_get (self->event->property);
  CmValue *value = &self->event->value;

  if (info == NULL)
    return decode_json (self, field, value);

  if (self->tokens[field] == CM_JSON_NULL)
    {
      *value = (CmValue) { CM_VALUE_NULL, TRUE, 0, CM_TEXT_NONE };
      return TRUE;
    }

  if (info->type == CM_EVENT_FIELD_TYPE_TEXT)
    return decode_text_value (self, field, value);

  if (info->type == CM_EVENT_FIELD_TYPE_ENUM)
    return decode_enum (self, field, info->values, value);

  if (info->type == CM_EVENT_FIELD_TYPE_STATUS_CODE)
    return decode_status_code (self, field, value);

  if (info->type == CM_EVENT_FIELD_TYPE_OBJECT)
    return decode_object (self, field, value);

  return decode_boolean (self, field, value);
}

/**
 * cm_event_decoder_decode:
 * @self: a decoder
 * @field: a field that is in the line
 *
 * Puts the field into the event. What it must be may hang on the event's kind and
 * on its property: those come first.
 *
 * Returns: whether it is what it must be
 */
gboolean
cm_event_decoder_decode (CmEventDecoder *self,
                         CmEventField    field)
{
  gpointer member = G_STRUCT_MEMBER_P (self->event, cm_event_fields[field].offset);

  switch (cm_event_fields[field].type)
    {
    case CM_EVENT_FIELD_TYPE_TIME:
      return decode_time (self, field);
    case CM_EVENT_FIELD_TYPE_ID:
    case CM_EVENT_FIELD_TYPE_URI:
      return decode_bounded (self, field, member);
    case CM_EVENT_FIELD_TYPE_SEQ:
      return decode_seq (self, field);
    case CM_EVENT_FIELD_TYPE_EVENT:
    case CM_EVENT_FIELD_TYPE_TEXT:
      return decode_text (self, field, member);
    case CM_EVENT_FIELD_TYPE_BOOLEAN:
      return decode_boolean (self, field, member);
    case CM_EVENT_FIELD_TYPE_ENUM:
      return decode_enum (self, field, get_values (self, field), member);
    case CM_EVENT_FIELD_TYPE_STATUS_CODE:
      return decode_status_code (self, field, member);
    case CM_EVENT_FIELD_TYPE_AVAILABILITY:
      return decode_availability (self, field, cm_event_fields[field].values, member);
    case CM_EVENT_FIELD_TYPE_SPAN:
      return decode_span (self, field, member);
    case CM_EVENT_FIELD_TYPE_PROPERTY:
      return decode_property (self, field);
    case CM_EVENT_FIELD_TYPE_VALUE:
      return decode_value (self, field);
    case CM_EVENT_FIELD_TYPE_OBJECT:
    default:
      g_return_val_if_reached (FALSE);
    }
}
