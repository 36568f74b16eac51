/* cm-tracked-conversation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked.h"

#include "model/cm-reason.h"
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

static gboolean
follows (const CmTrackedLeg *other,
         const CmTrackedLeg *leg)
{
  return other->source == leg->source && other->serial > leg->serial &&
         (other->phase == CM_PHASE_LEFT || cm_tracked_leg_is_live (other));
}

/* A leg that its source no longer knows has ended: nothing is followed by that. */
static gboolean
is_followed_in_source (const CmTrackedConversation *self,
                       const CmTrackedLeg          *leg)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, leg->source->legs);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    {
      if (((const CmTrackedLeg *) other)->parent == self && follows (other, leg))
        return TRUE;
    }

  return FALSE;
}

/* Another leg of the same station has come into the conference since; and where
 * that one has left too, it is the one to go back to. Many stations have a leg in a
 * large conference, and a station has few. */
static gboolean
is_followed (const CmTrackedConversation *self,
             const CmTrackedLeg          *leg)
{
  if (g_hash_table_size (leg->source->legs) < self->legs->len)
    return is_followed_in_source (self, leg);

  for (guint i = 0; i < self->legs->len; i++)
    {
      if (follows (get_leg (self, i), leg))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_superseded (const CmTrackedConversation *self,
               const CmTrackedLeg          *leg)
{
  return leg->phase == CM_PHASE_LEFT && is_followed (self, leg);
}

/* Whether somebody waits whom this leg could let in. */
static gboolean
sees_lobby (const CmTrackedLeg *leg)
{
  return leg->phase != CM_PHASE_ENDED && leg->phase != CM_PHASE_LEFT && leg->n_waiting > 0;
}

static CmBanner
get_banner (const CmTrackedConversation *self,
            const CmTrackedLeg          *leg,
            gboolean                     is_over)
{
  if (leg->status == CM_STATUS_REMOVED)
    return is_followed (self, leg) ? CM_BANNER_NONE : CM_BANNER_REMOVED;
  if (leg->phase == CM_PHASE_ENDED)
    return CM_BANNER_NONE;
  if (leg->phase == CM_PHASE_LEFT)
    return is_superseded (self, leg) || is_over ? CM_BANNER_NONE : CM_BANNER_LEFT_CALL;
  if (leg->phase == CM_PHASE_REJOINING)
    return CM_BANNER_REJOINING;
  if (cm_leg_facts_get_escalation_failed (&leg->facts))
    return CM_BANNER_ESCALATION_FAILED;
  if (leg->phase == CM_PHASE_LOBBY || sees_lobby (leg))
    return CM_BANNER_LOBBY;

  return CM_BANNER_NONE;
}

/* Among legs that say something, one that has not ended goes before one that
 * has, and then the one with the higher stamp. */
static gboolean
is_preferred (const CmTrackedLeg *leg,
              guint64             stamp,
              const CmTrackedLeg *best,
              guint64             best_stamp)
{
  if (best == NULL)
    return TRUE;
  if ((leg->phase == CM_PHASE_ENDED) != (best->phase == CM_PHASE_ENDED))
    return best->phase == CM_PHASE_ENDED;

  return stamp > best_stamp;
}

static void
copy_access (const CmAccess *access,
             CmAccess       *to)
{
  cm_ref_string_share (&to->id, access->id);
  cm_ref_string_share (&to->join_url, access->join_url);
  to->numbers = g_strdupv (access->numbers);
}

/* Later reports say what the conference is like; what it is called is what the
 * first leg called it, since spellings differ and a row must not flicker. */
static void
build_conference (const CmTrackedConversation *self,
                  CmConference                *conference)
{
  const CmTrackedLeg *named = NULL, *locked = NULL, *access_type = NULL, *access = NULL;

  for (guint i = 0; i < self->legs->len; i++)
    {
      const CmTrackedLeg *leg = get_leg (self, i);

      if (leg->uri != NULL && (named == NULL || leg->serial < named->serial))
        named = leg;
      if (leg->locked != CM_UNKNOWN && is_preferred (leg, leg->conference_seen, locked, locked ? locked->conference_seen : 0))
        locked = leg;
      if (leg->access_type != NULL &&
          is_preferred (leg, leg->conference_seen, access_type, access_type ? access_type->conference_seen : 0))
        access_type = leg;
      if (leg->access != NULL && is_preferred (leg, leg->conference_seen, access, access ? access->conference_seen : 0))
        access = leg;
    }

  if (named != NULL)
    {
      cm_ref_string_share (&conference->uri, named->uri);
      cm_ref_string_share (&conference->key, named->conference_key);
      cm_ref_string_share (&conference->organizer, named->organizer);
    }
  if (locked != NULL)
    conference->locked = locked->locked;
  if (access_type != NULL)
    cm_ref_string_share (&conference->access_type, access_type->access_type);
  if (access != NULL)
    copy_access (access->access, &conference->access);
}

static void
build_head (const CmTrackedConversation *self,
            CmDocument                  *document)
{
  const CmTrackedLeg *subject = NULL;

  document->phase = CM_PHASE_ENDED;
  document->started = self->started;
  document->ended = self->ended;

  for (guint i = 0; i < self->legs->len; i++)
    {
      const CmTrackedLeg *leg = get_leg (self, i);

      document->kind = MAX (document->kind, cm_leg_facts_get_kind (&leg->facts));
      if (!is_superseded (self, leg))
        document->phase = MIN (document->phase, leg->phase);
      if (leg->subject != NULL && is_preferred (leg, leg->serial, subject, subject ? subject->serial : 0))
        subject = leg;
    }

  if (subject != NULL)
    cm_ref_string_share (&document->subject, subject->subject);
}

/* Alone in a conference is still in it; and others may be in one that every
 * station has left. */
static gboolean
is_live (const CmTrackedConversation *self,
         const CmCrowd               *crowd,
         const CmDocument            *document)
{
  for (guint i = 0; i < self->legs->len; i++)
    {
      if (cm_tracked_leg_is_live (get_leg (self, i)))
        return TRUE;
    }

  return document->kind == CM_KIND_CONFERENCE && document->phase != CM_PHASE_ENDED && crowd->told_in > 0;
}

/**
 * cm_tracked_conversation_build_head:
 * @self: a conversation
 *
 * Returns: (transfer full): its document without people and legs
 */
CmDocument *
cm_tracked_conversation_build_head (const CmTrackedConversation *self)
{
  CmDocument *document = cm_document_new_shared (self->id);

  build_head (self, document);
  build_conference (self, &document->conference);
  cm_ref_string_share (&document->replaces, self->replaces);

  return document;
}

/**
 * cm_tracked_conversation_settle:
 * @self: a conversation
 * @crowd: how many of the people in @document are what
 * @document: its document with all of its people
 *
 * Finds whether the call is still going on, and which banner each leg has. There is
 * nothing to rejoin where everybody else is known to be gone.
 */
void
cm_tracked_conversation_settle (CmTrackedConversation *self,
                                const CmCrowd         *crowd,
                                CmDocument            *document)
{
  gboolean is_over;

  document->live = is_live (self, crowd, document);
  is_over = !document->live && crowd->may_be_in == 0 && crowd->others > 0;

  for (guint i = 0; i < self->legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (self->legs, i);
      CmBanner banner = get_banner (self, leg, is_over);

      if (banner != leg->banner)
        cm_tracked_conversation_note_leg (self, leg);
      leg->banner = banner;
    }
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
  CmDocument *document = cm_tracked_conversation_build_head (self);

  cm_tracked_roster_build (self, document);
  cm_crowd_count (crowd, document);
  cm_tracked_conversation_settle (self, crowd, document);

  for (guint i = 0; i < self->legs->len; i++)
    {
      const CmTrackedLeg *leg = get_leg (self, i);
      CmLeg *described = cm_document_add_leg (document, leg->id);

      cm_tracked_leg_build (leg, described);
      described->banner = leg->banner;
    }

  return document;
}
