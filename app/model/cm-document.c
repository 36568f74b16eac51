/* cm-document.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"

#include "core/cm-json-writer.h"

G_DEFINE_QUARK (cm-document-error-quark, cm_document_error)

static void
person_free (CmPerson *person)
{
  cm_fields_free (cm_person_fields, person);
  g_clear_pointer (&person->address, g_ref_string_release);
  g_free (person);
}

static void
leg_free (CmLeg *leg)
{
  cm_fields_free (cm_leg_fields, leg);
  g_clear_pointer (&leg->id, g_ref_string_release);
  g_free (leg);
}

static void
attention_free (CmAttention *attention)
{
  cm_fields_free (cm_attention_fields, attention);
  g_free (attention);
}

static void
add_arrays (CmDocument *self)
{
  self->persons = g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);
  self->legs = g_ptr_array_new_with_free_func ((GDestroyNotify) leg_free);
  self->attention = g_ptr_array_new_with_free_func ((GDestroyNotify) attention_free);
}

/* Both collections have their key as the first member. */
static gpointer
find_by_key (GPtrArray  *array,
             const char *key,
             guint      *position)
{
  guint low = 0, high = array->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      char **item = g_ptr_array_index (array, middle);
      int order = strcmp (*item, key);

      if (order == 0)
        return item;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }

  if (position != NULL)
    *position = low;

  return NULL;
}

/**
 * cm_document_new:
 * @id: the conversation's id
 *
 * Returns: (transfer full): a document that says nothing yet
 */
CmDocument *
cm_document_new (const char *id)
{
  CmDocument *self = g_new0 (CmDocument, 1);

  add_arrays (self);
  cm_fields_init (cm_document_head_fields, self);
  cm_fields_init (cm_document_tail_fields, self);
  self->id = g_ref_string_new (id);
  self->kind = CM_KIND_MESSAGE;
  self->phase = CM_PHASE_IDLE;

  return self;
}

static gpointer
copy_person (gconstpointer item,
             gpointer      user_data)
{
  const CmPerson *from = item;
  CmPerson *person = g_memdup2 (from, sizeof *from);

  cm_fields_share (cm_person_fields, person);
  g_ref_string_acquire (person->address);

  return person;
}

static gpointer
copy_leg (gconstpointer item,
          gpointer      user_data)
{
  const CmLeg *from = item;
  CmLeg *leg = g_memdup2 (from, sizeof *from);

  cm_fields_share (cm_leg_fields, leg);
  g_ref_string_acquire (leg->id);

  return leg;
}

static gpointer
copy_attention (gconstpointer item,
                gpointer      user_data)
{
  CmAttention *attention = g_memdup2 (item, sizeof *attention);

  cm_fields_share (cm_attention_fields, attention);

  return attention;
}

static void
copy_items (GPtrArray *array,
            GPtrArray *from,
            GCopyFunc  copy)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (array, copy (g_ptr_array_index (from, i), NULL));
}

/**
 * cm_document_copy:
 * @self: a document
 *
 * Returns: (transfer full): a copy; strings are shared by reference
 */
CmDocument *
cm_document_copy (const CmDocument *self)
{
  CmDocument *copy = g_memdup2 (self, sizeof *self);

  cm_fields_share (cm_document_head_fields, copy);
  cm_fields_share (cm_document_tail_fields, copy);
  add_arrays (copy);
  copy_items (copy->persons, self->persons, copy_person);
  copy_items (copy->legs, self->legs, copy_leg);
  copy_items (copy->attention, self->attention, copy_attention);

  return copy;
}

/**
 * cm_document_free:
 * @self: (transfer full): a document
 */
void
cm_document_free (CmDocument *self)
{
  cm_fields_free (cm_document_head_fields, self);
  cm_fields_free (cm_document_tail_fields, self);
  g_ptr_array_unref (self->persons);
  g_ptr_array_unref (self->legs);
  g_ptr_array_unref (self->attention);
  g_free (self);
}

/**
 * cm_document_find_person:
 * @self: a document
 * @address: a normalised address
 *
 * Returns: (nullable) (transfer none): that person's line of the roster
 */
CmPerson *
cm_document_find_person (const CmDocument *self,
                         const char       *address)
{
  return find_by_key (self->persons, address, NULL);
}

/**
 * cm_document_find_leg:
 * @self: a document
 * @id: a leg's id, "source#conversation"
 *
 * Returns: (nullable) (transfer none): that leg
 */
CmLeg *
cm_document_find_leg (const CmDocument *self,
                      const char       *id)
{
  return find_by_key (self->legs, id, NULL);
}

/**
 * cm_document_add_person:
 * @self: a document
 * @address: a normalised address
 *
 * Returns: (transfer none): the person with that address, new where there was
 *   none: then an attendee of whom nothing is known
 */
CmPerson *
cm_document_add_person (CmDocument *self,
                        const char *address)
{
  guint position = 0;
  CmPerson *person = find_by_key (self->persons, address, &position);

  if (person == NULL)
    {
      person = g_new0 (CmPerson, 1);
      cm_fields_init (cm_person_fields, person);
      person->address = g_ref_string_new (address);
      person->role = CM_ROLE_ATTENDEE;
      g_ptr_array_insert (self->persons, (int) position, person);
    }

  return person;
}

/**
 * cm_document_add_leg:
 * @self: a document
 * @id: a leg's id
 *
 * Returns: (transfer none): the leg with that id, new and idle where there was
 *   none
 */
CmLeg *
cm_document_add_leg (CmDocument *self,
                     const char *id)
{
  guint position = 0;
  CmLeg *leg = find_by_key (self->legs, id, &position);

  if (leg == NULL)
    {
      leg = g_new0 (CmLeg, 1);
      cm_fields_init (cm_leg_fields, leg);
      leg->id = g_ref_string_new (id);
      leg->phase = CM_PHASE_IDLE;
      g_ptr_array_insert (self->legs, (int) position, leg);
    }

  return leg;
}

/**
 * cm_document_add_attention:
 * @self: a document
 *
 * Returns: (transfer none): a new last line of what needs attention
 */
CmAttention *
cm_document_add_attention (CmDocument *self)
{
  CmAttention *attention = g_new0 (CmAttention, 1);

  cm_fields_init (cm_attention_fields, attention);
  g_ptr_array_add (self->attention, attention);

  return attention;
}
