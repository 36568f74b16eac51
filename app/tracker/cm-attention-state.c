/* cm-attention-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention-state.h"

#include "tracker/cm-attention-conditions.h"
#include "tracker/cm-attention-entries.h"
#include "tracker/cm-flapping.h"

/**
 * CmAttentionState:
 * @entries: what applies now, or did until a moment ago
 * @flapping: (nullable): who has gone when
 * @flaps: how bad that is, while it is
 * @flaps_until: until when, if nobody goes again, ms UTC
 * @rules_age: of the rules that it has looked by
 * @n_looks: how often it has looked
 * @was_live: at the last look, as is the next
 *
 * There may be thousands of legs, and what is known of them stays: a look costs what has
 * changed, and what waits for a moment that has come.
 */
struct _CmAttentionState
{
  CmAttentionEntries  entries;
  CmFlapping         *flapping;
  CmLevel             flaps;
  gint64              flaps_until;
  guint               rules_age;
  guint64             n_looks;
  gboolean            was_live;
  gboolean            was_over;
};

/**
 * cm_attention_state_new:
 *
 * Returns: (transfer full): the memory that the rules have of one conversation
 */
CmAttentionState *
cm_attention_state_new (void)
{
  CmAttentionState *self = g_new0 (CmAttentionState, 1);

  cm_attention_entries_init (&self->entries);

  return self;
}

/**
 * cm_attention_state_free:
 * @self: (transfer full): the memory of a conversation
 */
void
cm_attention_state_free (CmAttentionState *self)
{
  cm_attention_entries_clear (&self->entries);
  g_clear_pointer (&self->flapping, cm_flapping_free);
  g_free (self);
}

static gboolean
is_off (const CmRuleThresholds *thresholds)
{
  return thresholds->notice == CM_RULE_OFF && thresholds->warning == CM_RULE_OFF;
}

/* Fires what is due, and notes when to look again. */
static void
settle (CmAttentionState      *self,
        CmAttentionEntry      *entry,
        const CmAttentionLook *look)
{
  const CmRuleThresholds *thresholds = &look->rules[entry->rule];
  gboolean fired = entry->fired;
  CmLevel level = entry->level;
  gint64 due = CM_TIME_NONE;

  if (is_off (thresholds))
    fired = FALSE;
  else if (entry->false_since != CM_TIME_NONE)
    due = entry->false_since + CM_RULE_CLEARS_AFTER;
  else if (entry->rule == CM_RULE_FLAPPING)
    {
      fired = TRUE;
      level = self->flaps;
      due = self->flaps_until;
    }
  else
    fired = cm_rule_thresholds_look (thresholds, entry->since, look->now, &level, &due);

  if (fired != entry->fired || (fired && level != entry->level))
    cm_attention_entries_tell (&self->entries, entry, fired, level);
  cm_attention_entries_wait (&self->entries, entry, due);
}

/* A condition that is dated is that old; another one is as old as it was first seen,
 * also where it was away for a moment. */
static void
hold (CmAttentionState      *self,
      const CmCondition     *condition,
      char                  *leg,
      const CmAttentionLook *look)
{
  CmAttentionEntry *entry = cm_attention_entries_get (&self->entries, condition->rule, leg, look->now);

  entry->look = self->n_looks;
  entry->false_since = CM_TIME_NONE;
  if (condition->rule == CM_RULE_FLAPPING ||
      (condition->since != CM_TIME_NONE && !(entry->fired && entry->since < condition->since)))
    {
      if (entry->fired && entry->since != condition->since)
        g_clear_pointer (&self->entries.told, g_ptr_array_unref);
      entry->since = condition->since;
    }

  settle (self, entry, look);
}

/* What has not fired yet is forgotten at once; what has waits, lest it blink.
 *
 * Returns: whether it is forgotten */
static gboolean
release (CmAttentionState      *self,
         guint                  place,
         const CmAttentionLook *look)
{
  CmAttentionEntry *entry = g_ptr_array_index (self->entries.all, place);

  if (entry->fired && entry->false_since == CM_TIME_NONE)
    entry->false_since = look->now;
  if (entry->fired && look->now - entry->false_since < CM_RULE_CLEARS_AFTER)
    {
      settle (self, entry, look);
      if (entry->fired)
        return FALSE;
    }

  cm_attention_entries_forget (&self->entries, place);

  return TRUE;
}

/* Of @leg, or of all where there is none in particular. */
static void
release_others (CmAttentionState      *self,
                const char            *leg,
                const CmAttentionLook *look)
{
  guint i = cm_attention_entries_find (&self->entries, leg);

  while (i < self->entries.all->len)
    {
      const CmAttentionEntry *entry = g_ptr_array_index (self->entries.all, i);

      if (g_strcmp0 (entry->leg, leg) != 0)
        break;
      if (entry->look == self->n_looks || !release (self, i, look))
        i++;
    }
}

static void
look_at_leg (CmAttentionState      *self,
             const CmTrackedLeg    *leg,
             const CmAttentionLook *look)
{
  CmCondition conditions[CM_MAX_CONDITIONS];
  guint n = cm_attention_conditions_of_leg (leg, look->document->live, conditions);

  for (guint i = 0; i < n; i++)
    hold (self, &conditions[i], leg->id, look);
}

static void
look_at_all_legs (CmAttentionState      *self,
                  const CmAttentionLook *look)
{
  const GPtrArray *legs = look->conversation->legs;

  for (guint i = 0; i < legs->len; i++)
    look_at_leg (self, g_ptr_array_index (legs, i), look);

  for (guint i = self->entries.all->len; i > 0; i--)
    {
      const CmAttentionEntry *entry = g_ptr_array_index (self->entries.all, i - 1);

      if (entry->leg != NULL && entry->look != self->n_looks)
        release (self, i - 1, look);
    }
}

/* A leg that has gone may have come back under the same id. */
static void
look_at_changed_legs (CmAttentionState      *self,
                      const CmAttentionLook *look)
{
  const GPtrArray *changed = look->conversation->changed_legs;
  const GPtrArray *gone = look->conversation->gone_legs;

  for (guint i = 0; changed != NULL && i < changed->len; i++)
    {
      const CmTrackedLeg *leg = g_ptr_array_index (changed, i);

      look_at_leg (self, leg, look);
      release_others (self, leg->id, look);
    }

  for (guint i = 0; gone != NULL && i < gone->len; i++)
    release_others (self, g_ptr_array_index (gone, i), look);
}

static gboolean
is_in_doubt (const CmLegCounts *counts)
{
  return counts->open > 0 && counts->silent == counts->open;
}

/* Flapping counts goings, and lasts as long as they are not too long ago. */
static void
look_at_flapping (CmAttentionState      *self,
                  const CmAttentionLook *look)
{
  CmCondition condition = { .rule = CM_RULE_FLAPPING };

  if (self->flapping != NULL &&
      cm_flapping_get (self->flapping, &look->rules[CM_RULE_FLAPPING], look->now, &self->flaps, &condition.since,
                       &self->flaps_until))
    hold (self, &condition, NULL, look);
}

/* Of a call of which nobody answers any more nothing is known but that. */
static void
look_at_call (CmAttentionState      *self,
              const CmAttentionLook *look)
{
  CmCondition conditions[CM_MAX_CONDITIONS];
  guint n;

  if (!is_in_doubt (&look->conversation->counts))
    {
      n = cm_attention_conditions_of_all (look->conversation, look->document, conditions);
      for (guint i = 0; i < n; i++)
        hold (self, &conditions[i], NULL, look);
      look_at_flapping (self, look);
    }

  release_others (self, NULL, look);
}

/* What waits for a moment that has come, and has not been looked at. */
static void
look_at_due (CmAttentionState      *self,
             const CmAttentionLook *look)
{
  CmAttentionEntry *entry;

  while ((entry = cm_attention_entries_get_due (&self->entries)) != NULL && entry->due <= look->now)
    {
      if (entry->false_since != CM_TIME_NONE)
        release (self, cm_attention_entries_get_place (&self->entries, entry), look);
      else
        settle (self, entry, look);
    }
}

/* Whether more may have changed than what was noted. */
static gboolean
is_another_call (const CmAttentionState *self,
                 const CmAttentionLook  *look)
{
  return self->n_looks == 0 || look->rules_age != self->rules_age || look->document->live != self->was_live ||
         self->was_over;
}

/**
 * cm_attention_state_look:
 * @self: the memory of a conversation
 * @look: what there is to be seen
 *
 * Takes in what has changed since the last look. A conversation that is over needs
 * nobody, at once.
 *
 * Returns: when something will change by the passing of time alone, ms UTC, or
 *   %CM_TIME_NONE
 */
gint64
cm_attention_state_look (CmAttentionState      *self,
                         const CmAttentionLook *look)
{
  gboolean is_whole = look->is_whole || is_another_call (self, look);
  const CmAttentionEntry *next;

  self->n_looks++;
  self->rules_age = look->rules_age;
  self->was_live = look->document->live;
  self->was_over = look->document->phase == CM_PHASE_ENDED;

  if (self->was_over)
    {
      while (self->entries.all->len > 0)
        cm_attention_entries_forget (&self->entries, self->entries.all->len - 1);
      return CM_TIME_NONE;
    }

  if (is_whole)
    look_at_all_legs (self, look);
  else
    look_at_changed_legs (self, look);
  look_at_call (self, look);
  look_at_due (self, look);

  next = cm_attention_entries_get_due (&self->entries);

  return next != NULL ? next->due : CM_TIME_NONE;
}

/**
 * cm_attention_state_note_person:
 * @self: the memory of a conversation
 * @person: somebody, as he is in its roster now
 */
void
cm_attention_state_note_person (CmAttentionState *self,
                                const CmPerson   *person)
{
  if (self->flapping == NULL && person->left == CM_TIME_NONE)
    return;

  if (self->flapping == NULL)
    self->flapping = cm_flapping_new ();
  cm_flapping_look (self->flapping, person);
}

/**
 * cm_attention_state_get_told:
 * @self: the memory of a conversation
 *
 * Returns: (transfer none) (element-type CmAttention): what needs attention, the worst
 *   first; another array after it has changed
 */
GPtrArray *
cm_attention_state_get_told (CmAttentionState *self)
{
  return cm_attention_entries_get_told (&self->entries);
}

/**
 * cm_attention_state_write:
 * @self: the memory of a conversation
 * @pack: where to
 */
void
cm_attention_state_write (CmAttentionState *self,
                          CmPackWriter     *pack)
{
  cm_attention_entries_write (&self->entries, pack);
  cm_pack_writer_number (pack, self->flapping != NULL);
  if (self->flapping != NULL)
    cm_flapping_write (self->flapping, pack);
}

/**
 * cm_attention_state_read:
 * @pack: where from
 *
 * Returns: (transfer full): the memory of a conversation
 */
CmAttentionState *
cm_attention_state_read (CmPackReader *pack)
{
  CmAttentionState *self = cm_attention_state_new ();

  cm_attention_entries_read (&self->entries, pack);
  if (cm_pack_reader_number (pack, FALSE, TRUE))
    self->flapping = cm_flapping_read (pack);

  return self;
}
