/* cm-document-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"

/* More than any conference has; a peer that sends more is refused. */
#define MAX_ITEMS 100000

typedef gpointer (*AddFunc) (CmDocument *self,
                             const char *key);

static gpointer
add_person (CmDocument *self,
            const char *key)
{
  return cm_document_add_person (self, key);
}

static gpointer
add_leg (CmDocument *self,
         const char *key)
{
  return cm_document_add_leg (self, key);
}

static void
remove_item (GPtrArray  *array,
             const char *key)
{
  for (guint i = 0; i < array->len; i++)
    {
      if (g_str_equal (*(char **) g_ptr_array_index (array, i), key))
        {
          g_ptr_array_remove_index (array, i);
          return;
        }
    }
}

static gboolean
read_members (const CmField *fields,
              gpointer       object,
              CmJsonReader  *reader)
{
  CmJsonToken token;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!cm_fields_read_member (fields, object, cm_json_reader_get_text (reader), reader))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END;
}

/* A keyed collection: null removes an item, an object changes it. */
static gboolean
read_collection (CmDocument    *self,
                 GPtrArray     *array,
                 const CmField *fields,
                 AddFunc        add,
                 CmJsonReader  *reader)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      g_autofree char *key = cm_text_dup (cm_json_reader_get_text (reader));

      token = cm_json_reader_next (reader);
      if (token == CM_JSON_NULL)
        remove_item (array, key);
      else if (token != CM_JSON_OBJECT || array->len >= MAX_ITEMS ||
               !read_members (fields, add (self, key), reader))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END;
}

static gboolean
read_attention (CmDocument   *self,
                CmJsonReader *reader)
{
  CmJsonToken token;

  g_ptr_array_set_size (self->attention, 0);

  if (cm_json_reader_next (reader) != CM_JSON_ARRAY)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_OBJECT)
    {
      if (self->attention->len >= MAX_ITEMS ||
          !read_members (cm_attention_fields, cm_document_add_attention (self), reader))
        return FALSE;
    }

  return token == CM_JSON_ARRAY_END;
}

static gboolean
read_document_member (CmDocument   *self,
                      CmText        name,
                      CmJsonReader *reader)
{
  if (cm_text_equal (name, CM_TEXT ("participants")))
    return read_collection (self, self->persons, cm_person_fields, add_person, reader);

  if (cm_text_equal (name, CM_TEXT ("legs")))
    return read_collection (self, self->legs, cm_leg_fields, add_leg, reader);

  if (cm_text_equal (name, CM_TEXT ("attention")))
    return read_attention (self, reader);

  if (cm_text_equal (name, CM_TEXT ("replaces")))
    return cm_fields_read_member (cm_document_tail_fields, self, name, reader);

  return cm_fields_read_member (cm_document_head_fields, self, name, reader);
}

/**
 * cm_document_apply:
 * @self: a document
 * @patch: a reader that has just returned %CM_JSON_OBJECT
 * @error: where the place and the reason go
 *
 * Applies a merge patch (RFC 7396) to @self, reading it straight into the
 * structs. What fails half-way leaves @self changed in part: the caller throws
 * it away and asks for the whole document.
 *
 * Returns: %FALSE where the patch is not JSON or not one of a document
 */
gboolean
cm_document_apply (CmDocument    *self,
                   CmJsonReader  *patch,
                   GError       **error)
{
  CmJsonToken token;

  while ((token = cm_json_reader_next (patch)) == CM_JSON_NAME)
    {
      if (!read_document_member (self, cm_json_reader_get_text (patch), patch))
        break;
    }

  if (token == CM_JSON_OBJECT_END)
    return TRUE;

  if (cm_json_reader_get_message (patch) != NULL)
    g_set_error (error, CM_DOCUMENT_ERROR, CM_DOCUMENT_ERROR_JSON, "byte %" G_GSIZE_FORMAT ": %s",
                 cm_json_reader_get_offset (patch), cm_json_reader_get_message (patch));
  else
    g_set_error (error, CM_DOCUMENT_ERROR, CM_DOCUMENT_ERROR_TYPE,
                 "byte %" G_GSIZE_FORMAT ": not what a document has there",
                 cm_json_reader_get_offset (patch));

  return FALSE;
}
