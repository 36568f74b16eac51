/* cm-disguise.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-disguise.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/cm-words.h"

/* What of a number is left to be told apart by. */
#define N_DIGITS 3
#define HIDDEN "•••"

struct _CmDisguise
{
  GHashTable *people;    /* address: the number that stands for it */
  GHashTable *originals; /* id: CmDocument, as it is without the disguise */
};

static void
set_text (char **text,
          char  *to)
{
  g_clear_pointer (text, g_ref_string_release);
  *text = to != NULL ? g_ref_string_new (to) : NULL;
  g_free (to);
}

static guint
get_number (CmDisguise *self,
            const char *address)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->people, address));

  if (number == 0)
    {
      number = g_hash_table_size (self->people) + 1;
      g_hash_table_insert (self->people, g_strdup (address), GUINT_TO_POINTER (number));
    }

  return number;
}

/* Returns: (transfer full): what stands for who has @address */
char *
cm_disguise_dup_name (CmDisguise *self,
                      const char *address)
{
  /* Translators: stands for a name that is hidden, with a number to tell people apart */
  return g_strdup_printf (_ ("Person %u"), get_number (self, address));
}

/* In the form of an address, since it is one in every place. */
static char *
dup_address (CmDisguise *self,
             const char *address)
{
  g_autofree char *name = cm_disguise_dup_name (self, address);

  return g_strconcat ("sip:", name, NULL);
}

/* Returns: (transfer full): what stands for a source: for Ana where it is her station */
char *
cm_disguise_dup_source (CmDisguise *self,
                        const char *source)
{
  g_autofree char *address = g_strconcat ("sip:", cm_words_get_station (source), NULL);

  return cm_disguise_dup_name (self, address);
}

static char *
dup_digits (const char *number)
{
  gsize length = strlen (number);

  if (length <= N_DIGITS || !g_utf8_validate (number + length - N_DIGITS, -1, NULL))
    return g_strdup (HIDDEN);

  return g_strconcat (HIDDEN, number + length - N_DIGITS, NULL);
}

static void
hide_access (CmAccess *access)
{
  if (access->id != NULL)
    set_text (&access->id, dup_digits (access->id));
  /* A link is of no use in part. */
  set_text (&access->join_url, NULL);

  for (guint i = 0; access->numbers != NULL && access->numbers[i] != NULL; i++)
    {
      char *hidden = dup_digits (access->numbers[i]);

      g_free (access->numbers[i]);
      access->numbers[i] = hidden;
    }
}

static void
hide_conference (CmDisguise   *self,
                 CmConference *conference)
{
  if (conference->organizer != NULL)
    set_text (&conference->organizer, dup_address (self, conference->organizer));
  set_text (&conference->uri, NULL);
  set_text (&conference->key, NULL);
  hide_access (&conference->access);
}

static void
hide_leg (CmDisguise *self,
          CmLeg      *leg)
{
  if (leg->source != NULL)
    set_text (&leg->source, cm_disguise_dup_source (self, leg->source));
  if (leg->inviter != NULL)
    set_text (&leg->inviter, dup_address (self, leg->inviter));
}

static void
hide_persons (CmDisguise       *self,
              const CmDocument *document,
              CmDocument       *hidden)
{
  cm_document_clear_persons (hidden);
  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);
      g_autofree char *address = dup_address (self, person->address);

      set_text (&cm_document_set_person (hidden, address, person)->name,
                cm_disguise_dup_name (self, person->address));
    }
}

CmDisguise *
cm_disguise_new (void)
{
  CmDisguise *self = g_new0 (CmDisguise, 1);

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->originals = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify) cm_document_free);

  return self;
}

void
cm_disguise_free (CmDisguise *self)
{
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->originals);
  g_free (self);
}

/**
 * cm_disguise_apply:
 * @self: a disguise
 * @document: a document
 *
 * The ids of conversation and legs stay: commands go by them, and nobody sees them.
 * A subject may name anybody, so it goes.
 *
 * Returns: (transfer full): the document without names and numbers
 */
CmDocument *
cm_disguise_apply (CmDisguise       *self,
                   const CmDocument *document)
{
  CmDocument *hidden = cm_document_copy (document);

  set_text (&hidden->subject, NULL);
  hide_conference (self, &hidden->conference);
  for (guint i = 0; i < document->legs.len; i++)
    hide_leg (self, cm_document_add_leg (hidden, cm_document_get_leg (document, i)->id));
  hide_persons (self, document, hidden);

  return hidden;
}

/**
 * cm_disguise_take:
 * @self: a disguise
 * @document: (transfer full): what a conversation is now
 *
 * As cm_disguise_apply(), and keeps what is hidden, to be shown again.
 *
 * Returns: (transfer full): what is to be shown of it
 */
CmDocument *
cm_disguise_take (CmDisguise *self,
                  CmDocument *document)
{
  if (document->replaces != NULL)
    g_hash_table_remove (self->originals, document->replaces);
  g_hash_table_replace (self->originals, document->id, document);

  return cm_disguise_apply (self, document);
}

/* @id: a conversation that is no more */
void
cm_disguise_forget (CmDisguise *self,
                    const char *id)
{
  g_hash_table_remove (self->originals, id);
}

/* Returns: (transfer none) (element-type utf8 CmDocument): what is hidden, by id */
GHashTable *
cm_disguise_get_originals (CmDisguise *self)
{
  return self->originals;
}

/**
 * cm_disguise_hide_ids:
 * @document: what cm_disguise_apply() has made
 * @number: the call's number where it goes to
 *
 * There are addresses in ids too, and what leaves the program is read by everybody.
 */
void
cm_disguise_hide_ids (CmDocument *document,
                      guint       number)
{
  g_autofree char *id = g_strdup_printf ("%u", number);

  set_text (&document->id, g_strdup (id));
  for (guint i = 0; i < document->legs.len; i++)
    {
      CmLeg *leg = cm_document_edit_leg (document, i);

      set_text (&leg->id, g_strdup_printf ("%s.%u", id, i + 1));
    }
}
