/* cm-tracked-leg-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked-pack.h"

#include "core/cm-pack-fields.h"

#define TRISTATE(member) CM_PACK_NUMBER_FIELD (CM_PACK_INT8, CmMember, member, CM_UNKNOWN, CM_YES)
#define STAMP(type, member) CM_PACK_NUMBER_FIELD (CM_PACK_UINT64, type, member, 0, G_MAXINT64)
#define CLOCK(member) CM_PACK_NUMBER_FIELD (CM_PACK_INT64, CmTiming, member, G_MININT64, G_MAXINT64)

static const CmPackField member_fields[] = {
  CM_PACK_TEXT_FIELD (CmMember, name),
  CM_PACK_TEXT_FIELD (CmMember, state_name),
  CM_PACK_TIME_FIELD (CmMember, connected),
  CM_PACK_TIME_FIELD (CmMember, left),
  STAMP (CmMember, seen),
  STAMP (CmMember, role_seen),
  STAMP (CmMember, muted_seen),
  CM_PACK_NUMBER_FIELD (CM_PACK_UINT, CmMember, status, 0, G_MAXUINT32),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT8, CmMember, state, CM_MEMBER_STATE_UNKNOWN, CM_MODALITY_STATE_DISCONNECTING),
  TRISTATE (presenter),
  TRISTATE (leader),
  TRISTATE (lobby),
  TRISTATE (muted),
  TRISTATE (organizer),
};

static const CmPackField leg_fields[] = {
  CM_PACK_TEXT_FIELD (CmTrackedLeg, subject),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, inviter),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, state_name),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, audio_video_name),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, stage_name),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, uri),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, conference_key),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, organizer),
  CM_PACK_TEXT_FIELD (CmTrackedLeg, access_type),
  CM_PACK_TIME_FIELD (CmTrackedLeg, stage_since),
  CM_PACK_TIME_FIELD (CmTrackedLeg, step_since),
  CM_PACK_TIME_FIELD (CmTrackedLeg, started),
  CM_PACK_TIME_FIELD (CmTrackedLeg, connected),
  STAMP (CmTrackedLeg, seen),
  STAMP (CmTrackedLeg, conference_seen),
  CM_PACK_TIME_FIELD (CmTrackedLeg, touched),
  CM_PACK_NUMBER_FIELD (CM_PACK_UINT, CmTrackedLeg, status, 0, G_MAXUINT32),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, CmTrackedLeg, phase, CM_PHASE_FAILED, CM_PHASE_ENDED),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, CmTrackedLeg, locked, CM_UNKNOWN, CM_YES),
};

static const CmPackField timing_fields[] = {
  CM_PACK_TIME_FIELD (CmTiming, added),
  CM_PACK_TIME_FIELD (CmTiming, rang),
  CM_PACK_TIME_FIELD (CmTiming, answered),
  CM_PACK_TIME_FIELD (CmTiming, joined),
  CM_PACK_TIME_FIELD (CmTiming, left),
  CM_PACK_TIME_FIELD (CmTiming, ended),
  CLOCK (ring),
  CLOCK (talk),
  CLOCK (hold),
  CM_PACK_TIME_FIELD (CmTiming, ring_since),
  CM_PACK_TIME_FIELD (CmTiming, talk_since),
  CM_PACK_TIME_FIELD (CmTiming, hold_since),
};

static const CmPackField facts_fields[] = {
  CM_PACK_NUMBER_FIELD (CM_PACK_INT8, CmLegFacts, conversation_state, -1, CM_CONVERSATION_STATE_TERMINATED),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT8, CmLegFacts, audio_video, -1, CM_MODALITY_STATE_DISCONNECTING),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT8, CmLegFacts, instant_message, -1, CM_MODALITY_STATE_DISCONNECTING),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT8, CmLegFacts, progress, -1, CM_PROGRESS_AWAITING_JOIN_DIALOG_RESPONSE),
  CM_PACK_NUMBER_FIELD (CM_PACK_UINT8, CmLegFacts, reached, 0, CM_PROGRESS_COMPLETED),
  CM_PACK_NUMBER_FIELD (CM_PACK_UINT8, CmLegFacts, stages, 0, G_MAXUINT8),
  CM_PACK_NUMBER_FIELD (CM_PACK_UINT8, CmLegFacts, direction, CM_DIRECTION_NONE, CM_DIRECTION_OUTGOING),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT64, CmLegFacts, result, G_MININT64, G_MAXINT64),
  CM_PACK_NUMBER_FIELD (CM_PACK_UINT, CmLegFacts, restarts, 0, G_MAXUINT),
};

/* All flags of #CmLegFacts, each in a bit of its own. */
#define FACTS_FLAGS(FLAG) \
  FLAG (0, has_uri) FLAG (1, has_inviter) FLAG (2, is_organizer) FLAG (3, removed) \
  FLAG (4, audio_video_seen) FLAG (5, answered) FLAG (6, joined) FLAG (7, connected_in_escalation) \
  FLAG (8, rang_only) FLAG (9, left_before) FLAG (10, was_in_call) FLAG (11, progress_moved) \
  FLAG (12, escalated_call) FLAG (13, uri_before_progress) FLAG (14, waited_for_peer) \
  FLAG (15, is_conference) FLAG (16, direction_given)

#define PUT_FLAG(bit, member) flags |= (gint64) facts->member << (bit);
#define TAKE_FLAG(bit, member) facts->member = flags >> (bit) & 1;

static void
write_facts (const CmLegFacts *facts,
             CmPackWriter     *pack)
{
  gint64 flags = 0;

  FACTS_FLAGS (PUT_FLAG)
  cm_pack_writer_number (pack, flags);
  cm_pack_writer_fields (pack, facts_fields, G_N_ELEMENTS (facts_fields), facts);
}

static void
read_facts (CmLegFacts   *facts,
            CmPackReader *pack)
{
  gint64 flags = cm_pack_reader_number (pack, 0, (1 << 17) - 1);

  FACTS_FLAGS (TAKE_FLAG)
  cm_pack_reader_fields (pack, facts_fields, G_N_ELEMENTS (facts_fields), facts);
}

static void
write_timing (const CmTiming *timing,
              CmPackWriter   *pack)
{
  cm_pack_writer_fields (pack, timing_fields, G_N_ELEMENTS (timing_fields), timing);
  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    cm_pack_writer_number (pack, timing->stages[i]);
}

static void
read_timing (CmTiming     *timing,
             CmPackReader *pack)
{
  cm_pack_reader_fields (pack, timing_fields, G_N_ELEMENTS (timing_fields), timing);
  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    timing->stages[i] = cm_pack_reader_number (pack, G_MININT64, G_MAXINT64);
}

static void
write_access (const CmAccess *access,
              CmPackWriter   *pack)
{
  guint n_numbers = access != NULL && access->numbers != NULL ? g_strv_length (access->numbers) : 0;

  cm_pack_writer_number (pack, access != NULL);
  if (access == NULL)
    return;

  cm_pack_writer_text (pack, access->id);
  cm_pack_writer_text (pack, access->join_url);
  cm_pack_writer_number (pack, n_numbers);
  for (guint i = 0; i < n_numbers; i++)
    cm_pack_writer_text (pack, access->numbers[i]);
}

static CmAccess *
read_access (CmPackReader *pack)
{
  g_autoptr(GStrvBuilder) numbers = g_strv_builder_new ();
  CmAccess *access;
  guint n_numbers;

  if (!cm_pack_reader_number (pack, FALSE, TRUE))
    return NULL;

  access = g_new0 (CmAccess, 1);
  access->id = cm_pack_reader_dup_text (pack);
  access->join_url = cm_pack_reader_dup_text (pack);
  n_numbers = cm_pack_reader_count (pack);
  for (guint i = 0; i < n_numbers && cm_pack_reader_is_good (pack); i++)
    {
      g_autofree char *number = cm_text_dup (cm_pack_reader_text (pack));

      if (number != NULL)
        g_strv_builder_add (numbers, number);
    }
  if (n_numbers > 0)
    access->numbers = g_strv_builder_end (numbers);

  return access;
}

static void
write_members (const CmTrackedLeg *self,
               CmPackWriter       *pack,
               GHashTable         *contacts)
{
  cm_pack_writer_number (pack, self->members->len);
  for (guint i = 0; i < self->members->len; i++)
    {
      const CmMember *member = &g_array_index (self->members, CmMember, i);

      cm_pack_writer_number (pack, GPOINTER_TO_UINT (g_hash_table_lookup (contacts, member->contact)));
      cm_pack_writer_number (pack, member->is_self | member->present << 1 | member->mentioned << 2);
      cm_pack_writer_fields (pack, member_fields, G_N_ELEMENTS (member_fields), member);
    }
}

static void
read_members (CmTrackedLeg *self,
              CmPackReader *pack,
              GPtrArray    *contacts)
{
  guint n_members = cm_pack_reader_count (pack);

  for (guint i = 0; i < n_members; i++)
    {
      gint64 place = cm_pack_reader_number (pack, 0, (gint64) contacts->len - 1);
      gint64 flags = cm_pack_reader_number (pack, 0, 7);
      CmMember *member;

      if (!cm_pack_reader_is_good (pack))
        return;

      member = cm_tracked_leg_add_member (self, g_ptr_array_index (contacts, place));
      member->is_self = flags & 1;
      member->present = flags >> 1 & 1;
      member->mentioned = flags >> 2 & 1;
      cm_pack_reader_fields (pack, member_fields, G_N_ELEMENTS (member_fields), member);
      self->n_waiting += cm_member_is_waiting (member);
      if (member->is_self)
        cm_tracked_leg_add_self (self, member->contact);
    }
}

/**
 * cm_tracked_leg_write:
 * @self: a leg
 * @pack: where to
 * @contacts: (element-type CmContact guint): the places of persons
 *
 * Writes all but the source.
 */
void
cm_tracked_leg_write (const CmTrackedLeg *self,
                      CmPackWriter       *pack,
                      GHashTable         *contacts)
{
  cm_pack_writer_text (pack, self->conversation);
  cm_pack_writer_number (pack, (gint64) self->serial);
  cm_pack_writer_number (pack, self->mentioned | self->placed << 1);
  cm_pack_writer_fields (pack, leg_fields, G_N_ELEMENTS (leg_fields), self);
  write_facts (&self->facts, pack);
  write_timing (&self->timing, pack);
  write_access (self->access, pack);
  write_members (self, pack, contacts);
}

/**
 * cm_tracked_leg_read:
 * @pack: where from
 * @source: whose leg it is
 * @source_id: the source's id
 * @contacts: (element-type CmContact): persons by their places
 *
 * Returns: (transfer full): a leg; not a whole one where @pack is no longer good
 */
CmTrackedLeg *
cm_tracked_leg_read (CmPackReader    *pack,
                     CmTrackedSource *source,
                     const char      *source_id,
                     GPtrArray       *contacts)
{
  CmText conversation = cm_pack_reader_text (pack);
  guint64 serial = (guint64) cm_pack_reader_number (pack, 0, G_MAXINT64);
  gint64 flags = cm_pack_reader_number (pack, 0, 3);
  CmTrackedLeg *self = cm_tracked_leg_new (source, source_id, conversation.bytes != NULL ? conversation : CM_TEXT (""), serial, 0);

  self->mentioned = flags & 1;
  self->placed = flags >> 1 & 1;
  cm_pack_reader_fields (pack, leg_fields, G_N_ELEMENTS (leg_fields), self);
  read_facts (&self->facts, pack);
  read_timing (&self->timing, pack);
  self->access = read_access (pack);
  read_members (self, pack, contacts);

  return self;
}
