/* cm-document-items.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"
#include "model/cm-items-private.h"

/* A person or a leg that is in no document: what is made of a report, to be compared
 * with what a document has of it. */

/**
 * cm_person_init:
 * @self: a line of a roster that is in none
 * @address: (transfer none): its address
 *
 * Makes it an attendee of whom nothing is known.
 */
void
cm_person_init (CmPerson *self,
                char     *address)
{
  *self = *(const CmPerson *) cm_person_type.fresh;
  self->address = address;
}

/* @self: what cm_person_init() has begun */
void
cm_person_clear (CmPerson *self)
{
  cm_fields_free (cm_person_fields, self);
}

/* Returns: whether they say the same of somebody, to the tracker too */
gboolean
cm_person_equal (const CmPerson *a,
                 const CmPerson *b)
{
  return a->role_known == b->role_known && cm_fields_equal (cm_person_fields, a, b);
}

/**
 * cm_leg_init:
 * @self: a leg that is in no document
 * @id: (transfer none): its id
 *
 * Makes it one of which nothing is known.
 */
void
cm_leg_init (CmLeg *self,
             char  *id)
{
  *self = *(const CmLeg *) cm_leg_type.fresh;
  self->id = id;
}

/**
 * cm_document_share_items:
 * @self: a document without people and legs
 * @from: another one
 *
 * Gives it the people and legs of @from.
 */
void
cm_document_share_items (CmDocument       *self,
                         const CmDocument *from)
{
  self->persons = from->persons;
  self->legs = from->legs;
  cm_items_share (&self->persons);
  cm_items_share (&self->legs);
}

/**
 * cm_document_leave_changed:
 * @self: a document
 * @other: what has become of it, or will
 *
 * Takes the people out of both of whom both say the same. What is to be told to make
 * one out of the other stays what it was.
 */
void
cm_document_leave_changed (CmDocument *self,
                           CmDocument *other)
{
  CmItems persons = self->persons, others = other->persons;
  CmItemsWalk walk;
  gconstpointer person, another;

  self->persons = other->persons = (CmItems) { 0 };
  cm_items_walk_init (&walk, &persons, &others);
  while (cm_items_walk_next (&walk, &person, &another))
    {
      if (person != NULL)
        cm_document_set_person (self, cm_item_get_key (person), person);
      if (another != NULL)
        cm_document_set_person (other, cm_item_get_key (another), another);
    }

  cm_items_clear (&persons, &cm_person_type);
  cm_items_clear (&others, &cm_person_type);
}

/**
 * cm_document_take_person:
 * @self: a document
 * @person: (inout): what cm_person_init() has begun; it is not to be used again
 *
 * Puts it into the roster, for whoever had that address there.
 */
void
cm_document_take_person (CmDocument *self,
                         CmPerson   *person)
{
  cm_item_take (&cm_person_type, cm_items_edit (&self->persons, &cm_person_type, person->address), person);
}

/**
 * cm_document_take_leg:
 * @self: a document
 * @leg: (inout): what cm_leg_init() has begun; it is not to be used again
 *
 * Puts it among the legs, for the one that had that id; nothing is changed where that
 * one says the same.
 */
void
cm_document_take_leg (CmDocument *self,
                      CmLeg      *leg)
{
  const CmLeg *before = cm_document_find_leg (self, leg->id);

  if (before != NULL && cm_fields_equal (cm_leg_fields, before, leg))
    cm_fields_free (cm_leg_fields, leg);
  else
    cm_item_take (&cm_leg_type, cm_items_edit (&self->legs, &cm_leg_type, leg->id), leg);
}
