/* cm-viewer-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-viewer-rules.h"

#include "core/cm-time.h"
#include "tracker/cm-tracker.h"

/* A span of time, ms UTC: the past shows what was quiet then. */
typedef struct
{
  gint64 from;
  gint64 until;
} Snooze;

/**
 * CmViewerRules:
 * @own: the thresholds that the viewer has chosen
 * @is_own: whether there are any; otherwise the tracker's count
 * @snoozes: (element-type utf8 Snooze): of each conversation and, under "", of all: an
 *   array with one for each rule
 */
struct _CmViewerRules
{
  CmRuleThresholds  own[CM_N_RULES];
  gboolean          is_own[CM_N_RULES];
  GHashTable       *snoozes;
};

/**
 * cm_viewer_rules_new:
 *
 * Returns: (transfer full): the rules of a viewer who leaves them all to the tracker
 */
CmViewerRules *
cm_viewer_rules_new (void)
{
  CmViewerRules *self = g_new0 (CmViewerRules, 1);

  self->snoozes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/**
 * cm_viewer_rules_free:
 * @self: (transfer full): a viewer's rules
 */
void
cm_viewer_rules_free (CmViewerRules *self)
{
  g_hash_table_unref (self->snoozes);
  g_free (self);
}

/**
 * cm_viewer_rules_set:
 * @self: a viewer's rules
 * @rule: a rule
 * @thresholds: (nullable): when the viewer wants to be told; %NULL leaves it to the
 *   tracker
 *
 * What the tracker does not tell yet cannot be told: where it is elsewhere, a notice
 * comes no sooner than its own.
 */
void
cm_viewer_rules_set (CmViewerRules          *self,
                     CmRule                  rule,
                     const CmRuleThresholds *thresholds)
{
  self->is_own[rule] = thresholds != NULL;
  if (thresholds != NULL)
    self->own[rule] = *thresholds;
}

/* Returns: (transfer none): the viewer's thresholds, else what a tracker has where
 * nobody says otherwise */
const CmRuleThresholds *
cm_viewer_rules_get (const CmViewerRules *self,
                     CmRule               rule)
{
  return self->is_own[rule] ? &self->own[rule] : &cm_rule_defaults[rule];
}

/* What has slept enough is of no more use, but for the past. */
static gboolean
is_over (gpointer id,
         gpointer value,
         gpointer user_data)
{
  const Snooze *snoozes = value;
  const gint64 *now = user_data;

  for (guint i = 0; i < CM_N_RULES; i++)
    {
      if (snoozes[i].until > *now - CM_TRACKER_HISTORY_MS)
        return FALSE;
    }

  return TRUE;
}

static Snooze *
add_snoozes (CmViewerRules *self,
             const char    *id)
{
  Snooze *snoozes = g_new (Snooze, CM_N_RULES);

  for (guint i = 0; i < CM_N_RULES; i++)
    snoozes[i] = (Snooze) { CM_TIME_NONE, CM_TIME_NONE };
  g_hash_table_insert (self->snoozes, g_strdup (id), snoozes);

  return snoozes;
}

/**
 * cm_viewer_rules_snooze:
 * @self: a viewer's rules
 * @id: (nullable): a conversation's id; %NULL for all there are and will be
 * @rule: the rule that is to be quiet there
 * @from: now, ms UTC
 * @until: ms UTC, or %CM_TIME_NONE to wake it
 */
void
cm_viewer_rules_snooze (CmViewerRules *self,
                        const char    *id,
                        CmRule         rule,
                        gint64         from,
                        gint64         until)
{
  Snooze *snoozes;

  g_hash_table_foreach_remove (self->snoozes, is_over, &from);
  snoozes = g_hash_table_lookup (self->snoozes, id != NULL ? id : "");
  if (snoozes == NULL)
    snoozes = add_snoozes (self, id != NULL ? id : "");

  if (until == CM_TIME_NONE)
    snoozes[rule].until = MIN (snoozes[rule].until, from);
  else
    snoozes[rule] = (Snooze) { from, until };
}

/* Returns: until when @rule is quiet in conversation @id, or under "" in all of them */
static gint64
get_until (const CmViewerRules *self,
           const char          *id,
           CmRule               rule,
           gint64               now)
{
  const Snooze *snoozes = g_hash_table_lookup (self->snoozes, id);
  gboolean is_quiet = snoozes != NULL && snoozes[rule].from <= now && now < snoozes[rule].until;

  return is_quiet ? snoozes[rule].until : CM_TIME_NONE;
}

/**
 * cm_viewer_rules_get_snoozed:
 * @self: a viewer's rules
 * @id: (nullable): a conversation's id; %NULL for what is quiet everywhere
 * @rule: a rule
 * @now: ms UTC
 *
 * Returns: until when it is quiet there, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_viewer_rules_get_snoozed (const CmViewerRules *self,
                             const char          *id,
                             CmRule               rule,
                             gint64               now)
{
  return get_until (self, id != NULL ? id : "", rule, now);
}

/**
 * cm_viewer_rules_rename:
 * @self: a viewer's rules
 * @before: a conversation's id
 * @after: the id under which it goes on
 */
void
cm_viewer_rules_rename (CmViewerRules *self,
                        const char    *before,
                        const char    *after)
{
  gpointer id, snoozes;

  if (g_hash_table_contains (self->snoozes, after) ||
      !g_hash_table_steal_extended (self->snoozes, before, &id, &snoozes))
    return;

  g_free (id);
  g_hash_table_insert (self->snoozes, g_strdup (after), snoozes);
}

/* Returns: when it will begin to be quiet: who looks at the past comes to it */
static gint64
get_from (const CmViewerRules *self,
          const char          *id,
          CmRule               rule,
          gint64               now)
{
  const Snooze *snoozes = g_hash_table_lookup (self->snoozes, id);

  return snoozes != NULL && snoozes[rule].from > now ? snoozes[rule].from : CM_TIME_NONE;
}

/* Flapping counts goings within a span, and the first of them is told. */
static gboolean
look_at_flapping (const CmRuleThresholds *own,
                  CmAttention            *attention,
                  gint64                  now,
                  gint64                 *due)
{
  gint64 span = attention->level == CM_LEVEL_WARNING ? own->warning : own->notice;

  if (attention->level == CM_LEVEL_WARNING && (span == CM_RULE_OFF || now - attention->since > span))
    {
      attention->level = CM_LEVEL_NOTICE;
      span = own->notice;
    }
  *due = span != CM_RULE_OFF && now - attention->since <= span ? attention->since + span + 1 : CM_TIME_NONE;

  return *due != CM_TIME_NONE;
}

static gboolean
is_reached (const CmViewerRules *self,
            CmRule               rule,
            CmAttention         *attention,
            gint64               now,
            gint64              *due)
{
  *due = CM_TIME_NONE;
  if (!self->is_own[rule])
    return TRUE;
  if (rule == CM_RULE_FLAPPING)
    return look_at_flapping (&self->own[rule], attention, now, due);

  return cm_rule_thresholds_look (&self->own[rule], attention->since, now, &attention->level, due);
}

/* Returns: whether the viewer is to be told; @due: when that is to be asked again */
static gboolean
is_wanted (const CmViewerRules *self,
           const CmDocument    *document,
           CmAttention         *attention,
           gint64               now,
           gint64              *due)
{
  gboolean reached;
  CmRule rule;

  /* A tracker of a later version may have rules that this one cannot judge. */
  *due = CM_TIME_NONE;
  if (!cm_rule_from_name (attention->rule, &rule))
    return TRUE;

  *due = MAX (get_until (self, document->id, rule, now), get_until (self, "", rule, now));
  if (*due != CM_TIME_NONE)
    return FALSE;

  reached = is_reached (self, rule, attention, now, due);
  *due = cm_time_earliest (*due, get_from (self, document->id, rule, now));
  *due = cm_time_earliest (*due, get_from (self, "", rule, now));

  return reached;
}

/* Warnings come first, and all else as it was. */
static void
put_in_order (GPtrArray *attention)
{
  guint n_warnings = 0;

  for (guint i = 0; i < attention->len; i++)
    {
      const CmAttention *one = g_ptr_array_index (attention, i);

      if (one->level == CM_LEVEL_WARNING)
        g_ptr_array_insert (attention, (int) n_warnings++, g_ptr_array_steal_index (attention, i));
    }
}

/**
 * cm_viewer_rules_apply:
 * @self: a viewer's rules
 * @document: a conversation as the tracker tells it; takes out of its attention what the
 *   viewer does not want to be told now
 * @now: the tracker's time, ms UTC
 *
 * Returns: when this would come to something else by the passing of time, ms UTC, or
 *   %CM_TIME_NONE
 */
gint64
cm_viewer_rules_apply (const CmViewerRules *self,
                       CmDocument          *document,
                       gint64               now)
{
  gint64 next = CM_TIME_NONE;

  for (guint i = document->attention->len; i > 0; i--)
    {
      CmAttention *attention = g_ptr_array_index (document->attention, i - 1);
      gint64 due;

      if (!is_wanted (self, document, attention, now, &due))
        g_ptr_array_remove_index (document->attention, i - 1);
      next = cm_time_earliest (next, due);
    }

  put_in_order (document->attention);

  return next;
}
