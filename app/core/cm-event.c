/* cm-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event-decoder.h"

G_DEFINE_QUARK (cm-event-error-quark, cm_event_error)

static gboolean
fail_json (CmEventDecoder *self,
                CmJsonReader                                                                     *reader)
{
  return cm_event_decoder_fail (self, cm_json_reader_get_offset (reader) + 1, CM_EVENT_ERROR_JSON,
               "%s", cm_json_reader_get_message (reader));
}

static gboolean
collect_field (CmEventDecoder *self,
               CmJsonReader   *reader,
               CmEventField    field)
{
  CmJsonToken token = cm_json_reader_next (reader);
  CmEventFound *found = &self->found[field];

  found->text = cm_json_reader_get_text (reader);
  found->start = cm_json_reader_get_start (reader);
  found->is_integer = token == CM_JSON_NUMBER && cm_json_reader_get_integer (reader, &found->integer);

  if (!cm_json_reader_skip (reader))
    return FALSE;

  found->end = cm_json_reader_get_offset (reader);
  self->tokens[field] = (guint8) token;

  return TRUE;
}

static gboolean
collect_fields (CmEventDecoder *self,
                CmJsonReader   *reader)
{
  CmEventField field = CM_EVENT_FIELD_AT;
  CmJsonToken token;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      CmEventField match = cm_event_field_find (cm_json_reader_get_text (reader), field);

      if (match == CM_N_EVENT_FIELDS ? !cm_json_reader_skip (reader) : !collect_field (self, reader, match))
        return FALSE;

      if (match != CM_N_EVENT_FIELDS)
        field = (CmEventField) (match + 1);
    }

  return token == CM_JSON_OBJECT_END && cm_json_reader_next (reader) == CM_JSON_END;
}

static gboolean
is_blank (const char *line,
          gsize       size)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (line[i]))
      return FALSE;

  return TRUE;
}

static gboolean
collect_line (CmEventDecoder *self,
              CmJsonReader   *reader,
              gsize           size)
{
  gsize start;

  if (size > CM_EVENT_MAX_LINE)
    return cm_event_decoder_fail (self, 0, CM_EVENT_ERROR_LIMIT,
                                  "the line is longer than %d bytes", CM_EVENT_MAX_LINE);

  cm_json_reader_load (reader, self->line, size, CM_JSON_STRICT);

  if (cm_json_reader_next (reader) == CM_JSON_OBJECT)
    return collect_fields (self, reader) || fail_json (self, reader);

  if (is_blank (self->line, size))
    return cm_event_decoder_fail (self, 0, CM_EVENT_ERROR_JSON, "the line is empty");

  start = cm_json_reader_get_start (reader);

  if (!cm_json_reader_skip (reader) || cm_json_reader_next (reader) != CM_JSON_END)
    return fail_json (self, reader);

  return cm_event_decoder_fail (self, start + 1, CM_EVENT_ERROR_SHAPE, "the line is not an object");
}

/* An optional field that is null is absent; of a boolean it is kept that the line
 * says it is not known. */
static void
decode_null (CmEventDecoder *self,
             CmEventField    field)
{
  if (cm_event_fields[field].type == CM_EVENT_FIELD_TYPE_BOOLEAN)
    G_STRUCT_MEMBER (CmValue, self->event, cm_event_fields[field].offset).type = CM_VALUE_NULL;
}

static gboolean
decode_field (CmEventDecoder *self,
              CmEventField    field,
              gboolean        is_required)
{
  CmJsonToken token = self->tokens[field];

  if (token != CM_JSON_ERROR && (is_required || token != CM_JSON_NULL))
    return cm_event_decoder_decode (self, field);

  if (is_required)
    return cm_event_decoder_fail (self, 0, CM_EVENT_ERROR_MISSING,
                                  "the field %s is missing", cm_event_fields[field].name.bytes);

  if (token == CM_JSON_NULL)
    decode_null (self, field);

  return TRUE;
}

/* The kind goes first: it tells which fields there are. */
static gboolean
decode_fields (CmEventDecoder *self)
{
  CmEventFound *name = &self->found[CM_EVENT_FIELD_EVENT];
  gboolean is_named = self->tokens[CM_EVENT_FIELD_EVENT] == CM_JSON_STRING;
  const CmEventKindInfo *kind = cm_event_kind_find (is_named ? name->text : CM_TEXT_NONE);

  self->event->kind = kind->kind;

  for (guint32 rest = kind->required | kind->optional; rest != 0; rest &= rest - 1)
    {
      CmEventField field = (CmEventField) __builtin_ctz (rest);

      if (!decode_field (self, field, (kind->required & CM_EVENT_FIELD_BIT (field)) != 0))
        return FALSE;
    }

  return TRUE;
}

/* Whoever is told of a bad line wants to know from whom it came. */
static void
decode_source_of_fault (CmEventDecoder *self)
{
  gsize column = self->column;

  self->error = NULL;
  *self->event = (CmEvent) { 0 };

  if (self->tokens[CM_EVENT_FIELD_SOURCE] == CM_JSON_STRING)
    cm_event_decoder_decode (self, CM_EVENT_FIELD_SOURCE);

  self->column = column;
}

/**
 * cm_event_decode:
 * @event: (out caller-allocates): the event; on failure only its source, where
 *   that could be read
 * @reader: a reader, which keeps what it decodes until the next line
 * @cache: the minute that was read last
 * @line: (array length=size): an event line without its line feed; the event
 *   borrows from it
 * @size: its size in bytes
 * @column: (out) (optional): the byte of the fault, counted from 1; 0 where the
 *   whole line is meant
 * @error: return location for a #CmEventError, without the position
 *
 * Takes an event line apart and holds it to data/schema/event.schema.json. Fields that the
 * event does not have are checked as JSON and else left alone.
 *
 * Returns: whether it is an event
 */
gboolean
cm_event_decode (CmEvent       *event,
                 CmJsonReader  *reader,
                 CmTimeCache   *cache,
                 const char    *line,
                 gsize          size,
                 gsize         *column,
                 GError       **error)
{
  CmEventDecoder self;
  gboolean is_event;

  g_return_val_if_fail (event != NULL && reader != NULL && cache != NULL, FALSE);
  g_return_val_if_fail (line != NULL || size == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  /* The fields found are not cleared: a token tells which of them are there. */
  self.event = event;
  self.line = line;
  self.cache = cache;
  self.column = 0;
  self.error = error;
  memset (self.tokens, 0, sizeof self.tokens);
  memset (event, 0, sizeof *event);

  is_event = collect_line (&self, reader, size) && decode_fields (&self);

  if (!is_event)
    decode_source_of_fault (&self);

  if (column != NULL)
    *column = self.column;

  return is_event;
}
