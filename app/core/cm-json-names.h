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
gboolean cm_json_names_add_any
                             (CmJsonNames     *self,
                              CmJsonNameFrame *frame,
                              CmText           name);

/* Returns: a bit that says a little of the name: names that have different ones differ */
static inline guint64
cm_json_name_get_mark (CmText name)
{
  guint sum = (guint) name.size;

  if (name.size > 0)
    sum += (guchar) name.bytes[0] * 7U + (guchar) name.bytes[name.size - 1] * 3U;

  return G_GUINT64_CONSTANT (1) << sum % 64;
}

/**
 * cm_json_names_add:
 * @self: names
 * @level: that of the object
 * @name: decoded; must stay where it is until the next reset
 *
 * Adds a name to the object that is open at @level.
 *
 * Returns: %FALSE if the object already has it
 */
static inline gboolean
cm_json_names_add (CmJsonNames *self,
                   guint        level,
                   CmText       name)
{
  CmJsonNameFrame *frame = &self->frames[level];
  guint64 mark = cm_json_name_get_mark (name);

  if (frame->count >= CM_JSON_FEW_NAMES || (frame->marks & mark) != 0)
    return cm_json_names_add_any (self, frame, name);

  frame->marks |= mark;
  frame->few[frame->count++] = name;

  return TRUE;
}

G_END_DECLS
