/* cm-leg-counts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-leg-counts.h"

#include "model/cm-reason.h"
#include "tracker/cm-tracked-source.h"
#include "tracker/cm-tracked-update.h"

static gboolean
follows (const CmTrackedLeg *leg)
{
  return leg->phase == CM_PHASE_LEFT || cm_tracked_leg_is_live (leg);
}

/* Whether it matters that the station has gone on by another leg. */
static gboolean
may_be_followed (const CmTrackedLeg *leg)
{
  return leg->phase == CM_PHASE_LEFT || leg->status == CM_STATUS_REMOVED;
}

static gboolean
tells (const CmTrackedLeg *leg,
       CmTold              told)
{
  switch (told)
    {
    case CM_TOLD_NAME:
      return leg->uri != NULL;
    case CM_TOLD_SUBJECT:
      return leg->subject != NULL;
    case CM_TOLD_LOCKED:
      return leg->locked != CM_UNKNOWN;
    case CM_TOLD_ACCESS_TYPE:
      return leg->access_type != NULL;
    case CM_TOLD_ACCESS:
      return leg->access != NULL;
    case CM_N_TOLD:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Later reports say what the conference is like; what it is called is what the first
 * leg called it, since spellings differ and a row must not flicker. Else one that has
 * not ended goes before one that has. */
static gboolean
is_preferred (const CmTrackedLeg *leg,
              const CmTrackedLeg *other,
              CmTold              told)
{
  if (told == CM_TOLD_NAME)
    return leg->serial < other->serial;
  if ((leg->phase == CM_PHASE_ENDED) != (other->phase == CM_PHASE_ENDED))
    return other->phase == CM_PHASE_ENDED;
  if (told == CM_TOLD_SUBJECT)
    return leg->serial > other->serial;

  return leg->conference_seen > other->conference_seen;
}

static void
offer_teller (CmLegCounts  *self,
              CmTrackedLeg *leg,
              CmTold        told)
{
  if (tells (leg, told) && (self->tellers[told] == NULL || is_preferred (leg, self->tellers[told], told)))
    self->tellers[told] = leg;
}

/* Whoever tells less than before may no longer be the one to tell it. */
static void
note_teller (CmLegCounts  *self,
             CmTrackedLeg *leg,
             CmTold        told,
             gboolean      has_ended)
{
  if ((self->lost & 1u << told) != 0)
    return;

  if (self->tellers[told] != leg)
    offer_teller (self, leg, told);
  else if (!tells (leg, told) || (has_ended && told != CM_TOLD_NAME))
    self->lost |= 1u << told;
}

static void
add (CmLegCounts         *self,
     const CmLegStanding *standing,
     guint                by)
{
  if (!standing->is_counted)
    return;

  if (!(standing->phase == CM_PHASE_LEFT && standing->is_followed))
    self->phases[standing->phase] += by;
  self->kinds[standing->kind] += by;
  self->live += standing->live ? by : 0;
  self->silent += standing->silent ? by : 0;
  self->open += standing->phase != CM_PHASE_ENDED ? by : 0;
}

/* The last one takes the place of one that goes. */
static void
set_inside (CmLegCounts  *self,
            CmTrackedLeg *leg,
            gboolean      is_inside)
{
  guint place = leg->standing.inside;
  CmTrackedLeg *last;

  if (is_inside == (place > 0))
    return;

  if (self->inside == NULL)
    self->inside = g_ptr_array_new ();
  if (is_inside)
    {
      g_ptr_array_add (self->inside, leg);
      leg->standing.inside = self->inside->len;
      return;
    }

  last = g_ptr_array_index (self->inside, self->inside->len - 1);
  last->standing.inside = place;
  leg->standing.inside = 0;
  g_ptr_array_remove_index_fast (self->inside, place - 1);
}

static void
recount (CmLegCounts  *self,
         CmTrackedLeg *leg,
         gboolean      is_followed)
{
  gboolean had_ended = leg->standing.is_counted && leg->standing.phase == CM_PHASE_ENDED;
  gboolean has_ended = leg->phase == CM_PHASE_ENDED;

  add (self, &leg->standing, G_MAXUINT);
  leg->standing = (CmLegStanding) {
    .phase = leg->phase,
    .kind = cm_leg_facts_get_kind (&leg->facts),
    .inside = leg->standing.inside,
    .live = cm_tracked_leg_is_live (leg) != FALSE,
    .silent = !has_ended && leg->source->silent_since != CM_TIME_NONE,
    .follows = follows (leg) != FALSE,
    .is_followed = is_followed != FALSE,
    .is_counted = TRUE,
  };
  add (self, &leg->standing, 1);
  set_inside (self, leg, leg->phase == CM_PHASE_IN_CONFERENCE);

  for (guint told = 0; told < CM_N_TOLD; told++)
    note_teller (self, leg, (CmTold) told, has_ended && !had_ended);
}

static void
add_kin (GPtrArray             *kin,
         CmTrackedConversation *conversation,
         CmTrackedSource       *source,
         CmTrackedLeg          *leg)
{
  if (leg->standing.is_counted && leg->source == source && leg->parent == conversation)
    g_ptr_array_add (kin, leg);
}

/* Many stations have a leg in a large conference, and a station has few.
 *
 * Returns: (transfer full) (element-type CmTrackedLeg): all that the source has here */
static GPtrArray *
collect_kin (CmTrackedConversation *conversation,
             CmTrackedSource       *source)
{
  GPtrArray *kin = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer leg;

  if (g_hash_table_size (source->legs) >= conversation->legs->len)
    {
      for (guint i = 0; i < conversation->legs->len; i++)
        add_kin (kin, conversation, source, g_ptr_array_index (conversation->legs, i));
      return kin;
    }

  g_hash_table_iter_init (&iter, source->legs);
  while (g_hash_table_iter_next (&iter, NULL, &leg))
    add_kin (kin, conversation, source, leg);
  for (guint i = 0; conversation->orphans != NULL && i < conversation->orphans->len; i++)
    add_kin (kin, conversation, source, g_ptr_array_index (conversation->orphans, i));

  return kin;
}

/* Another leg of the same station has come into the conference since; and where that
 * one has left too, it is the one to go back to. */
static void
settle_kin (CmTrackedConversation *conversation,
            CmTrackedSource       *source)
{
  g_autoptr(GPtrArray) kin = collect_kin (conversation, source);
  guint64 last = 0;

  for (guint i = 0; i < kin->len; i++)
    {
      const CmTrackedLeg *leg = g_ptr_array_index (kin, i);

      if (follows (leg))
        last = MAX (last, leg->serial);
    }

  for (guint i = 0; i < kin->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (kin, i);
      gboolean is_followed = may_be_followed (leg) && last > leg->serial;

      if ((gboolean) leg->standing.is_followed != is_followed)
        {
          recount (&conversation->counts, leg, is_followed);
          cm_tracked_conversation_note_leg (conversation, leg);
        }
    }
}

/* @self: counts that are not kept any longer */
void
cm_leg_counts_clear (CmLegCounts *self)
{
  g_clear_pointer (&self->inside, g_ptr_array_unref);
  *self = (CmLegCounts) { 0 };
}

/**
 * cm_leg_counts_begin:
 * @conversation: a conversation
 *
 * Counts all of its legs; from now on they have to be noted.
 */
void
cm_leg_counts_begin (CmTrackedConversation *conversation)
{
  cm_leg_counts_clear (&conversation->counts);
  conversation->counts.is_kept = TRUE;
  for (guint i = 0; i < conversation->legs->len; i++)
    ((CmTrackedLeg *) g_ptr_array_index (conversation->legs, i))->standing = (CmLegStanding) { 0 };

  for (guint i = 0; i < conversation->legs->len; i++)
    cm_leg_counts_note (conversation, g_ptr_array_index (conversation->legs, i));
}

/**
 * cm_leg_counts_note:
 * @conversation: a conversation
 * @leg: one of its legs, of which anything has changed
 *
 * A leg is followed where the same source has come back by a later one.
 */
void
cm_leg_counts_note (CmTrackedConversation *conversation,
                    CmTrackedLeg          *leg)
{
  gboolean did_follow = leg->standing.follows;
  gboolean is_new;

  if (!conversation->counts.is_kept)
    return;

  is_new = !leg->standing.is_counted;
  recount (&conversation->counts, leg, leg->standing.is_followed && may_be_followed (leg));
  if (conversation->legs->len > 1 &&
      ((gboolean) leg->standing.follows != did_follow || (may_be_followed (leg) && (is_new || !leg->standing.is_followed))))
    settle_kin (conversation, leg->source);
}

/**
 * cm_leg_counts_drop:
 * @conversation: a conversation
 * @leg: a leg that is no longer one of its legs
 */
void
cm_leg_counts_drop (CmTrackedConversation *conversation,
                    CmTrackedLeg          *leg)
{
  CmLegCounts *counts = &conversation->counts;
  gboolean did_follow = leg->standing.follows;

  if (!counts->is_kept)
    return;

  add (counts, &leg->standing, G_MAXUINT);
  set_inside (counts, leg, FALSE);
  leg->standing = (CmLegStanding) { 0 };
  for (guint told = 0; told < CM_N_TOLD; told++)
    {
      if (counts->tellers[told] == leg)
        counts->lost |= 1u << told;
    }

  if (did_follow)
    settle_kin (conversation, leg->source);
}

CmKind
cm_leg_counts_get_kind (const CmLegCounts *self)
{
  CmKind kind = CM_KIND_CONFERENCE;

  while (kind > CM_KIND_MESSAGE && self->kinds[kind] == 0)
    kind--;

  return kind;
}

/* Returns: the first that any leg has */
CmPhase
cm_leg_counts_get_phase (const CmLegCounts *self)
{
  CmPhase phase = CM_PHASE_FAILED;

  while (phase < CM_PHASE_ENDED && self->phases[phase] == 0)
    phase++;

  return phase;
}

/**
 * cm_leg_counts_get_teller:
 * @conversation: a conversation
 * @told: what is told of it
 *
 * Returns: (nullable) (transfer none): the leg that tells it
 */
const CmTrackedLeg *
cm_leg_counts_get_teller (CmTrackedConversation *conversation,
                          CmTold                 told)
{
  CmLegCounts *counts = &conversation->counts;

  if ((counts->lost & 1u << told) == 0)
    return counts->tellers[told];

  counts->lost &= ~(1u << told);
  counts->tellers[told] = NULL;
  for (guint i = 0; i < conversation->legs->len; i++)
    offer_teller (counts, g_ptr_array_index (conversation->legs, i), told);

  return counts->tellers[told];
}
