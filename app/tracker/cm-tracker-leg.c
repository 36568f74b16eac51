/* cm-tracker-leg.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "model/cm-address.h"
#include "tracker/cm-modality.h"

/* Takes an enum value; one that is not known is kept by its name, and what was
 * known last goes on to count. */
static gboolean
take_enum (CmTracker      *self,
           const CmValue  *value,
           char          **unknown)
{
  if (value->type != CM_VALUE_ENUM)
    return FALSE;

  cm_ref_string_set (unknown, value->known ? CM_TEXT_NONE : value->text);
  self->counters.unknown_values += !value->known;

  return value->known;
}

static CmText
get_text (const CmValue *value)
{
  return value->type == CM_VALUE_TEXT || value->type == CM_VALUE_JSON ? value->text : CM_TEXT_NONE;
}

/* Whether the station's own user is the one who created the conference. */
static void
settle_organizer (CmTracker    *self,
                  CmTrackedLeg *leg)
{
  const CmContact *organizer = leg->organizer != NULL ? cm_contact_book_find (self->book, leg->organizer) : NULL;
  const CmMember *member = organizer != NULL ? cm_tracked_leg_find_member (leg, organizer) : NULL;

  cm_leg_facts_set_organizer (&leg->facts, member != NULL && member->is_self);
}

static void
set_uri (CmTracker    *self,
         CmTrackedLeg *leg,
         CmText        uri)
{
  cm_tracked_leg_set_uri (leg, uri);
  leg->conference_seen = self->stamp;
  settle_organizer (self, leg);
}

static void
set_inviter (CmTrackedLeg *leg,
             CmText        uri)
{
  g_autofree char *address = uri.size > 0 ? cm_address_normalize (uri) : NULL;

  cm_ref_string_set (&leg->inviter, cm_text_from_string (address));
  cm_leg_facts_set_inviter (&leg->facts, address != NULL);
}

static void
handle_added (CmTracker     *self,
              CmTrackedLeg  *leg,
              const CmEvent *event)
{
  if (event->subject.bytes != NULL)
    cm_ref_string_set (&leg->subject, event->subject);
  if (event->inviter.bytes != NULL)
    set_inviter (leg, event->inviter);
  if (event->conferencing_uri.bytes != NULL)
    set_uri (self, leg, event->conferencing_uri);
  if (event->direction.type == CM_VALUE_ENUM && event->direction.known)
    cm_leg_facts_set_direction (&leg->facts, (CmDirection) event->direction.integer);
  self->counters.unknown_values += event->direction.type == CM_VALUE_ENUM && !event->direction.known;
}

static void
handle_state (CmTracker     *self,
              CmTrackedLeg  *leg,
              const CmEvent *event)
{
  cm_tracked_leg_set_status (leg, cm_event_get_status (event));
  if (take_enum (self, &event->state, &leg->state_name))
    cm_leg_facts_set_conversation_state (&leg->facts, (CmConversationState) event->state.integer);
  if (leg->facts.conversation_state == CM_CONVERSATION_STATE_TERMINATED)
    leg->seen = self->stamp;
}

static void
set_progress (CmTracker     *self,
              CmTrackedLeg  *leg,
              const CmValue *value,
              gint64         at)
{
  if (value->type == CM_VALUE_NULL)
    cm_tracked_leg_set_progress (leg, CM_PROGRESS_NOT_STARTED, at);
  else if (take_enum (self, value, &leg->stage_name))
    cm_tracked_leg_set_progress (leg, (CmProgress) value->integer, at);
  else
    leg->stage_since = at;
}

static void
set_access_type (CmTracker     *self,
                 CmTrackedLeg  *leg,
                 const CmValue *value)
{
  if (value->type == CM_VALUE_ENUM && value->known)
    cm_ref_string_set (&leg->access_type,
                       cm_text_from_string (cm_wire_enum_get_name (&cm_wire_access_type, (int) value->integer)));
  else
    take_enum (self, value, &leg->access_type);
}

static void
handle_property (CmTracker     *self,
                 CmTrackedLeg  *leg,
                 const CmEvent *event,
                 gint64         at)
{
  const CmValue *value = &event->value;

  switch (event->property)
    {
    case CM_PROPERTY_SUBJECT:
      cm_ref_string_set (&leg->subject, get_text (value));
      break;
    case CM_PROPERTY_CONFERENCING_URI:
      set_uri (self, leg, get_text (value));
      break;
    case CM_PROPERTY_INVITER:
      set_inviter (leg, get_text (value));
      break;
    case CM_PROPERTY_DIRECTION:
      if (value->type == CM_VALUE_ENUM && value->known)
        cm_leg_facts_set_direction (&leg->facts, (CmDirection) value->integer);
      self->counters.unknown_values += value->type == CM_VALUE_ENUM && !value->known;
      break;
    case CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS:
      set_progress (self, leg, value, at);
      break;
    case CM_PROPERTY_CONFERENCE_ESCALATION_RESULT:
      cm_leg_facts_set_result (&leg->facts, value->type == CM_VALUE_INTEGER ? value->integer : -1);
      break;
    case CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION:
      cm_tracked_leg_set_access (leg, self->reader, get_text (value));
      leg->conference_seen = self->stamp;
      break;
    case CM_PROPERTY_CONFERENCING_LOCKED:
      leg->locked = value->type == CM_VALUE_BOOLEAN ? (CmTristate) value->integer : CM_UNKNOWN;
      leg->conference_seen = self->stamp;
      break;
    case CM_PROPERTY_CONFERENCING_ACCESS_TYPE:
      set_access_type (self, leg, value);
      leg->conference_seen = self->stamp;
      break;
    /* Known, and nothing that a document has. */
    case CM_PROPERTY_ACCEPTANCE_STATE:
    case CM_PROPERTY_TRANSFERRED_BY:
    case CM_PROPERTY_REPLACED:
      break;
    case CM_PROPERTY_UNKNOWN:
    case CM_PROPERTY_NAME:
    case CM_PROPERTY_IS_PRESENTER:
    case CM_PROPERTY_IS_LEADER:
    case CM_PROPERTY_IS_IN_LOBBY:
    case CM_PROPERTY_IS_MUTED:
    case CM_PROPERTY_IS_RECORDING:
    case CM_PROPERTY_IS_ANONYMOUS:
    case CM_PROPERTY_IS_AUTHENTICATED:
    case CM_PROPERTY_AS_ORGANIZER:
    default:
      self->counters.unknown_properties++;
    }
}

/* The source's own modality. */
static void
handle_modality (CmTracker     *self,
                 CmTrackedLeg  *leg,
                 const CmEvent *event,
                 gint64         at)
{
  int before = leg->facts.audio_video;

  if (!event->modality.known)
    {
      self->counters.unknown_values++;
      return;
    }

  if (event->modality.integer == CM_MODALITY_INSTANT_MESSAGE && event->state.known)
    cm_leg_facts_set_instant_message (&leg->facts, (CmModalityState) event->state.integer);
  /* Invalid is a first "old" state and says nothing. */
  if (event->modality.integer != CM_MODALITY_AUDIO_VIDEO ||
      (event->state.known && event->state.integer == CM_MODALITY_STATE_INVALID) ||
      !take_enum (self, &event->state, &leg->audio_video_name))
    return;

  self->counters.unexpected += !cm_modality_state_may_follow ((int) event->state.integer, before);
  cm_tracked_leg_set_audio_video (leg, (CmModalityState) event->state.integer, at);
  leg->seen = self->stamp;
  cm_tracked_leg_set_status (leg, cm_event_get_status (event));
}

/**
 * cm_tracker_handle_leg:
 * @self: the tracker
 * @leg: the leg that the event is about
 * @event: any event that names a conversation
 * @at: when, ms UTC, clamped
 *
 * Applies the event to the leg's facts; cm_tracker_settle_leg() comes after it.
 */
void
cm_tracker_handle_leg (CmTracker     *self,
                       CmTrackedLeg  *leg,
                       const CmEvent *event,
                       gint64         at)
{
  switch (event->kind)
    {
    case CM_EVENT_CONVERSATION_ADDED:
      handle_added (self, leg, event);
      break;
    case CM_EVENT_CONVERSATION_REMOVED:
      cm_tracked_leg_set_status (leg, cm_event_get_status (event));
      cm_leg_facts_set_removed (&leg->facts);
      leg->seen = self->stamp;
      break;
    case CM_EVENT_CONVERSATION_STATE_CHANGED:
      handle_state (self, leg, event);
      break;
    case CM_EVENT_CONVERSATION_PROPERTY_CHANGED:
      handle_property (self, leg, event, at);
      break;
    case CM_EVENT_MODALITY_STATE_CHANGED:
      if (event->participant.bytes == NULL)
        {
          handle_modality (self, leg, event, at);
          break;
        }
      cm_tracker_handle_member (self, leg, event, at);
      break;
    case CM_EVENT_PARTICIPANT_ADDED:
    case CM_EVENT_PARTICIPANT_REMOVED:
    case CM_EVENT_PARTICIPANT_PROPERTY_CHANGED:
      cm_tracker_handle_member (self, leg, event, at);
      settle_organizer (self, leg);
      break;
    case CM_EVENT_UNKNOWN:
    case CM_EVENT_CONTACT_INFORMATION_CHANGED:
    case CM_EVENT_SOURCE_STATUS_CHANGED:
    default:
      g_assert_not_reached ();
    }
}
