/* cm-document-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-document-words.h"

#include <glib/gi18n-lib.h>

#include "model/cm-document-attention.h"
#include "model/cm-words.h"

/* Under a minute "You have left the call" says enough. */
#define LONG_AWAY (60 * 1000)

static char *
dup_left (const CmDocument *self,
          const CmLeg      *leg,
          gboolean          own)
{
  g_autofree char *name = NULL;

  if (own || leg == NULL)
    return g_strdup (_ ("You have left the call"));

  name = cm_document_dup_leg_name (self, leg);

  return g_strdup_printf (_ ("%s has left the call"), name);
}

static char *
dup_long_left (const CmDocument *self,
               const CmLeg      *leg,
               gboolean          own,
               gint64            away)
{
  g_autofree char *span = cm_words_dup_span (away);
  g_autofree char *name = own ? NULL : cm_document_dup_leg_name (self, leg);

  if (own)
    /* Translators: the span is like “5 min” */
    return self->live ? g_strdup_printf (_ ("You left %s ago, call still on"), span)
                      : g_strdup_printf (_ ("You left %s ago"), span);

  /* Translators: a name, and a span like “5 min” */
  return self->live ? g_strdup_printf (_ ("%s left %s ago, call still on"), name, span)
                    : g_strdup_printf (_ ("%s left %s ago"), name, span);
}

static char *
dup_waiting (const char *words,
             gint64      since,
             gint64      now)
{
  g_autofree char *span = NULL;

  if (since == CM_TIME_NONE)
    return g_strdup (words);

  span = cm_words_dup_span (now - since);

  /* Translators: a state and how long it lasts: “On hold for 5 min” */
  return g_strdup_printf (_ ("%s for %s"), words, span);
}

static char *
dup_removed (const CmDocument *self,
             const CmLeg      *leg,
             gboolean          own)
{
  g_autofree char *name = own ? NULL : cm_document_dup_leg_name (self, leg);

  return own ? g_strdup (_ ("You have been removed from the call"))
             : g_strdup_printf (_ ("%s has been removed from the call"), name);
}

/* The banners stand in the order in which they are to be shown. */
static const CmLeg *
get_banner_leg (const CmDocument *self,
                const char       *mirrored)
{
  const CmLeg *best = NULL;

  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->banner == CM_BANNER_NONE)
        continue;

      if (best == NULL || leg->banner < best->banner ||
          (leg->banner == best->banner &&
           (g_strcmp0 (leg->id, mirrored) == 0 ||
            (g_strcmp0 (best->id, mirrored) != 0 && leg->timing.left > best->timing.left))))
        best = leg;
    }

  return best;
}

static char *
dup_lobby (const CmDocument *self)
{
  guint n = cm_document_get_counts (self).lobby;

  if (n == 0)
    return g_strdup (_ ("Waiting in lobby"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person is waiting in the lobby",
                                       "%u people are waiting in the lobby", n),
                          n);
}

static void
set_lobby (const CmDocument *self,
           CmBannerText     *banner)
{
  banner->words = dup_lobby (self);
  if (cm_document_get_counts (self).lobby == 0)
    return;

  banner->action = CM_BANNER_ACTION_SEE_LOBBY;
  banner->button = _ ("See Lobby");
}

static void
set_leg_banner (const CmDocument *self,
                const CmLeg      *leg,
                gboolean          own,
                CmBannerText     *banner)
{
  switch (leg->banner)
    {
    case CM_BANNER_LEFT_CALL:
      banner->words = dup_left (self, leg, own);
      banner->action = CM_BANNER_ACTION_REJOIN;
      banner->button = _ ("Rejoin");
      break;
    case CM_BANNER_REMOVED:
      banner->words = dup_removed (self, leg, own);
      break;
    case CM_BANNER_REJOINING:
      banner->words = g_strdup (_ ("Rejoining the call"));
      break;
    case CM_BANNER_ESCALATION_FAILED:
      banner->words = leg->reason == NULL ?
        g_strdup (_ ("Could not join the conference")) :
        g_strdup_printf (_ ("Could not join the conference: %s"),
                         cm_words_get_reason (leg->reason));
      break;
    case CM_BANNER_LOBBY:
      set_lobby (self, banner);
      break;
    case CM_BANNER_NONE:
    default:
      break;
    }
}

/**
 * cm_document_get_shown_leg:
 * @self: a document
 *
 * Returns: (nullable) (transfer none): the leg that the conversation has its phase
 *   of; one with a banner before one without
 */
const CmLeg *
cm_document_get_shown_leg (const CmDocument *self)
{
  const CmLeg *shown = NULL;

  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->phase != self->phase)
        continue;
      if (shown == NULL ||
          (shown->banner == CM_BANNER_NONE && leg->banner != CM_BANNER_NONE))
        shown = leg;
    }

  return shown;
}

/* What is said of the leg that is you goes before what may be said of others. */
static const CmLeg *
get_told_leg (const CmDocument *self,
              const char       *mirrored)
{
  for (guint i = 0; mirrored != NULL && i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->phase == self->phase && g_str_equal (leg->id, mirrored))
        return leg;
    }

  return cm_document_get_shown_leg (self);
}

static gboolean
is_you (const CmLeg *leg,
        const char  *mirrored)
{
  return leg != NULL && g_strcmp0 (leg->id, mirrored) == 0;
}

/**
 * cm_document_dup_state:
 * @self: a document
 * @mirrored: (nullable): the id of the leg that "you" is
 *
 * Returns: (transfer full): the state in one plain sentence, without times
 */
char *
cm_document_dup_state (const CmDocument *self,
                       const char       *mirrored)
{
  const CmLeg *leg = get_told_leg (self, mirrored);
  CmPhase phase = cm_document_get_shown_phase (self);

  if (phase == CM_PHASE_LEFT && leg != NULL && leg->banner == CM_BANNER_REMOVED)
    return dup_removed (self, leg, is_you (leg, mirrored));

  if (phase == CM_PHASE_LEFT)
    return dup_left (self, leg, is_you (leg, mirrored));

  if (phase == CM_PHASE_FAILED)
    return cm_document_dup_step (self);

  if (phase == CM_PHASE_ESCALATING && leg != NULL && leg->role == CM_LEG_ROLE_INVITED)
    return g_strdup (_ ("Joining the conference"));

  return g_strdup (cm_words_get_phase (phase, self->kind,
                                       leg != NULL ? leg->direction : CM_LEG_DIRECTION_NONE));
}

/**
 * cm_document_dup_state_at:
 * @self: a document
 * @mirrored: (nullable): as above
 * @now: the tracker's time
 *
 * Returns: (transfer full): the same, with how long it has been so where that
 *   matters
 */
char *
cm_document_dup_state_at (const CmDocument *self,
                          const char       *mirrored,
                          gint64            now)
{
  const CmLeg *leg = get_told_leg (self, mirrored);
  g_autofree char *state = cm_document_dup_state (self, mirrored);

  if (leg == NULL || now == CM_TIME_NONE)
    return g_steal_pointer (&state);

  if (self->phase == CM_PHASE_ON_HOLD)
    return dup_waiting (state, leg->timing.hold_since, now);

  if (self->phase == CM_PHASE_LOBBY)
    return dup_waiting (state, leg->escalation.since, now);

  if (self->phase == CM_PHASE_LEFT && leg->banner != CM_BANNER_REMOVED && leg->timing.left != CM_TIME_NONE &&
      now - leg->timing.left >= LONG_AWAY)
    return dup_long_left (self, leg, is_you (leg, mirrored), now - leg->timing.left);

  return g_steal_pointer (&state);
}

/**
 * cm_document_dup_sentence:
 * @self: a document
 * @mirrored: (nullable): as above
 *
 * Nothing in it ticks: it is read out when it changes.
 *
 * Returns: (transfer full): the row as one sentence
 */
char *
cm_document_dup_sentence (const CmDocument *self,
                          const char       *mirrored)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (parts, cm_document_dup_title (self));
  g_ptr_array_add (parts, g_strdup (cm_words_get_kind (self->kind)));
  g_ptr_array_add (parts, cm_document_dup_state (self, mirrored));
  if (cm_document_get_escalation (self) == CM_ESCALATION_RUNNING)
    g_ptr_array_add (parts, cm_document_dup_step (self));
  g_ptr_array_add (parts, cm_document_dup_counts (self));
  if (self->subject != NULL)
    g_ptr_array_add (parts, cm_document_dup_people (self));

  return cm_words_dup_join (parts, _ (", "));
}

/**
 * cm_document_dup_lines:
 * @self: a document
 * @mirrored: (nullable): as above
 * @found: (nullable): because of whom it was found
 *
 * Returns: (transfer full): all that a narrow row cuts off, each in a line of its own
 */
char *
cm_document_dup_lines (const CmDocument *self,
                       const char       *mirrored,
                       const char       *found)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const CmAttention *attention = cm_document_get_reason (self);

  g_ptr_array_add (lines, cm_document_dup_title (self));
  g_ptr_array_add (lines, attention != NULL ? g_strdup (cm_words_get_rule (attention->rule))
                                            : cm_document_dup_state (self, mirrored));
  if (cm_document_get_escalation (self) == CM_ESCALATION_RUNNING)
    g_ptr_array_add (lines, cm_document_dup_step (self));
  g_ptr_array_add (lines, g_strdup (found));
  g_ptr_array_add (lines, cm_document_dup_counts (self));
  if (self->subject != NULL)
    g_ptr_array_add (lines, cm_document_dup_people (self));

  return cm_words_dup_join (lines, "\n");
}

static gboolean
is_of_any (const CmLeg  *leg,
           char        **stations)
{
  for (guint i = 0; stations != NULL && stations[i] != NULL; i++)
    {
      if (g_str_has_prefix (leg->id, stations[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * cm_document_find_mirrored:
 * @self: a document that somebody looks at
 * @selected: (nullable): the id of the leg that is selected
 * @stations: (nullable): what the ids of the legs of the user's own stations begin with
 *
 * Returns: (nullable): the id of the leg that "you" is: the only one, the selected one,
 *   or one of the user's own
 */
const char *
cm_document_find_mirrored (const CmDocument  *self,
                           const char        *selected,
                           char             **stations)
{
  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (self->legs.len == 1 || (selected == NULL && is_of_any (leg, stations)))
        return leg->id;
    }

  return selected;
}

/**
 * cm_document_get_banner:
 * @self: a document
 * @mirrored: (nullable): the id of the leg that "you" is
 * @banner: (out caller-allocates): set to the words that apply, if any; clear it
 *   afterwards
 *
 * One banner at a time: the first that applies. The words are fixed.
 */
void
cm_document_get_banner (const CmDocument *self,
                        const char       *mirrored,
                        CmBannerText     *banner)
{
  const CmLeg *leg = get_banner_leg (self, mirrored);

  *banner = (CmBannerText) { 0 };

  if (leg != NULL)
    {
      banner->leg = g_strdup (leg->id);
      set_leg_banner (self, leg, is_you (leg, mirrored), banner);
    }
  else if (self->live && cm_document_get_counts (self).lobby > 0)
    {
      set_lobby (self, banner);
    }
}

void
cm_banner_text_clear (CmBannerText *self)
{
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->leg, g_free);
  self->button = NULL;
  self->action = CM_BANNER_ACTION_NONE;
}
