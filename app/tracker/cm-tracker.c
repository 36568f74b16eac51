/* cm-tracker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "tracker/cm-tracked-update.h"

static CmTrackedSource *
get_source (CmTracker *self,
            CmText     id)
{
  CmTrackedSource *source = g_hash_table_lookup (self->sources, &id);

  if (source != NULL)
    return source;

  if (g_hash_table_size (self->sources) >= CM_TRACKER_MAX_SOURCES)
    return NULL;

  source = cm_tracked_source_new (id);
  g_hash_table_insert (self->sources, &source->key, source);

  return source;
}

/* What is said of a source is said in all of its legs. */
void
cm_tracker_queue_source (CmTracker       *self,
                         CmTrackedSource *source)
{
  GHashTableIter iter;
  gpointer leg;

  g_hash_table_iter_init (&iter, source->legs);
  while (g_hash_table_iter_next (&iter, NULL, &leg))
    cm_tracker_queue_change (self, leg);
}

static int
compare_legs (gconstpointer a,
              gconstpointer b)
{
  const CmTrackedLeg *first = a;
  const CmTrackedLeg *second = b;

  return first->serial < second->serial ? -1 : first->serial > second->serial;
}

/* What was not mentioned while everything was announced anew is over. Which of two
 * calls has ended first must not hang on how a table lies in memory: the same lines
 * come to the same, in whichever life of the tracker they are read. */
static void
end_resync (CmTracker       *self,
            CmTrackedSource *source,
            gint64           at)
{
  g_autoptr(GList) legs = g_list_sort (g_hash_table_get_values (source->legs), compare_legs);

  source->resync = FALSE;

  for (GList *l = legs; l != NULL; l = l->next)
    {
      CmTrackedLeg *leg = l->data;

      for (guint i = 0; leg->mentioned && i < leg->members->len; i++)
        {
          CmMember *member = &g_array_index (leg->members, CmMember, i);

          if (member->mentioned || member->is_self)
            continue;

          leg->n_waiting -= cm_member_is_waiting (member);
          cm_member_set_present (member, FALSE, 0, at);
          member->seen = self->stamp;
          if (leg->parent != NULL)
            cm_tracked_conversation_touch (leg->parent, member->contact);
        }

      if (!leg->mentioned)
        cm_leg_facts_set_removed (&leg->facts);
      cm_tracker_settle_leg (self, leg, at);
    }
}

/* Of a source that says itself that it is lost nothing is to be heard. */
static gint64
get_heartbeat (const CmTrackedSource *source,
               const CmEvent         *event)
{
  return source->status != CM_SOURCE_STATUS_LOST && event->heartbeat.type == CM_VALUE_INTEGER ?
         event->heartbeat.integer : 0;
}

static void
handle_source_status (CmTracker       *self,
                      CmTrackedSource *source,
                      const CmEvent   *event,
                      gint64           at)
{
  if (!event->source_status.known)
    {
      self->counters.unknown_values++;
      return;
    }

  if (cm_tracker_is_heartbeat (self, event))
    return;

  source->status = (CmSourceStatus) event->source_status.integer;
  cm_tracker_promise (self, source, get_heartbeat (source, event));
  if (source->status != CM_SOURCE_STATUS_LOST)
    cm_tracker_set_silent (self, source, CM_TIME_NONE);
  else if (source->silent_since == CM_TIME_NONE)
    cm_tracker_set_silent (self, source, at);
  if (source->status == CM_SOURCE_STATUS_RESYNC)
    cm_tracked_source_begin_resync (source);
  else if (source->status == CM_SOURCE_STATUS_CONNECTED && source->resync)
    {
      cm_tracked_source_forget_holes (source);
      end_resync (self, source, at);
    }

  cm_tracker_queue_source (self, source);
}

/* Presence belongs to the person, in all of his conversations. One that is over
 * stays as it was. */
static void
handle_contact (CmTracker     *self,
                const CmEvent *event)
{
  CmContact *contact = cm_contact_book_get (self->book, event->participant, self->now);

  if (event->availability.type == CM_VALUE_INTEGER)
    contact->availability = event->availability.integer;
  if (event->activity.bytes != NULL)
    cm_ref_string_set (&contact->activity, event->activity);

  /* Who is known has been in many calls. */
  for (guint i = 0; self->publishes && i < contact->legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (contact->legs, i);

      if (leg->parent == NULL)
        continue;

      cm_tracked_conversation_touch (leg->parent, contact);
      if (!leg->parent->is_ended)
        cm_tracker_mark_dirty (self, leg->parent);
    }
}

static void
handle_conversation (CmTracker       *self,
                     CmTrackedSource *source,
                     const CmEvent   *event,
                     gint64           at)
{
  CmTrackedLeg *leg = cm_tracker_get_leg (self, source, event->conversation, at);

  if (leg == NULL)
    {
      self->counters.dropped++;
      return;
    }

  if (event->kind == CM_EVENT_CONVERSATION_ADDED && leg->phase == CM_PHASE_ENDED)
    leg = cm_tracker_renew_leg (self, leg, at);

  leg->mentioned = TRUE;
  leg->touched = self->now;
  cm_tracker_handle_leg (self, leg, event, at);
  cm_tracker_settle_leg (self, leg, at);
}

static void
dispatch (CmTracker       *self,
          CmTrackedSource *source,
          const CmEvent   *event,
          gint64           at)
{
  switch (event->kind)
    {
    case CM_EVENT_UNKNOWN:
      self->counters.unknown_events++;
      break;
    case CM_EVENT_SOURCE_STATUS_CHANGED:
      handle_source_status (self, source, event, at);
      break;
    case CM_EVENT_CONTACT_INFORMATION_CHANGED:
      handle_contact (self, event);
      break;
    case CM_EVENT_CONVERSATION_ADDED:
    case CM_EVENT_CONVERSATION_REMOVED:
    case CM_EVENT_CONVERSATION_STATE_CHANGED:
    case CM_EVENT_CONVERSATION_PROPERTY_CHANGED:
    case CM_EVENT_MODALITY_STATE_CHANGED:
    case CM_EVENT_PARTICIPANT_ADDED:
    case CM_EVENT_PARTICIPANT_REMOVED:
    case CM_EVENT_PARTICIPANT_PROPERTY_CHANGED:
    default:
      handle_conversation (self, source, event, at);
    }
}

static gboolean
take_seq (CmTracker       *self,
          CmTrackedSource *source,
          const CmEvent   *event)
{
  gboolean had_holes = cm_tracked_source_has_holes (source);
  CmSequence sequence = cm_tracked_source_take_seq (source, event);

  self->counters.gaps += sequence == CM_SEQUENCE_GAP;
  self->counters.late += sequence == CM_SEQUENCE_LATE;
  self->counters.duplicates += sequence == CM_SEQUENCE_DUPLICATE;
  if (had_holes != cm_tracked_source_has_holes (source))
    cm_tracker_queue_source (self, source);

  return sequence != CM_SEQUENCE_DUPLICATE;
}

/**
 * cm_tracker_handle:
 * @self: the tracker
 * @event: an event of any source
 *
 * Takes in one event. Nothing that an event says is an error: what is not known
 * is counted, see cm_tracker_get_counters().
 */
void
cm_tracker_handle (CmTracker     *self,
                   const CmEvent *event)
{
  CmTrackedSource *source = get_source (self, event->source);
  gint64 at;

  self->counters.events++;
  self->stamp++;
  if (source == NULL)
    {
      self->counters.dropped++;
      return;
    }

  if (!take_seq (self, source, event))
    return;

  at = cm_tracked_source_take_time (source, event->at);
  self->counters.clamped += at != event->at;
  self->now = MAX (self->now, at);
  cm_tracker_hear (self, source);
  dispatch (self, source, event, at);
  cm_tracker_prune (self);
}

/**
 * cm_tracker_has_source:
 * @self: the tracker
 * @id: a source's id
 *
 * Returns: whether it has reported anything
 */
gboolean
cm_tracker_has_source (CmTracker  *self,
                       const char *id)
{
  const CmText key = cm_text_from_string (id);

  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);

  return g_hash_table_contains (self->sources, &key);
}

/**
 * cm_tracker_has_conversation:
 * @self: the tracker
 * @id: a conversation's id
 *
 * Returns: whether there is one
 */
gboolean
cm_tracker_has_conversation (CmTracker  *self,
                             const char *id)
{
  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);

  return g_hash_table_contains (self->conversations, id);
}

/**
 * cm_tracker_get_seq:
 * @self: the tracker
 * @source: a source's id
 * @seq: (out): the last of its numbers below which nothing is missing
 * @last: (out): the last of its numbers
 *
 * Returns: whether it numbers its events, and has sent any
 */
gboolean
cm_tracker_get_seq (CmTracker  *self,
                    const char *source,
                    gint64     *seq,
                    gint64     *last)
{
  const CmText key = cm_text_from_string (source);
  const CmTrackedSource *found;

  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);

  found = g_hash_table_lookup (self->sources, &key);
  if (found == NULL || !found->has_seq)
    return FALSE;

  *seq = cm_tracked_source_get_whole (found);
  *last = found->last_seq;

  return TRUE;
}
