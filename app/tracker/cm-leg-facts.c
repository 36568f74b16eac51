/* cm-leg-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-leg-facts.h"

#define BIT(number) (1U << (number))

/* The stages of a path that are always drawn, and those only where seen. */
#define ESCALATOR_STAGES \
  (BIT (CM_PROGRESS_CONNECTING_TO_CONFERENCE) | BIT (CM_PROGRESS_JOINING_LOCAL_MEDIA) | \
   BIT (CM_PROGRESS_WAITING_FOR_PEER) | BIT (CM_PROGRESS_COMPLETED))
#define INVITED_STAGES \
  (BIT (CM_PROGRESS_CONNECTING_TO_CONFERENCE) | BIT (CM_PROGRESS_JOINING_LOCAL_MEDIA) | \
   BIT (CM_PROGRESS_COMPLETED))

static gboolean
is_stage (int progress)
{
  return progress >= CM_PROGRESS_SCHEDULING_CONFERENCE && progress <= CM_PROGRESS_COMPLETED;
}

/* 8 is the end of a path, 9 and 10 are prompts within it: none is further. */
static gboolean
is_running (int progress)
{
  return progress != CM_PROGRESS_NOT_STARTED && progress != CM_PROGRESS_COMPLETED &&
         progress != CM_PROGRESS_FAILED;
}

static gboolean
is_held (const CmLegFacts *self)
{
  return self->audio_video == CM_MODALITY_STATE_CONNECTED ||
         self->audio_video == CM_MODALITY_STATE_ON_HOLD;
}

/* What follows from the facts together, after any of them has changed. */
static void
conclude (CmLegFacts *self)
{
  CmPhase phase;

  if (self->audio_video == CM_MODALITY_STATE_CONNECTED && self->progress == CM_PROGRESS_COMPLETED)
    self->joined = TRUE;
  if (is_held (self) && is_running (self->progress))
    self->connected_in_escalation = TRUE;
  if (is_held (self))
    self->left_before = FALSE;

  phase = cm_leg_facts_get_phase (self);
  if (phase == CM_PHASE_LEFT)
    self->left_before = TRUE;
  if (phase == CM_PHASE_IN_CALL)
    self->was_in_call = TRUE;

  /* Completed comes before the result that may say it has failed. */
  if (self->has_uri || phase == CM_PHASE_IN_CONFERENCE || phase == CM_PHASE_LEFT)
    self->is_conference = TRUE;
  else if (cm_leg_facts_get_escalation_failed (self))
    self->is_conference = FALSE;
}

/**
 * cm_leg_facts_init:
 * @self: the facts of a leg of which nothing is known
 */
void
cm_leg_facts_init (CmLegFacts *self)
{
  *self = (CmLegFacts) {
    .conversation_state = CM_CONVERSATION_STATE_INACTIVE,
    .audio_video = CM_MODALITY_STATE_DISCONNECTED,
    .instant_message = CM_MODALITY_STATE_DISCONNECTED,
    .progress = CM_PROGRESS_NOT_STARTED,
    .result = -1,
  };
}

/**
 * cm_leg_facts_set_conversation_state:
 * @self: the facts
 * @state: what ConversationStateChanged says
 */
void
cm_leg_facts_set_conversation_state (CmLegFacts          *self,
                                     CmConversationState  state)
{
  self->conversation_state = (gint8) state;
  conclude (self);
}

/* data/tracking.md: direction. */
static void
infer_direction (CmLegFacts      *self,
                 CmModalityState  state)
{
  if (self->direction_given || self->direction != CM_DIRECTION_NONE)
    return;

  if (state == CM_MODALITY_STATE_NOTIFIED)
    self->direction = CM_DIRECTION_INCOMING;
  else if (state == CM_MODALITY_STATE_CONNECTING)
    self->direction = self->has_uri ? CM_DIRECTION_INCOMING : CM_DIRECTION_OUTGOING;
}

/**
 * cm_leg_facts_set_audio_video:
 * @self: the facts
 * @state: what ModalityStateChanged says of the source's own AudioVideo
 *
 * Invalid is seen as a first "old" state and means nothing: it changes nothing.
 */
void
cm_leg_facts_set_audio_video (CmLegFacts      *self,
                              CmModalityState  state)
{
  if (state == CM_MODALITY_STATE_INVALID)
    return;

  self->audio_video = (gint8) state;
  infer_direction (self, state);

  if (state != CM_MODALITY_STATE_DISCONNECTED && state != CM_MODALITY_STATE_DISCONNECTING)
    {
      self->audio_video_seen = TRUE;
      self->rang_only = state == CM_MODALITY_STATE_NOTIFIED;
    }
  if (state == CM_MODALITY_STATE_CONNECTED)
    self->answered = TRUE;

  conclude (self);
}

/**
 * cm_leg_facts_set_instant_message:
 * @self: the facts
 * @state: what ModalityStateChanged says of the source's own InstantMessage
 */
void
cm_leg_facts_set_instant_message (CmLegFacts      *self,
                                  CmModalityState  state)
{
  if (state != CM_MODALITY_STATE_INVALID)
    self->instant_message = (gint8) state;
}

static void
begin_path (CmLegFacts *self)
{
  self->reached = 0;
  self->stages = 0;
  self->result = -1;
  self->joined = FALSE;
  self->connected_in_escalation = FALSE;
}

/* data/tracking.md: a leg’s role. */
static void
begin_escalation (CmLegFacts *self)
{
  self->progress_moved = TRUE;
  self->escalated_call = self->was_in_call && !self->has_uri;
  self->uri_before_progress = self->has_uri || self->has_inviter;
}

static void
reach_stage (CmLegFacts *self,
             CmProgress  progress)
{
  if ((guint) progress < self->reached || self->progress == CM_PROGRESS_FAILED)
    {
      begin_path (self);
      self->restarts++;
    }

  self->reached = (guint8) progress;
  self->stages |= (guint8) BIT (progress);
  if (progress == CM_PROGRESS_WAITING_FOR_PEER)
    self->waited_for_peer = TRUE;
}

/**
 * cm_leg_facts_set_progress:
 * @self: the facts
 * @progress: what ConferenceEscalationProgress has become
 *
 * A number lower than the one reached begins the path anew, and so does any
 * stage after a failure. Leaving a conference does not reset the progress.
 */
void
cm_leg_facts_set_progress (CmLegFacts *self,
                           CmProgress  progress)
{
  int before = self->progress;

  if ((int) progress == before)
    return;

  if (progress != CM_PROGRESS_NOT_STARTED && !self->progress_moved)
    begin_escalation (self);
  if (before == CM_PROGRESS_FAILED)
    self->result = -1;

  if (progress == CM_PROGRESS_NOT_STARTED)
    begin_path (self);
  else if (is_stage ((int) progress))
    reach_stage (self, progress);
  self->progress = (gint8) progress;

  conclude (self);
}

/**
 * cm_leg_facts_set_result:
 * @self: the facts
 * @result: ConferenceEscalationResult, an HRESULT, unsigned; 0 is no error, -1
 *   none
 */
void
cm_leg_facts_set_result (CmLegFacts *self,
                         gint64      result)
{
  self->result = result;
  conclude (self);
}

/**
 * cm_leg_facts_set_uri:
 * @self: the facts
 * @has_uri: whether the conversation has a ConferencingUri
 */
void
cm_leg_facts_set_uri (CmLegFacts *self,
                      gboolean    has_uri)
{
  self->has_uri = has_uri != FALSE;
  conclude (self);
}

/**
 * cm_leg_facts_set_inviter:
 * @self: the facts
 * @has_inviter: whether the conversation has an Inviter
 */
void
cm_leg_facts_set_inviter (CmLegFacts *self,
                          gboolean    has_inviter)
{
  self->has_inviter = has_inviter != FALSE;
}

/**
 * cm_leg_facts_set_organizer:
 * @self: the facts
 * @is_organizer: whether the source's own address is the organizer's
 */
void
cm_leg_facts_set_organizer (CmLegFacts *self,
                            gboolean    is_organizer)
{
  self->is_organizer = is_organizer != FALSE;
}

/**
 * cm_leg_facts_set_direction:
 * @self: the facts
 * @direction: as the source gives it
 */
void
cm_leg_facts_set_direction (CmLegFacts  *self,
                            CmDirection  direction)
{
  self->direction_given = direction != CM_DIRECTION_NONE;
  if (self->direction_given)
    self->direction = (guint8) direction;
}

/**
 * cm_leg_facts_set_removed:
 * @self: the facts
 */
void
cm_leg_facts_set_removed (CmLegFacts *self)
{
  self->removed = TRUE;
}

/**
 * cm_leg_facts_get_escalation_failed:
 * @self: the facts
 *
 * Returns: whether the escalation came to an end without a conference
 */
gboolean
cm_leg_facts_get_escalation_failed (const CmLegFacts *self)
{
  return self->progress == CM_PROGRESS_FAILED ||
         (self->progress == CM_PROGRESS_COMPLETED && self->result > 0);
}

/**
 * cm_leg_facts_get_in_conference:
 * @self: the facts
 *
 * Returns: whether the leg's call, if it has one, is a conference
 */
gboolean
cm_leg_facts_get_in_conference (const CmLegFacts *self)
{
  return self->has_uri || self->progress == CM_PROGRESS_COMPLETED;
}

static CmPhase
get_gone_phase (gboolean in_conference)
{
  return in_conference ? CM_PHASE_LEFT : CM_PHASE_HUNG_UP;
}

/* The phase of a call for which no escalation has to be looked at. */
static CmPhase
get_call_phase (const CmLegFacts *self,
                gboolean          in_conference)
{
  switch (self->audio_video)
    {
    case CM_MODALITY_STATE_NOTIFIED:
      return CM_PHASE_RINGING;
    case CM_MODALITY_STATE_CONNECTING:
    case CM_MODALITY_STATE_JOINING:
    case CM_MODALITY_STATE_CONNECTING_TO_CALLER:
    case CM_MODALITY_STATE_FORWARDING:
      return self->left_before ? CM_PHASE_REJOINING : CM_PHASE_CONNECTING;
    case CM_MODALITY_STATE_TRANSFERRING:
      return CM_PHASE_TRANSFERRING;
    case CM_MODALITY_STATE_ON_HOLD:
    case CM_MODALITY_STATE_SUSPENDED:
      return CM_PHASE_ON_HOLD;
    default:
      break;
    }

  if (self->conversation_state == CM_CONVERSATION_STATE_PARKED)
    return CM_PHASE_ON_HOLD;
  if (self->audio_video == CM_MODALITY_STATE_CONNECTED)
    return in_conference ? CM_PHASE_IN_CONFERENCE : CM_PHASE_IN_CALL;
  if (self->answered)
    return get_gone_phase (in_conference);
  if (self->rang_only && self->audio_video == CM_MODALITY_STATE_DISCONNECTED)
    return CM_PHASE_MISSED;
  if (!self->audio_video_seen && self->instant_message == CM_MODALITY_STATE_CONNECTED)
    return CM_PHASE_MESSAGE;

  return CM_PHASE_IDLE;
}

static gboolean
is_completing (const CmLegFacts *self)
{
  return self->progress == CM_PROGRESS_COMPLETED && !self->joined &&
         (self->audio_video == CM_MODALITY_STATE_CONNECTING ||
          self->audio_video == CM_MODALITY_STATE_JOINING ||
          self->audio_video == CM_MODALITY_STATE_ON_HOLD);
}

/**
 * cm_leg_facts_get_phase:
 * @self: the facts
 *
 * The table of data/tracking.md, from above to below: the first that
 * applies.
 *
 * Returns: the leg's phase
 */
CmPhase
cm_leg_facts_get_phase (const CmLegFacts *self)
{
  if (self->removed || self->conversation_state == CM_CONVERSATION_STATE_TERMINATED)
    return CM_PHASE_ENDED;

  if (cm_leg_facts_get_escalation_failed (self))
    return is_held (self) ? get_call_phase (self, FALSE) : CM_PHASE_FAILED;

  if (self->progress == CM_PROGRESS_CONNECTED_TO_LOBBY)
    return CM_PHASE_LOBBY;

  if (is_running (self->progress))
    {
      if (self->audio_video == CM_MODALITY_STATE_DISCONNECTED && self->connected_in_escalation)
        return get_gone_phase (self->has_uri);
      return CM_PHASE_ESCALATING;
    }

  if (is_completing (self))
    return CM_PHASE_ESCALATING;

  return get_call_phase (self, cm_leg_facts_get_in_conference (self));
}

/**
 * cm_leg_facts_get_kind:
 * @self: the facts
 *
 * A conference from the first moment there is a ConferencingUri, or once the leg
 * was in one; InstantMessage never makes a call.
 *
 * Returns: what kind of conversation the leg is part of
 */
CmKind
cm_leg_facts_get_kind (const CmLegFacts *self)
{
  if (self->is_conference)
    return CM_KIND_CONFERENCE;

  return self->audio_video_seen ? CM_KIND_CALL : CM_KIND_MESSAGE;
}

/**
 * cm_leg_facts_get_role:
 * @self: the facts
 *
 * Returns: what the leg is in the escalation (data/tracking.md)
 */
CmLegRole
cm_leg_facts_get_role (const CmLegFacts *self)
{
  if (self->waited_for_peer || self->escalated_call || self->is_organizer)
    return CM_LEG_ROLE_ESCALATOR;

  if (self->progress_moved ? self->uri_before_progress : (self->has_uri || self->has_inviter))
    return CM_LEG_ROLE_INVITED;

  return CM_LEG_ROLE_PEER;
}

/**
 * cm_leg_facts_get_step:
 * @self: the facts
 * @steps: (out): how many steps the leg's path has
 *
 * Returns: the step that is reached, from 1; 0 before the first
 */
guint
cm_leg_facts_get_step (const CmLegFacts *self,
                       guint            *steps)
{
  guint path = self->stages;
  guint step = 0;

  path |= cm_leg_facts_get_role (self) == CM_LEG_ROLE_ESCALATOR ? ESCALATOR_STAGES : INVITED_STAGES;

  *steps = 0;
  for (guint stage = CM_PROGRESS_SCHEDULING_CONFERENCE; stage <= CM_PROGRESS_COMPLETED; stage++)
    {
      if ((path & BIT (stage)) == 0)
        continue;
      *steps += 1;
      if (stage <= self->reached)
        step = *steps;
    }

  return step;
}
