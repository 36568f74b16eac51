/* cm-line-writer-leg.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-line-writer-private.h"

#include "core/cm-json-writer.h"
#include "model/cm-reason.h"

#define BIT(number) (1u << (number))

static gboolean
differs (const char *before,
         const char *after)
{
  return g_strcmp0 (before, after) != 0;
}

static int
get_stage (const CmLeg *leg)
{
  int stage = CM_PROGRESS_NOT_STARTED;

  if (leg->escalation.stage != NULL)
    cm_wire_enum_get_number (&cm_wire_progress, cm_text_from_string (leg->escalation.stage), &stage);

  return stage;
}

/* A reason that a leg did not have before belongs to what is told with it, unless it
 * is the escalation's. */
static CmValue
get_status (const CmLineTelling *self)
{
  const char *before = self->leg_before != NULL ? self->leg_before->reason : NULL;
  g_autofree char *result = NULL;

  if (self->leg->escalation.result > 0)
    result = cm_reason_dup_from_status ((guint32) self->leg->escalation.result);
  if (result != NULL && !differs (result, self->leg->reason))
    return cm_line_status (NULL);

  return cm_line_status (differs (before, self->leg->reason) ? self->leg->reason : NULL);
}

static void
say_property (const CmLineTelling *self,
              CmProperty           property,
              CmValue              value,
              gint64               at)
{
  CmEvent event = cm_line_begin (self, CM_EVENT_CONVERSATION_PROPERTY_CHANGED);

  event.property = property;
  event.value = value;
  cm_line_say (self, &event, at);
}

static void
say_text (const CmLineTelling *self,
          CmProperty           property,
          const char          *before,
          const char          *after)
{
  CmValue value = { after != NULL ? CM_VALUE_TEXT : CM_VALUE_NULL, TRUE, 0, cm_text_from_string (after) };

  if (differs (before, after))
    say_property (self, property, value, self->at);
}

static void
say_uri (const CmLineTelling *self,
         gint64               at)
{
  const char *uri = self->document->conference.uri;
  CmValue value = { uri != NULL ? CM_VALUE_TEXT : CM_VALUE_NULL, TRUE, 0, cm_text_from_string (uri) };

  say_property (self, CM_PROPERTY_CONFERENCING_URI, value, at);
}

static void
say_audio (const CmLineTelling *self,
           const char          *state,
           CmValue              status,
           gint64               at)
{
  CmEvent event = cm_line_begin (self, CM_EVENT_MODALITY_STATE_CHANGED);

  event.modality = cm_line_name (&cm_wire_modality, "AudioVideo");
  event.state = cm_line_name (&cm_wire_modality_state, state);
  event.status_code = status;
  self->state->stamp = cm_line_say (self, &event, at);
}

static void
say_stage (const CmLineTelling *self,
           const char          *stage,
           gint64               at)
{
  say_property (self, CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS,
                cm_line_name (&cm_wire_progress, stage), at);
}

static void
say_result (const CmLineTelling *self,
            gint64               at)
{
  gint64 result = self->leg->escalation.result;
  CmValue value = { result >= 0 ? CM_VALUE_INTEGER : CM_VALUE_NULL, TRUE, MAX (result, 0), CM_TEXT_NONE };

  say_property (self, CM_PROPERTY_CONFERENCE_ESCALATION_RESULT, value, at);
}

static void
say_state (const CmLineTelling *self,
           CmValue              status,
           gint64               at)
{
  CmEvent event = cm_line_begin (self, CM_EVENT_CONVERSATION_STATE_CHANGED);

  event.state = cm_line_name (&cm_wire_conversation_state, self->leg->state);
  event.status_code = status;
  cm_line_say (self, &event, at);
}

static void
say_access (const CmLineTelling *self)
{
  const CmAccess *access = &self->document->conference.access;
  g_autoptr(GString) json = g_string_new ("{\"Id\":");
  CmValue value;

  cm_json_write_string (json, access->id != NULL ? access->id : "");
  if (access->join_url != NULL)
    {
      g_string_append (json, ",\"ExternalUrl\":");
      cm_json_write_string (json, access->join_url);
    }
  g_string_append (json, ",\"AutoAttendantNumbers\":[");
  for (guint i = 0; access->numbers != NULL && access->numbers[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      cm_json_write_string (json, access->numbers[i]);
    }
  g_string_append (json, "]}");

  value = (CmValue) { CM_VALUE_JSON, TRUE, 0, { json->str, json->len } };
  say_property (self, CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION, value, self->at);
}

static gboolean
access_equals (const CmAccess *a,
               const CmAccess *b)
{
  const char * const none[] = { NULL };

  return !differs (a->id, b->id) && !differs (a->join_url, b->join_url) &&
         g_strv_equal (a->numbers != NULL ? (const char * const *) a->numbers : none,
                       b->numbers != NULL ? (const char * const *) b->numbers : none);
}

/* What is said of the conference itself. */
static void
tell_conference (const CmLineTelling *self)
{
  static const CmConference nothing = { .locked = CM_UNKNOWN };
  const CmConference *before = self->leg_before != NULL ? &self->before->conference : &nothing;
  const CmConference *after = &self->document->conference;
  const CmValue null = { CM_VALUE_NULL, TRUE, 0, CM_TEXT_NONE };

  if (before->locked != after->locked)
    say_property (self, CM_PROPERTY_CONFERENCING_LOCKED,
                  after->locked != CM_UNKNOWN ? cm_line_boolean (after->locked == CM_YES) : null, self->at);
  if (differs (before->access_type, after->access_type) && after->access_type != NULL)
    say_property (self, CM_PROPERTY_CONFERENCING_ACCESS_TYPE,
                  cm_line_name (&cm_wire_access_type, after->access_type), self->at);
  if (!access_equals (&before->access, &after->access))
    say_access (self);
}

static gboolean
is_invited (const CmLineTelling *self)
{
  return self->leg->role == CM_LEG_ROLE_INVITED || get_stage (self->leg) == CM_PROGRESS_NOT_STARTED;
}

static void
say_added (const CmLineTelling *self)
{
  const CmLeg *leg = self->leg;
  CmEvent event = cm_line_begin (self, CM_EVENT_CONVERSATION_ADDED);

  event.subject = cm_text_from_string (self->document->subject);
  event.inviter = cm_text_from_string (leg->inviter);
  if (is_invited (self))
    event.conferencing_uri = cm_text_from_string (self->document->conference.uri);
  if (leg->direction != CM_LEG_DIRECTION_NONE)
    event.direction = cm_line_name (&cm_wire_direction, cm_wire_enum_get_name (&cm_wire_direction,
                                                                               (int) leg->direction));
  cm_line_say (self, &event, leg->timing.added);
}

/* Only where nothing else ever was does it show whether IM is connected. */
static void
tell_message (const CmLineTelling *self)
{
  CmEvent event = cm_line_begin (self, CM_EVENT_MODALITY_STATE_CHANGED);
  gboolean was = self->leg_before != NULL && self->leg_before->phase == CM_PHASE_MESSAGE;
  gboolean is = self->leg->phase == CM_PHASE_MESSAGE;

  if (was == is)
    return;

  event.modality = cm_line_name (&cm_wire_modality, "InstantMessage");
  event.state = cm_line_name (&cm_wire_modality_state, is ? "Connected" : "Disconnected");
  cm_line_say (self, &event, self->at);
}

/* The steps that are behind, each as long as it took. */
static void
say_path (const CmLineTelling *self)
{
  const CmTiming *timing = &self->leg->timing;
  int now = get_stage (self->leg);
  gint64 time = self->leg->escalation.since;
  gint64 starts[CM_N_TIMED_STAGES];

  for (int i = CM_N_TIMED_STAGES - 1; i > 0; i--)
    {
      time -= i != now && timing->stages[i] >= 0 ? timing->stages[i] : 0;
      starts[i] = time;
    }

  for (int i = 1; i < CM_N_TIMED_STAGES; i++)
    {
      if (i != now && timing->stages[i] >= 0)
        say_stage (self, cm_wire_enum_get_name (&cm_wire_progress, i), starts[i]);
    }

  say_stage (self, self->leg->escalation.stage, self->leg->escalation.since);
}

static gboolean
is_gone (CmPhase phase)
{
  return phase == CM_PHASE_LEFT || phase == CM_PHASE_HUNG_UP || phase == CM_PHASE_REJOINING;
}

static gint64
get_audio_time (const CmLeg *leg)
{
  if (leg->timing.hold_since != CM_TIME_NONE)
    return leg->timing.hold_since;
  if (leg->timing.talk_since != CM_TIME_NONE)
    return leg->timing.talk_since;
  if (leg->timing.ring_since != CM_TIME_NONE)
    return leg->timing.ring_since;

  return leg->timing.left != CM_TIME_NONE ? leg->timing.left : leg->timing.ended;
}

/* How the audio came to be what it is. */
static void
say_audio_so_far (const CmLineTelling *self)
{
  const CmLeg *leg = self->leg;
  const CmTiming *timing = &leg->timing;
  const CmValue none = cm_line_status (NULL);

  if (timing->rang != CM_TIME_NONE && timing->ring_since == CM_TIME_NONE)
    say_audio (self, leg->direction == CM_LEG_DIRECTION_OUTGOING ? "Connecting" : "Notified", none, timing->rang);
  if (timing->answered != CM_TIME_NONE && timing->answered != timing->talk_since)
    say_audio (self, "Connected", none, timing->answered);
  if (leg->phase == CM_PHASE_REJOINING)
    say_audio (self, "Disconnected", none, self->at);
  if (timing->rang != CM_TIME_NONE || timing->answered != CM_TIME_NONE ||
      differs (leg->audio_video, "Disconnected"))
    say_audio (self, leg->audio_video, is_gone (leg->phase) ? get_status (self) : none, get_audio_time (leg));
}

/* A hold that began in an escalation is part of it: it comes before its end. */
static gboolean
is_audio_first (const CmLineTelling *self)
{
  return self->leg->phase == CM_PHASE_ESCALATING && get_stage (self->leg) == CM_PROGRESS_COMPLETED;
}

static void
tell_begin (const CmLineTelling *self)
{
  const CmLeg *leg = self->leg;
  gboolean escalated = leg->escalation.stage != NULL;

  say_added (self);
  tell_message (self);
  if (is_audio_first (self))
    say_audio_so_far (self);
  if (escalated)
    say_path (self);
  if (escalated && leg->escalation.result >= 0)
    say_result (self, leg->escalation.since);
  if (!is_invited (self) && self->document->conference.uri != NULL)
    say_uri (self, leg->escalation.since);
  if (!is_audio_first (self))
    say_audio_so_far (self);
  if (leg->phase != CM_PHASE_ENDED && differs (leg->state, "Inactive"))
    say_state (self, cm_line_status (NULL), CM_TIME_NONE);
}

static void
tell_stages (const CmLineTelling *self)
{
  const CmLeg *before = self->leg_before, *after = self->leg;
  gboolean anew = after->escalation.restarts != before->escalation.restarts;
  int was = get_stage (before), is = get_stage (after);

  if (after->escalation.stage == NULL)
    {
      if (before->escalation.stage != NULL)
        say_stage (self, "NotStarted", self->at);
      return;
    }

  /* Some that were passed between two documents. */
  for (int i = 1; i < CM_N_TIMED_STAGES; i++)
    {
      if (after->timing.stages[i] >= 0 && (anew || before->timing.stages[i] < 0) && i != was && i != is)
        say_stage (self, cm_wire_enum_get_name (&cm_wire_progress, i), self->at);
    }

  if (differs (before->escalation.stage, after->escalation.stage))
    say_stage (self, after->escalation.stage, after->escalation.since);
  if (before->escalation.result != after->escalation.result)
    say_result (self, self->at);
}

static void
tell_audio (const CmLineTelling *self)
{
  const CmLeg *before = self->leg_before, *after = self->leg;
  CmValue status = get_status (self);
  gboolean again = before->phase == CM_PHASE_LEFT && after->phase != CM_PHASE_LEFT;

  if (after->timing.answered != before->timing.answered && differs (after->audio_video, "Connected"))
    say_audio (self, "Connected", cm_line_status (NULL), after->timing.answered);
  if (differs (before->audio_video, after->audio_video) || (again && !differs (after->audio_video, "Connected")))
    say_audio (self, after->audio_video, status, self->at);
  else if (after->phase != CM_PHASE_ENDED &&
           (differs (before->state, after->state) || status.type != CM_VALUE_ABSENT))
    {
      say_state (self, status, self->at);
      return;
    }

  if (after->phase != CM_PHASE_ENDED && differs (before->state, after->state))
    say_state (self, cm_line_status (NULL), self->at);
}

static void
tell_changes (const CmLineTelling *self)
{
  const CmLeg *before = self->leg_before, *after = self->leg;
  gboolean uri = differs (self->before->conference.uri, self->document->conference.uri);

  tell_message (self);
  say_text (self, CM_PROPERTY_SUBJECT, self->before->subject, self->document->subject);
  say_text (self, CM_PROPERTY_INVITER, before->inviter, after->inviter);
  if (before->direction != after->direction && after->direction != CM_LEG_DIRECTION_NONE)
    say_property (self, CM_PROPERTY_DIRECTION,
                  cm_line_name (&cm_wire_direction, cm_wire_enum_get_name (&cm_wire_direction,
                                                                           (int) after->direction)), self->at);
  if (uri && is_invited (self))
    say_uri (self, self->at);
  if (is_audio_first (self))
    tell_audio (self);
  tell_stages (self);
  if (uri && !is_invited (self))
    say_uri (self, self->at);
  if (!is_audio_first (self) && !cm_line_leg_ends (self))
    tell_audio (self);
}

/* Returns: a status code for a reason, or nothing */
CmValue
cm_line_status (const char *reason)
{
  guint32 status = cm_reason_get_status (reason);

  return (CmValue) { status != 0 ? CM_VALUE_INTEGER : CM_VALUE_ABSENT, TRUE, status, CM_TEXT_NONE };
}

/* Tells all of the leg but its people and its end. */
void
cm_line_leg_tell (const CmLineTelling *self)
{
  if (self->leg_before == NULL)
    tell_begin (self);
  else
    tell_changes (self);

  tell_conference (self);
}

/* Returns: whether the leg is over and was not */
gboolean
cm_line_leg_ends (const CmLineTelling *self)
{
  return self->leg->phase == CM_PHASE_ENDED &&
         (self->leg_before == NULL || self->leg_before->phase != CM_PHASE_ENDED);
}

void
cm_line_leg_end (const CmLineTelling *self)
{
  CmEvent event = cm_line_begin (self, CM_EVENT_CONVERSATION_REMOVED);

  if (self->leg_before != NULL && cm_line_leg_ends (self) &&
      differs (self->leg_before->audio_video, self->leg->audio_video))
    say_audio (self, self->leg->audio_video, cm_line_status (NULL), self->at);

  if (self->leg->phase == CM_PHASE_ENDED && !differs (self->leg->state, "Terminated"))
    {
      say_state (self, get_status (self), self->leg->timing.ended);
      return;
    }

  event.status_code = get_status (self);
  self->state->stamp = cm_line_say (self, &event, self->leg->timing.ended);
}
