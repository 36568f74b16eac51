/* cm-document-escalation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-document-words.h"

#include <glib/gi18n-lib.h>

#include "model/cm-words.h"

static gboolean
is_stage (const CmLeg *leg,
          CmProgress   progress)
{
  return g_strcmp0 (leg->escalation.stage,
                    cm_wire_enum_get_name (&cm_wire_progress, (int) progress)) == 0;
}

/**
 * cm_document_get_shown_phase:
 * @self: a document
 *
 * Where one station is in the conference already, another one that has come there
 * and only waits for its audio is no news: the row would say so for a moment.
 *
 * Returns: the phase that the words and the looks are of
 */
CmPhase
cm_document_get_shown_phase (const CmDocument *self)
{
  gboolean is_in = FALSE;

  for (guint i = 0; i < self->legs.len && self->phase == CM_PHASE_ESCALATING; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->phase == CM_PHASE_ESCALATING && !is_stage (leg, CM_PROGRESS_COMPLETED))
        return CM_PHASE_ESCALATING;
      is_in |= leg->phase == CM_PHASE_IN_CONFERENCE;
    }

  return is_in ? CM_PHASE_IN_CONFERENCE : self->phase;
}

static CmEscalationState
get_leg_escalation (const CmDocument *self,
                    const CmLeg      *leg)
{
  if (leg->escalation.stage == NULL || is_stage (leg, CM_PROGRESS_NOT_STARTED))
    return CM_ESCALATION_NONE;
  if (leg->phase == CM_PHASE_FAILED || leg->banner == CM_BANNER_ESCALATION_FAILED ||
      is_stage (leg, CM_PROGRESS_FAILED))
    return CM_ESCALATION_FAILED;
  if (leg->phase == CM_PHASE_LOBBY ||
      (leg->phase == CM_PHASE_ESCALATING && cm_document_get_shown_phase (self) != CM_PHASE_IN_CONFERENCE))
    return CM_ESCALATION_RUNNING;
  if (is_stage (leg, CM_PROGRESS_COMPLETED))
    return leg->escalation.result > 0 ? CM_ESCALATION_FAILED : CM_ESCALATION_COMPLETED;

  return CM_ESCALATION_NONE;
}

/* What runs is shown before what failed, and that before what is over; of
 * several of a kind, the one who made the conference. */
static guint
get_weight (const CmDocument *self,
            const CmLeg      *leg)
{
  static const guint weights[] = {
    [CM_ESCALATION_NONE] = 0,
    [CM_ESCALATION_COMPLETED] = 2,
    [CM_ESCALATION_FAILED] = 4,
    [CM_ESCALATION_RUNNING] = 6,
  };
  guint weight = weights[get_leg_escalation (self, leg)];

  return weight > 0 && leg->role == CM_LEG_ROLE_ESCALATOR ? weight + 1 : weight;
}

static gint64
get_total (const CmLeg *leg)
{
  gint64 total = 0;

  for (guint i = 1; i < CM_N_TIMED_STAGES; i++)
    total += MAX (leg->timing.stages[i], 0);

  return total;
}

static char *
dup_running_step (const CmEscalation *escalation)
{
  const char *words = cm_words_get_stage_inline (escalation->stage);

  if (escalation->step == 0 || escalation->steps == 0)
    return g_strdup (cm_words_get_stage (escalation->stage));

  if (escalation->restarts > 0)
    /* Translators: the last is a stage, as “joining audio” */
    return g_strdup_printf (_ ("Started again, step %u of %u: %s"),
                            escalation->step, escalation->steps, words);

  /* Translators: the last is a stage, as “joining audio” */
  return g_strdup_printf (_ ("Step %u of %u: %s"), escalation->step, escalation->steps, words);
}

static char *
dup_failure (const CmLeg *leg)
{
  if (leg->reason == NULL)
    return g_strdup (_ ("Could not join the conference"));

  /* Translators: the last is a reason, as “No answer in time” */
  return g_strdup_printf (_ ("Could not join the conference: %s"),
                          cm_words_get_reason (leg->reason));
}

/**
 * cm_document_get_escalation_leg:
 * @self: a document
 *
 * Returns: (nullable) (transfer none): the leg whose escalation is shown
 */
const CmLeg *
cm_document_get_escalation_leg (const CmDocument *self)
{
  const CmLeg *best = NULL;
  guint best_weight = 0;

  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);
      guint weight = get_weight (self, leg);

      if (weight > best_weight)
        {
          best = leg;
          best_weight = weight;
        }
    }

  return best;
}

CmEscalationState
cm_document_get_escalation (const CmDocument *self)
{
  const CmLeg *leg = cm_document_get_escalation_leg (self);

  return leg != NULL ? get_leg_escalation (self, leg) : CM_ESCALATION_NONE;
}

/**
 * cm_document_dup_step:
 * @self: a document
 *
 * Returns: (nullable) (transfer full): "Step 2 of 4: joining audio", or why it
 *   failed; %NULL where nothing escalates
 */
char *
cm_document_dup_step (const CmDocument *self)
{
  const CmLeg *leg = cm_document_get_escalation_leg (self);

  switch (cm_document_get_escalation (self))
    {
    case CM_ESCALATION_RUNNING:
      return dup_running_step (&leg->escalation);
    case CM_ESCALATION_FAILED:
      return dup_failure (leg);
    case CM_ESCALATION_COMPLETED:
      return g_strdup (cm_words_get_stage (leg->escalation.stage));
    case CM_ESCALATION_NONE:
    default:
      return NULL;
    }
}

/**
 * cm_document_dup_escalation:
 * @self: a document
 *
 * Returns: (nullable) (transfer full): what stands above the bar of a page
 */
char *
cm_document_dup_escalation (const CmDocument *self)
{
  const CmLeg *leg = cm_document_get_escalation_leg (self);
  g_autofree char *span = NULL;

  if (cm_document_get_escalation (self) != CM_ESCALATION_COMPLETED)
    return cm_document_dup_step (self);

  if (get_total (leg) == 0)
    return g_strdup (_ ("Escalation completed"));

  span = cm_words_dup_seconds (get_total (leg));

  /* Translators: the time that it took, as “6.1 s” */
  return g_strdup_printf (_ ("Escalation completed in %s"), span);
}

/**
 * cm_document_dup_escalation_times:
 * @self: a document
 *
 * Returns: (nullable) (transfer full): the time that each step took
 */
char *
cm_document_dup_escalation_times (const CmDocument *self)
{
  const CmLeg *leg = cm_document_get_escalation_leg (self);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 1; leg != NULL && i < CM_N_TIMED_STAGES; i++)
    {
      const char *stage = cm_wire_enum_get_name (&cm_wire_progress, i);
      g_autofree char *span = NULL;

      if (leg->timing.stages[i] < 0 || stage == NULL)
        continue;

      span = cm_words_dup_seconds (leg->timing.stages[i]);
      /* Translators: a stage and how long it took: “Joining audio 1.5 s” */
      g_ptr_array_add (parts, g_strdup_printf (_ ("%s %s"), cm_words_get_stage (stage), span));
    }

  return parts->len > 0 ? cm_words_dup_join (parts, " · ") : NULL;
}
