/* cm-fields.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "core/cm-json-reader.h"
#include "core/cm-time.h"

G_BEGIN_DECLS

/**
 * CmFieldType:
 * @CM_FIELD_STRING: char *, a #GRefString; absent while %NULL
 * @CM_FIELD_STRINGS: char **, a GStrv; absent while %NULL
 * @CM_FIELD_TIME: gint64, ms UTC, as RFC 3339; absent while %CM_TIME_NONE
 * @CM_FIELD_INTEGER: gint64; absent while negative
 * @CM_FIELD_COUNT: guint; always there with its object
 * @CM_FIELD_COUNT_IF_ANY: guint; absent while 0
 * @CM_FIELD_FLAG: gboolean; always there with its object
 * @CM_FIELD_TRISTATE: #CmTristate; absent while unknown
 * @CM_FIELD_ENUM: an enum of cm-enums.h by its nick; always there
 * @CM_FIELD_ENUM_IF_ANY: the same; absent while 0
 * @CM_FIELD_OBJECT: a struct within the struct; absent while it has nothing
 *   but fields that are always there
 *
 * How one member of a document's structs stands in JSON. One table per struct
 * serves writing, comparing, reading, copying and freeing, so that they cannot
 * disagree.
 */
typedef enum
{
  CM_FIELD_STRING,
  CM_FIELD_STRINGS,
  CM_FIELD_TIME,
  CM_FIELD_INTEGER,
  CM_FIELD_COUNT,
  CM_FIELD_COUNT_IF_ANY,
  CM_FIELD_FLAG,
  CM_FIELD_TRISTATE,
  CM_FIELD_ENUM,
  CM_FIELD_ENUM_IF_ANY,
  CM_FIELD_OBJECT,
} CmFieldType;

typedef struct _CmField CmField;

/**
 * CmField:
 * @is_plain: of an object: there is nothing in it but numbers, so that nobody has to look
 *   through it to copy or free it
 * @size: of @name, bytes
 *
 * A table ends with a field that has no name.
 */
struct _CmField
{
  const char     *name;
  CmFieldType     type;
  gsize           offset;
  GType         (*get_enum_type) (void);
  const CmField  *fields;
  gboolean        is_plain;
  gsize           size;
};

/**
 * CmFieldReader:
 * @json: stands at what is read
 * @times: the minute that was read last
 * @texts: (nullable): #GRefString that were read lately; whatever comes again shares
 *   them, as most sources and states do
 *
 * All but @json is zeroed at first.
 */
typedef struct
{
  CmJsonReader *json;
  CmTimeCache   times;
  char         *texts[64];
} CmFieldReader;

GEnumClass *
         cm_field_get_enum     (const CmField *field);
void     cm_fields_share       (const CmField *fields,
                                gpointer       object);
void     cm_fields_free        (const CmField *fields,
                                gpointer       object);
void     cm_field_clear        (const CmField *field,
                                gpointer       object);
void     cm_fields_clear       (const CmField *fields,
                                gpointer       object);
gboolean cm_fields_equal       (const CmField *fields,
                                gconstpointer  a,
                                gconstpointer  b);
gboolean cm_fields_write       (const CmField *fields,
                                gconstpointer  before,
                                gconstpointer  after,
                                GString       *out,
                                gboolean       first);
gboolean cm_fields_read        (const CmField *fields,
                                gpointer       object,
                                CmFieldReader *reader);
const CmField *
         cm_fields_find        (const CmField *fields,
                                const CmField *guess,
                                CmText         name);
gboolean cm_field_read         (const CmField *field,
                                gpointer       object,
                                CmFieldReader *reader);
char    *cm_field_reader_dup_text
                               (CmFieldReader *self,
                                CmText         text);
void     cm_field_reader_clear (CmFieldReader *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmFieldReader, cm_field_reader_clear)

G_END_DECLS
