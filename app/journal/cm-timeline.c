/* cm-timeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-timeline-private.h"

#include <glib/gi18n.h>

#include "model/cm-document-words.h"
#include "model/cm-words.h"

/* States that the wire has no name for. */
#define STATE_LOBBY "in-lobby"
#define STATE_LEFT "left"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmTimeline, cm_timeline, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static const struct
{
  const char     *state;
  CmTimelineLook  look;
} looks[] = {
  { "Connected", CM_TIMELINE_LIVE },
  { "Connecting", CM_TIMELINE_ESCALATING },
  { "ConnectingToCaller", CM_TIMELINE_ESCALATING },
  { "Forwarding", CM_TIMELINE_ESCALATING },
  { "Joining", CM_TIMELINE_ESCALATING },
  { "Notified", CM_TIMELINE_ESCALATING },
  { "OnHold", CM_TIMELINE_HOLD },
  { "Suspended", CM_TIMELINE_HOLD },
  { "Transferring", CM_TIMELINE_ESCALATING },
  { STATE_LEFT, CM_TIMELINE_LEFT },
  { STATE_LOBBY, CM_TIMELINE_HOLD },
};

static void
lane_free (gpointer data)
{
  CmTimelineLane *self = data;

  g_free (self->address);
  g_free (self->name);
  g_array_unref (self->segments);
  g_free (self);
}

static CmTimelineLane *
lane_new (const char *address,
          gint64      since)
{
  CmTimelineLane *self = g_new0 (CmTimelineLane, 1);

  self->address = g_strdup (address);
  self->since = since;
  self->segments = g_array_new (FALSE, FALSE, sizeof (CmTimelineSegment));

  return self;
}

static CmTimelineSegment *
get_last (const CmTimelineLane *lane)
{
  guint n = lane->segments->len;

  return n > 0 ? &g_array_index (lane->segments, CmTimelineSegment, n - 1) : NULL;
}

static CmTimelineLook
get_person_look (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      if (g_str_equal (looks[i].state, state))
        return looks[i].look;
    }

  return CM_TIMELINE_IDLE;
}

static gboolean
close_lane (CmTimelineLane *lane,
            gint64          at)
{
  CmTimelineSegment *last = get_last (lane);

  if (last == NULL || last->end != CM_TIME_NONE)
    return FALSE;

  last->end = MAX (at, last->start);

  return TRUE;
}

/* For this class's other file: the lane that has most gives its oldest half. */
void
cm_timeline_make_room (CmTimeline *self)
{
  CmTimelineLane *longest = g_ptr_array_index (self->lanes, 0);
  guint n;

  for (guint i = 1; i < self->lanes->len; i++)
    {
      CmTimelineLane *lane = g_ptr_array_index (self->lanes, i);

      if (lane->segments->len > longest->segments->len)
        longest = lane;
    }

  n = longest->segments->len / 2;
  g_array_remove_range (longest->segments, 0, n);
  self->n_segments -= n;
  self->n_dropped += n;
}

/* %NULL as state ends what was. */
static gboolean
set_state (CmTimeline     *self,
           CmTimelineLane *lane,
           gint64          at,
           const char     *state,
           CmTimelineLook  look)
{
  CmTimelineSegment *last = get_last (lane);
  CmTimelineSegment segment = { at, CM_TIME_NONE, g_intern_string (state), look };

  if (state == NULL)
    return close_lane (lane, at);

  if (last != NULL && last->end == CM_TIME_NONE && last->state == segment.state && last->look == look)
    return FALSE;

  close_lane (lane, at);
  if (last != NULL)
    segment.start = MAX (at, last->start);
  g_array_append_val (lane->segments, segment);
  if (++self->n_segments > CM_TIMELINE_MAX_SEGMENTS)
    cm_timeline_make_room (self);

  return TRUE;
}

static const char *
get_person_state (const CmPerson *person)
{
  if (person->left != CM_TIME_NONE)
    return STATE_LEFT;
  if (person->role == CM_ROLE_LOBBY)
    return STATE_LOBBY;
  if (g_strcmp0 (person->state, "Invalid") == 0 || g_strcmp0 (person->state, "Disconnected") == 0)
    return NULL;

  return person->state;
}

/* For this class's other file. Returns: (nullable) (transfer none): a person's lane, a
 * new one where there was none; %NULL where there are too many */
CmTimelineLane *
cm_timeline_ensure_lane (CmTimeline *self,
                         const char *address,
                         gint64      since)
{
  CmTimelineLane *lane = g_hash_table_lookup (self->persons, address);

  if (lane != NULL)
    return lane;

  if (self->lanes->len >= CM_TIMELINE_MAX_LANES)
    {
      self->n_dropped++;
      return NULL;
    }

  lane = lane_new (address, since);
  g_ptr_array_add (self->lanes, lane);
  g_hash_table_insert (self->persons, lane->address, lane);

  return lane;
}

static gboolean
take_person (CmTimeline     *self,
             gint64          at,
             const CmPerson *person)
{
  CmTimelineLane *lane = cm_timeline_ensure_lane (self, person->address, at);
  const char *state = get_person_state (person);
  gboolean changed = FALSE;

  if (lane == NULL)
    return FALSE;

  if (person->name != NULL && g_strcmp0 (lane->name, person->name) != 0)
    {
      g_free (lane->name);
      lane->name = g_strdup (person->name);
      changed = TRUE;
    }

  return set_state (self, lane, at, state,
                    state != NULL ? get_person_look (state) : CM_TIMELINE_IDLE) || changed;
}

/* Of a long roster only those are looked at who are not what they were. */
static gboolean
take_roster (CmTimeline       *self,
             gint64            at,
             const CmDocument *document)
{
  CmItemsWalk walk;
  gconstpointer before, after;
  gboolean changed = FALSE;

  cm_items_walk_init (&walk, self->taken != NULL ? &self->taken->persons : NULL, &document->persons);
  while (cm_items_walk_next (&walk, &before, &after))
    {
      if (after != NULL)
        changed |= take_person (self, at, after);
    }

  g_clear_pointer (&self->taken, cm_document_free);
  self->taken = cm_document_copy (document);

  return changed;
}

static gboolean
take_escalation (CmTimeline       *self,
                 gint64            at,
                 const CmDocument *document)
{
  CmTimelineLane *lane = g_ptr_array_index (self->lanes, 0);
  const CmLeg *leg = cm_document_get_escalation_leg (document);

  switch (cm_document_get_escalation (document))
    {
    case CM_ESCALATION_RUNNING:
      return set_state (self, lane, at, leg->escalation.stage, leg->phase == CM_PHASE_LOBBY
                        ? CM_TIMELINE_HOLD : CM_TIMELINE_ESCALATING);
    case CM_ESCALATION_FAILED:
      return set_state (self, lane, at, "Failed", CM_TIMELINE_FAILED);
    case CM_ESCALATION_COMPLETED:
    case CM_ESCALATION_NONE:
    default:
      return set_state (self, lane, at, NULL, CM_TIMELINE_IDLE);
    }
}

static gboolean
finish (CmTimeline *self,
        gint64      at)
{
  gboolean changed = self->ended != at;

  self->ended = at;
  g_clear_pointer (&self->taken, cm_document_free);
  for (guint i = 0; i < self->lanes->len; i++)
    changed |= close_lane (g_ptr_array_index (self->lanes, i), at);

  return changed;
}

/* What no words are known for is told as the source does. */
static char *
dup_words (const char *words,
           const char *state)
{
  return g_strdup (words != NULL ? words : state);
}

static void
cm_timeline_finalize (GObject *object)
{
  CmTimeline *self = CM_TIMELINE (object);

  g_ptr_array_unref (self->lanes);
  g_hash_table_unref (self->persons);
  g_clear_pointer (&self->taken, cm_document_free);

  G_OBJECT_CLASS (cm_timeline_parent_class)->finalize (object);
}

static void
cm_timeline_class_init (CmTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_timeline_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
cm_timeline_init (CmTimeline *self)
{
  self->lanes = g_ptr_array_new_with_free_func (lane_free);
  self->persons = g_hash_table_new (g_str_hash, g_str_equal);
  self->start = self->ended = CM_TIME_NONE;
  g_ptr_array_add (self->lanes, lane_new (NULL, G_MININT64));
}

/* For this class's other file. */
void
cm_timeline_emit_changed (CmTimeline *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

CmTimeline *
cm_timeline_new (void)
{
  return g_object_new (CM_TYPE_TIMELINE, NULL);
}

/**
 * cm_timeline_take:
 * @self: a timeline
 * @at: when, ms UTC; not before what was taken last
 * @document: the conversation from then on
 */
void
cm_timeline_take (CmTimeline       *self,
                  gint64            at,
                  const CmDocument *document)
{
  gboolean changed = FALSE;

  g_return_if_fail (CM_IS_TIMELINE (self));

  if (self->start == CM_TIME_NONE)
    self->start = document->started != CM_TIME_NONE ? MIN (document->started, at) : at;

  if (document->ended != CM_TIME_NONE)
    {
      changed = finish (self, document->ended);
    }
  else
    {
      self->ended = CM_TIME_NONE;
      changed |= take_escalation (self, at, document);
      changed |= take_roster (self, at, document);
    }

  if (changed)
    cm_timeline_emit_changed (self);
}

/* Returns: how many lanes there are: at least the escalation's, the first one */
guint
cm_timeline_get_n_lanes (CmTimeline *self)
{
  g_return_val_if_fail (CM_IS_TIMELINE (self), 0);

  return self->lanes->len;
}

/* Returns: (transfer none): a lane, until the next document is taken */
const CmTimelineLane *
cm_timeline_get_lane (CmTimeline *self,
                      guint       i)
{
  g_return_val_if_fail (CM_IS_TIMELINE (self) && i < self->lanes->len, NULL);

  return g_ptr_array_index (self->lanes, i);
}

/* Returns: when it begins, ms UTC, or %CM_TIME_NONE */
gint64
cm_timeline_get_start (CmTimeline *self)
{
  g_return_val_if_fail (CM_IS_TIMELINE (self), CM_TIME_NONE);

  return self->start;
}

/* Returns: when the conversation has ended, ms UTC, or %CM_TIME_NONE */
gint64
cm_timeline_get_ended (CmTimeline *self)
{
  g_return_val_if_fail (CM_IS_TIMELINE (self), CM_TIME_NONE);

  return self->ended;
}

guint
cm_timeline_get_n_segments (CmTimeline *self)
{
  g_return_val_if_fail (CM_IS_TIMELINE (self), 0);

  return self->n_segments;
}

/* Returns: how many segments and lanes were too many to be kept */
guint
cm_timeline_get_n_dropped (CmTimeline *self)
{
  g_return_val_if_fail (CM_IS_TIMELINE (self), 0);

  return self->n_dropped;
}

/* Returns: (transfer full): what stands in front of the lane */
char *
cm_timeline_lane_dup_name (const CmTimelineLane *self)
{
  if (self->address == NULL)
    /* Translators: a two-party call that becomes a conference */
    return g_strdup (_("Escalation"));

  return cm_words_dup_name (self->address, self->name);
}

/* Returns: (transfer full): what a segment says, in words */
char *
cm_timeline_segment_dup_label (const CmTimelineLane    *lane,
                               const CmTimelineSegment *segment)
{
  if (lane->address == NULL)
    return dup_words (cm_words_get_stage (segment->state), segment->state);
  if (g_str_equal (segment->state, STATE_LOBBY))
    return g_strdup (_("In the lobby"));
  if (g_str_equal (segment->state, STATE_LEFT))
    /* Translators: a person is no longer in the call */
    return g_strdup (C_("timeline", "Left"));

  return dup_words (cm_words_get_modality (segment->state), segment->state);
}
