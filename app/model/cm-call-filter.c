/* cm-call-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-filter.h"

#include <string.h>

/* What is not known is not searched. */
static void
append_text (GString    *out,
             const char *text)
{
  if (text == NULL)
    return;

  g_string_append (out, text);
  g_string_append_c (out, '\n');
}

/* Most often they are not only equal: it is the same string. */
static gboolean
is_same (const char *a,
         const char *b)
{
  return a == b || g_strcmp0 (a, b) == 0;
}

static gboolean
has_same_persons (const CmDocument *a,
                  const CmDocument *b)
{
  if (a->persons.len != b->persons.len)
    return FALSE;

  for (guint i = 0; i < a->persons.len; i++)
    {
      const CmPerson *first = cm_document_get_person (a, i);
      const CmPerson *second = cm_document_get_person (b, i);

      if (!is_same (first->name, second->name) || !is_same (first->address, second->address))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_same_numbers (const CmAccess *a,
                  const CmAccess *b)
{
  if (a->numbers == NULL || b->numbers == NULL)
    return a->numbers == b->numbers;

  return g_strv_equal ((const char * const *) a->numbers, (const char * const *) b->numbers);
}

static gboolean
has_source (const CmDocument *document,
            const char       *source)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      if (g_strcmp0 (leg->source, source) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_kind (const CmDocument *document,
          CmCallKinds       kinds)
{
  if (kinds == CM_CALL_KINDS_ALL)
    return TRUE;

  return (document->kind == CM_KIND_CONFERENCE) == (kinds == CM_CALL_KINDS_CONFERENCES);
}

gboolean
cm_call_filter_is_none (const CmCallFilter *self)
{
  return !self->attention && self->kinds == CM_CALL_KINDS_ALL && self->source == NULL &&
         self->phase == CM_PHASE_ANY;
}

/* Returns: whether @document is to be shown */
gboolean
cm_call_filter_match (const CmCallFilter *self,
                      const CmDocument   *document)
{
  if (self->attention && document->attention->len == 0)
    return FALSE;
  if (self->phase != CM_PHASE_ANY && (int) document->phase != self->phase)
    return FALSE;

  return has_kind (document, self->kinds) &&
         (self->source == NULL || has_source (document, self->source));
}

void
cm_call_filter_set (CmCallFilter       *self,
                    const CmCallFilter *other)
{
  char *source = g_strdup (other->source);

  g_free (self->source);
  *self = *other;
  self->source = source;
}

void
cm_call_filter_clear (CmCallFilter *self)
{
  g_clear_pointer (&self->source, g_free);
}

/**
 * cm_search_fold:
 * @text: what a person wrote
 *
 * Returns: (transfer full): @text in the form in which texts are compared:
 *   without case, and composed in one way only
 */
char *
cm_search_fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

/* The same byte eight times. */
#define EIGHT(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Each of eight bytes of ASCII: what is added reaches the eighth bit from 'A' on, and what is
 * added besides only behind 'Z'. */
static inline guint64
lower (guint64 bytes)
{
  guint64 upper = (bytes + EIGHT (0x80 - 'A')) & ~(bytes + EIGHT (0x7f - 'Z')) & EIGHT (0x80);

  return bytes | upper >> 2;
}

/* Returns: whether @text is all ASCII, and now is without case; else nothing is done */
static gboolean
fold_ascii (char *text,
            gsize size)
{
  gsize whole = size - size % sizeof (guint64);
  guint64 word, all = 0;

  for (gsize i = 0; i < whole; i += sizeof word)
    {
      memcpy (&word, text + i, sizeof word);
      all |= word;
    }
  if ((all & EIGHT (0x80)) != 0 || !g_str_is_ascii (text + whole))
    return FALSE;

  for (gsize i = 0; i < whole; i += sizeof word)
    {
      memcpy (&word, text + i, sizeof word);
      word = lower (word);
      memcpy (text + i, &word, sizeof word);
    }
  for (gsize i = whole; i < size; i++)
    text[i] = g_ascii_tolower (text[i]);

  return TRUE;
}

/**
 * cm_search_dup_text:
 * @document: a document
 *
 * Returns: (transfer full): all that can be searched, folded: subject, names,
 *   addresses, numbers, conference id
 */
char *
cm_search_dup_text (const CmDocument *document)
{
  g_autoptr (GString) out = g_string_sized_new (256);
  char **numbers = document->conference.access.numbers;

  append_text (out, document->subject);
  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      append_text (out, person->name);
      append_text (out, person->address);
    }
  append_text (out, document->conference.organizer);
  append_text (out, document->conference.key);
  append_text (out, document->conference.access.id);
  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    append_text (out, numbers[i]);

  /* Most often, as for each call of a snapshot, there is nothing else. */
  return fold_ascii (out->str, out->len) ? g_strndup (out->str, out->len) : cm_search_fold (out->str);
}

/* Returns: whether cm_search_dup_text() of both is the same */
gboolean
cm_search_is_same (const CmDocument *a,
                   const CmDocument *b)
{
  return is_same (a->subject, b->subject) && has_same_persons (a, b) &&
         is_same (a->conference.organizer, b->conference.organizer) &&
         is_same (a->conference.key, b->conference.key) &&
         is_same (a->conference.access.id, b->conference.access.id) &&
         has_same_numbers (&a->conference.access, &b->conference.access);
}

/**
 * cm_search_match:
 * @text: what cm_search_dup_text() gave
 * @words: folded words
 *
 * Returns: whether @text has all of them
 */
gboolean
cm_search_match (const char  *text,
                 char       **words)
{
  for (; *words != NULL; words++)
    {
      if (strstr (text, *words) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * cm_search_find_person:
 * @document: a document
 * @words: folded words
 *
 * Returns: (nullable) (transfer none): the person whose name or address has all of
 *   @words: why a conversation was found that does not look like it
 */
const CmPerson *
cm_search_find_person (const CmDocument  *document,
                       char             **words)
{
  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);
      g_autofree char *joined = g_strjoin ("\n", person->address,
                                           person->name != NULL ? person->name : "", NULL);
      g_autofree char *folded = cm_search_fold (joined);

      if (cm_search_match (folded, words))
        return person;
    }

  return NULL;
}
