/* cm-json-names.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-json-reader.h"

G_BEGIN_DECLS

/* Up to so many names are compared one by one, which is cheaper than a hash. */
#define CM_JSON_FEW_NAMES 16

typedef struct
{
  guint64 object;
  guint64 hash;
  CmText  name;
} CmJsonNameSlot;

/**
 * CmJsonNameFrame:
 * @marks: a bit for each mark that one of @few has
 */
typedef struct
{
  guint64 object;
  guint64 marks;
  gsize   count;
  CmText  few[CM_JSON_FEW_NAMES];
} CmJsonNameFrame;

/**
 * CmJsonNames:
 *
 * The names of the objects that are open. Objects are numbered through all texts;
 * a slot whose object is from an earlier text counts as free, so that nothing has
 * to be cleared between texts.
 */
typedef struct
{
  CmJsonNameFrame  frames[CM_JSON_MAX_DEPTH];
  guint64          key[2];
  guint64          last_object;
  guint64          first_object; /* of this text */
  CmJsonNameSlot  *slots;
  gsize            n_slots;      /* a power of two, or 0 */
  gsize            n_used;
} CmJsonNames;

void     cm_json_names_init  (CmJsonNames *self);
void     cm_json_names_clear (CmJsonNames *self);
void     cm_json_names_reset (CmJsonNames *self);
void     cm_json_names_open  (CmJsonNames *self,
                              guint        level);
gboolean cm_json_names_add   (CmJsonNames *self,
                              guint        level,
                              CmText       name);

G_END_DECLS
