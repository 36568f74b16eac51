/* cm-attention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention.h"

#include "core/cm-pack-fields.h"
#include "core/cm-time.h"
#include "model/cm-document-attention.h"
#include "tracker/cm-attention-conditions.h"
#include "tracker/cm-flapping.h"
#include "tracker/cm-tracked.h"

#define SECONDS(n) ((n) * G_GINT64_CONSTANT (1000))
#define MINUTES(n) SECONDS (60 * (n))

/* A rule that applies to a conversation, or did until a moment ago. */
typedef struct
{
  CmRule   rule;
  char    *leg;         /* GRefString, or NULL */
  gint64   since;
  gint64   false_since; /* CM_TIME_NONE while it holds */
  gboolean fired;
  CmLevel  level;
} Entry;

/**
 * CmAttentionState:
 * @entries: of Entry
 * @flapping: (nullable): who has gone when
 * @flaps: how bad that is, while it is
 * @flaps_until: until when, if nobody goes again, ms UTC
 */
struct _CmAttentionState
{
  GArray     *entries;
  CmFlapping *flapping;
  CmLevel     flaps;
  gint64      flaps_until;
};

const CmRuleThresholds cm_rule_defaults[CM_N_RULES] = {
  [CM_RULE_SOURCE_SILENT] = { SECONDS (5), SECONDS (15) },
  [CM_RULE_ESCALATION_STUCK] = { SECONDS (10), SECONDS (30) },
  [CM_RULE_ESCALATION_FAILED] = { 0, CM_RULE_OFF },
  [CM_RULE_LOBBY_WAIT] = { SECONDS (60), SECONDS (120) },
  [CM_RULE_ALONE] = { MINUTES (2), MINUTES (10) },
  [CM_RULE_NO_PRESENTER] = { SECONDS (60), MINUTES (3) },
  [CM_RULE_ON_HOLD] = { MINUTES (2), MINUTES (5) },
  [CM_RULE_RINGING] = { SECONDS (30), SECONDS (60) },
  [CM_RULE_FLAPPING] = { MINUTES (5), MINUTES (10) },
  [CM_RULE_LEFT_NOT_REJOINED] = { SECONDS (60), CM_RULE_OFF },
  [CM_RULE_UNCONFIRMED] = { SECONDS (10), SECONDS (60) },
  [CM_RULE_LONG_CALL] = { CM_RULE_OFF, CM_RULE_OFF },
};

static const char * const names[CM_N_RULES] = {
  [CM_RULE_SOURCE_SILENT] = "source-silent",
  [CM_RULE_ESCALATION_STUCK] = "escalation-stuck",
  [CM_RULE_ESCALATION_FAILED] = "escalation-failed",
  [CM_RULE_LOBBY_WAIT] = "lobby-wait",
  [CM_RULE_ALONE] = "alone",
  [CM_RULE_NO_PRESENTER] = "no-presenter",
  [CM_RULE_ON_HOLD] = "on-hold",
  [CM_RULE_RINGING] = "ringing",
  [CM_RULE_FLAPPING] = "flapping",
  [CM_RULE_LEFT_NOT_REJOINED] = "left-not-rejoined",
  [CM_RULE_UNCONFIRMED] = "unconfirmed",
  [CM_RULE_LONG_CALL] = "long-call",
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->leg, g_ref_string_release);
}

/**
 * cm_rule_get_name:
 * @rule: a rule
 *
 * Returns: its name in documents and settings
 */
const char *
cm_rule_get_name (CmRule rule)
{
  return names[rule];
}

/**
 * cm_rule_from_name:
 * @name: a rule's name
 * @rule: (out): the rule
 *
 * Returns: %FALSE where there is no such rule
 */
gboolean
cm_rule_from_name (const char *name,
                   CmRule     *rule)
{
  for (guint i = 0; i < CM_N_RULES; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *rule = (CmRule) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * cm_rule_thresholds_look:
 * @self: when a rule that lasts gives a notice and a warning
 * @since: since when its state lasts, ms UTC
 * @now: ms UTC
 * @level: (out): how bad it is
 * @due: (out): when that will change by the passing of time, ms UTC, or %CM_TIME_NONE
 *
 * Returns: whether it is to be told at all
 */
gboolean
cm_rule_thresholds_look (const CmRuleThresholds *self,
                         gint64                  since,
                         gint64                  now,
                         CmLevel                *level,
                         gint64                 *due)
{
  gboolean notice = self->notice != CM_RULE_OFF && now >= since + self->notice;
  gboolean warning = self->warning != CM_RULE_OFF && now >= since + self->warning;

  *level = warning ? CM_LEVEL_WARNING : CM_LEVEL_NOTICE;
  *due = CM_TIME_NONE;
  if (!notice && self->notice != CM_RULE_OFF)
    *due = since + self->notice;
  if (!warning && self->warning != CM_RULE_OFF)
    *due = cm_time_earliest (*due, since + self->warning);

  return notice || warning;
}

/**
 * cm_attention_state_new:
 *
 * Returns: (transfer full): the memory that the rules have of one conversation
 */
CmAttentionState *
cm_attention_state_new (void)
{
  CmAttentionState *self = g_new0 (CmAttentionState, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);

  return self;
}

/**
 * cm_attention_state_free:
 * @self: (transfer full): the memory of a conversation
 */
void
cm_attention_state_free (CmAttentionState *self)
{
  g_array_unref (self->entries);
  g_clear_pointer (&self->flapping, cm_flapping_free);
  g_free (self);
}

static Entry *
find_entry (CmAttentionState *self,
            CmRule            rule,
            const char       *leg)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      if (entry->rule == rule && g_strcmp0 (entry->leg, leg) == 0)
        return entry;
    }

  return NULL;
}

/* A condition that the document dates is that old; another one is as old as
 * it was first seen, also where it was away for a moment. */
static void
hold_entry (CmAttentionState  *self,
            const CmCondition *condition,
            gint64             now)
{
  Entry *entry = find_entry (self, condition->rule, condition->leg);
  Entry fresh = { .rule = condition->rule, .since = now };

  if (entry == NULL)
    {
      cm_ref_string_set (&fresh.leg, cm_text_from_string (condition->leg));
      g_array_append_val (self->entries, fresh);
      entry = &g_array_index (self->entries, Entry, self->entries->len - 1);
    }

  entry->false_since = CM_TIME_NONE;
  if (condition->rule == CM_RULE_FLAPPING ||
      (condition->since != CM_TIME_NONE && !(entry->fired && entry->since < condition->since)))
    entry->since = condition->since;
}

static gboolean
is_held (const GArray *conditions,
         const Entry  *entry)
{
  for (guint i = 0; i < conditions->len; i++)
    {
      const CmCondition *condition = &g_array_index (conditions, CmCondition, i);

      if (condition->rule == entry->rule && g_strcmp0 (condition->leg, entry->leg) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What has not fired yet is forgotten at once; what has waits, lest it blink. */
static gboolean
may_forget (Entry  *entry,
            gint64  now)
{
  if (!entry->fired)
    return TRUE;

  if (entry->false_since == CM_TIME_NONE)
    entry->false_since = now;

  return now - entry->false_since >= CM_RULE_CLEARS_AFTER;
}

/* Flapping counts goings, and lasts as long as they are not too long ago. */
static void
add_flapping (CmAttentionState       *self,
              const CmRuleThresholds *thresholds,
              const CmDocument       *before,
              const CmDocument       *document,
              gint64                  now,
              GArray                 *conditions)
{
  CmCondition condition = { .rule = CM_RULE_FLAPPING };

  if (self->flapping == NULL)
    self->flapping = cm_flapping_new ();
  cm_flapping_look (self->flapping, before, document);

  if (document->phase != CM_PHASE_ENDED && cm_document_get_as_of (document) == CM_TIME_NONE &&
      cm_flapping_get (self->flapping, thresholds, now, &self->flaps, &condition.since, &self->flaps_until))
    g_array_append_val (conditions, condition);
}

static void
take_conditions (CmAttentionState       *self,
                 const CmRuleThresholds *rules,
                 const CmDocument       *before,
                 const CmCrowd          *crowd,
                 const CmDocument       *document,
                 gint64                  now)
{
  g_autoptr(GArray) conditions = cm_attention_conditions_collect (document, crowd);

  add_flapping (self, &rules[CM_RULE_FLAPPING], before, document, now, conditions);
  for (guint i = 0; i < conditions->len; i++)
    hold_entry (self, &g_array_index (conditions, CmCondition, i), now);

  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i - 1);

      if (!is_held (conditions, entry) &&
          (document->phase == CM_PHASE_ENDED || may_forget (entry, now)))
        g_array_remove_index (self->entries, i - 1);
    }
}

static gboolean
is_off (const CmRuleThresholds *thresholds)
{
  return thresholds->notice == CM_RULE_OFF && thresholds->warning == CM_RULE_OFF;
}

/* Fires what is due; returns when to look again. */
static gint64
settle_entry (CmAttentionState       *self,
              Entry                  *entry,
              const CmRuleThresholds *thresholds,
              gint64                  now)
{
  gint64 due;

  if (is_off (thresholds))
    {
      entry->fired = FALSE;
      return CM_TIME_NONE;
    }

  if (entry->false_since != CM_TIME_NONE)
    return entry->false_since + CM_RULE_CLEARS_AFTER;

  if (entry->rule == CM_RULE_FLAPPING)
    {
      entry->fired = TRUE;
      entry->level = self->flaps;
      return self->flaps_until;
    }

  entry->fired = cm_rule_thresholds_look (thresholds, entry->since, now, &entry->level, &due);

  return due;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  if (first->level != second->level)
    return first->level > second->level ? -1 : 1;
  if (first->rule != second->rule)
    return first->rule < second->rule ? -1 : 1;

  return g_strcmp0 (first->leg, second->leg);
}

static void
write_entries (CmAttentionState *self,
               CmDocument       *document)
{
  g_array_sort (self->entries, compare_entries);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      CmAttention *attention;

      if (!entry->fired)
        continue;

      attention = cm_document_add_attention (document);
      attention->level = entry->level;
      attention->since = entry->since;
      cm_ref_string_set (&attention->rule, cm_text_from_string (names[entry->rule]));
      cm_ref_string_set (&attention->leg, cm_text_from_string (entry->leg));
    }
}

/**
 * cm_attention_state_update:
 * @self: the memory of a conversation
 * @rules: (array fixed-size=12): the thresholds
 * @before: (nullable): the conversation as it was at some earlier update
 * @crowd: how many of the people in @document are what
 * @document: the conversation as it is now; its attention is filled in
 * @now: the tracker's time, ms UTC
 *
 * Returns: when something will change by the passing of time alone, ms UTC, or
 *   %CM_TIME_NONE
 */
gint64
cm_attention_state_update (CmAttentionState       *self,
                           const CmRuleThresholds *rules,
                           const CmDocument       *before,
                           const CmCrowd          *crowd,
                           CmDocument             *document,
                           gint64                  now)
{
  gint64 next = CM_TIME_NONE;

  take_conditions (self, rules, before, crowd, document, now);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      next = cm_time_earliest (next, settle_entry (self, entry, &rules[entry->rule], now));
    }

  write_entries (self, document);

  return next;
}

static const CmPackField entry_fields[] = {
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, Entry, rule, 0, CM_N_RULES - 1),
  CM_PACK_TEXT_FIELD (Entry, leg),
  CM_PACK_TIME_FIELD (Entry, since),
  CM_PACK_TIME_FIELD (Entry, false_since),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, Entry, fired, FALSE, TRUE),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, Entry, level, CM_LEVEL_NOTICE, CM_LEVEL_WARNING),
};

/**
 * cm_attention_state_write:
 * @self: the memory of a conversation
 * @pack: where to
 */
void
cm_attention_state_write (CmAttentionState *self,
                          CmPackWriter     *pack)
{
  cm_pack_writer_number (pack, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    cm_pack_writer_fields (pack, entry_fields, G_N_ELEMENTS (entry_fields),
                           &g_array_index (self->entries, Entry, i));

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
  guint n_entries = cm_pack_reader_count (pack);

  for (guint i = 0; i < n_entries && cm_pack_reader_is_good (pack); i++)
    {
      Entry entry = { 0 };

      cm_pack_reader_fields (pack, entry_fields, G_N_ELEMENTS (entry_fields), &entry);
      g_array_append_val (self->entries, entry);
    }

  if (cm_pack_reader_number (pack, FALSE, TRUE))
    self->flapping = cm_flapping_read (pack);

  return self;
}
