/* cm-event-write.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event-fields.h"
#include "core/cm-json-writer.h"

static void
append_integer (GString *out,
                gint64   integer)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT, integer);
}

/* An unknown value that came as a number has it; a name has 0. */
static void
append_enum (GString          *out,
             const CmValue    *value,
             const CmWireEnum *values)
{
  const char *name = value->known ? cm_wire_enum_get_name (values, (int) value->integer) : NULL;

  if (name != NULL)
    cm_json_write_string (out, name);
  else if (value->integer != 0 || value->text.bytes == NULL)
    append_integer (out, value->integer);
  else
    cm_json_write_text (out, value->text);
}

static void
append_value (GString          *out,
              const CmValue    *value,
              const CmWireEnum *values)
{
  switch (value->type)
    {
    case CM_VALUE_BOOLEAN:
      g_string_append (out, value->integer ? "true" : "false");
      break;
    case CM_VALUE_INTEGER:
      append_integer (out, value->integer);
      break;
    case CM_VALUE_ENUM:
      append_enum (out, value, values);
      break;
    case CM_VALUE_TEXT:
      cm_json_write_text (out, value->text);
      break;
    case CM_VALUE_JSON:
      g_string_append_len (out, value->text.bytes, (gssize) value->text.size);
      break;
    case CM_VALUE_ABSENT:
    case CM_VALUE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

static void
begin_field (GString      *out,
             CmEventField  field)
{
  g_string_append_c (out, field == CM_EVENT_FIELD_AT ? '{' : ',');
  cm_json_write_text (out, cm_event_fields[field].name);
  g_string_append_c (out, ':');
}

static void
write_text (GString      *out,
            CmEventField  field,
            CmText        text)
{
  if (text.bytes == NULL)
    return;

  begin_field (out, field);
  cm_json_write_text (out, text);
}

static void
write_value (GString          *out,
             CmEventField      field,
             const CmValue    *value,
             const CmWireEnum *values)
{
  if (value->type == CM_VALUE_ABSENT)
    return;

  begin_field (out, field);
  append_value (out, value, values);
}

static void
write_time (GString       *out,
            CmEventField   field,
            CmTimeCache   *cache,
            const CmEvent *event)
{
  char buffer[CM_TIME_FORMAT_SIZE];

  cm_time_format (cache, event->at, buffer);
  write_text (out, field, (CmText) { buffer, sizeof buffer - 1 });
}

static void
write_seq (GString       *out,
           CmEventField   field,
           const CmEvent *event)
{
  if (!event->has_seq)
    return;

  begin_field (out, field);
  append_integer (out, event->seq);
}

static void
write_field (GString       *out,
             CmEventField   field,
             CmTimeCache   *cache,
             const CmEvent *event)
{
  const CmEventKindInfo *kind = cm_event_kind_get (event->kind);
  const CmEventPropertyInfo *property = cm_event_property_get (event->property);
  gconstpointer member = G_STRUCT_MEMBER_P (event, cm_event_fields[field].offset);

  switch (cm_event_fields[field].type)
    {
    case CM_EVENT_FIELD_TYPE_TIME:
      write_time (out, field, cache, event);
      break;
    case CM_EVENT_FIELD_TYPE_SEQ:
      write_seq (out, field, event);
      break;
    case CM_EVENT_FIELD_TYPE_EVENT:
      write_text (out, field, event->kind != CM_EVENT_UNKNOWN ? kind->name : event->name);
      break;
    case CM_EVENT_FIELD_TYPE_PROPERTY:
      write_text (out, field, property != NULL ? property->name : event->property_name);
      break;
    case CM_EVENT_FIELD_TYPE_ID:
    case CM_EVENT_FIELD_TYPE_URI:
    case CM_EVENT_FIELD_TYPE_TEXT:
      write_text (out, field, *(const CmText *) member);
      break;
    case CM_EVENT_FIELD_TYPE_VALUE:
      write_value (out, field, member, property != NULL ? property->values : NULL);
      break;
    case CM_EVENT_FIELD_TYPE_BOOLEAN:
    case CM_EVENT_FIELD_TYPE_ENUM:
    case CM_EVENT_FIELD_TYPE_STATUS_CODE:
    case CM_EVENT_FIELD_TYPE_AVAILABILITY:
    case CM_EVENT_FIELD_TYPE_SPAN:
    case CM_EVENT_FIELD_TYPE_OBJECT:
    default:
      write_value (out, field, member, cm_event_field_get_values (field, kind));
      break;
    }
}

/**
 * cm_event_write:
 * @out: where to
 * @cache: the minute that was written last
 * @event: an event; texts must be valid UTF-8
 *
 * Writes an event line with its line feed: the event's own fields in the order of
 * the schema, times in UTC, enumerations by name. The names of the event
 * and the property follow from kind and property where those are known. Decoding
 * the line gives the event again.
 */
void
cm_event_write (GString       *out,
                CmTimeCache   *cache,
                const CmEvent *event)
{
  const CmEventKindInfo *kind;
  guint32 rest;

  g_return_if_fail (out != NULL && cache != NULL && event != NULL);

  kind = cm_event_kind_get (event->kind);
  rest = kind->required | kind->optional;

  for (; rest != 0; rest &= rest - 1)
    write_field (out, (CmEventField) __builtin_ctz (rest), cache, event);

  g_string_append (out, "}\n");
}
