/* cm-tracker-publish.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "core/cm-text-hash.h"

G_DEFINE_FINAL_TYPE (CmTracker, cm_tracker, G_TYPE_OBJECT)

static void
cm_tracker_finalize (GObject *object)
{
  CmTracker *self = CM_TRACKER (object);
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      g_hash_table_iter_steal (&iter);
      cm_tracker_free_conversation (self, conversation);
    }

  g_hash_table_unref (self->conversations);
  g_sequence_free (self->alarms);
  g_hash_table_unref (self->silent);
  g_hash_table_unref (self->sources);
  g_ptr_array_unref (self->dirty);
  g_ptr_array_unref (self->untold);
  g_ptr_array_unref (self->gone);
  g_sequence_free (self->deadlines);
  cm_contact_book_free (self->book);
  cm_json_reader_free (self->reader);

  G_OBJECT_CLASS (cm_tracker_parent_class)->finalize (object);
}

static void
cm_tracker_class_init (CmTrackerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_tracker_finalize;
}

static void
cm_tracker_init (CmTracker *self)
{
  self->sources = g_hash_table_new_full (cm_text_hash, cm_text_hash_equal, NULL,
                                         (GDestroyNotify) cm_tracked_source_free);
  self->conversations = g_hash_table_new (g_str_hash, g_str_equal);
  self->book = cm_contact_book_new (CM_TRACKER_MAX_CONTACTS);
  self->reader = cm_json_reader_new ();
  self->dirty = g_ptr_array_new ();
  self->untold = g_ptr_array_new ();
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  self->deadlines = g_sequence_new (g_free);
  self->alarms = g_sequence_new (g_free);
  self->silent = g_hash_table_new (NULL, NULL);
  memcpy (self->rules, cm_rule_defaults, sizeof self->rules);
  self->history = CM_TRACKER_HISTORY_MS;
  self->max_ended = CM_TRACKER_MAX_ENDED;
  self->now = CM_TIME_NONE;
  self->listens_from = CM_TIME_NONE;
  g_queue_init (&self->ended);
}

/**
 * cm_tracker_new:
 *
 * Returns: (transfer full): a tracker that knows of nothing
 */
CmTracker *
cm_tracker_new (void)
{
  return g_object_new (CM_TYPE_TRACKER, NULL);
}

/**
 * cm_tracker_set_history:
 * @self: a tracker
 * @duration: how long an ended conversation is kept, ms; %G_MAXINT64 for ever
 * @max_ended: how many are kept
 */
void
cm_tracker_set_history (CmTracker *self,
                        gint64     duration,
                        guint      max_ended)
{
  g_return_if_fail (CM_IS_TRACKER (self));
  g_return_if_fail (duration >= 0);

  self->history = duration;
  self->max_ended = max_ended;
}

/* Those whose rules have to look again are looked at by the next flush. */
static void
wake (CmTracker *self)
{
  while (!g_sequence_is_empty (self->deadlines))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->deadlines);
      CmDeadline *deadline = g_sequence_get (first);
      CmTrackedConversation *conversation = deadline->conversation;

      if (deadline->time > self->now)
        break;

      g_clear_pointer (&conversation->deadline, g_sequence_remove);
      cm_tracker_mark_dirty (self, conversation);
    }
}

static void
look_at_all (CmTracker *self)
{
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    cm_tracker_mark_dirty (self, conversation);
}

/**
 * cm_tracker_set_rule:
 * @self: a tracker
 * @rule: an attention rule
 * @thresholds: (nullable): its thresholds; %NULL for the defaults
 */
void
cm_tracker_set_rule (CmTracker              *self,
                     CmRule                  rule,
                     const CmRuleThresholds *thresholds)
{
  g_return_if_fail (CM_IS_TRACKER (self));
  g_return_if_fail (rule < CM_N_RULES);

  self->rules_age++;
  self->rules[rule] = thresholds != NULL ? *thresholds : cm_rule_defaults[rule];
  look_at_all (self);
}

/**
 * cm_tracker_advance:
 * @self: a tracker
 * @now: the time that it is now, ms UTC
 *
 * Lets time pass: the tracker never looks at a clock of its own.
 */
void
cm_tracker_advance (CmTracker *self,
                    gint64     now)
{
  g_return_if_fail (CM_IS_TRACKER (self));

  self->now = MAX (self->now, now);
  cm_tracker_listen (self);
  wake (self);
  cm_tracker_prune (self);
}

/**
 * cm_tracker_get_due:
 * @self: a tracker that was flushed
 *
 * Returns: the next moment at which time alone may change something, ms UTC, which is
 *   later than now; or %CM_TIME_NONE. Who wants to know of each such change when it
 *   came advances to it first, and flushes.
 */
gint64
cm_tracker_get_due (CmTracker *self)
{
  GSequenceIter *deadline;
  gint64 due = CM_TIME_NONE;

  g_return_val_if_fail (CM_IS_TRACKER (self), CM_TIME_NONE);

  deadline = g_sequence_get_begin_iter (self->deadlines);
  if (!g_sequence_iter_is_end (deadline))
    due = ((const CmDeadline *) g_sequence_get (deadline))->time;

  due = cm_time_earliest (due, cm_tracker_get_alarm (self));

  return due > self->now ? due : CM_TIME_NONE;
}

/**
 * cm_tracker_get_now:
 * @self: a tracker
 *
 * Returns: the latest time that it has been told of, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_tracker_get_now (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), CM_TIME_NONE);

  return self->now;
}

/**
 * cm_tracker_get_n_sources:
 * @self: a tracker
 *
 * Returns: how many sources have reported anything
 */
guint
cm_tracker_get_n_sources (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), 0);

  return g_hash_table_size (self->sources);
}

/**
 * cm_tracker_get_n_conversations:
 * @self: a tracker
 *
 * Returns: how many conversations it holds, the ended ones among them
 */
guint
cm_tracker_get_n_conversations (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), 0);

  return g_hash_table_size (self->conversations);
}

/**
 * cm_tracker_get_counters:
 * @self: a tracker
 *
 * Returns: (transfer none): what has come in
 */
const CmTrackerCounters *
cm_tracker_get_counters (CmTracker *self)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), NULL);

  return &self->counters;
}
