/* cm-document-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"

/* More than any conference has; a peer that sends more is refused. */
#define MAX_ITEMS 100000

/* Returns: (transfer full): the name that has just been read; the only leg of a call often
 * has the name of the call */
static char *
dup_key (CmDocument    *self,
         CmFieldReader *reader)
{
  CmText name = cm_json_reader_get_text (reader->json);

  return cm_text_equal (name, cm_text_from_string (self->id)) ? g_ref_string_acquire (self->id)
                                                              : cm_field_reader_dup_text (reader, name);
}

/* Null removes an item, an object changes it. */
static gboolean
read_item (CmDocument       *self,
           CmItems          *items,
           const CmItemType *type,
           CmFieldReader    *reader)
{
  char *key = dup_key (self, reader);
  CmJsonToken token = cm_json_reader_next (reader->json);
  gboolean is_good = token == CM_JSON_NULL || (token == CM_JSON_OBJECT && items->len < MAX_ITEMS);

  if (token == CM_JSON_NULL)
    cm_items_remove (items, type, key);
  else if (is_good)
    is_good = cm_fields_read (type->fields, cm_items_edit_shared (items, type, key), reader);
  g_ref_string_release (key);

  return is_good;
}

/* A keyed collection. */
static gboolean
read_collection (CmDocument       *self,
                 CmItems          *items,
                 const CmItemType *type,
                 CmFieldReader    *reader)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader->json) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader->json)) == CM_JSON_NAME)
    {
      if (!read_item (self, items, type, reader))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END;
}

static gboolean
read_attention (CmDocument    *self,
                CmFieldReader *reader)
{
  CmJsonToken token;

  cm_document_clear_attention (self);

  if (cm_json_reader_next (reader->json) != CM_JSON_ARRAY)
    return FALSE;

  while ((token = cm_json_reader_next (reader->json)) == CM_JSON_OBJECT)
    {
      if (self->attention->len >= MAX_ITEMS ||
          !cm_fields_read (cm_attention_fields, cm_document_add_attention (self), reader))
        return FALSE;
    }

  return token == CM_JSON_ARRAY_END;
}

/* What a document has beside its head, by name. */
static gboolean
read_tail_member (CmDocument    *self,
                  CmText         name,
                  CmFieldReader *reader)
{
  const CmField *field;

  if (cm_text_equal (name, CM_TEXT ("participants")))
    return read_collection (self, &self->persons, &cm_person_type, reader);

  if (cm_text_equal (name, CM_TEXT ("legs")))
    return read_collection (self, &self->legs, &cm_leg_type, reader);

  if (cm_text_equal (name, CM_TEXT ("attention")))
    return read_attention (self, reader);

  field = cm_fields_find (cm_document_tail_fields, cm_document_tail_fields, name);

  return field != NULL ? cm_field_read (field, self, reader) : cm_json_reader_skip (reader->json);
}

/* @guess: (inout): as cm_fields_find() */
static gboolean
read_document_member (CmDocument     *self,
                      CmText          name,
                      const CmField **guess,
                      CmFieldReader  *reader)
{
  const CmField *field = cm_fields_find (cm_document_head_fields, *guess, name);

  if (field == NULL)
    return read_tail_member (self, name, reader);

  *guess = field + 1;

  return cm_field_read (field, self, reader);
}

/**
 * cm_document_apply_from:
 * @self: a document
 * @patch: a reader that has just read %CM_JSON_OBJECT
 * @error: where the place and the reason go
 *
 * As cm_document_apply(), for whoever reads many: they share what they have in common.
 *
 * Returns: %FALSE where the patch is not JSON or not one of a document
 */
gboolean
cm_document_apply_from (CmDocument     *self,
                        CmFieldReader  *patch,
                        GError        **error)
{
  const CmField *guess = cm_document_head_fields;
  CmJsonReader *json = patch->json;
  CmJsonToken token;

  while ((token = cm_json_reader_next (json)) == CM_JSON_NAME)
    {
      if (!read_document_member (self, cm_json_reader_get_text (json), &guess, patch))
        break;
    }

  if (token == CM_JSON_OBJECT_END)
    return TRUE;

  if (cm_json_reader_get_message (json) != NULL)
    g_set_error (error, CM_DOCUMENT_ERROR, CM_DOCUMENT_ERROR_JSON, "byte %" G_GSIZE_FORMAT ": %s",
                 cm_json_reader_get_offset (json), cm_json_reader_get_message (json));
  else
    g_set_error (error, CM_DOCUMENT_ERROR, CM_DOCUMENT_ERROR_TYPE,
                 "byte %" G_GSIZE_FORMAT ": not what a document has there",
                 cm_json_reader_get_offset (json));

  return FALSE;
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
  g_auto(CmFieldReader) reader = { .json = patch };

  return cm_document_apply_from (self, &reader, error);
}
