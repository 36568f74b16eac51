/* cm-pack-fields.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-pack.h"

G_BEGIN_DECLS

/* What a member of a struct is; a text is a #GRefString. */
typedef enum
{
  CM_PACK_INT8,
  CM_PACK_UINT8,
  CM_PACK_INT,
  CM_PACK_UINT,
  CM_PACK_INT64,
  CM_PACK_UINT64,
  CM_PACK_TIME,
  CM_PACK_TEXT,
} CmPackKind;

/**
 * CmPackField:
 * @min: the least that a number may be
 * @max: the most
 *
 * One member of a struct. The same table writes it and reads it.
 */
typedef struct
{
  CmPackKind kind;
  gsize      offset;
  gint64     min;
  gint64     max;
} CmPackField;

#define CM_PACK_NUMBER_FIELD(kind, type, member, min, max) { kind, G_STRUCT_OFFSET (type, member), min, max }
#define CM_PACK_TIME_FIELD(type, member) { CM_PACK_TIME, G_STRUCT_OFFSET (type, member), 0, 0 }
#define CM_PACK_TEXT_FIELD(type, member) { CM_PACK_TEXT, G_STRUCT_OFFSET (type, member), 0, 0 }

void cm_pack_writer_fields (CmPackWriter      *self,
                            const CmPackField *fields,
                            guint              n_fields,
                            gconstpointer      from);
void cm_pack_reader_fields (CmPackReader      *self,
                            const CmPackField *fields,
                            guint              n_fields,
                            gpointer           to);

G_END_DECLS
