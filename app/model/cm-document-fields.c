/* cm-document-fields.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"

#include "model/cm-enum-types.h"

#define MEMBER(name, offset, TYPE, get_type, table, is_plain) \
  { name, CM_FIELD_##TYPE, offset, get_type, table, is_plain, sizeof (name) - 1 }
#define FIELD(Struct, name, member, TYPE) MEMBER (name, G_STRUCT_OFFSET (Struct, member), TYPE, NULL, NULL, FALSE)
#define ENUM(Struct, name, member, TYPE, get_type) \
  MEMBER (name, G_STRUCT_OFFSET (Struct, member), TYPE, get_type, NULL, FALSE)
#define OBJECT(Struct, name, member, table) \
  MEMBER (name, G_STRUCT_OFFSET (Struct, member), OBJECT, NULL, table, FALSE)
#define NUMBERS(Struct, name, member, table) \
  MEMBER (name, G_STRUCT_OFFSET (Struct, member), OBJECT, NULL, table, TRUE)
#define STAGE(progress, name) MEMBER (name, (progress) * sizeof (gint64), INTEGER, NULL, NULL, FALSE)
#define END { NULL, 0, 0, NULL, NULL, FALSE, 0 }

static const CmField access_fields[] = {
  FIELD (CmAccess, "id", id, STRING),
  FIELD (CmAccess, "joinUrl", join_url, STRING),
  FIELD (CmAccess, "numbers", numbers, STRINGS),
  END
};

static const CmField conference_fields[] = {
  FIELD (CmConference, "uri", uri, STRING),
  FIELD (CmConference, "key", key, STRING),
  FIELD (CmConference, "organizer", organizer, STRING),
  FIELD (CmConference, "locked", locked, TRISTATE),
  FIELD (CmConference, "accessType", access_type, STRING),
  OBJECT (CmConference, "access", access, access_fields),
  END
};

const CmField cm_document_head_fields[] = {
  FIELD (CmDocument, "id", id, STRING),
  ENUM (CmDocument, "kind", kind, ENUM, cm_kind_get_type),
  ENUM (CmDocument, "phase", phase, ENUM, cm_phase_get_type),
  FIELD (CmDocument, "live", live, FLAG),
  FIELD (CmDocument, "subject", subject, STRING),
  OBJECT (CmDocument, "conference", conference, conference_fields),
  FIELD (CmDocument, "started", started, TIME),
  FIELD (CmDocument, "ended", ended, TIME),
  END
};

const CmField cm_document_tail_fields[] = {
  FIELD (CmDocument, "replaces", replaces, STRING),
  END
};

const CmField cm_person_fields[] = {
  FIELD (CmPerson, "name", name, STRING),
  ENUM (CmPerson, "role", role, ENUM, cm_role_get_type),
  FIELD (CmPerson, "state", state, STRING),
  FIELD (CmPerson, "muted", muted, TRISTATE),
  FIELD (CmPerson, "self", is_self, FLAG),
  FIELD (CmPerson, "organizer", is_organizer, FLAG),
  FIELD (CmPerson, "joined", joined, TIME),
  FIELD (CmPerson, "left", left, TIME),
  FIELD (CmPerson, "leftReason", left_reason, STRING),
  FIELD (CmPerson, "availability", availability, INTEGER),
  FIELD (CmPerson, "activity", activity, STRING),
  FIELD (CmPerson, "confirmed", confirmed, FLAG),
  END
};

static const CmField escalation_fields[] = {
  FIELD (CmEscalation, "stage", stage, STRING),
  FIELD (CmEscalation, "step", step, COUNT),
  FIELD (CmEscalation, "steps", steps, COUNT),
  FIELD (CmEscalation, "since", since, TIME),
  FIELD (CmEscalation, "result", result, INTEGER),
  FIELD (CmEscalation, "restarts", restarts, COUNT_IF_ANY),
  END
};

/* By the SDK's own names; the offsets are into CmTiming.stages. */
static const CmField stage_fields[] = {
  STAGE (CM_PROGRESS_SCHEDULING_CONFERENCE, "SchedulingConference"),
  STAGE (CM_PROGRESS_CONNECTING_TO_CONFERENCE, "ConnectingToConference"),
  STAGE (CM_PROGRESS_CONNECTED_TO_LOBBY, "ConnectedToLobby"),
  STAGE (CM_PROGRESS_JOINING_LOCAL_MEDIA, "JoiningLocalMedia"),
  STAGE (CM_PROGRESS_WAITING_FOR_PAIR, "WaitingForPair"),
  STAGE (CM_PROGRESS_WAITING_FOR_PEER, "WaitingForPeer"),
  END
};

static const CmField timing_fields[] = {
  FIELD (CmTiming, "added", added, TIME),
  FIELD (CmTiming, "rang", rang, TIME),
  FIELD (CmTiming, "answered", answered, TIME),
  FIELD (CmTiming, "joined", joined, TIME),
  FIELD (CmTiming, "left", left, TIME),
  FIELD (CmTiming, "ended", ended, TIME),
  FIELD (CmTiming, "ringMs", ring, INTEGER),
  FIELD (CmTiming, "talkMs", talk, INTEGER),
  FIELD (CmTiming, "holdMs", hold, INTEGER),
  FIELD (CmTiming, "ringSince", ring_since, TIME),
  FIELD (CmTiming, "talkSince", talk_since, TIME),
  FIELD (CmTiming, "holdSince", hold_since, TIME),
  NUMBERS (CmTiming, "escalationMs", stages, stage_fields),
  END
};

const CmField cm_leg_fields[] = {
  FIELD (CmLeg, "source", source, STRING),
  FIELD (CmLeg, "conversation", conversation, STRING),
  ENUM (CmLeg, "phase", phase, ENUM, cm_phase_get_type),
  ENUM (CmLeg, "role", role, ENUM, cm_leg_role_get_type),
  ENUM (CmLeg, "direction", direction, ENUM_IF_ANY, cm_leg_direction_get_type),
  FIELD (CmLeg, "inviter", inviter, STRING),
  FIELD (CmLeg, "state", state, STRING),
  FIELD (CmLeg, "audioVideo", audio_video, STRING),
  OBJECT (CmLeg, "escalation", escalation, escalation_fields),
  ENUM (CmLeg, "banner", banner, ENUM_IF_ANY, cm_banner_get_type),
  FIELD (CmLeg, "reason", reason, STRING),
  NUMBERS (CmLeg, "timing", timing, timing_fields),
  FIELD (CmLeg, "confirmed", confirmed, FLAG),
  FIELD (CmLeg, "silentSince", silent_since, TIME),
  END
};

const CmField cm_attention_fields[] = {
  FIELD (CmAttention, "rule", rule, STRING),
  ENUM (CmAttention, "level", level, ENUM, cm_level_get_type),
  FIELD (CmAttention, "since", since, TIME),
  FIELD (CmAttention, "leg", leg, STRING),
  END
};

/* What is not set in a new struct. It stands here and not in the tables, because so it
 * is there by one copy: each call of a snapshot begins with some of them. */

/* Most calls need nothing: they share one list of nothing. */
static const GPtrArray no_attention = { NULL, 0 };

const CmDocument cm_document_fresh = {
  .kind = CM_KIND_MESSAGE,
  .phase = CM_PHASE_IDLE,
  .conference = { .locked = CM_UNKNOWN },
  .started = CM_TIME_NONE,
  .ended = CM_TIME_NONE,
  .attention = (GPtrArray *) &no_attention,
};

const CmAttention cm_attention_fresh = {
  .since = CM_TIME_NONE,
};

static const CmPerson fresh_person = {
  .role = CM_ROLE_ATTENDEE,
  .muted = CM_UNKNOWN,
  .joined = CM_TIME_NONE,
  .left = CM_TIME_NONE,
  .availability = -1,
};

static const CmLeg fresh_leg = {
  .phase = CM_PHASE_IDLE,
  .escalation = { .since = CM_TIME_NONE, .result = -1 },
  .timing = {
    .added = CM_TIME_NONE,
    .rang = CM_TIME_NONE,
    .answered = CM_TIME_NONE,
    .joined = CM_TIME_NONE,
    .left = CM_TIME_NONE,
    .ended = CM_TIME_NONE,
    .ring = -1,
    .talk = -1,
    .hold = -1,
    .ring_since = CM_TIME_NONE,
    .talk_since = CM_TIME_NONE,
    .hold_since = CM_TIME_NONE,
    .stages = { 0, -1, -1, -1, -1, -1, -1 },
  },
  .silent_since = CM_TIME_NONE,
};

const CmItemType cm_person_type = { sizeof (CmPerson), cm_person_fields, &fresh_person };
const CmItemType cm_leg_type = { sizeof (CmLeg), cm_leg_fields, &fresh_leg };

G_STATIC_ASSERT (G_STRUCT_OFFSET (CmPerson, refs) == G_STRUCT_OFFSET (CmItem, refs));
G_STATIC_ASSERT (G_STRUCT_OFFSET (CmLeg, refs) == G_STRUCT_OFFSET (CmItem, refs));
