/* cm-tracker-member.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "model/cm-address.h"
#include "tracker/cm-modality.h"
#include "tracker/cm-tracked-update.h"

/* An HRESULT below 0: it failed. */
#define IS_FAILURE(status) (((status) & 0x80000000U) != 0)

static CmMember *
get_member (CmTracker    *self,
            CmTrackedLeg *leg,
            CmContact    *contact)
{
  CmMember *member = cm_tracked_leg_find_member (leg, contact);

  if (member != NULL)
    return member;

  if (leg->members->len >= CM_TRACKER_MAX_MEMBERS)
    {
      self->counters.dropped++;
      return NULL;
    }

  return cm_tracked_leg_add_member (leg, contact);
}

/* Returns: whether the line says anything of the role. */
static gboolean
take_flag (gint8         *flag,
           const CmValue *value)
{
  if (value->type == CM_VALUE_ABSENT)
    return FALSE;

  *flag = value->type == CM_VALUE_BOOLEAN ? (gint8) value->integer : CM_UNKNOWN;

  return TRUE;
}

static void
take_flags (CmTracker     *self,
            CmTrackedLeg  *leg,
            CmMember      *member,
            const CmEvent *event)
{
  gboolean role = FALSE;

  role |= take_flag (&member->presenter, &event->is_presenter);
  role |= take_flag (&member->leader, &event->is_leader);
  role |= take_flag (&member->lobby, &event->is_in_lobby);
  if (role)
    member->role_seen = self->stamp;

  if (take_flag (&member->muted, &event->is_muted))
    member->muted_seen = self->stamp;
  if (event->is_self.type == CM_VALUE_BOOLEAN && member->is_self != (event->is_self.integer != 0))
    {
      member->is_self = event->is_self.integer != 0;
      cm_tracked_leg_add_self (leg, member->contact);
    }
}

/* The status of a ParticipantAdded may say that it failed: then the person was
 * never in. */
static void
handle_added (CmTracker     *self,
              CmTrackedLeg  *leg,
              CmMember      *member,
              const CmEvent *event,
              gint64         at)
{
  guint32 status = cm_event_get_status (event);

  cm_member_set_present (member, TRUE, 0, at);
  if (IS_FAILURE (status))
    cm_member_set_present (member, FALSE, status, at);

  member->seen = self->stamp;
  if (event->display_name.bytes != NULL)
    cm_ref_string_set (&member->name, event->display_name);
  take_flags (self, leg, member, event);
}

static void
handle_property (CmTracker     *self,
                 CmMember      *member,
                 const CmEvent *event)
{
  const CmValue *value = &event->value;

  switch (event->property)
    {
    case CM_PROPERTY_NAME:
      cm_ref_string_set (&member->name, value->type == CM_VALUE_TEXT ? value->text : CM_TEXT_NONE);
      break;
    case CM_PROPERTY_IS_PRESENTER:
      take_flag (&member->presenter, value);
      member->role_seen = self->stamp;
      break;
    case CM_PROPERTY_IS_LEADER:
      take_flag (&member->leader, value);
      member->role_seen = self->stamp;
      break;
    case CM_PROPERTY_IS_IN_LOBBY:
      take_flag (&member->lobby, value);
      member->role_seen = self->stamp;
      break;
    case CM_PROPERTY_IS_MUTED:
      take_flag (&member->muted, value);
      member->muted_seen = self->stamp;
      break;
    case CM_PROPERTY_AS_ORGANIZER:
      take_flag (&member->organizer, value);
      break;
    /* Known, and nothing that a document has. */
    case CM_PROPERTY_IS_RECORDING:
    case CM_PROPERTY_IS_ANONYMOUS:
    case CM_PROPERTY_IS_AUTHENTICATED:
      break;
    case CM_PROPERTY_UNKNOWN:
    case CM_PROPERTY_SUBJECT:
    case CM_PROPERTY_CONFERENCING_URI:
    case CM_PROPERTY_INVITER:
    case CM_PROPERTY_DIRECTION:
    case CM_PROPERTY_ACCEPTANCE_STATE:
    case CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS:
    case CM_PROPERTY_CONFERENCE_ESCALATION_RESULT:
    case CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION:
    case CM_PROPERTY_CONFERENCING_LOCKED:
    case CM_PROPERTY_CONFERENCING_ACCESS_TYPE:
    case CM_PROPERTY_TRANSFERRED_BY:
    case CM_PROPERTY_REPLACED:
    default:
      self->counters.unknown_properties++;
    }
}

static void
handle_state (CmTracker     *self,
              CmMember      *member,
              const CmEvent *event,
              gint64         at)
{
  if (!event->modality.known || !event->state.known)
    self->counters.unknown_values++;
  if (!event->modality.known || event->modality.integer != CM_MODALITY_AUDIO_VIDEO)
    return;

  cm_member_set_state (member, &event->state, cm_event_get_status (event), at);
  member->seen = self->stamp;
}

/* Of somebody who was never added, an end says nothing; anything else says that
 * the line that added him is missing. */
static gboolean
is_end (const CmEvent *event)
{
  if (event->kind == CM_EVENT_PARTICIPANT_REMOVED)
    return TRUE;

  return event->kind == CM_EVENT_MODALITY_STATE_CHANGED &&
         !(event->state.known && cm_modality_state_is_active ((int) event->state.integer));
}

static void
apply (CmTracker     *self,
       CmTrackedLeg  *leg,
       CmMember      *member,
       const CmEvent *event,
       gint64         at)
{
  switch ((int) event->kind)
    {
    case CM_EVENT_PARTICIPANT_ADDED:
      handle_added (self, leg, member, event, at);
      break;
    case CM_EVENT_PARTICIPANT_REMOVED:
      self->counters.unexpected += !member->present;
      cm_member_set_present (member, FALSE, cm_event_get_status (event), at);
      member->seen = self->stamp;
      if (member->is_self)
        cm_tracked_leg_set_status (leg, cm_event_get_status (event));
      break;
    case CM_EVENT_PARTICIPANT_PROPERTY_CHANGED:
      handle_property (self, member, event);
      break;
    default:
      handle_state (self, member, event, at);
    }
}

/**
 * cm_tracker_handle_member:
 * @self: the tracker
 * @leg: the leg in whose roster the person is
 * @event: an event that names a participant
 * @at: when, ms UTC, clamped
 *
 * Applies the event to the leg's roster. The conference itself, which some
 * clients list, is nobody.
 */
void
cm_tracker_handle_member (CmTracker     *self,
                          CmTrackedLeg  *leg,
                          const CmEvent *event,
                          gint64         at)
{
  CmContact *contact;
  CmMember *member;
  gboolean waited;

  if (cm_address_is_conference (event->participant))
    return;

  contact = cm_contact_book_get (self->book, event->participant, self->now);
  member = cm_tracked_leg_find_member (leg, contact);
  if (member == NULL && event->kind != CM_EVENT_PARTICIPANT_ADDED)
    self->counters.unexpected++;
  if (member == NULL && is_end (event))
    return;

  waited = member != NULL && cm_member_is_waiting (member);
  if (member == NULL)
    {
      member = get_member (self, leg, contact);
      if (member == NULL)
        return;
      cm_member_set_present (member, TRUE, 0, at);
      member->seen = self->stamp;
    }

  member->mentioned = TRUE;
  leg->n_waiting -= waited;
  apply (self, leg, member, event, at);
  leg->n_waiting += cm_member_is_waiting (member);
  if (leg->parent != NULL)
    cm_tracked_conversation_touch (leg->parent, contact);
}
