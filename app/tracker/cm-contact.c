/* cm-contact.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-contact.h"

#include "core/cm-pack-fields.h"
#include "core/cm-text-hash.h"
#include "model/cm-address.h"

/* How many spellings of addresses are remembered; then it begins anew. */
#define MAX_SPELLINGS 65536

struct _CmContactBook
{
  GHashTable *contacts;  /* address → CmContact, owned */
  GHashTable *spellings; /* CmText in one block → CmContact, borrowed */
  GQueue      idle;      /* CmContact that no leg lists, the oldest first */
  guint       max_contacts;
};

static void
contact_free (CmContact *contact)
{
  g_clear_pointer (&contact->address, g_ref_string_release);
  g_clear_pointer (&contact->activity, g_ref_string_release);
  g_ptr_array_unref (contact->legs);
  g_free (contact);
}

/**
 * cm_contact_book_new:
 * @max_contacts: how many persons that no leg lists are remembered, for what
 *   they published before they were in a call
 *
 * Returns: (transfer full): an empty book
 */
CmContactBook *
cm_contact_book_new (guint max_contacts)
{
  CmContactBook *self = g_new0 (CmContactBook, 1);

  self->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) contact_free);
  self->spellings = g_hash_table_new_full (cm_text_hash, cm_text_hash_equal, g_free, NULL);
  self->max_contacts = max_contacts;
  g_queue_init (&self->idle);

  return self;
}

/**
 * cm_contact_book_free:
 * @self: (transfer full): a book
 */
void
cm_contact_book_free (CmContactBook *self)
{
  g_queue_clear (&self->idle);
  g_hash_table_unref (self->spellings);
  g_hash_table_unref (self->contacts);
  g_free (self);
}

/* A spelling may name a contact that goes: all are forgotten together, which
 * happens once in many thousand contacts. */
static void
drop_oldest (CmContactBook *self)
{
  CmContact *contact = g_queue_pop_head (&self->idle);

  contact->idle = FALSE;
  if (contact->legs->len > 0)
    return;

  g_hash_table_remove_all (self->spellings);
  g_hash_table_remove (self->contacts, contact->address);
}

static void
remember_idle (CmContactBook *self,
               CmContact     *contact)
{
  if (contact->idle)
    return;

  contact->idle = TRUE;
  g_queue_push_tail (&self->idle, contact);
  while (self->idle.length > self->max_contacts)
    drop_oldest (self);
}

static CmContact *
add_contact (CmContactBook *self,
             const char    *address)
{
  CmContact *contact = g_new0 (CmContact, 1);

  contact->address = g_ref_string_new (address);
  contact->availability = -1;
  contact->legs = g_ptr_array_new ();
  g_hash_table_insert (self->contacts, contact->address, contact);

  return contact;
}

static CmContact *
learn_spelling (CmContactBook *self,
                CmText         uri)
{
  g_autofree char *address = cm_address_normalize (uri);
  CmContact *contact = g_hash_table_lookup (self->contacts, address);

  if (contact == NULL)
    {
      contact = add_contact (self, address);
      remember_idle (self, contact);
    }

  if (g_hash_table_size (self->spellings) >= MAX_SPELLINGS)
    g_hash_table_remove_all (self->spellings);
  g_hash_table_insert (self->spellings, cm_text_hash_key_new (uri), contact);

  return contact;
}

/* Returns: (nullable) (transfer none): who has that normalised address, if anybody does */
CmContact *
cm_contact_book_find (CmContactBook *self,
                      const char    *address)
{
  return g_hash_table_lookup (self->contacts, address);
}

/**
 * cm_contact_book_get:
 * @self: a book
 * @uri: a person's URI in any spelling
 * @now: the tracker's time, ms UTC
 *
 * Returns: (transfer none): that person. It is remembered while a leg lists it
 *   and for some time after that.
 */
CmContact *
cm_contact_book_get (CmContactBook *self,
                     CmText         uri,
                     gint64         now)
{
  CmContact *contact = g_hash_table_lookup (self->spellings, &uri);

  if (contact == NULL)
    contact = learn_spelling (self, uri);
  contact->touched = now;

  return contact;
}

/**
 * cm_contact_book_release:
 * @self: a book
 * @contact: a person
 * @leg: a leg that no longer lists that person
 */
void
cm_contact_book_release (CmContactBook *self,
                         CmContact     *contact,
                         gpointer       leg)
{
  g_ptr_array_remove_fast (contact->legs, leg);
  if (contact->legs->len == 0)
    remember_idle (self, contact);
}

/**
 * cm_contact_book_get_n:
 * @self: a book
 *
 * Returns: how many persons are remembered
 */
guint
cm_contact_book_get_n (CmContactBook *self)
{
  return g_hash_table_size (self->contacts);
}

/**
 * cm_contact_book_forget:
 * @self: a book
 * @time: ms UTC
 *
 * Forgets whom no leg lists and no source has named since.
 */
void
cm_contact_book_forget (CmContactBook *self,
                        gint64         time)
{
  GList *next;

  for (GList *l = self->idle.head; l != NULL; l = next)
    {
      CmContact *contact = l->data;

      next = l->next;
      if (contact->legs->len > 0 || contact->touched >= time)
        continue;

      g_queue_delete_link (&self->idle, l);
      g_hash_table_remove_all (self->spellings);
      g_hash_table_remove (self->contacts, contact->address);
    }
}

static const CmPackField contact_fields[] = {
  CM_PACK_TEXT_FIELD (CmContact, address),
  CM_PACK_TEXT_FIELD (CmContact, activity),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT64, CmContact, availability, G_MININT64, G_MAXINT64),
  CM_PACK_TIME_FIELD (CmContact, touched),
};

static void
write_contact (CmContact    *contact,
               CmPackWriter *pack,
               GHashTable   *places)
{
  cm_pack_writer_fields (pack, contact_fields, G_N_ELEMENTS (contact_fields), contact);
  g_hash_table_insert (places, contact, GUINT_TO_POINTER (g_hash_table_size (places)));
}

/**
 * cm_contact_book_write:
 * @self: a book
 * @pack: where to
 *
 * Those who wait to be forgotten come first, in their order.
 *
 * Returns: (transfer full) (element-type CmContact guint): which place each has
 */
GHashTable *
cm_contact_book_write (CmContactBook *self,
                       CmPackWriter  *pack)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer contact;

  cm_pack_writer_number (pack, g_hash_table_size (self->contacts));
  cm_pack_writer_number (pack, self->idle.length);
  for (GList *l = self->idle.head; l != NULL; l = l->next)
    write_contact (l->data, pack, places);

  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, NULL, &contact))
    {
      if (!((CmContact *) contact)->idle)
        write_contact (contact, pack, places);
    }

  return places;
}

static CmContact *
read_contact (CmContactBook *self,
              CmPackReader  *pack)
{
  CmContact *contact = g_new0 (CmContact, 1);

  contact->legs = g_ptr_array_new ();
  cm_pack_reader_fields (pack, contact_fields, G_N_ELEMENTS (contact_fields), contact);
  if (contact->address != NULL && !g_hash_table_contains (self->contacts, contact->address))
    {
      g_hash_table_insert (self->contacts, contact->address, contact);
      return contact;
    }

  contact_free (contact);
  cm_pack_reader_fail (pack);

  return NULL;
}

/**
 * cm_contact_book_read:
 * @self: an empty book
 * @pack: where from
 *
 * Returns: (transfer full) (element-type CmContact): the persons, by their places
 */
GPtrArray *
cm_contact_book_read (CmContactBook *self,
                      CmPackReader  *pack)
{
  guint n_contacts = cm_pack_reader_count (pack);
  guint n_idle = (guint) cm_pack_reader_number (pack, 0, n_contacts);
  GPtrArray *contacts = g_ptr_array_new ();

  for (guint i = 0; i < n_contacts && cm_pack_reader_is_good (pack); i++)
    {
      CmContact *contact = read_contact (self, pack);

      if (contact == NULL)
        break;

      g_ptr_array_add (contacts, contact);
      if (i < n_idle)
        {
          contact->idle = TRUE;
          g_queue_push_tail (&self->idle, contact);
        }
    }

  return contacts;
}
