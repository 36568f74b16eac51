/* cm-graph.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph.h"

#include "feeds/webhook/cm-graph-identity.h"
#include "feeds/webhook/cm-meeting.h"
#include "feeds/decode/cm-record-json.h"
#include "model/cm-reason.h"

#define MAX_ROLES 100000

struct _CmGraph
{
  CmDecoder   parent_instance;

  GHashTable *meetings; /* a call's id, or a meeting's → CmMeeting */
  GHashTable *roles;    /* a user's id → whether he presents: of online meetings */
  GHashTable *ranks;    /* a call's id → how far it was, as a Rank */
  gint64      at;
};

/* A state of a call, and how far it is: what is told late does not go back. */
typedef struct
{
  const char     *name;
  CmModalityState state;
  guint           rank;
} State;

G_DEFINE_FINAL_TYPE (CmGraph, cm_graph, CM_TYPE_DECODER)

/* callState (Graph, "call resource type"). */
static const State states[] = {
  { "incoming", CM_MODALITY_STATE_NOTIFIED, 1 },
  { "establishing", CM_MODALITY_STATE_CONNECTING, 2 },
  { "ringing", CM_MODALITY_STATE_CONNECTING, 2 },
  { "established", CM_MODALITY_STATE_CONNECTED, 3 },
  { "hold", CM_MODALITY_STATE_ON_HOLD, 3 },
  { "transferring", CM_MODALITY_STATE_TRANSFERRING, 3 },
  { "transferAccepted", CM_MODALITY_STATE_TRANSFERRING, 3 },
  { "redirecting", CM_MODALITY_STATE_FORWARDING, 3 },
  { "terminating", CM_MODALITY_STATE_DISCONNECTING, 4 },
};

/* SIP's status (RFC 3261, section 21), which "resultInfo" has as its code. */
static const struct
{
  gint64  code;
  guint32 status;
} results[] = {
  { 404, CM_STATUS_CAUSE (1) },
  { 408, 0x00EE000CU },
  { 480, CM_STATUS_CAUSE (20) },
  { 486, CM_STATUS_CAUSE (17) },
  { 487, 0x80F10008U },
  { 503, CM_STATUS_CAUSE (41) },
  { 504, 0x00EE000CU },
  { 600, CM_STATUS_CAUSE (17) },
  { 603, CM_STATUS_CAUSE (21) },
};

static guint32
get_status (JsonObject *call)
{
  gint64 code = cm_record_get_integer (cm_record_get_object (call, "resultInfo"), "code", 0);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      if (results[i].code == code)
        return results[i].status;
    }

  return 0;
}

/* "/communications/calls/ID/participants" → "id": Graph writes the same id in capitals
 * or not, and with hyphens or not. */
static char *
dup_call_id (const char  *url,
             const char **rest)
{
  static const char mark[] = "/calls/";
  const char *start = url != NULL ? strstr (url, mark) : NULL;
  GString *id;
  gsize size;

  if (start == NULL)
    return NULL;

  start += sizeof mark - 1;
  size = strcspn (start, "/?");
  *rest = start + size;
  if (size == 0 || size > CM_EVENT_MAX_ID)
    return NULL;

  id = g_string_ascii_down (g_string_new_len (start, (gssize) size));
  g_string_replace (id, "-", "", 0);

  return g_string_free (id, FALSE);
}

/* Returns: (nullable) (transfer full): the key of the stay that was begun */
static char *
take_identity (CmGraph    *self,
               CmMeeting  *meeting,
               const char *stay,
               JsonObject *set)
{
  gboolean is_phone;
  JsonObject *identity = cm_graph_find_identity (set, &is_phone);
  g_autofree char *id = cm_graph_dup_either (identity, "id", "Id");
  g_autofree char *name = cm_graph_dup_either (identity, "displayName", "DisplayName");
  g_autofree char *mail = cm_record_dup_text (identity, "userPrincipalName");
  g_autofree char *address = NULL;
  g_autofree char *key = NULL;
  gpointer presents;

  if (id == NULL || strlen (id) > CM_EVENT_MAX_ID)
    return NULL;

  address = cm_graph_dup_address (id, mail, is_phone);
  key = g_strdup (stay != NULL ? stay : id);
  if (!cm_meeting_join (meeting, self->at, key, address, name))
    return NULL;
  if (g_hash_table_lookup_extended (self->roles, id, NULL, &presents))
    cm_meeting_set_presenter (meeting, self->at, key, GPOINTER_TO_INT (presents));

  return g_steal_pointer (&key);
}

static char *
take_participant (CmGraph    *self,
                  CmMeeting  *meeting,
                  JsonObject *participant)
{
  g_autofree char *stay = cm_record_dup_text (participant, "id");
  JsonObject *info = cm_record_get_object (participant, "info");
  gboolean lobby = cm_record_get_flag (participant, "isInLobby") == TRUE;
  int muted = cm_record_get_flag (participant, "isMuted");
  g_autofree char *key = NULL;

  if (stay != NULL && cm_record_get_object (participant, "removedState") != NULL)
    {
      cm_meeting_leave (meeting, self->at, stay, 0);
      return NULL;
    }

  key = take_identity (self, meeting, stay, cm_record_get_object (info, "identity"));
  if (key == NULL)
    return NULL;

  cm_meeting_set_lobby (meeting, self->at, key, lobby);
  cm_meeting_set_state (meeting, self->at, key, lobby ? CM_MODALITY_STATE_JOINING : CM_MODALITY_STATE_CONNECTED);
  if (muted >= 0)
    cm_meeting_set_muted (meeting, self->at, key, muted);

  return g_steal_pointer (&key);
}

/* All of them, or what has changed of them. It may be told before the call is. */
static void
take_roster (CmGraph   *self,
             CmMeeting *meeting,
             JsonArray *list,
             gboolean   is_all)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  cm_room_begin_call (cm_meeting_get_room (meeting), self->at, NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      char *key = take_participant (self, meeting, cm_record_as_object (json_array_get_element (list, i)));

      if (key != NULL)
        g_hash_table_add (keys, key);
    }

  if (is_all)
    cm_meeting_keep_only (meeting, self->at, keys);
}

/* In a meeting the bot is one of many; without one it talks to somebody. */
static void
begin_call (CmGraph    *self,
            CmMeeting  *meeting,
            JsonObject *call)
{
  JsonObject *chat = cm_record_get_object (call, "chatInfo");
  CmRoom *room = cm_meeting_get_room (meeting);
  g_autofree char *key = NULL;

  if (cm_record_get_object (call, "meetingInfo") != NULL || cm_record_get_string (chat, "threadId") != NULL)
    cm_meeting_begin (meeting, self->at, cm_record_get_string (chat, "threadId"), cm_record_get_string (call, "subject"));
  else
    cm_room_begin_call (room, self->at, NULL);

  key = take_identity (self, meeting, NULL, cm_record_get_object (cm_record_get_object (call, "source"), "identity"));
}

static const State *
find_state (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i].name, name) == 0)
        return &states[i];
    }

  return NULL;
}

static void
take_call (CmGraph    *self,
           CmMeeting  *meeting,
           const char *id,
           const char *change,
           JsonObject *call)
{
  const char *name = cm_record_get_string (call, "state");
  const State *state = find_state (name);
  guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (self->ranks, id));

  if (g_strcmp0 (name, "terminated") == 0 || g_strcmp0 (change, "deleted") == 0)
    {
      cm_meeting_end (meeting, self->at, get_status (call));
      g_hash_table_remove (self->ranks, id);
      return;
    }

  begin_call (self, meeting, call);
  if (state == NULL)
    cm_decoder_count_unknown (CM_DECODER (self));
  if (state == NULL || state->rank < rank)
    return;

  g_hash_table_insert (self->ranks, g_strdup (id), GUINT_TO_POINTER (state->rank));
  cm_room_set_own_state (cm_meeting_get_room (meeting), self->at, state->state);
}

static void
take_notification (CmGraph    *self,
                   JsonObject *notification)
{
  const char *rest = NULL;
  g_autofree char *id = dup_call_id (cm_record_get_string (notification, "resourceUrl"), &rest);
  JsonObject *data = cm_record_get_object (notification, "resourceData");
  JsonArray *list = cm_record_get_array (notification, "resourceData");
  CmMeeting *meeting = cm_meetings_get (self->meetings, CM_DECODER (self), id);

  if (cm_record_get_object (notification, "encryptedContent") != NULL)
    cm_decoder_fault (CM_DECODER (self), "the notification is encrypted; only the address of its meeting is readable");
  else if (meeting == NULL || cm_meeting_is_over (meeting))
    cm_decoder_count_unknown (CM_DECODER (self));
  else if (g_str_equal (rest, "/participants") && list != NULL)
    take_roster (self, meeting, list, TRUE);
  else if (g_str_equal (rest, "/participants") && cm_record_get_array (data, "participants") != NULL)
    take_roster (self, meeting, cm_record_get_array (data, "participants"), FALSE);
  else if (rest[0] == '\0' && data != NULL)
    take_call (self, meeting, id, cm_record_get_string (notification, "changeType"), data);
  else
    cm_decoder_count_unknown (CM_DECODER (self));
}

/* A meeting is known by the address that all join by, which may be long. */
static char *
dup_meeting_id (const char *id)
{
  return strlen (id) <= CM_EVENT_MAX_ID ? g_strdup (id) : g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
}

static void
take_list (CmGraph    *self,
           CmMeeting  *meeting,
           JsonObject *event,
           const char *name,
           gboolean    joined)
{
  JsonArray *list = cm_record_get_array (event, name);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *person = cm_record_as_object (json_array_get_element (list, i));
      g_autofree char *stay = cm_graph_dup_either (person, "Id", "id");
      g_autofree char *key = NULL;

      if (stay == NULL)
        continue;
      if (!joined)
        {
          cm_meeting_leave (meeting, self->at, stay, 0);
          continue;
        }
      key = take_identity (self, meeting, stay, cm_graph_get_either (person, "Identity", "identity"));
      if (key != NULL)
        cm_meeting_set_state (meeting, self->at, key, CM_MODALITY_STATE_CONNECTED);
    }
}

/* The join address in "communications/onlineMeetings?$filter=joinWebUrl+eq+'…'" */
static char *
dup_join_url (const char *id)
{
  const char *start = strchr (id, '\'');
  const char *end = start != NULL ? strrchr (start + 1, '\'') : NULL;
  g_autofree char *quoted = end != NULL ? g_strndup (start + 1, (gsize) (end - start - 1)) : NULL;

  return quoted != NULL ? g_uri_unescape_string (quoted, NULL) : NULL;
}

static void
take_meeting_event (CmGraph    *self,
                    const char *type,
                    JsonObject *event)
{
  const char *source = cm_record_get_string (event, "id");
  const char *time = cm_record_get_string (event, "eventDateTime");
  g_autofree char *id = source != NULL ? dup_meeting_id (source) : NULL;
  g_autofree char *url = source != NULL ? dup_join_url (source) : NULL;
  CmMeeting *meeting = cm_meetings_get (self->meetings, CM_DECODER (self), id);
  CmTimeCache cache = { 0 };
  gint64 at;

  if (meeting == NULL)
    {
      cm_decoder_fault (CM_DECODER (self), "the event has no id of a meeting");
      return;
    }

  if (time != NULL && cm_time_parse (&cache, cm_text_from_string (time), &at))
    self->at = at;

  /* The same address serves every call of the meeting. */
  if (g_str_has_suffix (type, "CallEnded"))
    {
      cm_meeting_end (meeting, self->at, 0);
      g_hash_table_remove (self->meetings, id);
      return;
    }

  cm_meeting_begin (meeting, self->at, url, NULL);
  take_list (self, meeting, event, "activeParticipants@exited", FALSE);
  take_list (self, meeting, event, "activeParticipants@joined", TRUE);
}

static void
learn_role (CmGraph    *self,
            JsonObject *person)
{
  const char *role = cm_record_get_string (person, "role");
  JsonObject *user = cm_record_get_object (cm_record_get_object (person, "identity"), "user");
  char *id = cm_record_dup_text (user, "id");

  if (id == NULL || role == NULL || g_hash_table_size (self->roles) >= MAX_ROLES)
    {
      g_free (id);
      return;
    }

  g_hash_table_insert (self->roles, id, GINT_TO_POINTER (g_str_equal (role, "presenter") ||
                                                         g_str_equal (role, "organizer") ||
                                                         g_str_equal (role, "coorganizer") ||
                                                         g_str_equal (role, "producer")));
}

/* An onlineMeeting: who is what in it, there or not. */
static void
take_online_meeting (CmGraph    *self,
                     JsonObject *participants)
{
  JsonArray *attendees = cm_record_get_array (participants, "attendees");

  learn_role (self, cm_record_get_object (participants, "organizer"));
  for (guint i = 0; attendees != NULL && i < json_array_get_length (attendees); i++)
    learn_role (self, cm_record_as_object (json_array_get_element (attendees, i)));
}

static void
take_record (CmGraph    *self,
             JsonObject *record)
{
  JsonArray *value = cm_record_get_array (record, "value");
  const char *type = cm_record_get_string (record, "eventType");
  JsonObject *participants = cm_record_get_object (record, "participants");

  for (guint i = 0; value != NULL && i < json_array_get_length (value); i++)
    take_notification (self, cm_record_as_object (json_array_get_element (value, i)));

  if (value == NULL && type != NULL)
    take_meeting_event (self, type, record);
  else if (value == NULL && participants != NULL)
    take_online_meeting (self, participants);
  else if (value == NULL)
    cm_decoder_fault (CM_DECODER (self), "the record is no notification of Graph");
}

static void
cm_graph_record (CmDecoder  *decoder,
                 const char *bytes,
                 gsize       size)
{
  CmGraph *self = CM_GRAPH (decoder);
  g_autoptr(JsonParser) parser = cm_record_parse (decoder, bytes, size);
  JsonObject *record = parser != NULL ? cm_record_as_object (json_parser_get_root (parser)) : NULL;
  JsonObject *body = cm_record_get_object (record, "body");
  const char *at = cm_record_get_string (record, "at");
  CmTimeCache cache = { 0 };

  if (parser == NULL)
    return;

  if (body != NULL && at != NULL && !cm_time_parse (&cache, cm_text_from_string (at), &self->at))
    cm_decoder_fault (decoder, "\"at\" is not a time of RFC 3339");
  take_record (self, body != NULL ? body : record);
}

static void
cm_graph_set_time (CmDecoder *decoder,
                  gint64     at)
{
  CM_GRAPH (decoder)->at = at;
}

static void
cm_graph_finalize (GObject *object)
{
  CmGraph *self = CM_GRAPH (object);

  g_hash_table_unref (self->meetings);
  g_hash_table_unref (self->roles);
  g_hash_table_unref (self->ranks);

  G_OBJECT_CLASS (cm_graph_parent_class)->finalize (object);
}

static void
cm_graph_class_init (CmGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_graph_finalize;
  CM_DECODER_CLASS (klass)->record = cm_graph_record;
  CM_DECODER_CLASS (klass)->set_time = cm_graph_set_time;
  CM_DECODER_CLASS (klass)->has_secrets = TRUE;
}

static void
cm_graph_init (CmGraph *self)
{
  self->meetings = cm_meetings_new ();
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
