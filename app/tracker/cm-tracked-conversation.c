/* cm-tracked-conversation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked.h"

#include "model/cm-reason.h"
#include "tracker/cm-attention-state.h"
#include "tracker/cm-leg-counts.h"
#include "tracker/cm-tracked-roster.h"
#include "tracker/cm-tracked-source.h"
#include "tracker/cm-tracked-update.h"

static void
set_string (char       **member,
            const char  *string)
{
  cm_ref_string_set (member, cm_text_from_string (string));
}

static const CmTrackedLeg *
get_leg (const CmTrackedConversation *self,
         guint                        i)
{
  return g_ptr_array_index (self->legs, i);
}

/* Returns: since when the leg is at its step of the escalation, ms UTC, or
 *   %CM_TIME_NONE where it has not begun */
gint64
cm_tracked_leg_get_stage_since (const CmTrackedLeg *self)
{
  return self->facts.progress == CM_PROGRESS_NOT_STARTED && self->stage_name == NULL ? CM_TIME_NONE : self->stage_since;
}

static void
build_escalation (const CmTrackedLeg *leg,
                  CmEscalation       *escalation)
{
  const CmLegFacts *facts = &leg->facts;

  if (facts->progress == CM_PROGRESS_NOT_STARTED && leg->stage_name == NULL)
    return;

  set_string (&escalation->stage, leg->stage_name != NULL
                                  ? leg->stage_name
                                  : cm_wire_enum_get_name (&cm_wire_progress, facts->progress));
  escalation->step = cm_leg_facts_get_step (facts, &escalation->steps);
  escalation->since = leg->stage_since;
  escalation->result = facts->result;
  escalation->restarts = facts->restarts;
}

/* Why the leg is not where it wanted to be. */
static void
build_reason (const CmTrackedLeg *leg,
              char              **reason)
{
  guint32 status = leg->status;
  g_autofree char *token = NULL;

  if (status == 0 && cm_leg_facts_get_escalation_failed (&leg->facts) && leg->facts.result > 0)
    status = (guint32) leg->facts.result;
  if (status == 0)
    return;

  token = cm_reason_dup_from_status (status);
  set_string (reason, token);
}

/**
 * cm_tracked_leg_build:
 * @self: a leg
 * @leg: its place in a document, with nothing in it but the id
 *
 * Fills in all but the banner, which the other legs have a say in.
 */
void
cm_tracked_leg_build (const CmTrackedLeg *self,
                      CmLeg              *leg)
{
  const CmLegFacts *facts = &self->facts;

  set_string (&leg->source, self->source->id);
  set_string (&leg->conversation, self->conversation);
  leg->phase = self->phase;
  leg->role = cm_leg_facts_get_role (facts);
  leg->direction = (CmLegDirection) facts->direction;
  cm_ref_string_share (&leg->inviter, self->inviter);
  set_string (&leg->state, self->state_name != NULL
                           ? self->state_name
                           : cm_wire_enum_get_name (&cm_wire_conversation_state, facts->conversation_state));
  set_string (&leg->audio_video, self->audio_video_name != NULL
                                 ? self->audio_video_name
                                 : cm_wire_enum_get_name (&cm_wire_modality_state, facts->audio_video));
  build_escalation (self, &leg->escalation);
  build_reason (self, &leg->reason);
  leg->timing = self->timing;
  leg->confirmed = cm_tracked_leg_is_confirmed (self);
  if (self->phase != CM_PHASE_ENDED)
    leg->silent_since = self->source->silent_since;
}

/* Whether somebody waits whom this leg could let in. */
static gboolean
sees_lobby (const CmTrackedLeg *leg)
{
  return leg->phase != CM_PHASE_ENDED && leg->phase != CM_PHASE_LEFT && leg->n_waiting > 0;
}

static CmBanner
get_banner (const CmTrackedLeg *leg,
            gboolean            is_over)
{
  if (leg->status == CM_STATUS_REMOVED)
    return leg->standing.is_followed ? CM_BANNER_NONE : CM_BANNER_REMOVED;
  if (leg->phase == CM_PHASE_ENDED)
    return CM_BANNER_NONE;
  if (leg->phase == CM_PHASE_LEFT)
    return leg->standing.is_followed || is_over ? CM_BANNER_NONE : CM_BANNER_LEFT_CALL;
  if (leg->phase == CM_PHASE_REJOINING)
    return CM_BANNER_REJOINING;
  if (cm_leg_facts_get_escalation_failed (&leg->facts))
    return CM_BANNER_ESCALATION_FAILED;
  if (leg->phase == CM_PHASE_LOBBY || sees_lobby (leg))
    return CM_BANNER_LOBBY;

  return CM_BANNER_NONE;
}

static void
describe_access (const CmTrackedLeg *leg,
                 CmAccess           *to)
{
  const CmAccess none = { NULL, NULL, NULL };
  const CmAccess *access = leg != NULL ? leg->access : &none;

  cm_ref_string_share (&to->id, access->id);
  cm_ref_string_share (&to->join_url, access->join_url);
  g_strfreev (to->numbers);
  to->numbers = g_strdupv (access->numbers);
}

static void
describe_conference (CmTrackedConversation *self,
                     CmConference          *conference)
{
  const CmTrackedLeg *named = cm_leg_counts_get_teller (self, CM_TOLD_NAME);
  const CmTrackedLeg *locked = cm_leg_counts_get_teller (self, CM_TOLD_LOCKED);
  const CmTrackedLeg *access_type = cm_leg_counts_get_teller (self, CM_TOLD_ACCESS_TYPE);

  cm_ref_string_share (&conference->uri, named != NULL ? named->uri : NULL);
  cm_ref_string_share (&conference->key, named != NULL ? named->conference_key : NULL);
  cm_ref_string_share (&conference->organizer, named != NULL ? named->organizer : NULL);
  conference->locked = locked != NULL ? locked->locked : CM_UNKNOWN;
  cm_ref_string_share (&conference->access_type, access_type != NULL ? access_type->access_type : NULL);
  describe_access (cm_leg_counts_get_teller (self, CM_TOLD_ACCESS), &conference->access);
}

/* Alone in a conference is still in it; and others may be in one that every
 * station has left. */
static gboolean
is_live (const CmTrackedConversation *self,
         const CmCrowd               *crowd,
         const CmDocument            *document)
{
  return self->counts.live > 0 ||
         (document->kind == CM_KIND_CONFERENCE && document->phase != CM_PHASE_ENDED && crowd->told_in > 0);
}

/* What the rules have to know of all but people and legs: what the call is like. */
void
cm_tracked_conversation_settle_head (const CmTrackedConversation *self,
                                     CmDocument                  *document)
{
  document->kind = cm_leg_counts_get_kind (&self->counts);
  document->phase = cm_leg_counts_get_phase (&self->counts);
  document->started = self->started;
  document->ended = self->ended;
}

/* What else there is to tell of it. */
static void
describe_head (CmTrackedConversation *self,
               CmDocument            *document)
{
  const CmTrackedLeg *subject = cm_leg_counts_get_teller (self, CM_TOLD_SUBJECT);

  describe_conference (self, &document->conference);
  cm_ref_string_share (&document->subject, subject != NULL ? subject->subject : NULL);
  cm_ref_string_share (&document->replaces, self->replaces);
}

static void
settle_leg (CmTrackedConversation *self,
            CmTrackedLeg          *leg)
{
  CmBanner banner = get_banner (leg, self->was_over);

  if (banner != leg->banner)
    cm_tracked_conversation_note_leg (self, leg);
  leg->banner = banner;
}

static void
settle_legs (CmTrackedConversation *self,
             GPtrArray             *legs)
{
  for (guint i = 0; legs != NULL && i < legs->len; i++)
    settle_leg (self, g_ptr_array_index (legs, i));
}

/**
 * cm_tracked_conversation_settle:
 * @self: a conversation
 * @crowd: how many of the people in @document are what
 * @document: its document with all of its people, and what the call is like
 * @is_new: nothing is known of the banners of its legs
 *
 * Finds whether the call is still going on, and which banner each leg has. There is
 * nothing to rejoin where everybody else is known to be gone. All else that a banner
 * hangs on is its leg's own, which is noted when it changes.
 */
void
cm_tracked_conversation_settle (CmTrackedConversation *self,
                                const CmCrowd         *crowd,
                                CmDocument            *document,
                                gboolean               is_new)
{
  gboolean was_over = self->was_over;

  document->live = is_live (self, crowd, document);
  self->was_over = !document->live && crowd->may_be_in == 0 && crowd->others > 0;
  settle_legs (self, is_new || (gboolean) self->was_over != was_over ? self->legs : self->changed_legs);
}

/**
 * cm_tracked_conversation_build:
 * @self: a conversation
 * @crowd: (out): how many people of its roster are what
 *
 * Returns: (transfer full): the document that subscribers get of it now
 */
CmDocument *
cm_tracked_conversation_build (CmTrackedConversation *self,
                               CmCrowd               *crowd)
{
  CmDocument *document = cm_document_new_shared (self->id);

  cm_leg_counts_begin (self);
  cm_tracked_conversation_settle_head (self, document);
  describe_head (self, document);
  cm_tracked_roster_build (self, document);
  cm_crowd_count (crowd, document);
  cm_tracked_conversation_settle (self, crowd, document, TRUE);

  for (guint i = 0; i < self->legs->len; i++)
    {
      const CmTrackedLeg *leg = get_leg (self, i);
      CmLeg *described = cm_document_add_leg (document, leg->id);

      cm_tracked_leg_build (leg, described);
      described->banner = leg->banner;
    }

  return document;
}

static void
describe_legs (CmTrackedConversation *self)
{
  for (guint i = 0; self->untold_gone != NULL && i < self->untold_gone->len; i++)
    cm_document_remove_leg (self->draft, g_ptr_array_index (self->untold_gone, i));
  g_clear_pointer (&self->untold_gone, g_ptr_array_unref);

  for (guint i = 0; self->untold_legs != NULL && i < self->untold_legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (self->untold_legs, i);
      CmLeg described;

      cm_leg_init (&described, leg->id);
      cm_tracked_leg_build (leg, &described);
      described.banner = leg->banner;
      cm_document_take_leg (self->draft, &described);
      leg->is_untold = FALSE;
    }

  if (self->untold_legs != NULL)
    g_ptr_array_set_size (self->untold_legs, 0);
}

/**
 * cm_tracked_conversation_complete:
 * @self: a conversation that has been looked at since anything has changed
 *
 * Returns: (transfer none): its document, with all that is true now
 */
const CmDocument *
cm_tracked_conversation_complete (CmTrackedConversation *self)
{
  if (self->draft == NULL)
    return self->published;

  describe_head (self, self->draft);
  describe_legs (self);
  cm_document_share_attention (self->draft, cm_attention_state_get_told (self->attention));

  return self->draft;
}
