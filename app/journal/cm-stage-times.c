/* cm-stage-times.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-stage-times.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

/* So many of the last ones count, and fewer than the least say nothing. */
#define MAX_SAMPLES 201u
#define MIN_SAMPLES 5u

/* So many are kept of each step, for whoever goes back to an earlier moment. */
#define MAX_KEPT 50000

/* Slower is twice the median, and by what a person notices, ms. */
#define NOTICED 1000

typedef struct
{
  gint64 at;
  gint64 time;
} Sample;

struct _CmStageTimes
{
  GArray *samples[CM_N_TIMED_STAGES]; /* Sample; the oldest first */
  gint64  moment;                     /* what came later does not count */
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
          gint64        at,
          const CmLeg  *before,
          const CmLeg  *after)
{
  for (guint i = 1; i < CM_N_TIMED_STAGES; i++)
    {
      GArray *samples = self->samples[i];
      Sample sample = { at, after->timing.stages[i] };

      if (after->timing.stages[i] < 0 || (before != NULL && before->timing.stages[i] >= 0))
        continue;

      if (samples->len >= MAX_KEPT)
        g_array_remove_range (samples, 0, MAX_KEPT / 2);
      if (samples->len > 0)
        sample.at = MAX (at, g_array_index (samples, Sample, samples->len - 1).at);
      g_array_append_val (samples, sample);
    }
}

CmStageTimes *
cm_stage_times_new (void)
{
  CmStageTimes *self = g_new0 (CmStageTimes, 1);

  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    self->samples[i] = g_array_new (FALSE, FALSE, sizeof (Sample));
  self->moment = G_MAXINT64;

  return self;
}

/* Returns: (transfer full): what it is now */
CmStageTimes *
cm_stage_times_copy (CmStageTimes *self)
{
  CmStageTimes *copy = cm_stage_times_new ();

  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    g_array_append_vals (copy->samples[i], self->samples[i]->data, self->samples[i]->len);
  copy->moment = self->moment;

  return copy;
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
 * @at: when, ms UTC; taken as the last change's time where that is later
 * @before: (nullable): a conversation
 * @after: (nullable): the same after a change
 */
void
cm_stage_times_take (CmStageTimes     *self,
                     gint64            at,
                     const CmDocument *before,
                     const CmDocument *after)
{
  for (guint i = 0; after != NULL && i < after->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (after, i);

      if (leg->escalation.stage != NULL)
        take_leg (self, at, before != NULL ? cm_document_find_leg (before, leg->id) : NULL, leg);
    }
}

/**
 * cm_stage_times_set_moment:
 * @self: times
 * @moment: what came later does not count, ms UTC; %G_MAXINT64 where all does
 */
void
cm_stage_times_set_moment (CmStageTimes *self,
                           gint64        moment)
{
  self->moment = moment;
}

/* Returns: how many samples there were by the moment that counts */
static guint
count_samples (CmStageTimes *self,
               const GArray *samples)
{
  guint low = 0, high = samples->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (samples, Sample, middle).at <= self->moment)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Returns: what a step usually takes, ms; -1 where too little is known */
gint64
cm_stage_times_get_median (CmStageTimes *self,
                           CmProgress    stage)
{
  gint64 sorted[MAX_SAMPLES];
  guint end, n;

  if (stage >= CM_N_TIMED_STAGES)
    return -1;

  end = count_samples (self, self->samples[stage]);
  n = MIN (end, MAX_SAMPLES);
  if (n < MIN_SAMPLES)
    return -1;

  for (guint i = 0; i < n; i++)
    sorted[i] = g_array_index (self->samples[stage], Sample, end - n + i).time;
  qsort (sorted, n, sizeof sorted[0], compare_times);

  return sorted[n / 2];
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
