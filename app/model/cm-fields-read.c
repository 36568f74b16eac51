/* cm-fields-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-fields.h"

#include "core/cm-time.h"
#include "model/cm-document.h"

/* A peer that sends a longer list gets the rest of it cut off. */
#define MAX_STRINGS 64

/* A longer text hardly comes again, bytes. */
#define MAX_SHARED 48

#define MEMBER(type, object, field) G_STRUCT_MEMBER (type, object, (field)->offset)

/* Most of what is compared differs in its first byte. */
static inline gboolean
is_text (CmText      text,
         const char *string)
{
  return text.size > 0 && text.bytes[0] == string[0] && strncmp (text.bytes, string, text.size) == 0 &&
         string[text.size] == '\0';
}

/* Most of what is compared differs in its size. */
static inline gboolean
is_name (const CmField *field,
         CmText         name)
{
  return field->size == name.size && memcmp (field->name, name.bytes, name.size) == 0;
}

static void
read_string (CmFieldReader  *reader,
             char          **string)
{
  CmText text = cm_json_reader_get_text (reader->json);

  if (*string != NULL && is_text (text, *string))
    return;

  g_clear_pointer (string, g_ref_string_release);
  *string = cm_field_reader_dup_text (reader, text);
}

static G_NO_INLINE gboolean
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
read_time (CmFieldReader *reader,
           gint64        *time)
{
  return cm_time_parse (&reader->times, cm_json_reader_get_text (reader->json), time);
}

static gboolean
read_enum (const CmField *field,
           CmJsonReader  *reader,
           int           *number)
{
  const GEnumClass *values = cm_field_get_enum (field);
  CmText nick = cm_json_reader_get_text (reader);

  for (guint i = 0; i < values->n_values; i++)
    {
      if (is_text (nick, values->values[i].value_nick))
        {
          *number = values->values[i].value;
          return TRUE;
        }
    }

  return FALSE;
}

static G_NO_INLINE gboolean
read_count (CmJsonReader *reader,
            guint        *count)
{
  gint64 integer;

  if (!cm_json_reader_get_integer (reader, &integer) || integer < 0 || integer > G_MAXINT)
    return FALSE;

  *count = (guint) integer;

  return TRUE;
}

/* The token of a value has been read; FALSE where it is not of the field's type. */
static gboolean
read_value (const CmField *field,
            gpointer       object,
            CmJsonToken    token,
            CmFieldReader *reader)
{
  CmJsonReader *json = reader->json;

  switch (field->type)
    {
    case CM_FIELD_STRING:
      if (token != CM_JSON_STRING)
        return FALSE;
      read_string (reader, &MEMBER (char *, object, field));
      return TRUE;
    case CM_FIELD_STRINGS:
      return token == CM_JSON_ARRAY && read_strings (json, &MEMBER (char **, object, field));
    case CM_FIELD_TIME:
      return token == CM_JSON_STRING && read_time (reader, &MEMBER (gint64, object, field));
    case CM_FIELD_INTEGER:
      return token == CM_JSON_NUMBER && cm_json_reader_get_integer (json, &MEMBER (gint64, object, field));
    case CM_FIELD_COUNT:
    case CM_FIELD_COUNT_IF_ANY:
      return token == CM_JSON_NUMBER && read_count (json, &MEMBER (guint, object, field));
    case CM_FIELD_FLAG:
    case CM_FIELD_TRISTATE:
      MEMBER (int, object, field) = token == CM_JSON_TRUE;
      return token == CM_JSON_TRUE || token == CM_JSON_FALSE;
    case CM_FIELD_ENUM:
    case CM_FIELD_ENUM_IF_ANY:
      return token == CM_JSON_STRING && read_enum (field, json, &MEMBER (int, object, field));
    case CM_FIELD_OBJECT:
      return token == CM_JSON_OBJECT &&
             cm_fields_read (field->fields, (char *) object + field->offset, reader);
    default:
      return FALSE;
    }
}

/**
 * cm_fields_find:
 * @fields: the table of a struct
 * @guess: the field behind the one that was found last; @fields at first
 * @name: the name of a member
 *
 * Whoever writes them goes by the table too, and leaves out what is absent, so it mostly
 * is soon behind the last.
 *
 * Returns: (nullable): the field that has that name
 */
const CmField *
cm_fields_find (const CmField *fields,
                const CmField *guess,
                CmText         name)
{
  for (const CmField *field = guess; field->name != NULL; field++)
    {
      if (is_name (field, name))
        return field;
    }

  for (const CmField *field = fields; field != guess; field++)
    {
      if (is_name (field, name))
        return field;
    }

  return NULL;
}

/**
 * cm_field_read:
 * @field: a field of the struct's table
 * @object: the struct
 * @reader: has just read the name of the member
 *
 * Reads one member of a merge patch (RFC 7396) into @object: null makes it
 * absent, an object changes what it names.
 *
 * Returns: %FALSE where the value is not JSON or not of the member's type
 */
gboolean
cm_field_read (const CmField *field,
               gpointer       object,
               CmFieldReader *reader)
{
  CmJsonToken token = cm_json_reader_next (reader->json);

  if (token != CM_JSON_NULL)
    return read_value (field, object, token, reader);

  cm_field_clear (field, object);

  return TRUE;
}

/**
 * cm_fields_read:
 * @fields: the table of the struct
 * @object: the struct
 * @reader: has just read the beginning of an object
 *
 * Reads all members of it, as cm_field_read(); a name that the table does not have is
 * skipped.
 *
 * Returns: %FALSE where it is not JSON, or a member is not of its type
 */
gboolean
cm_fields_read (const CmField *fields,
                gpointer       object,
                CmFieldReader *reader)
{
  const CmField *guess = fields;
  CmJsonToken token;

  while ((token = cm_json_reader_next (reader->json)) == CM_JSON_NAME)
    {
      const CmField *field = cm_fields_find (fields, guess, cm_json_reader_get_text (reader->json));

      if (field == NULL ? !cm_json_reader_skip (reader->json) : !cm_field_read (field, object, reader))
        return FALSE;
      if (field != NULL)
        guess = field + 1;
    }

  return token == CM_JSON_OBJECT_END;
}

static guint
get_place (CmText text)
{
  guint size = (guint) text.size;
  guint sum = size * 7 + (guchar) text.bytes[0] * 31 + (guchar) text.bytes[size / 2] * 5 + (guchar) text.bytes[size - 1];

  return sum % G_N_ELEMENTS (((CmFieldReader *) NULL)->texts);
}

/* Returns: (transfer full): @text as a #GRefString */
char *
cm_field_reader_dup_text (CmFieldReader *self,
                          CmText         text)
{
  char **place;

  if (text.size == 0 || text.size > MAX_SHARED)
    return g_ref_string_new_len (text.bytes != NULL ? text.bytes : "", (gssize) text.size);

  place = &self->texts[get_place (text)];
  if (*place == NULL || !is_text (text, *place))
    {
      g_clear_pointer (place, g_ref_string_release);
      *place = g_ref_string_new_len (text.bytes, (gssize) text.size);
    }

  return g_ref_string_acquire (*place);
}

void
cm_field_reader_clear (CmFieldReader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_clear_pointer (&self->texts[i], g_ref_string_release);
}
