/* cm-tracked-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked-source.h"

#include "core/cm-text-hash.h"

/**
 * cm_tracked_source_new:
 * @id: the source's id
 *
 * Returns: (transfer full): a source that has said nothing yet
 */
CmTrackedSource *
cm_tracked_source_new (CmText id)
{
  CmTrackedSource *self = g_new0 (CmTrackedSource, 1);

  self->id = g_ref_string_new_len (id.bytes, (gssize) id.size);
  self->key = cm_text_from_string (self->id);
  self->legs = g_hash_table_new (cm_text_hash, cm_text_hash_equal);
  self->last_at = CM_TIME_NONE;
  self->silent_since = CM_TIME_NONE;
  self->status = CM_SOURCE_STATUS_CONNECTED;

  return self;
}

/**
 * cm_tracked_source_free:
 * @self: (transfer full): a source; its legs belong to their conversations
 */
void
cm_tracked_source_free (CmTrackedSource *self)
{
  g_clear_pointer (&self->holes, g_array_unref);
  g_hash_table_unref (self->legs);
  g_ref_string_release (self->id);
  g_free (self);
}

static void
open_hole (CmTrackedSource *self,
           gint64           first,
           gint64           last)
{
  CmSourceHole hole = { first, last };

  if (self->holes == NULL)
    self->holes = g_array_new (FALSE, FALSE, sizeof (CmSourceHole));
  if (self->holes->len == CM_SOURCE_MAX_HOLES)
    g_array_remove_index (self->holes, 0);
  g_array_append_val (self->holes, hole);
}

/* Takes one number out of the holes; what is left of its hole may be two. */
static gboolean
fill_hole (CmTrackedSource *self,
           gint64           seq)
{
  for (guint i = 0; self->holes != NULL && i < self->holes->len; i++)
    {
      CmSourceHole *hole = &g_array_index (self->holes, CmSourceHole, i);
      CmSourceHole rest = { seq + 1, hole->last };

      if (seq < hole->first || seq > hole->last)
        continue;

      hole->last = seq - 1;
      if (hole->last < hole->first)
        g_array_remove_index (self->holes, i);
      if (rest.first <= rest.last)
        open_hole (self, rest.first, rest.last);
      return TRUE;
    }

  return FALSE;
}

/* Takes a number that is no higher than the highest. One below the first was not
 * known to be missing, and now everything between them is. */
static gboolean
take_late (CmTrackedSource *self,
           gint64           seq)
{
  if (seq >= self->first_seq)
    return fill_hole (self, seq);

  if (seq + 1 < self->first_seq)
    open_hole (self, seq + 1, self->first_seq - 1);
  self->first_seq = seq;

  return TRUE;
}

/* A station that was started anew counts anew: it says so, at a time after
 * everything it has said. The same line sent twice has its old time. */
static gboolean
begins_anew (CmTrackedSource *self,
             const CmEvent   *event)
{
  return event->kind == CM_EVENT_SOURCE_STATUS_CHANGED && event->source_status.known &&
         event->source_status.integer != CM_SOURCE_STATUS_LOST &&
         event->seq <= self->last_seq && event->at > self->last_at;
}

/**
 * cm_tracked_source_take_seq:
 * @self: a source
 * @event: an event of it
 *
 * Returns: where the event stands in the source's numbers
 */
CmSequence
cm_tracked_source_take_seq (CmTrackedSource *self,
                            const CmEvent   *event)
{
  gint64 before = self->last_seq;

  if (!event->has_seq)
    return CM_SEQUENCE_NEXT;

  if (!self->has_seq || begins_anew (self, event))
    {
      self->has_seq = TRUE;
      self->first_seq = self->last_seq = event->seq;
      cm_tracked_source_forget_holes (self);
      return CM_SEQUENCE_NEXT;
    }

  if (event->seq <= before)
    return take_late (self, event->seq) ? CM_SEQUENCE_LATE : CM_SEQUENCE_DUPLICATE;

  self->last_seq = event->seq;
  if (event->seq - 1 == before)
    return CM_SEQUENCE_NEXT;

  open_hole (self, before + 1, event->seq - 1);

  return CM_SEQUENCE_GAP;
}

/**
 * cm_tracked_source_take_time:
 * @self: a source
 * @at: an event's time, ms UTC
 *
 * Returns: @at, or the source's latest time where the clock went back
 */
gint64
cm_tracked_source_take_time (CmTrackedSource *self,
                             gint64           at)
{
  self->last_at = MAX (self->last_at, at);

  return self->last_at;
}

/**
 * cm_tracked_source_has_holes:
 * @self: a source
 *
 * Returns: whether events of it are missing
 */
gboolean
cm_tracked_source_has_holes (const CmTrackedSource *self)
{
  return self->holes != NULL && self->holes->len > 0;
}

/**
 * cm_tracked_source_get_whole:
 * @self: a source that numbers its events
 *
 * Returns: the last of its numbers below which no hole is open
 */
gint64
cm_tracked_source_get_whole (const CmTrackedSource *self)
{
  gint64 whole = self->last_seq;

  for (guint i = 0; self->holes != NULL && i < self->holes->len; i++)
    whole = MIN (whole, g_array_index (self->holes, CmSourceHole, i).first - 1);

  return whole;
}

/**
 * cm_tracked_source_forget_holes:
 * @self: a source whose state is told whole again
 */
void
cm_tracked_source_forget_holes (CmTrackedSource *self)
{
  if (self->holes != NULL)
    g_array_set_size (self->holes, 0);
}

/**
 * cm_tracked_source_begin_resync:
 * @self: a source that is about to announce everything anew
 *
 * From here on every leg and member waits to be mentioned.
 */
void
cm_tracked_source_begin_resync (CmTrackedSource *self)
{
  GHashTableIter iter;
  gpointer value;

  self->resync = TRUE;
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CmTrackedLeg *leg = value;

      leg->mentioned = FALSE;
      for (guint i = 0; i < leg->members->len; i++)
        g_array_index (leg->members, CmMember, i).mentioned = FALSE;
    }
}
