/* cm-fields-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-fields.h"

#include "core/cm-time.h"
#include "model/cm-document.h"

/* A peer that sends a longer list gets the rest of it cut off. */
#define MAX_STRINGS 64

#define MEMBER(type, object, field) G_STRUCT_MEMBER (type, object, (field)->offset)

static void
read_string (CmJsonReader  *reader,
             char         **string)
{
  CmText text = cm_json_reader_get_text (reader);

  g_clear_pointer (string, g_ref_string_release);
  *string = g_ref_string_new_len (text.bytes, (gssize) text.size);
}

static gboolean
read_strings (CmJsonReader   *reader,
              char         ***strings)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  CmJsonToken token;
  guint n = 0;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_STRING)
    {
      g_autofree char *string = cm_text_dup (cm_json_reader_get_text (reader));

      if (n++ < MAX_STRINGS)
        g_strv_builder_add (builder, string);
    }

  g_clear_pointer (strings, g_strfreev);
  *strings = g_strv_builder_end (builder);

  return token == CM_JSON_ARRAY_END;
}

static gboolean
read_time (CmJsonReader *reader,
           gint64       *time)
{
  CmTimeCache cache = { 0 };

  return cm_time_parse (&cache, cm_json_reader_get_text (reader), time);
}

static gboolean
read_enum (const CmField *field,
           CmJsonReader  *reader,
           int           *number)
{
  gpointer klass = g_type_class_ref (field->get_enum_type ());
  g_autofree char *nick = cm_text_dup (cm_json_reader_get_text (reader));
  GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  if (value != NULL)
    *number = value->value;
  g_type_class_unref (klass);

  return value != NULL;
}

static gboolean
read_count (CmJsonReader *reader,
            guint        *count)
{
  gint64 integer;

  if (!cm_json_reader_get_integer (reader, &integer) || integer < 0 || integer > G_MAXINT)
    return FALSE;

  *count = (guint) integer;

  return TRUE;
}

static gboolean
read_object (const CmField *field,
             gpointer       object,
             CmJsonReader  *reader)
{
  CmJsonToken token;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!cm_fields_read_member (field->fields, object, cm_json_reader_get_text (reader), reader))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END;
}

/* The token of a value has been read; FALSE where it is not of the field's type. */
static gboolean
read_value (const CmField *field,
            gpointer       object,
            CmJsonToken    token,
            CmJsonReader  *reader)
{
  switch (field->type)
    {
    case CM_FIELD_STRING:
      if (token != CM_JSON_STRING)
        return FALSE;
      read_string (reader, &MEMBER (char *, object, field));
      return TRUE;
    case CM_FIELD_STRINGS:
      return token == CM_JSON_ARRAY && read_strings (reader, &MEMBER (char **, object, field));
    case CM_FIELD_TIME:
      return token == CM_JSON_STRING && read_time (reader, &MEMBER (gint64, object, field));
    case CM_FIELD_INTEGER:
      return token == CM_JSON_NUMBER && cm_json_reader_get_integer (reader, &MEMBER (gint64, object, field));
    case CM_FIELD_COUNT:
    case CM_FIELD_COUNT_IF_ANY:
      return token == CM_JSON_NUMBER && read_count (reader, &MEMBER (guint, object, field));
    case CM_FIELD_FLAG:
    case CM_FIELD_TRISTATE:
      MEMBER (int, object, field) = token == CM_JSON_TRUE;
      return token == CM_JSON_TRUE || token == CM_JSON_FALSE;
    case CM_FIELD_ENUM:
    case CM_FIELD_ENUM_IF_ANY:
      return token == CM_JSON_STRING && read_enum (field, reader, &MEMBER (int, object, field));
    case CM_FIELD_OBJECT:
      return token == CM_JSON_OBJECT &&
             read_object (field, (char *) object + field->offset, reader);
    default:
      return FALSE;
    }
}

static const CmField *
find_field (const CmField *fields,
            CmText         name)
{
  for (const CmField *field = fields; field->name != NULL; field++)
    {
      if (cm_text_equal (name, cm_text_from_string (field->name)))
        return field;
    }

  return NULL;
}

/**
 * cm_fields_read_member:
 * @fields: the table of the struct
 * @object: the struct
 * @name: the name that @reader has just read
 * @reader: stands before the value
 *
 * Reads one member of a merge patch (RFC 7396) into @object: null makes it
 * absent, an object changes what it names, a name that the table does not have
 * is skipped.
 *
 * Returns: %FALSE where the value is not JSON or not of the member's type
 */
gboolean
cm_fields_read_member (const CmField *fields,
                       gpointer       object,
                       CmText         name,
                       CmJsonReader  *reader)
{
  const CmField *field = find_field (fields, name);
  CmField single[2] = { 0 };
  CmJsonToken token;

  if (field == NULL)
    return cm_json_reader_skip (reader);

  token = cm_json_reader_next (reader);
  if (token != CM_JSON_NULL)
    return read_value (field, object, token, reader);

  single[0] = *field;
  cm_fields_clear (single, object);

  return TRUE;
}
