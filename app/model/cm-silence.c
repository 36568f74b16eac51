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
  for (guint i = 0; i < document->legs->len; i++)
    {
      if (is_silent (g_ptr_array_index (document->legs, i)))
        return TRUE;
    }

  return FALSE;
}

static CmSilence *
get_silence (GPtrArray        *silences,
             const CmDocument *document,
             const CmLeg      *leg)
{
  CmSilence *silence;

  for (guint i = 0; i < silences->len; i++)
    {
      silence = g_ptr_array_index (silences, i);
      if (g_str_equal (silence->source, leg->source))
        return silence;
    }

  silence = g_new0 (CmSilence, 1);
  silence->source = g_strdup (leg->source);
  silence->name = cm_document_dup_leg_name (document, leg);
  silence->since = leg->silent_since;
  silence->conversations = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (silences, silence);

  return silence;
}

static void
collect (GPtrArray      *silences,
         CmConversation *conversation)
{
  const CmDocument *document = cm_conversation_get_document (conversation);

  for (guint i = 0; i < document->legs->len; i++)
    {
      const CmLeg *leg = g_ptr_array_index (document->legs, i);
      CmSilence *silence;

      if (!is_silent (leg))
        continue;

      silence = get_silence (silences, document, leg);
      if (!g_ptr_array_find (silence->conversations, conversation, NULL))
        g_ptr_array_add (silence->conversations, g_object_ref (conversation));
    }
}

static int
compare_silences (gconstpointer a,
                  gconstpointer b)
{
  const CmSilence *first = *(const CmSilence * const *) a;
  const CmSilence *second = *(const CmSilence * const *) b;

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

/**
 * cm_silence_collect:
 * @conversations: (element-type CmConversation): a set of those to look at
 *
 * Returns: (transfer full) (element-type CmSilence): whose sources do not answer, the
 *   longest silent first
 */
GPtrArray *
cm_silence_collect (GHashTable *conversations)
{
  GPtrArray *silences = g_ptr_array_new_with_free_func (silence_free);
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, conversations);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    collect (silences, conversation);

  g_ptr_array_sort (silences, compare_silences);
  for (guint i = 0; i < silences->len; i++)
    g_ptr_array_sort (((CmSilence *) g_ptr_array_index (silences, i))->conversations, compare_ids);

  return silences;
}

/**
 * cm_silence_dup_words:
 * @self: a source that does not answer
 * @now: the tracker's time, ms UTC
 *
 * Returns: (nullable) (transfer full): the banner's words for it, once it has not
 *   answered for a while
 */
char *
cm_silence_dup_words (const CmSilence *self,
                      gint64           now)
{
  g_autofree char *span = NULL;

  if (now == CM_TIME_NONE || now - self->since < CM_SILENCE_TOLD_AFTER)
    return NULL;

  span = cm_words_dup_span (now - self->since);

  /* Translators: a station, and a span like “15 s” */
  return g_strdup_printf (_ ("%s has not answered for %s"), self->name, span);
}
