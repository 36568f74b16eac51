/* cm-stage-times.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-stage-times.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

/* So many of the last ones count, and fewer than the least say nothing. */
#define MAX_SAMPLES 201
#define MIN_SAMPLES 5

/* Slower is twice the median, and by what a person notices, ms. */
#define NOTICED 1000

struct _CmStageTimes
{
  GArray *samples[CM_N_TIMED_STAGES]; /* gint64, ms; the oldest first */
};

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
take_leg (CmStageTimes *self,
          const CmLeg  *before,
          const CmLeg  *after)
{
  for (guint i = 1; i < CM_N_TIMED_STAGES; i++)
    {
      GArray *samples = self->samples[i];

      if (after->timing.stages[i] < 0 || (before != NULL && before->timing.stages[i] >= 0))
        continue;

      if (samples->len >= MAX_SAMPLES)
        g_array_remove_index (samples, 0);
      g_array_append_val (samples, after->timing.stages[i]);
    }
}

CmStageTimes *
cm_stage_times_new (void)
{
  CmStageTimes *self = g_new0 (CmStageTimes, 1);

  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    self->samples[i] = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

void
cm_stage_times_free (CmStageTimes *self)
{
  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    g_array_unref (self->samples[i]);
  g_free (self);
}

/**
 * cm_stage_times_take:
 * @self: times
 * @before: (nullable): a conversation
 * @after: (nullable): the same after a change
 */
void
cm_stage_times_take (CmStageTimes     *self,
                     const CmDocument *before,
                     const CmDocument *after)
{
  for (guint i = 0; after != NULL && i < after->legs->len; i++)
    {
      const CmLeg *leg = g_ptr_array_index (after->legs, i);

      if (leg->escalation.stage != NULL)
        take_leg (self, before != NULL ? cm_document_find_leg (before, leg->id) : NULL, leg);
    }
}

/* Returns: what a step usually takes, ms; -1 where too little is known */
gint64
cm_stage_times_get_median (CmStageTimes *self,
                           CmProgress    stage)
{
  g_autoptr(GArray) sorted = NULL;

  if (stage >= CM_N_TIMED_STAGES || self->samples[stage]->len < MIN_SAMPLES)
    return -1;

  sorted = g_array_copy (self->samples[stage]);
  g_array_sort (sorted, compare_times);

  return g_array_index (sorted, gint64, sorted->len / 2);
}

/**
 * cm_stage_times_dup_slower:
 * @self: times
 * @leg: a leg that has escalated
 *
 * Returns: (nullable) (transfer full): which of its steps were slower than usual,
 *   in words
 */
char *
cm_stage_times_dup_slower (CmStageTimes *self,
                           const CmLeg  *leg)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 1; i < CM_N_TIMED_STAGES; i++)
    {
      gint64 median = cm_stage_times_get_median (self, (CmProgress) i);
      gint64 time = leg->timing.stages[i];
      g_autofree char *usual = NULL;

      if (median < 0 || time < 2 * median || time < median + NOTICED)
        continue;

      usual = cm_words_dup_seconds (median);
      /* Translators: a step and what it usually takes: “Joining audio: slower than usual (1.5 s)” */
      g_ptr_array_add (parts, g_strdup_printf (_("%s: slower than usual (%s)"),
                                               cm_words_get_stage (cm_wire_enum_get_name (&cm_wire_progress, i)),
                                               usual));
    }

  return parts->len > 0 ? cm_words_dup_join (parts, " · ") : NULL;
}
