/* cm-fields.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-fields.h"

#include "core/cm-json-writer.h"
#include "core/cm-time.h"
#include "model/cm-document.h"

#define MEMBER(type, object, field) G_STRUCT_MEMBER (type, object, (field)->offset)
#define CONST_MEMBER(type, object, field) (*(type const *) CONST_OBJECT (object, field))
#define CONST_OBJECT(object, field) ((gconstpointer) ((const char *) (object) + (field)->offset))
#define OBJECT(object, field) ((gpointer) ((char *) (object) + (field)->offset))

/* Returns: (transfer none): the enum of such a field, for good */
GEnumClass *
cm_field_get_enum (const CmField *field)
{
  GType type = field->get_enum_type ();
  gpointer klass = g_type_class_peek (type);

  return klass != NULL ? klass : g_type_class_ref (type);
}

/* What an optional member is while it is absent, for the types whose member is
 * one number. */
static gboolean
is_present (const CmField *field,
            gconstpointer  object)
{
  switch (field->type)
    {
    case CM_FIELD_STRING:
    case CM_FIELD_STRINGS:
      return CONST_MEMBER (gpointer, object, field) != NULL;
    case CM_FIELD_TIME:
      return CONST_MEMBER (gint64, object, field) != CM_TIME_NONE;
    case CM_FIELD_INTEGER:
      return CONST_MEMBER (gint64, object, field) >= 0;
    case CM_FIELD_COUNT_IF_ANY:
      return CONST_MEMBER (guint, object, field) != 0;
    case CM_FIELD_TRISTATE:
      return CONST_MEMBER (int, object, field) != CM_UNKNOWN;
    case CM_FIELD_ENUM_IF_ANY:
      return CONST_MEMBER (int, object, field) != 0;
    case CM_FIELD_OBJECT:
      for (const CmField *f = field->fields; f->name != NULL; f++)
        {
          if (f->type != CM_FIELD_COUNT && f->type != CM_FIELD_FLAG && f->type != CM_FIELD_ENUM &&
              is_present (f, CONST_OBJECT (object, field)))
            return TRUE;
        }
      return FALSE;
    case CM_FIELD_COUNT:
    case CM_FIELD_FLAG:
    case CM_FIELD_ENUM:
    default:
      return TRUE;
    }
}

static gboolean
are_strings_equal (char **a,
                   char **b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal ((const char * const *) a, (const char * const *) b);
}

/* Returns: whether the values are the same; not of objects, which are compared member by
 * member. Most strings are not only equal: it is the same one. */
static gboolean
is_equal (const CmField *field,
          gconstpointer  a,
          gconstpointer  b)
{
  switch (field->type)
    {
    case CM_FIELD_STRING:
      return CONST_MEMBER (char *, a, field) == CONST_MEMBER (char *, b, field)
             || g_strcmp0 (CONST_MEMBER (char *, a, field), CONST_MEMBER (char *, b, field)) == 0;
    case CM_FIELD_STRINGS:
      return are_strings_equal (CONST_MEMBER (char **, a, field), CONST_MEMBER (char **, b, field));
    case CM_FIELD_TIME:
    case CM_FIELD_INTEGER:
      return CONST_MEMBER (gint64, a, field) == CONST_MEMBER (gint64, b, field);
    case CM_FIELD_OBJECT:
      return FALSE;
    case CM_FIELD_COUNT:
    case CM_FIELD_COUNT_IF_ANY:
    case CM_FIELD_FLAG:
    case CM_FIELD_TRISTATE:
    case CM_FIELD_ENUM:
    case CM_FIELD_ENUM_IF_ANY:
    default:
      return CONST_MEMBER (int, a, field) == CONST_MEMBER (int, b, field);
    }
}

static void
write_strings (GString  *out,
               char    **strings)
{
  g_string_append_c (out, '[');
  for (guint i = 0; strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      cm_json_write_string (out, strings[i]);
    }
  g_string_append_c (out, ']');
}

static void
write_time (GString *out,
            gint64   time)
{
  CmTimeCache cache = { 0 };
  char buffer[CM_TIME_FORMAT_SIZE];

  cm_time_format (&cache, time, buffer);
  cm_json_write_string (out, buffer);
}

static void
write_value (const CmField *field,
             gconstpointer  object,
             GString       *out)
{
  switch (field->type)
    {
    case CM_FIELD_STRING:
      cm_json_write_string (out, CONST_MEMBER (char *, object, field));
      break;
    case CM_FIELD_STRINGS:
      write_strings (out, CONST_MEMBER (char **, object, field));
      break;
    case CM_FIELD_TIME:
      write_time (out, CONST_MEMBER (gint64, object, field));
      break;
    case CM_FIELD_INTEGER:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, CONST_MEMBER (gint64, object, field));
      break;
    case CM_FIELD_COUNT:
    case CM_FIELD_COUNT_IF_ANY:
      g_string_append_printf (out, "%u", CONST_MEMBER (guint, object, field));
      break;
    case CM_FIELD_FLAG:
    case CM_FIELD_TRISTATE:
      g_string_append (out, CONST_MEMBER (int, object, field) ? "true" : "false");
      break;
    case CM_FIELD_ENUM:
    case CM_FIELD_ENUM_IF_ANY:
      cm_json_write_string (out, g_enum_get_value (cm_field_get_enum (field),
                                                   CONST_MEMBER (int, object, field))->value_nick);
      break;
    case CM_FIELD_OBJECT:
      g_string_append_c (out, '{');
      cm_fields_write (field->fields, NULL, CONST_OBJECT (object, field), out, TRUE);
      g_string_append_c (out, '}');
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Both objects are there: only what differs is written, and nothing at all
 * where nothing does. */
static gboolean
write_object_change (const CmField *field,
                     gconstpointer  before,
                     gconstpointer  after,
                     GString       *out)
{
  gsize start = out->len;

  g_string_append_c (out, '{');
  if (!cm_fields_write (field->fields, CONST_OBJECT (before, field), CONST_OBJECT (after, field), out, TRUE))
    {
      g_string_truncate (out, start);
      return FALSE;
    }
  g_string_append_c (out, '}');

  return TRUE;
}

static void
write_name (GString    *out,
            const char *name,
            gboolean    first)
{
  if (!first)
    g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
}

static gboolean
write_field (const CmField *field,
             gconstpointer  before,
             gconstpointer  after,
             GString       *out,
             gboolean       first)
{
  gsize start = out->len;
  gboolean was, is;

  if (before != NULL && is_equal (field, before, after))
    return FALSE;

  was = before != NULL && is_present (field, before);
  is = is_present (field, after);
  if (!is && !was)
    return FALSE;

  write_name (out, field->name, first);

  if (!is)
    g_string_append (out, "null");
  else if (was && field->type == CM_FIELD_OBJECT)
    {
      if (!write_object_change (field, before, after, out))
        {
          g_string_truncate (out, start);
          return FALSE;
        }
    }
  else
    write_value (field, after, out);

  return TRUE;
}

/**
 * cm_fields_write:
 * @fields: the table of the struct
 * @before: (nullable): the struct as the reader of @out knows it
 * @after: the struct as it is now
 * @out: where to append `"name":value` pairs, without braces
 * @first: whether no comma is wanted in front of the first
 *
 * Writes what turns @before into @after by RFC 7396: what is no longer there as
 * null, everything where there is no @before.
 *
 * Returns: whether anything was written
 */
gboolean
cm_fields_write (const CmField *fields,
                 gconstpointer  before,
                 gconstpointer  after,
                 GString       *out,
                 gboolean       first)
{
  gboolean written = FALSE;

  for (const CmField *field = fields; field->name != NULL; field++)
    {
      if (write_field (field, before, after, out, first && !written))
        written = TRUE;
    }

  return written;
}

/**
 * cm_fields_equal:
 * @fields: the table of the structs
 * @a: a struct
 * @b: another
 *
 * Returns: whether cm_fields_write() would write nothing to turn @a into @b
 */
gboolean
cm_fields_equal (const CmField *fields,
                 gconstpointer  a,
                 gconstpointer  b)
{
  for (const CmField *field = fields; field->name != NULL; field++)
    {
      gboolean was;

      if (is_equal (field, a, b))
        continue;

      was = is_present (field, a);
      if (was != is_present (field, b))
        return FALSE;
      if (was && (field->type != CM_FIELD_OBJECT ||
                  !cm_fields_equal (field->fields, CONST_OBJECT (a, field), CONST_OBJECT (b, field))))
        return FALSE;
    }

  return TRUE;
}

/* @field: one that owns nothing, and has nothing in it */
static inline void
make_absent (const CmField *field,
             gpointer       object)
{
  if (field->type == CM_FIELD_TIME)
    MEMBER (gint64, object, field) = CM_TIME_NONE;
  else if (field->type == CM_FIELD_INTEGER)
    MEMBER (gint64, object, field) = -1;
  else
    MEMBER (int, object, field) = field->type == CM_FIELD_TRISTATE ? CM_UNKNOWN : 0;
}

/* Frees what the member owns and makes it absent again, or 0 where it cannot be. */
void
cm_field_clear (const CmField *field,
                gpointer       object)
{
  switch (field->type)
    {
    case CM_FIELD_STRING:
      g_clear_pointer (&MEMBER (char *, object, field), g_ref_string_release);
      break;
    case CM_FIELD_STRINGS:
      g_clear_pointer (&MEMBER (char **, object, field), g_strfreev);
      break;
    case CM_FIELD_OBJECT:
      cm_fields_clear (field->fields, OBJECT (object, field));
      break;
    case CM_FIELD_TIME:
    case CM_FIELD_INTEGER:
    case CM_FIELD_COUNT:
    case CM_FIELD_COUNT_IF_ANY:
    case CM_FIELD_FLAG:
    case CM_FIELD_TRISTATE:
    case CM_FIELD_ENUM:
    case CM_FIELD_ENUM_IF_ANY:
    default:
      make_absent (field, object);
    }
}

/**
 * cm_fields_clear:
 * @fields: the table of the struct
 * @object: a struct
 *
 * Frees what the members own and makes every member absent again.
 */
void
cm_fields_clear (const CmField *fields,
                 gpointer       object)
{
  for (const CmField *field = fields; field->name != NULL; field++)
    cm_field_clear (field, object);
}

/**
 * cm_fields_free:
 * @fields: the table of the struct
 * @object: a struct that is not used again
 *
 * Frees what the members own.
 */
void
cm_fields_free (const CmField *fields,
                gpointer       object)
{
  for (const CmField *field = fields; field->name != NULL; field++)
    {
      if (field->type == CM_FIELD_OBJECT && !field->is_plain)
        cm_fields_free (field->fields, OBJECT (object, field));
      else if (field->type == CM_FIELD_STRING && MEMBER (char *, object, field) != NULL)
        g_ref_string_release (MEMBER (char *, object, field));
      else if (field->type == CM_FIELD_STRINGS)
        g_strfreev (MEMBER (char **, object, field));
    }
}

/**
 * cm_fields_share:
 * @fields: the table of the struct
 * @object: a struct that is the same as another one, byte by byte
 *
 * Makes it a copy of its own; strings are shared by reference.
 */
void
cm_fields_share (const CmField *fields,
                 gpointer       object)
{
  for (const CmField *field = fields; field->name != NULL; field++)
    {
      if (field->type == CM_FIELD_OBJECT && !field->is_plain)
        cm_fields_share (field->fields, OBJECT (object, field));
      else if (field->type == CM_FIELD_STRINGS)
        MEMBER (char **, object, field) = g_strdupv (MEMBER (char **, object, field));
      else if (field->type == CM_FIELD_STRING && MEMBER (char *, object, field) != NULL)
        g_ref_string_acquire (MEMBER (char *, object, field));
    }
}
