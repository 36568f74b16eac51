/* cm-silence.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-silence.h"

#include <glib/gi18n-lib.h>

#include "model/cm-words.h"

static void
silence_free (gpointer data)
{
  CmSilence *self = data;

  g_free (self->source);
  g_free (self->name);
  g_ptr_array_unref (self->conversations);
  g_free (self);
}

static gboolean
is_silent (const CmLeg *leg)
{
  return leg->phase != CM_PHASE_ENDED && leg->silent_since != CM_TIME_NONE && leg->source != NULL;
}

/* Returns: whether a source that reports @document does not answer */
gboolean
cm_silence_is_in (const CmDocument *document)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      if (is_silent (cm_document_get_leg (document, i)))
        return TRUE;
    }

  return FALSE;
}

static CmSilence *
find_silence (GPtrArray  *silences,
              const char *source)
{
  for (guint i = 0; i < silences->len; i++)
    {
      CmSilence *silence = g_ptr_array_index (silences, i);

      if (g_str_equal (silence->source, source))
        return silence;
    }

  return NULL;
}

/* Returns: (transfer full) (element-type CmSilence): none yet */
GPtrArray *
cm_silences_new (void)
{
  return g_ptr_array_new_with_free_func (silence_free);
}

/**
 * cm_silences_add:
 * @self: (element-type CmSilence): sources that do not answer
 * @source: the id of another one
 * @name: (nullable): what it is called, where that is known
 * @since: when something came from it last, ms UTC
 *
 * Returns: (transfer none): the new one, of which no call is known
 */
CmSilence *
cm_silences_add (GPtrArray  *self,
                 const char *source,
                 const char *name,
                 gint64      since)
{
  CmSilence *silence = g_new0 (CmSilence, 1);

  silence->source = g_strdup (source);
  silence->name = g_strdup (name != NULL ? name : cm_words_get_source (source));
  silence->since = since;
  silence->conversations = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self, silence);

  return silence;
}

static CmSilence *
get_silence (GPtrArray        *silences,
             const CmDocument *document,
             const CmLeg      *leg)
{
  CmSilence *silence = find_silence (silences, leg->source);
  g_autofree char *name = NULL;

  if (silence != NULL)
    return silence;

  name = cm_document_dup_leg_name (document, leg);

  return cm_silences_add (silences, leg->source, name, leg->silent_since);
}

static void
collect (GPtrArray      *silences,
         CmConversation *conversation)
{
  const CmDocument *document = cm_conversation_get_document (conversation);

  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);
      CmSilence *silence;

      if (!is_silent (leg))
        continue;

      silence = get_silence (silences, document, leg);
      if (!g_ptr_array_find (silence->conversations, conversation, NULL))
        g_ptr_array_add (silence->conversations, g_object_ref (conversation));
    }
}

/* In safe mode a source is called what its person is called. */
static void
add_idle (GPtrArray       *silences,
          const CmSilence *idle,
          CmDisguise      *disguise)
{
  g_autofree char *hidden = disguise != NULL ? cm_disguise_dup_source (disguise, idle->source) : NULL;
  const char *source = hidden != NULL ? hidden : idle->source;

  if (find_silence (silences, source) == NULL)
    cm_silences_add (silences, source, NULL, idle->since);
}

/* Those come first whose calls are on the screen. */
static int
compare_silences (gconstpointer a,
                  gconstpointer b)
{
  const CmSilence *first = *(const CmSilence * const *) a;
  const CmSilence *second = *(const CmSilence * const *) b;
  gboolean idle = first->conversations->len == 0;

  if (idle != (second->conversations->len == 0))
    return idle ? 1 : -1;
  if (first->since != second->since)
    return first->since < second->since ? -1 : 1;

  return g_strcmp0 (first->source, second->source);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return g_strcmp0 (cm_conversation_get_id (*(CmConversation * const *) a),
                    cm_conversation_get_id (*(CmConversation * const *) b));
}

/* @self: (element-type CmSilence): to be put in order, those with calls first, and of
 * them the longest silent */
void
cm_silences_sort (GPtrArray *self)
{
  g_ptr_array_sort (self, compare_silences);
  for (guint i = 0; i < self->len; i++)
    g_ptr_array_sort (((CmSilence *) g_ptr_array_index (self, i))->conversations, compare_ids);
}

/* Returns: whether both are of the same sources, silent since the same time */
gboolean
cm_silences_equal (GPtrArray *a,
                   GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const CmSilence *first = g_ptr_array_index (a, i);
      const CmSilence *second = g_ptr_array_index (b, i);

      if (first->since != second->since || !g_str_equal (first->source, second->source))
        return FALSE;
    }

  return TRUE;
}

/**
 * cm_silence_collect:
 * @conversations: (element-type CmConversation): a set of those to look at
 * @sources: (element-type CmSilence): which sources do not answer, also those that
 *   report no conversation
 * @disguise: (nullable): what hides names in @conversations
 *
 * Returns: (transfer full) (element-type CmSilence): all who do not answer, in the
 *   order of cm_silences_sort()
 */
GPtrArray *
cm_silence_collect (GHashTable *conversations,
                    GPtrArray  *sources,
                    CmDisguise *disguise)
{
  GPtrArray *silences = cm_silences_new ();
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, conversations);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    collect (silences, conversation);

  for (guint i = 0; i < sources->len; i++)
    add_idle (silences, g_ptr_array_index (sources, i), disguise);

  cm_silences_sort (silences);

  return silences;
}

/**
 * cm_silence_dup_words:
 * @self: a source that does not answer
 * @now: the tracker's time, ms UTC
 *
 * Returns: (transfer full): the banner's words for it
 */
char *
cm_silence_dup_words (const CmSilence *self,
                      gint64           now)
{
  g_autofree char *span = cm_words_dup_span (MAX (now - self->since, 0));

  /* Translators: a station, and a span like “15 s” */
  return g_strdup_printf (_ ("%s has not answered for %s"), self->name, span);
}
