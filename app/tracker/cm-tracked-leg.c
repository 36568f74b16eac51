/* cm-tracked-leg.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked.h"

#include "model/cm-address.h"
#include "model/cm-reason.h"
#include "tracker/cm-modality.h"
#include "tracker/cm-tracked-source.h"

/* A longer text is cut off on a character's border. */
#define MAX_TEXT 1024
/* From so many members on they are found by an index. */
#define INDEX_FROM 16

/* So many dial-in numbers are kept. */
#define MAX_NUMBERS 32

/**
 * cm_ref_string_set:
 * @member: where a #GRefString, or %NULL, is kept
 * @text: what it is to be; no text or an empty one makes it %NULL
 */
void
cm_ref_string_set (char   **member,
                   CmText   text)
{
  gsize size = MIN (text.size, MAX_TEXT);

  if (*member != NULL && cm_text_equal (text, cm_text_from_string (*member)))
    return;

  while (size < text.size && size > 0 && ((guchar) text.bytes[size] & 0xc0) == 0x80)
    size--;

  g_clear_pointer (member, g_ref_string_release);
  if (size > 0)
    *member = g_ref_string_new_len (text.bytes, (gssize) size);
}

/* As cm_ref_string_set(); @string: (nullable): a #GRefString, to be shared */
void
cm_ref_string_share (char **member,
                     char  *string)
{
  char *own = string != NULL ? g_ref_string_acquire (string) : NULL;

  g_clear_pointer (member, g_ref_string_release);
  *member = own;
}

/* "#" stands between the two parts of an id: what the source has of it, and the
 * sign that takes its place, are written as in a URI. */
char *
cm_tracked_leg_dup_id (const char *source,
                       CmText      conversation)
{
  GString *id = g_string_sized_new (strlen (source) + conversation.size + 1);

  for (const char *p = source; *p != '\0'; p++)
    {
      if (*p == '#' || *p == '%')
        g_string_append_printf (id, "%%%02X", (guint) *p);
      else
        g_string_append_c (id, *p);
    }
  g_string_append_c (id, '#');
  g_string_append_len (id, conversation.bytes, (gssize) conversation.size);

  return g_string_free (id, FALSE);
}

static void
timing_init (CmTiming *timing,
             gint64    at)
{
  *timing = (CmTiming) {
    .added = at, .rang = CM_TIME_NONE, .answered = CM_TIME_NONE, .joined = CM_TIME_NONE,
    .left = CM_TIME_NONE, .ended = CM_TIME_NONE, .ring = -1, .talk = -1, .hold = -1,
    .ring_since = CM_TIME_NONE, .talk_since = CM_TIME_NONE, .hold_since = CM_TIME_NONE,
  };

  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    timing->stages[i] = -1;
}

/**
 * cm_tracked_leg_new:
 * @source: whose leg it is
 * @source_id: the source's id
 * @conversation: the source's own id of the conversation
 * @serial: the stamp of the leg's first event
 * @at: its time, ms UTC
 *
 * Returns: (transfer full): a leg of which nothing else is known
 */
CmTrackedLeg *
cm_tracked_leg_new (CmTrackedSource *source,
                    const char      *source_id,
                    CmText           conversation,
                    guint64          serial,
                    gint64           at)
{
  CmTrackedLeg *self = g_new0 (CmTrackedLeg, 1);
  g_autofree char *id = cm_tracked_leg_dup_id (source_id, conversation);

  self->source = source;
  self->id = g_ref_string_new (id);
  self->conversation = g_ref_string_new_len (conversation.bytes, (gssize) conversation.size);
  self->key = cm_text_from_string (self->conversation);
  self->members = g_array_new (FALSE, TRUE, sizeof (CmMember));
  self->stage_since = CM_TIME_NONE;
  self->step_since = CM_TIME_NONE;
  self->started = at;
  self->connected = CM_TIME_NONE;
  self->serial = serial;
  self->phase = CM_PHASE_IDLE;
  self->locked = CM_UNKNOWN;
  self->mentioned = TRUE;
  cm_leg_facts_init (&self->facts);
  timing_init (&self->timing, at);

  return self;
}

static void
access_free (CmAccess *access)
{
  g_clear_pointer (&access->id, g_ref_string_release);
  g_clear_pointer (&access->join_url, g_ref_string_release);
  g_strfreev (access->numbers);
  g_free (access);
}

static void
clear_member (CmTrackedLeg  *self,
              guint          place,
              CmContactBook *book)
{
  CmMember *member = &g_array_index (self->members, CmMember, place);

  cm_contact_book_release (book, member->contact, self);
  g_clear_pointer (&member->name, g_ref_string_release);
  g_clear_pointer (&member->state_name, g_ref_string_release);
}

static void
free_members (CmTrackedLeg  *self,
              CmContactBook *book)
{
  for (guint i = 0; i < self->members->len; i++)
    clear_member (self, i, book);

  g_array_unref (self->members);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->selves, g_ptr_array_unref);
}

/**
 * cm_tracked_leg_free:
 * @self: (transfer full): a leg
 * @book: where its members come from
 */
void
cm_tracked_leg_free (CmTrackedLeg  *self,
                     CmContactBook *book)
{
  char **strings[] = {
    &self->id, &self->conversation, &self->subject, &self->inviter, &self->state_name,
    &self->audio_video_name, &self->stage_name, &self->uri, &self->conference_key,
    &self->organizer, &self->access_type, &self->told.audio_video_name,
  };

  if (g_hash_table_lookup (self->source->legs, &self->key) == self)
    g_hash_table_remove (self->source->legs, &self->key);
  if (self->source->recent == self)
    self->source->recent = NULL;

  free_members (self, book);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_clear_pointer (strings[i], g_ref_string_release);
  g_clear_pointer (&self->access, access_free);
  g_free (self);
}

static void
index_members (CmTrackedLeg *self)
{
  self->index = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->members->len; i++)
    g_hash_table_insert (self->index, g_array_index (self->members, CmMember, i).contact, GUINT_TO_POINTER (i + 1));
}

static CmMember *
find_by_index (CmTrackedLeg    *self,
               const CmContact *contact)
{
  guint place;

  if (self->index == NULL)
    index_members (self);
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, contact));

  return place > 0 ? &g_array_index (self->members, CmMember, place - 1) : NULL;
}

/**
 * cm_tracked_leg_find_member:
 * @self: a leg
 * @contact: a person
 *
 * Returns: (nullable) (transfer none): how the leg lists that person; valid
 *   until the next member is added
 */
CmMember *
cm_tracked_leg_find_member (CmTrackedLeg    *self,
                            const CmContact *contact)
{
  if (self->members->len >= INDEX_FROM)
    return find_by_index (self, contact);

  for (guint i = 0; i < self->members->len; i++)
    {
      CmMember *member = &g_array_index (self->members, CmMember, i);

      if (member->contact == contact)
        return member;
    }

  return NULL;
}

/**
 * cm_tracked_leg_add_member:
 * @self: a leg that does not list @contact
 * @contact: a person
 *
 * Returns: (transfer none): a new member of whom nothing is known
 */
CmMember *
cm_tracked_leg_add_member (CmTrackedLeg *self,
                           CmContact    *contact)
{
  CmMember member = {
    .contact = contact,
    .connected = CM_TIME_NONE,
    .left = CM_TIME_NONE,
    .state = CM_MEMBER_STATE_UNKNOWN,
    .presenter = CM_UNKNOWN,
    .leader = CM_UNKNOWN,
    .lobby = CM_UNKNOWN,
    .muted = CM_UNKNOWN,
    .organizer = CM_UNKNOWN,
  };

  g_ptr_array_add (contact->legs, self);
  g_array_append_val (self->members, member);
  if (self->index != NULL)
    g_hash_table_insert (self->index, contact, GUINT_TO_POINTER (self->members->len));

  return &g_array_index (self->members, CmMember, self->members->len - 1);
}

/**
 * cm_tracked_leg_remove_member:
 * @self: a leg
 * @place: a member's place in it
 * @book: where its members come from
 */
void
cm_tracked_leg_remove_member (CmTrackedLeg  *self,
                              guint          place,
                              CmContactBook *book)
{
  const CmMember *member = &g_array_index (self->members, CmMember, place);

  self->n_waiting -= cm_member_is_waiting (member);
  if (self->selves != NULL)
    g_ptr_array_remove (self->selves, member->contact);
  clear_member (self, place, book);
  g_array_remove_index (self->members, place);
  g_clear_pointer (&self->index, g_hash_table_unref);
}

/* @contact: a member who is, or has been, the source's own user */
void
cm_tracked_leg_add_self (CmTrackedLeg *self,
                         CmContact    *contact)
{
  if (self->selves == NULL)
    self->selves = g_ptr_array_new ();
  if (!g_ptr_array_find (self->selves, contact, NULL))
    g_ptr_array_add (self->selves, contact);
}

/**
 * cm_tracked_leg_set_uri:
 * @self: a leg
 * @uri: the ConferencingUri; empty where it has none
 */
void
cm_tracked_leg_set_uri (CmTrackedLeg *self,
                        CmText        uri)
{
  g_auto(CmConferenceUri) parts = { NULL, NULL, NULL };

  if (uri.size > 0 && !cm_conference_uri_parse (&parts, uri))
    parts.uri = cm_text_dup (uri);

  cm_ref_string_set (&self->uri, cm_text_from_string (parts.uri));
  cm_ref_string_set (&self->organizer, cm_text_from_string (parts.organizer));
  cm_ref_string_set (&self->conference_key, cm_text_from_string (parts.key));
  cm_leg_facts_set_uri (&self->facts, self->uri != NULL);
  self->placed = FALSE;
}

static void
read_numbers (CmAccess     *access,
              CmJsonReader *reader)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (cm_json_reader_next (reader) != CM_JSON_ARRAY)
    return;

  for (CmJsonToken token = cm_json_reader_next (reader); token != CM_JSON_ARRAY_END;
       token = cm_json_reader_next (reader))
    {
      g_autofree char *number = NULL;

      if (token == CM_JSON_STRING && n++ < MAX_NUMBERS)
        {
          number = cm_text_dup (cm_json_reader_get_text (reader));
          g_strv_builder_add (builder, number);
        }
      else if (!cm_json_reader_skip (reader))
        break;
    }

  if (n > 0)
    access->numbers = g_strv_builder_end (builder);
}

static void
read_text (CmJsonReader  *reader,
           char         **text)
{
  CmJsonToken token = cm_json_reader_next (reader);

  if (token == CM_JSON_STRING || token == CM_JSON_NUMBER)
    cm_ref_string_set (text, cm_json_reader_get_text (reader));
  else
    cm_json_reader_skip (reader);
}

static void
read_access_member (CmAccess      *access,
                    CmText         name,
                    CmJsonReader  *reader,
                    char         **internal)
{
  if (cm_text_equal (name, CM_TEXT ("Id")))
    read_text (reader, &access->id);
  else if (cm_text_equal (name, CM_TEXT ("ExternalUrl")))
    read_text (reader, &access->join_url);
  else if (cm_text_equal (name, CM_TEXT ("InternalUrl")))
    read_text (reader, internal);
  else if (cm_text_equal (name, CM_TEXT ("AutoAttendantNumbers")))
    read_numbers (access, reader);
  else
    cm_json_reader_skip (reader);
}

/**
 * cm_tracked_leg_set_access:
 * @self: a leg
 * @reader: a reader, to be used meanwhile
 * @json: ConferenceAccessInformation as it stands in the line, checked; no text
 *   where there is none
 *
 * Keeps Id, AutoAttendantNumbers and the URL to join by (the external one, else
 * the internal one). The AdmissionKey is a secret and is not kept.
 */
void
cm_tracked_leg_set_access (CmTrackedLeg *self,
                           CmJsonReader *reader,
                           CmText        json)
{
  char *internal = NULL;
  CmJsonToken token;

  g_clear_pointer (&self->access, access_free);
  if (json.size == 0)
    return;

  self->access = g_new0 (CmAccess, 1);
  cm_json_reader_load (reader, json.bytes, json.size, CM_JSON_STRICT);
  token = cm_json_reader_next (reader);

  while (token != CM_JSON_ERROR && (token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    read_access_member (self->access, cm_json_reader_get_text (reader), reader, &internal);

  if (self->access->join_url == NULL)
    self->access->join_url = g_steal_pointer (&internal);
  g_clear_pointer (&internal, g_ref_string_release);
}

/**
 * cm_tracked_leg_set_status:
 * @self: a leg
 * @status: why it left or ended; 0 where nothing is said
 *
 * The first reason stands, since servers repeat the end with their own; only
 * that a presenter removed the user says more than any other.
 */
void
cm_tracked_leg_set_status (CmTrackedLeg *self,
                           guint32       status)
{
  if (self->status == 0 || status == CM_STATUS_REMOVED)
    self->status = status;
}

/**
 * cm_tracked_leg_is_live:
 * @self: a leg
 *
 * Returns: whether the source is in the call, or on its way into it
 */
gboolean
cm_tracked_leg_is_live (const CmTrackedLeg *self)
{
  return self->phase != CM_PHASE_ENDED && cm_modality_state_is_active (self->facts.audio_video);
}

/**
 * cm_tracked_leg_is_confirmed:
 * @self: a leg
 *
 * Returns: whether its source can be believed now: it is connected, none of its
 *   events are missing, and what it announces anew is announced
 */
gboolean
cm_tracked_leg_is_confirmed (const CmTrackedLeg *self)
{
  if (self->phase == CM_PHASE_ENDED)
    return TRUE;

  return self->source->status == CM_SOURCE_STATUS_CONNECTED &&
         self->source->silent_since == CM_TIME_NONE && !self->source->resync &&
         !cm_tracked_source_has_holes (self->source);
}
