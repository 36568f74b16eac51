/* cm-document-attention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-document-attention.h"

#include <glib/gi18n-lib.h>

#include "model/cm-document-words.h"
#include "model/cm-words.h"

/* What a rule says while its state lasts; the others are said by the state itself,
 * or have no span that helps. */
static const struct
{
  const char *rule;
  const char *words;
} lasting[] = {
  /* Translators: the span is like “5 min”; so in the next five */
  { "alone", N_ ("Alone in the call for %s") },
  { "escalation-stuck", N_ ("The escalation stands still for %s") },
  { "lobby-wait", N_ ("Somebody waits in the lobby for %s") },
  { "no-presenter", N_ ("No presenter for %s") },
  { "ringing", N_ ("Ringing for %s") },
  { "unconfirmed", N_ ("Not confirmed for %s") },
};

static const char *
find_lasting (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (lasting); i++)
    {
      if (g_strcmp0 (lasting[i].rule, rule) == 0)
        return _ (lasting[i].words);
    }

  return NULL;
}

static char *
dup_lasting (const char *format,
             gint64      span)
{
  g_autofree char *words = cm_words_dup_span (span);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (words, parts);
}

/**
 * cm_document_get_as_of:
 * @self: a document
 *
 * Returns: since when nobody who reports the conversation answers, ms UTC: what it
 *   says was so then; %CM_TIME_NONE where one of its sources is there
 */
gint64
cm_document_get_as_of (const CmDocument *self)
{
  gint64 latest = CM_TIME_NONE;

  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->phase == CM_PHASE_ENDED)
        continue;
      if (leg->silent_since == CM_TIME_NONE)
        return CM_TIME_NONE;
      latest = MAX (latest, leg->silent_since);
    }

  return latest;
}

/* A rule lasts a while longer than what it is about. Of an escalation that has failed,
 * or has come to its end, it would be wrong to say meanwhile that it stands still. */
static gboolean
is_over (const CmDocument  *self,
         const CmAttention *attention)
{
  const CmLeg *leg = attention->leg != NULL ? cm_document_find_leg (self, attention->leg) : NULL;

  return leg != NULL && g_strcmp0 (attention->rule, "escalation-stuck") == 0 && leg->phase != CM_PHASE_ESCALATING;
}

/**
 * cm_document_get_reason:
 * @self: a document
 *
 * Returns: (nullable) (transfer none): the worst of why the conversation needs attention
 *   that is still so
 */
const CmAttention *
cm_document_get_reason (const CmDocument *self)
{
  for (guint i = 0; i < self->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (self->attention, i);

      if (!is_over (self, attention))
        return attention;
    }

  return NULL;
}

/**
 * cm_document_dup_reason_at:
 * @self: a document
 * @mirrored: (nullable): the id of the leg that "you" is
 * @now: the tracker's time, ms UTC
 *
 * Returns: (nullable) (transfer full): why the conversation needs attention, the worst
 *   reason first: "On hold for 5 min"; the state where none is still so
 */
char *
cm_document_dup_reason_at (const CmDocument *self,
                           const char       *mirrored,
                           gint64            now)
{
  const CmAttention *attention = cm_document_get_reason (self);
  const char *format = attention != NULL ? find_lasting (attention->rule) : NULL;

  if (attention == NULL)
    return self->attention->len > 0 ? cm_document_dup_state_at (self, mirrored, now) : NULL;

  if (format != NULL && attention->since != CM_TIME_NONE && now != CM_TIME_NONE)
    return dup_lasting (format, now - attention->since);

  if ((g_str_equal (attention->rule, "on-hold") && self->phase == CM_PHASE_ON_HOLD) ||
      (g_str_equal (attention->rule, "left-not-rejoined") && self->phase == CM_PHASE_LEFT) ||
      (g_str_equal (attention->rule, "escalation-failed") && self->phase == CM_PHASE_FAILED))
    return cm_document_dup_state_at (self, mirrored, now);

  return g_strdup (cm_words_get_rule (attention->rule));
}

/**
 * cm_words_dup_as_of:
 * @as_of: ms UTC
 *
 * Returns: (transfer full): "as of 14:03:22", where the user is
 */
char *
cm_words_dup_as_of (gint64 as_of)
{
  g_autofree char *clock = cm_words_dup_clock (as_of);

  /* Translators: what is shown was so at that time of day */
  return g_strdup_printf (_ ("as of %s"), clock);
}
