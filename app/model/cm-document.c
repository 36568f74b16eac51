/* cm-document.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"

#include "core/cm-json-writer.h"

G_DEFINE_QUARK (cm-document-error-quark, cm_document_error)

static void
attention_free (CmAttention *attention)
{
  cm_fields_free (cm_attention_fields, attention);
  g_free (attention);
}

/* Returns: (transfer full) (element-type CmAttention): nothing that needs attention */
GPtrArray *
cm_attention_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) attention_free);
}

/* Returns: (transfer none): a new last line of it */
CmAttention *
cm_attention_list_add (GPtrArray *list)
{
  CmAttention *attention = g_memdup2 (&cm_attention_fresh, sizeof *attention);

  g_ptr_array_add (list, attention);

  return attention;
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
  char *own = g_ref_string_new (id);
  CmDocument *self = cm_document_new_shared (own);

  g_ref_string_release (own);

  return self;
}

/* @id: as cm_document_new(), but a #GRefString */
CmDocument *
cm_document_new_shared (char *id)
{
  CmDocument *self = g_memdup2 (&cm_document_fresh, sizeof *self);

  g_atomic_ref_count_init (&self->refs);
  self->id = g_ref_string_acquire (id);

  return self;
}

static gpointer
copy_attention (gconstpointer item,
                gpointer      user_data)
{
  CmAttention *attention = g_memdup2 (item, sizeof *attention);

  cm_fields_share (cm_attention_fields, attention);

  return attention;
}

/**
 * cm_document_copy:
 * @self: a document
 *
 * Returns: (transfer full): a copy, to be changed. Strings, persons and legs are
 *   shared until they are.
 */
CmDocument *
cm_document_copy (const CmDocument *self)
{
  CmDocument *copy = g_memdup2 (self, sizeof *self);

  g_atomic_ref_count_init (&copy->refs);
  cm_fields_share (cm_document_head_fields, copy);
  cm_fields_share (cm_document_tail_fields, copy);
  cm_items_share (&copy->persons);
  cm_items_share (&copy->legs);
  copy->attention = self->attention->len > 0 ? g_ptr_array_copy (self->attention, copy_attention, NULL)
                                             : cm_document_fresh.attention;

  return copy;
}

/**
 * cm_document_ref:
 * @self: a document that nobody changes any more
 *
 * Returns: (transfer full): the same document
 */
CmDocument *
cm_document_ref (const CmDocument *self)
{
  CmDocument *document = (CmDocument *) self;

  g_atomic_ref_count_inc (&document->refs);

  return document;
}

/**
 * cm_document_clear_attention:
 * @self: a document
 *
 * Nothing in it needs attention any more.
 */
void
cm_document_clear_attention (CmDocument *self)
{
  if (self->attention != cm_document_fresh.attention)
    g_ptr_array_unref (self->attention);
  self->attention = cm_document_fresh.attention;
}

/**
 * cm_document_free:
 * @self: (transfer full): a document
 *
 * It goes with the last who shares it.
 */
void
cm_document_free (CmDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  cm_fields_free (cm_document_head_fields, self);
  cm_fields_free (cm_document_tail_fields, self);
  cm_items_clear (&self->persons, &cm_person_type);
  cm_items_clear (&self->legs, &cm_leg_type);
  cm_document_clear_attention (self);
  g_free (self);
}

/**
 * cm_document_fetch:
 * @self: a document
 * @depth: how far: from 0 on, one after the other, to %CM_DOCUMENT_DEPTH
 *
 * Asks for it to be brought into the cache, and does not wait for that.
 */
void
cm_document_fetch (const CmDocument *self,
                   guint             depth)
{
  if (depth == 0)
    cm_fetch (self, sizeof *self);
  else if (depth == 1)
    cm_fetch (self->attention, sizeof *self->attention);

  if (depth > 0)
    {
      cm_items_fetch (&self->persons, depth - 1);
      cm_items_fetch (&self->legs, depth - 1);
    }
}

/* Returns: (transfer none): a line of the roster, by address */
const CmPerson *
cm_document_get_person (const CmDocument *self,
                        guint             i)
{
  return cm_items_get (&self->persons, i);
}

/* Returns: (transfer none): a leg, by id */
const CmLeg *
cm_document_get_leg (const CmDocument *self,
                     guint             i)
{
  return cm_items_get (&self->legs, i);
}

/**
 * cm_document_find_person:
 * @self: a document
 * @address: a normalised address
 *
 * Returns: (nullable) (transfer none): that person's line of the roster
 */
const CmPerson *
cm_document_find_person (const CmDocument *self,
                         const char       *address)
{
  return cm_items_find (&self->persons, address);
}

/**
 * cm_document_find_leg:
 * @self: a document
 * @id: a leg's id, "source#conversation"
 *
 * Returns: (nullable) (transfer none): that leg
 */
const CmLeg *
cm_document_find_leg (const CmDocument *self,
                      const char       *id)
{
  return cm_items_find (&self->legs, id);
}

/**
 * cm_document_add_person:
 * @self: a document
 * @address: a normalised address
 *
 * Returns: (transfer none): the person with that address, to be changed at once; a
 *   new one where there was none: then an attendee of whom nothing is known
 */
CmPerson *
cm_document_add_person (CmDocument *self,
                        const char *address)
{
  return cm_items_edit (&self->persons, &cm_person_type, address);
}

/**
 * cm_document_add_leg:
 * @self: a document
 * @id: a leg's id
 *
 * Returns: (transfer none): the leg with that id, to be changed at once; a new and
 *   idle one where there was none
 */
CmLeg *
cm_document_add_leg (CmDocument *self,
                     const char *id)
{
  return cm_items_edit (&self->legs, &cm_leg_type, id);
}

/* Returns: (transfer none): a line of the roster, to be changed at once */
CmPerson *
cm_document_edit_person (CmDocument *self,
                         guint       i)
{
  return cm_document_add_person (self, cm_document_get_person (self, i)->address);
}

/* Returns: (transfer none): a leg, to be changed at once */
CmLeg *
cm_document_edit_leg (CmDocument *self,
                      guint       i)
{
  return cm_document_add_leg (self, cm_document_get_leg (self, i)->id);
}

/**
 * cm_document_set_person:
 * @self: a document
 * @address: whose line of the roster
 * @person: what is to stand there but for the address
 *
 * Returns: (transfer none): the line, to be changed at once
 */
CmPerson *
cm_document_set_person (CmDocument     *self,
                        const char     *address,
                        const CmPerson *person)
{
  CmPerson *to = cm_document_add_person (self, address);

  cm_item_assign (&cm_person_type, to, person);

  return to;
}

void
cm_document_clear_persons (CmDocument *self)
{
  cm_items_clear (&self->persons, &cm_person_type);
}

void
cm_document_remove_person (CmDocument *self,
                           const char *address)
{
  cm_items_remove (&self->persons, &cm_person_type, address);
}

void
cm_document_remove_leg (CmDocument *self,
                        const char *id)
{
  cm_items_remove (&self->legs, &cm_leg_type, id);
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
  if (self->attention == cm_document_fresh.attention)
    self->attention = cm_attention_list_new ();

  return cm_attention_list_add (self->attention);
}

/**
 * cm_document_share_attention:
 * @self: a document
 * @attention: (transfer none) (element-type CmAttention): all that needs attention, which
 *   nobody changes any more
 */
void
cm_document_share_attention (CmDocument *self,
                             GPtrArray  *attention)
{
  cm_document_clear_attention (self);
  if (attention->len > 0)
    self->attention = g_ptr_array_ref (attention);
}
