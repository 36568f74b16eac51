/* cm-tracked-timing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked.h"

#include "tracker/cm-modality.h"

/* Starts or stops one of the clocks of a leg. */
static void
run_clock (gint64   *total,
           gint64   *since,
           gboolean  runs,
           gint64    at)
{
  if (runs == (*since != CM_TIME_NONE))
    return;

  if (runs)
    {
      *since = at;
      return;
    }

  *total = MAX (*total, 0) + (at - *since);
  *since = CM_TIME_NONE;
}

static void
set_once (gint64   *time,
          gboolean  reached,
          gint64    at)
{
  if (reached && *time == CM_TIME_NONE)
    *time = at;
}

/* A called station rings until it is answered; a calling one hears it ring. */
static gboolean
is_ringing (const CmTrackedLeg *self)
{
  return self->phase == CM_PHASE_RINGING ||
         (self->phase == CM_PHASE_CONNECTING && !self->facts.answered &&
          self->facts.direction == CM_DIRECTION_OUTGOING);
}

static gboolean
is_gone (CmPhase phase)
{
  return phase == CM_PHASE_LEFT || phase == CM_PHASE_HUNG_UP;
}

/* The call begins with its first sign of audio. A call that becomes Connecting
 * with a conference already there counts from then (data/tracking.md). */
static void
note_start (CmTrackedLeg *self,
            int           audio_video_before,
            gint64        at)
{
  int audio_video = self->facts.audio_video;

  if (self->facts.answered || audio_video == audio_video_before)
    return;

  if (audio_video == CM_MODALITY_STATE_NOTIFIED ||
      (audio_video == CM_MODALITY_STATE_CONNECTING &&
       (self->facts.has_uri || audio_video_before == CM_MODALITY_STATE_DISCONNECTED)))
    self->started = at;
}

/**
 * cm_tracked_leg_set_audio_video:
 * @self: a leg
 * @state: what the source's own AudioVideo has become
 * @at: when, ms UTC
 */
void
cm_tracked_leg_set_audio_video (CmTrackedLeg    *self,
                                CmModalityState  state,
                                gint64           at)
{
  int before = self->facts.audio_video;

  cm_leg_facts_set_audio_video (&self->facts, state);
  if (state != CM_MODALITY_STATE_DISCONNECTED && state != CM_MODALITY_STATE_DISCONNECTING)
    self->status = 0;
  if (state == CM_MODALITY_STATE_CONNECTED &&
      (self->connected == CM_TIME_NONE || !cm_modality_state_is_in (before)))
    self->connected = at;
  note_start (self, before, at);
}

static void
end_step (CmTrackedLeg *self,
          guint         stage,
          gint64        at)
{
  if (self->step_since == CM_TIME_NONE || stage == 0 || stage >= CM_N_TIMED_STAGES)
    return;

  self->timing.stages[stage] = MAX (self->timing.stages[stage], 0) + (at - self->step_since);
  self->step_since = CM_TIME_NONE;
}

static void
forget_steps (CmTrackedLeg *self)
{
  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    self->timing.stages[i] = -1;
}

/**
 * cm_tracked_leg_set_progress:
 * @self: a leg
 * @progress: what ConferenceEscalationProgress has become
 * @at: when, ms UTC
 *
 * Keeps the time of each step: a prompt's time belongs to the step in which it
 * came; a path that begins anew has its own times.
 */
void
cm_tracked_leg_set_progress (CmTrackedLeg *self,
                             CmProgress    progress,
                             gint64        at)
{
  CmLegFacts before = self->facts;

  if (before.progress == (int) progress)
    return;

  cm_leg_facts_set_progress (&self->facts, progress);
  self->stage_since = at;

  if (before.reached != self->facts.reached || progress == CM_PROGRESS_FAILED)
    end_step (self, before.reached, at);
  if (before.restarts != self->facts.restarts || progress == CM_PROGRESS_NOT_STARTED)
    forget_steps (self);
  if (before.reached != self->facts.reached && self->facts.reached > 0)
    self->step_since = at;
}

static void
run_clocks (CmTrackedLeg *self,
            gint64        at)
{
  CmTiming *timing = &self->timing;
  int audio_video = self->facts.audio_video;
  gboolean ended = self->phase == CM_PHASE_ENDED;

  run_clock (&timing->ring, &timing->ring_since, is_ringing (self), at);
  run_clock (&timing->talk, &timing->talk_since,
             !ended && audio_video == CM_MODALITY_STATE_CONNECTED, at);
  run_clock (&timing->hold, &timing->hold_since, self->phase == CM_PHASE_ON_HOLD, at);
}

/**
 * cm_tracked_leg_settle:
 * @self: a leg whose facts may have changed
 * @at: when, ms UTC
 *
 * Brings the phase and the times up to the facts.
 */
void
cm_tracked_leg_settle (CmTrackedLeg *self,
                       gint64        at)
{
  CmTiming *timing = &self->timing;
  gboolean ended;

  self->phase = cm_leg_facts_get_phase (&self->facts);
  ended = self->phase == CM_PHASE_ENDED;
  run_clocks (self, at);

  set_once (&timing->rang, is_ringing (self), at);
  set_once (&timing->answered, self->facts.answered, at);
  set_once (&timing->joined, self->phase == CM_PHASE_IN_CONFERENCE, at);
  set_once (&timing->left, is_gone (self->phase), at);
  set_once (&timing->ended, ended, at);

  /* Called into a conference, a leg counts as in it until it begins to escalate. */
  if (self->phase == CM_PHASE_ESCALATING && !self->facts.joined)
    timing->joined = CM_TIME_NONE;
  if (!ended)
    timing->ended = CM_TIME_NONE;
  if (!ended && !is_gone (self->phase))
    timing->left = CM_TIME_NONE;
}
