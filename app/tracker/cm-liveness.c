/* cm-liveness.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "model/cm-silence.h"

/* When a source that has promised to be heard of is to be looked after. It is heard
 * of far more often than it is missed, so that what it says moves no alarm: one that
 * goes off too early is set anew. */
typedef struct
{
  gint64           time; /* ms UTC */
  CmTrackedSource *source;
} CmAlarm;

/* A heartbeat may be late, and one may be lost. */
static gint64
get_due (CmTracker             *self,
         const CmTrackedSource *source)
{
  return MAX (source->heard_at, self->listens_from) + source->heartbeat * 5 / 2;
}

static int
compare_alarms (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const CmAlarm *first = a;
  const CmAlarm *second = b;

  return first->time < second->time ? -1 : first->time > second->time;
}

/**
 * cm_tracker_set_alarm:
 * @self: the tracker
 * @source: a source that has promised to be heard of, and has no alarm
 */
void
cm_tracker_set_alarm (CmTracker       *self,
                      CmTrackedSource *source)
{
  CmAlarm *alarm = g_new (CmAlarm, 1);

  *alarm = (CmAlarm) { get_due (self, source), source };
  source->alarm = g_sequence_insert_sorted (self->alarms, alarm, compare_alarms, NULL);
}

/**
 * cm_tracker_promise:
 * @self: the tracker
 * @source: a source
 * @heartbeat: it will be heard of within every such span, ms; 0 takes it back
 *
 * A source that has nothing to tell is quiet, and nobody can know whether it is
 * still there. One that promises to be heard of all the same can be missed.
 */
void
cm_tracker_promise (CmTracker       *self,
                    CmTrackedSource *source,
                    gint64           heartbeat)
{
  g_clear_pointer (&source->alarm, g_sequence_remove);
  source->heartbeat = heartbeat;
  source->heard_at = self->now;
  if (heartbeat > 0)
    cm_tracker_set_alarm (self, source);
}

/* @since: since when it does not answer, ms UTC, or %CM_TIME_NONE where it does */
void
cm_tracker_set_silent (CmTracker       *self,
                       CmTrackedSource *source,
                       gint64           since)
{
  source->silent_since = since;
  if (since != CM_TIME_NONE)
    g_hash_table_add (self->silent, source);
  else
    g_hash_table_remove (self->silent, source);
}

/**
 * cm_tracker_hear:
 * @self: the tracker
 * @source: a source that has said something, whatever it was
 *
 * What it said counts from when it came: the source's own clock may be off.
 */
void
cm_tracker_hear (CmTracker       *self,
                 CmTrackedSource *source)
{
  source->heard_at = self->now;
  if (source->heartbeat == 0 || source->alarm != NULL)
    return;

  cm_tracker_set_silent (self, source, CM_TIME_NONE);
  cm_tracker_set_alarm (self, source);
  cm_tracker_queue_source (self, source);
}

static void
miss (CmTracker       *self,
      CmTrackedSource *source)
{
  cm_tracker_set_silent (self, source, source->heard_at);
  cm_tracker_queue_source (self, source);
}

/**
 * cm_tracker_listen:
 * @self: the tracker, whose time has gone on
 *
 * Finds those who have not kept their promise.
 */
void
cm_tracker_listen (CmTracker *self)
{
  while (!g_sequence_is_empty (self->alarms))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->alarms);
      CmAlarm *alarm = g_sequence_get (first);
      CmTrackedSource *source = alarm->source;

      if (alarm->time > self->now)
        break;

      g_clear_pointer (&source->alarm, g_sequence_remove);
      if (get_due (self, source) > self->now)
        cm_tracker_set_alarm (self, source);
      else
        miss (self, source);
    }
}

/* Returns: when somebody may be missed next, ms UTC, or %CM_TIME_NONE */
gint64
cm_tracker_get_alarm (CmTracker *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->alarms);

  return g_sequence_iter_is_end (first) ? CM_TIME_NONE : ((const CmAlarm *) g_sequence_get (first))->time;
}

/**
 * cm_tracker_listen_from:
 * @self: a tracker
 * @time: ms UTC
 *
 * Where the tracker itself was away, it cannot say that nobody was heard of
 * meanwhile: from here on promises count.
 */
void
cm_tracker_listen_from (CmTracker *self,
                        gint64     time)
{
  g_return_if_fail (CM_IS_TRACKER (self));

  self->listens_from = time;
}

/**
 * cm_tracker_get_silent_since:
 * @self: a tracker
 * @id: the id of a source
 *
 * Returns: since when it is lost or does not keep its promise, ms UTC, or
 *   %CM_TIME_NONE
 */
gint64
cm_tracker_get_silent_since (CmTracker *self,
                             CmText     id)
{
  CmTrackedSource *source;

  g_return_val_if_fail (CM_IS_TRACKER (self), CM_TIME_NONE);

  source = g_hash_table_lookup (self->sources, &id);

  return source != NULL ? source->silent_since : CM_TIME_NONE;
}

/**
 * cm_tracker_dup_silences:
 * @self: a tracker
 *
 * Returns: (transfer full) (element-type CmSilence): all sources that do not answer,
 *   whether they have a call or not
 */
GPtrArray *
cm_tracker_dup_silences (CmTracker *self)
{
  GPtrArray *silences = cm_silences_new ();
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (CM_IS_TRACKER (self), silences);

  g_hash_table_iter_init (&iter, self->silent);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const CmTrackedSource *source = key;

      cm_silences_add (silences, source->id, NULL, source->silent_since);
    }
  cm_silences_sort (silences);

  return silences;
}

/**
 * cm_tracker_is_heartbeat:
 * @self: a tracker
 * @event: an event that it has not handled yet
 *
 * Returns: whether it says nothing but that its source is still there
 */
gboolean
cm_tracker_is_heartbeat (CmTracker     *self,
                         const CmEvent *event)
{
  const CmTrackedSource *source;

  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);

  source = g_hash_table_lookup (self->sources, &event->source);

  return source != NULL && event->kind == CM_EVENT_SOURCE_STATUS_CHANGED &&
         event->source_status.known && event->source_status.integer == CM_SOURCE_STATUS_CONNECTED &&
         event->heartbeat.type == CM_VALUE_INTEGER && event->heartbeat.integer == source->heartbeat &&
         source->status == CM_SOURCE_STATUS_CONNECTED && !source->resync;
}
