/* cm-pack-fields.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-pack-fields.h"

static gint64
get_number (const CmPackField *field,
            gconstpointer      from)
{
  switch (field->kind)
    {
    case CM_PACK_INT8:
      return G_STRUCT_MEMBER (gint8, from, field->offset);
    case CM_PACK_UINT8:
      return G_STRUCT_MEMBER (guint8, from, field->offset);
    case CM_PACK_INT:
      return G_STRUCT_MEMBER (gint, from, field->offset);
    case CM_PACK_UINT:
      return G_STRUCT_MEMBER (guint, from, field->offset);
    case CM_PACK_INT64:
    case CM_PACK_UINT64:
    case CM_PACK_TIME:
    case CM_PACK_TEXT:
    default:
      return G_STRUCT_MEMBER (gint64, from, field->offset);
    }
}

static void
set_number (const CmPackField *field,
            gpointer           to,
            gint64             number)
{
  switch (field->kind)
    {
    case CM_PACK_INT8:
      G_STRUCT_MEMBER (gint8, to, field->offset) = (gint8) number;
      break;
    case CM_PACK_UINT8:
      G_STRUCT_MEMBER (guint8, to, field->offset) = (guint8) number;
      break;
    case CM_PACK_INT:
      G_STRUCT_MEMBER (gint, to, field->offset) = (gint) number;
      break;
    case CM_PACK_UINT:
      G_STRUCT_MEMBER (guint, to, field->offset) = (guint) number;
      break;
    case CM_PACK_INT64:
    case CM_PACK_UINT64:
    case CM_PACK_TIME:
    case CM_PACK_TEXT:
    default:
      G_STRUCT_MEMBER (gint64, to, field->offset) = number;
    }
}

static void
take_text (CmPackReader  *self,
           char         **text)
{
  g_clear_pointer (text, g_ref_string_release);
  *text = cm_pack_reader_dup_text (self);
}

/**
 * cm_pack_writer_fields:
 * @self: a writer
 * @fields: (array length=n_fields): members of a struct
 * @n_fields: how many
 * @from: the struct
 */
void
cm_pack_writer_fields (CmPackWriter      *self,
                       const CmPackField *fields,
                       guint              n_fields,
                       gconstpointer      from)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].kind == CM_PACK_TEXT)
        cm_pack_writer_text (self, G_STRUCT_MEMBER (char *, from, fields[i].offset));
      else if (fields[i].kind == CM_PACK_TIME)
        cm_pack_writer_time (self, get_number (&fields[i], from));
      else
        cm_pack_writer_number (self, get_number (&fields[i], from));
    }
}

/**
 * cm_pack_reader_fields:
 * @self: a reader
 * @fields: (array length=n_fields): as they were written
 * @n_fields: how many
 * @to: a struct; texts that it has are released
 */
void
cm_pack_reader_fields (CmPackReader      *self,
                       const CmPackField *fields,
                       guint              n_fields,
                       gpointer           to)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].kind == CM_PACK_TEXT)
        take_text (self, G_STRUCT_MEMBER_P (to, fields[i].offset));
      else if (fields[i].kind == CM_PACK_TIME)
        set_number (&fields[i], to, cm_pack_reader_time (self));
      else
        set_number (&fields[i], to, cm_pack_reader_number (self, fields[i].min, fields[i].max));
    }
}
