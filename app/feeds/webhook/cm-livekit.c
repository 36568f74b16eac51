/* cm-livekit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-livekit.h"

#include "feeds/webhook/cm-meeting.h"
#include "feeds/webhook/cm-seen.h"
#include "feeds/decode/cm-record-json.h"
#include "model/cm-reason.h"

/* The year 9999, s. */
#define MAX_SECONDS G_GINT64_CONSTANT (253402300800)
/* So many events are remembered, so that none counts twice. */
#define MAX_IDS 10000

struct _CmLivekit
{
  CmDecoder   parent_instance;

  GHashTable *meetings; /* sid → CmMeeting */
  CmSeen     *ids;      /* of events that were taken */
  char       *link;     /* (nullable): with "{room}" */
  gint64      at;
  gint64      listed;   /* ms UTC: when all rooms were last known; 0 before */
};

G_DEFINE_FINAL_TYPE (CmLivekit, cm_livekit, CM_TYPE_DECODER)

/* DisconnectReason (livekit_models.proto). */
static const struct
{
  const char *name;
  guint32     status;
} reasons[] = {
  { "CLIENT_INITIATED", 51004 },
  { "DUPLICATE_IDENTITY", 0x80F10059U },
  { "SERVER_SHUTDOWN", CM_STATUS_CAUSE (41) },
  { "PARTICIPANT_REMOVED", CM_STATUS_REMOVED },
  { "ROOM_DELETED", 7035 },
  { "ROOM_CLOSED", 7035 },
  { "STATE_MISMATCH", CM_STATUS_CAUSE (41) },
  { "JOIN_FAILURE", 0x80004005U },
  { "MIGRATION", CM_STATUS_CAUSE (41) },
  { "SIGNAL_CLOSE", CM_STATUS_CAUSE (41) },
  { "USER_UNAVAILABLE", CM_STATUS_CAUSE (20) },
  { "USER_REJECTED", CM_STATUS_CAUSE (21) },
  { "SIP_TRUNK_FAILURE", CM_STATUS_CAUSE (41) },
  { "CONNECTION_TIMEOUT", 0x00EE000CU },
  { "MEDIA_FAILURE", CM_STATUS_CAUSE (41) },
};

static guint32
get_status (JsonObject *participant)
{
  const char *name = cm_record_get_string (participant, "disconnectReason");

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].name, name) == 0)
        return reasons[i].status;
    }

  return 0;
}

/* Whose telephone it is LiveKit SIP says in an attribute, or in the identity. */
static char *
dup_number (JsonObject *participant,
            const char *identity)
{
  JsonObject *attributes = cm_record_get_object (participant, "attributes");
  const char *number = cm_record_get_string (attributes, "sip.phoneNumber");

  if (g_strcmp0 (cm_record_get_string (participant, "kind"), "SIP") != 0)
    return NULL;
  if (number == NULL && g_str_has_prefix (identity, "sip_"))
    number = identity + strlen ("sip_");

  return number != NULL && number[0] != '\0' ? g_strconcat ("tel:", number, NULL) : NULL;
}

static char *
dup_address (JsonObject *participant)
{
  g_autofree char *identity = cm_record_dup_text (participant, "identity");
  char *number;

  if (identity == NULL || strlen (identity) > CM_EVENT_MAX_URI - strlen ("livekit:"))
    return NULL;

  number = dup_number (participant, identity);
  if (number != NULL)
    return number;

  return g_strconcat (strchr (identity, '@') != NULL ? "sip:" : "livekit:", identity, NULL);
}

/* LiveKit knows no roles: who may publish presents, and who is called a host. -1
 * where nothing is said. */
static int
get_presenter (JsonObject *participant)
{
  JsonObject *permission = cm_record_get_object (participant, "permission");
  const char *role = cm_record_get_string (cm_record_get_object (participant, "attributes"), "role");

  if (role != NULL)
    return g_str_equal (role, "host") || g_str_equal (role, "presenter") || g_str_equal (role, "moderator");

  /* What is false is left out; the API has other names than the webhooks. */
  return permission != NULL ? cm_record_get_flag (permission, "canPublish") == TRUE ||
                              cm_record_get_flag (permission, "can_publish") == TRUE : -1;
}

static CmModalityState
get_state (JsonObject *participant)
{
  const char *state = cm_record_get_string (participant, "state");

  if (g_strcmp0 (state, "JOINING") == 0)
    return CM_MODALITY_STATE_CONNECTING;

  return g_strcmp0 (state, "JOINED") == 0 ? CM_MODALITY_STATE_JOINING : CM_MODALITY_STATE_CONNECTED;
}

/* What records a room is in it unseen. */
static gboolean
is_hidden (JsonObject *participant)
{
  JsonObject *permission = cm_record_get_object (participant, "permission");

  return g_strcmp0 (cm_record_get_string (participant, "kind"), "EGRESS") == 0 ||
         cm_record_get_flag (permission, "hidden") == TRUE;
}

static void
take_joined (CmLivekit  *self,
             CmMeeting  *meeting,
             const char *key,
             JsonObject *participant)
{
  g_autofree char *address = dup_address (participant);
  int presenter = get_presenter (participant);

  if (address == NULL || is_hidden (participant) ||
      !cm_meeting_join (meeting, self->at, key, address, cm_record_get_string (participant, "name")))
    return;

  cm_meeting_set_state (meeting, self->at, key, get_state (participant));
  if (presenter >= 0)
    cm_meeting_set_presenter (meeting, self->at, key, presenter);
}

static void
take_track (CmLivekit  *self,
            CmMeeting  *meeting,
            const char *key,
            JsonObject *track)
{
  if (g_strcmp0 (cm_record_get_string (track, "source"), "MICROPHONE") == 0)
    cm_meeting_set_muted (meeting, self->at, key, cm_record_get_flag (track, "muted") == TRUE);
}

static void
take_participant (CmLivekit  *self,
                  CmMeeting  *meeting,
                  const char *event,
                  JsonObject *record)
{
  JsonObject *participant = cm_record_get_object (record, "participant");
  g_autofree char *key = cm_record_dup_text (participant, "sid");
  g_autofree char *address = dup_address (participant);

  if (key != NULL)
    cm_meeting_claim (meeting, key, address);
  if (key == NULL || strlen (key) > CM_EVENT_MAX_ID)
    cm_decoder_count_unknown (CM_DECODER (self));
  else if (g_str_equal (event, "participant_joined"))
    {
      /* Times are whole seconds, and nobody comes twice with the same key. */
      if (!cm_meeting_has_left (meeting, key))
        take_joined (self, meeting, key, participant);
    }
  else if (g_str_equal (event, "participant_left") || g_str_equal (event, "participant_connection_aborted"))
    cm_meeting_leave (meeting, self->at, key, get_status (participant));
  else if (g_str_equal (event, "track_published"))
    take_track (self, meeting, key, cm_record_get_object (record, "track"));
  else
    cm_decoder_count_unknown (CM_DECODER (self));
}

static gboolean
begin (CmLivekit  *self,
       CmMeeting  *meeting,
       JsonObject *room)
{
  const char *name = cm_record_get_string (room, "name");
  g_autofree char *link = cm_meeting_dup_link (self->link, name);
  gboolean goes_on = cm_meeting_begin (meeting, self->at, NULL, name);

  if (goes_on && link != NULL)
    cm_room_set_link (cm_meeting_get_room (meeting), self->at, link);

  return goes_on;
}

/* Only what tells that somebody is there, or will be, begins a room. */
static gboolean
begins (const char *event)
{
  return g_str_equal (event, "room_started") || g_str_equal (event, "participant_joined");
}

/* protojson writes 64 bits as text. */
static gboolean
read_time (JsonObject *record,
           gint64     *at)
{
  g_autofree char *text = cm_record_dup_text (record, "createdAt");
  gint64 seconds;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, 0, MAX_SECONDS - 1, &seconds, NULL))
    return FALSE;

  *at = seconds * 1000;

  return TRUE;
}

static gboolean
was_taken (CmLivekit  *self,
           JsonObject *record)
{
  g_autofree char *id = cm_record_dup_text (record, "id");

  if (id == NULL || strlen (id) > CM_EVENT_MAX_ID)
    return FALSE;

  return !cm_seen_add (self->ids, g_steal_pointer (&id));
}

/* A room that was not there any more when all were last known. */
static gboolean
is_past (CmLivekit  *self,
         const char *sid)
{
  return self->at < self->listed && sid != NULL && !g_hash_table_contains (self->meetings, sid);
}

static void
take_record (CmLivekit  *self,
             const char *event,
             JsonObject *record)
{
  JsonObject *room = cm_record_get_object (record, "room");
  g_autofree char *sid = cm_record_dup_text (room, "sid");
  CmMeeting *meeting;

  if (is_past (self, sid))
    return;

  meeting = cm_meetings_get (self->meetings, CM_DECODER (self), sid);
  /* Egress and ingress have no room that anybody is in. */
  if (meeting == NULL || was_taken (self, record))
    {
      cm_decoder_count_unknown (CM_DECODER (self));
      return;
    }

  if (begins (event) && !begin (self, meeting, room))
    return;

  if (g_str_equal (event, "room_finished"))
    cm_meeting_end (meeting, self->at, 0);
  else if (!g_str_equal (event, "room_started"))
    take_participant (self, meeting, event, record);
}

static void
cm_livekit_record (CmDecoder  *decoder,
                   const char *bytes,
                   gsize       size)
{
  CmLivekit *self = CM_LIVEKIT (decoder);
  g_autoptr(JsonParser) parser = cm_record_parse (decoder, bytes, size);
  JsonObject *record = parser != NULL ? cm_record_as_object (json_parser_get_root (parser)) : NULL;
  const char *event = cm_record_get_string (record, "event");

  if (parser == NULL)
    return;

  if (event == NULL || !read_time (record, &self->at))
    cm_decoder_fault (decoder, "the record is no event of LiveKit");
  else
    take_record (self, event, record);
}

static void
cm_livekit_announce (CmDecoder *decoder,
                     gint64     at)
{
  cm_meetings_announce (CM_LIVEKIT (decoder)->meetings, at);
}

static void
cm_livekit_recall (CmDecoder          *decoder,
                   const char         *conversation,
                   const char * const *persons)
{
  cm_meetings_recall (CM_LIVEKIT (decoder)->meetings, decoder, conversation, persons);
}

static void
cm_livekit_finalize (GObject *object)
{
  CmLivekit *self = CM_LIVEKIT (object);

  g_hash_table_unref (self->meetings);
  cm_seen_free (self->ids);
  g_free (self->link);

  G_OBJECT_CLASS (cm_livekit_parent_class)->finalize (object);
}

static void
cm_livekit_class_init (CmLivekitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_livekit_finalize;
  CM_DECODER_CLASS (klass)->record = cm_livekit_record;
  CM_DECODER_CLASS (klass)->recall = cm_livekit_recall;
  CM_DECODER_CLASS (klass)->announce = cm_livekit_announce;
}

static void
cm_livekit_init (CmLivekit *self)
{
  self->meetings = cm_meetings_new ();
  self->ids = cm_seen_new (MAX_IDS);
}

/**
 * cm_livekit_set_link:
 * @self: a decoder
 * @link: (nullable): the address by which people join, with "{room}"
 */
void
cm_livekit_set_link (CmLivekit  *self,
                     const char *link)
{
  g_free (self->link);
  self->link = g_strdup (link);
}

static void
take_listed (CmLivekit  *self,
             CmMeeting  *meeting,
             JsonObject *participant,
             GHashTable *keys)
{
  JsonArray *tracks = cm_record_get_array (participant, "tracks");
  g_autofree char *key = cm_record_dup_text (participant, "sid");

  if (key == NULL || strlen (key) > CM_EVENT_MAX_ID ||
      g_strcmp0 (cm_record_get_string (participant, "state"), "DISCONNECTED") == 0)
    return;

  take_joined (self, meeting, key, participant);
  for (guint i = 0; tracks != NULL && i < json_array_get_length (tracks); i++)
    take_track (self, meeting, key, cm_record_as_object (json_array_get_element (tracks, i)));
  g_hash_table_add (keys, g_steal_pointer (&key));
}

static void
take_room (CmLivekit  *self,
           JsonObject *room,
           GHashTable *sids)
{
  JsonArray *participants = cm_record_get_array (room, "participants");
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *sid = cm_record_dup_text (room, "sid");
  CmMeeting *meeting = cm_meetings_get (self->meetings, CM_DECODER (self), sid);

  if (meeting == NULL || !begin (self, meeting, room))
    return;

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    take_listed (self, meeting, cm_record_as_object (json_array_get_element (participants, i)), keys);
  if (participants != NULL)
    cm_meeting_take_list (meeting, self->at, keys);
  g_hash_table_add (sids, g_steal_pointer (&sid));
}

/**
 * cm_livekit_take_rooms:
 * @self: a decoder
 * @at: when they were asked for, ms UTC by LiveKit's clock
 * @rooms: all rooms of ListRooms; "participants" in each are those of
 *   ListParticipants, and missing where they are not known
 *
 * What is different becomes events; what is not listed is over, and events that are
 * older change nothing about it.
 */
void
cm_livekit_take_rooms (CmLivekit *self,
                       gint64     at,
                       JsonArray *rooms)
{
  g_autoptr(GHashTable) sids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->at = MAX (at, self->listed);
  for (guint i = 0; i < json_array_get_length (rooms); i++)
    take_room (self, cm_record_as_object (json_array_get_element (rooms, i)), sids);
  cm_meetings_take_list (self->meetings, self->at, sids);
  self->listed = self->at;
}
