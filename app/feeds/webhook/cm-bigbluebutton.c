/* cm-bigbluebutton.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton.h"

#include "feeds/decode/cm-conference-access.h"
#include "feeds/webhook/cm-bigbluebutton-list.h"
#include "feeds/webhook/cm-bigbluebutton-user.h"
#include "feeds/webhook/cm-meeting.h"
#include "feeds/decode/cm-record-json.h"

/* The year 9999, ms. */
#define MAX_STAMP G_GINT64_CONSTANT (253402300800000)

struct _CmBigbluebutton
{
  CmDecoder   parent_instance;

  GHashTable *meetings; /* internal id → CmMeeting */
  char       *link;     /* (nullable): with "{room}" */
  gint64      at;
  gint64      listed;   /* ms UTC: when all meetings were last known; 0 before */
};

typedef struct
{
  CmMeeting           *meeting;
  CmBigbluebuttonUser *user;
  const char          *key;
  JsonObject          *attributes;
  gint64               at;
} News;

G_DEFINE_FINAL_TYPE (CmBigbluebutton, cm_bigbluebutton, CM_TYPE_DECODER)

static gboolean
is_news (News                  *news,
         CmBigbluebuttonChange  change)
{
  return cm_bigbluebutton_user_is_news (news->user, change, news->at);
}

/* Of whoever came before the tracker only the presenter's bit may be known. */
static void
show_role (News *news)
{
  if (!news->user->told && !news->user->presenter)
    return;

  cm_meeting_set_presenter (news->meeting, news->at, news->key, news->user->moderator || news->user->presenter);
}

static void
take_joined (News *news)
{
  JsonObject *user = cm_record_get_object (news->attributes, "user");
  g_autofree char *external = cm_record_dup_text (user, "external-user-id");
  g_autofree char *address = NULL;

  /* Versions of the API list one or the other id. */
  if (external != NULL)
    cm_meeting_adopt (news->meeting, external, news->key);
  address = cm_bigbluebutton_user_dup_address (news->meeting, news->key, user);
  news->user->told = TRUE;
  news->user->moderator = g_strcmp0 (cm_record_get_string (user, "role"), "MODERATOR") == 0;
  if (is_news (news, CHANGE_PRESENTER))
    news->user->presenter = cm_record_get_flag (user, "presenter") == TRUE;
  if (!cm_meeting_join (news->meeting, news->at, news->key, address, cm_record_get_string (user, "name")))
    return;

  cm_meeting_set_state (news->meeting, news->at, news->key, CM_MODALITY_STATE_CONNECTED);
  show_role (news);
}

static void
take_left (News *news)
{
  cm_meeting_leave (news->meeting, news->at, news->key, 0);
}

static void
set_presenter (News     *news,
               gboolean  presenter)
{
  if (!is_news (news, CHANGE_PRESENTER))
    return;

  news->user->presenter = presenter;
  show_role (news);
}

static void
take_assigned (News *news)
{
  set_presenter (news, TRUE);
}

static void
take_unassigned (News *news)
{
  set_presenter (news, FALSE);
}

static void
take_muted (News *news)
{
  if (is_news (news, CHANGE_MUTED))
    cm_meeting_set_muted (news->meeting, news->at, news->key, TRUE);
}

static void
take_unmuted (News *news)
{
  if (is_news (news, CHANGE_MUTED))
    cm_meeting_set_muted (news->meeting, news->at, news->key, FALSE);
}

static void
take_voice_enabled (News *news)
{
  int muted = cm_record_get_flag (cm_record_get_object (news->attributes, "user"), "muted");

  news->user->heard = TRUE;
  if (is_news (news, CHANGE_AUDIO))
    cm_meeting_set_state (news->meeting, news->at, news->key, CM_MODALITY_STATE_CONNECTED);
  if (muted == TRUE)
    take_muted (news);
}

/* He is in the meeting all the same. */
static void
take_voice_disabled (News *news)
{
  if (is_news (news, CHANGE_AUDIO))
    cm_meeting_set_state (news->meeting, news->at, news->key, CM_MODALITY_STATE_DISCONNECTED);
}

/* Ids of events (bbb-webhooks, src/process/event-processor.js and its mapper). */
static const struct
{
  const char *id;
  void      (*take) (News *news);
} kinds[] = {
  { "user-joined", take_joined },
  { "user-left", take_left },
  { "user-presenter-assigned", take_assigned },
  { "user-presenter-unassigned", take_unassigned },
  { "user-audio-voice-enabled", take_voice_enabled },
  { "user-audio-voice-disabled", take_voice_disabled },
  { "user-audio-muted", take_muted },
  { "user-audio-unmuted", take_unmuted },
};

/* Only the first event tells by what number a meeting is joined. */
static gboolean
begin (CmBigbluebutton *self,
       CmMeeting       *meeting,
       const char      *name,
       const char      *id,
       const char      *voice,
       const char      *number)
{
  gboolean known = cm_meeting_has_begun (meeting);
  g_autofree char *link = cm_meeting_dup_link (self->link, id);
  g_autofree char *access = cm_conference_access_dup (voice, link, number);
  CmRoom *room = cm_meeting_get_room (meeting);

  cm_room_count_presence (room);
  if (!cm_meeting_begin (meeting, self->at, NULL, name))
    return FALSE;

  if (access != NULL && (!known || voice != NULL || number != NULL))
    cm_room_set_access (room, self->at, access);

  return TRUE;
}

/* Its passwords stand beside: they are not even looked at. */
static void
begin_told (CmBigbluebutton *self,
            CmMeeting       *meeting,
            JsonObject      *about)
{
  g_autofree char *id = cm_record_dup_text (about, "external-meeting-id");
  g_autofree char *number = cm_record_dup_text (about, "dial-number");
  g_autofree char *voice = cm_record_dup_text (about, "voice-conf");

  begin (self, meeting, cm_record_get_string (about, "name"), id, voice, number);
}

static void
take_user (CmBigbluebutton *self,
           CmMeeting       *meeting,
           const char      *id,
           JsonObject      *attributes)
{
  g_autofree char *key = cm_record_dup_text (cm_record_get_object (attributes, "user"), "internal-user-id");
  News news = { .meeting = meeting, .key = key, .attributes = attributes, .at = self->at };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (!g_str_equal (kinds[i].id, id) || key == NULL || strlen (key) > CM_EVENT_MAX_ID)
        continue;

      if (g_str_equal (id, "user-joined"))
        begin_told (self, meeting, cm_record_get_object (attributes, "meeting"));
      cm_bigbluebutton_user_claim (meeting, key, cm_record_get_object (attributes, "user"));
      news.user = cm_bigbluebutton_user_get (meeting, key);
      if (news.user == NULL)
        break;
      kinds[i].take (&news);
      return;
    }

  cm_decoder_count_unknown (CM_DECODER (self));
}

/* A meeting that was not there any more when all were last known. */
static gboolean
is_past (CmBigbluebutton *self,
         gint64           stamp,
         const char      *meeting_id)
{
  return stamp < self->listed && meeting_id != NULL && !g_hash_table_contains (self->meetings, meeting_id);
}

static void
take_event (CmBigbluebutton *self,
            JsonObject      *data)
{
  JsonObject *attributes = cm_record_get_object (data, "attributes");
  JsonObject *about = cm_record_get_object (attributes, "meeting");
  const char *id = cm_record_get_string (data, "id");
  gint64 stamp = cm_record_get_integer (cm_record_get_object (data, "event"), "ts", self->at);
  g_autofree char *meeting_id = cm_record_dup_text (about, "internal-meeting-id");
  CmMeeting *meeting;

  if (is_past (self, stamp, meeting_id))
    return;

  meeting = cm_meetings_get (self->meetings, CM_DECODER (self), meeting_id);
  if (id == NULL || meeting == NULL || stamp < 0 || stamp >= MAX_STAMP)
    {
      cm_decoder_fault (CM_DECODER (self), "the record is no event of BigBlueButton");
      return;
    }

  self->at = stamp;
  if (g_str_equal (id, "meeting-created"))
    begin_told (self, meeting, about);
  else if (g_str_equal (id, "meeting-ended"))
    cm_meeting_end (meeting, self->at, 0);
  else
    take_user (self, meeting, id, attributes);
}

/* An event, an array of them, or one in the wrapping of a log. */
static void
take_node (CmBigbluebutton *self,
           JsonNode        *node)
{
  JsonObject *record = cm_record_as_object (node);
  JsonObject *inner = cm_record_get_object (record, "event");

  if (cm_record_get_object (inner, "data") != NULL)
    record = inner;

  take_event (self, cm_record_get_object (record, "data"));
}

static void
take_json (CmBigbluebutton *self,
           const char      *bytes,
           gsize            size)
{
  g_autoptr(JsonParser) parser = cm_record_parse (CM_DECODER (self), bytes, size);
  JsonNode *root = parser != NULL ? json_parser_get_root (parser) : NULL;
  JsonArray *array;

  if (root == NULL)
    return;

  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      take_node (self, root);
      return;
    }

  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    take_node (self, json_array_get_element (array, i));
}

/* "domain=…&event=[…]&timestamp=…" */
static void
cm_bigbluebutton_record (CmDecoder  *decoder,
                         const char *bytes,
                         gsize       size)
{
  static const char form[] = "domain=";
  g_autofree char *line = NULL;
  g_autoptr(GHashTable) params = NULL;
  const char *event;

  if (size < sizeof form - 1 || memcmp (bytes, form, sizeof form - 1) != 0)
    {
      take_json (CM_BIGBLUEBUTTON (decoder), bytes, size);
      return;
    }

  line = g_strndup (bytes, size);
  params = g_uri_parse_params (g_strchomp (line), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  event = params != NULL ? g_hash_table_lookup (params, "event") : NULL;
  if (event != NULL)
    take_json (CM_BIGBLUEBUTTON (decoder), event, strlen (event));
  else
    cm_decoder_fault (decoder, "the form has no event");
}

static void
cm_bigbluebutton_announce (CmDecoder *decoder,
                           gint64     at)
{
  cm_meetings_announce (CM_BIGBLUEBUTTON (decoder)->meetings, at);
}

static void
cm_bigbluebutton_recall (CmDecoder          *decoder,
                         const char         *conversation,
                         const char * const *persons)
{
  cm_meetings_recall (CM_BIGBLUEBUTTON (decoder)->meetings, decoder, conversation, persons);
}

static void
cm_bigbluebutton_finalize (GObject *object)
{
  CmBigbluebutton *self = CM_BIGBLUEBUTTON (object);

  g_hash_table_unref (self->meetings);
  g_free (self->link);

  G_OBJECT_CLASS (cm_bigbluebutton_parent_class)->finalize (object);
}

static void
cm_bigbluebutton_class_init (CmBigbluebuttonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_bigbluebutton_finalize;
  CM_DECODER_CLASS (klass)->record = cm_bigbluebutton_record;
  CM_DECODER_CLASS (klass)->recall = cm_bigbluebutton_recall;
  CM_DECODER_CLASS (klass)->announce = cm_bigbluebutton_announce;
  CM_DECODER_CLASS (klass)->has_secrets = TRUE;
}

static void
cm_bigbluebutton_init (CmBigbluebutton *self)
{
  self->meetings = cm_meetings_new ();
}

/**
 * cm_bigbluebutton_set_link:
 * @self: a decoder
 * @link: (nullable): the address by which people join, with "{room}"
 */
void
cm_bigbluebutton_set_link (CmBigbluebutton *self,
                           const char      *link)
{
  g_free (self->link);
  self->link = g_strdup (link);
}

static const char *
get_field (GHashTable *fields,
           const char *name)
{
  const char *text = g_hash_table_lookup (fields, name);

  return text != NULL && text[0] != '\0' ? text : NULL;
}

static gboolean
is_set (GHashTable *fields,
        const char *name)
{
  return g_strcmp0 (get_field (fields, name), "true") == 0;
}

/* Who has had audio and has it no more is in the meeting without it, as the events
 * tell it. */
static void
show_listed (News       *news,
             GHashTable *attendee)
{
  gboolean heard = is_set (attendee, "hasJoinedVoice") || is_set (attendee, "isListeningOnly");

  news->user->told = TRUE;
  news->user->moderator = g_strcmp0 (get_field (attendee, "role"), "MODERATOR") == 0;
  if (is_news (news, CHANGE_PRESENTER))
    news->user->presenter = is_set (attendee, "isPresenter");
  if (is_news (news, CHANGE_AUDIO))
    cm_meeting_set_state (news->meeting, news->at, news->key, heard || !news->user->heard
                          ? CM_MODALITY_STATE_CONNECTED : CM_MODALITY_STATE_DISCONNECTED);
  news->user->heard |= heard;
  show_role (news);
}

static void
take_attendee (CmBigbluebutton *self,
               CmMeeting       *meeting,
               GHashTable      *attendee,
               GHashTable      *keys)
{
  const char *id = get_field (attendee, "userID"), *known;
  g_autofree char *address = NULL, *key = NULL;
  News news = { .meeting = meeting, .at = self->at };

  if (id == NULL || strlen (id) > CM_EVENT_MAX_ID)
    return;

  address = g_strconcat (strchr (id, '@') != NULL ? "sip:" : "bbb:", id, NULL);
  known = cm_meeting_has (meeting, id) ? id : cm_meeting_find (meeting, address);
  key = g_strdup (known != NULL ? known : id);
  news.key = key;
  news.user = cm_bigbluebutton_user_get (meeting, key);
  if (news.user != NULL && cm_meeting_join (meeting, self->at, key, address, get_field (attendee, "fullName")))
    show_listed (&news, attendee);
  g_hash_table_add (keys, g_steal_pointer (&key));
}

static void
take_meeting (CmBigbluebutton              *self,
              const CmBigbluebuttonMeeting *listed,
              GHashTable                   *ids)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *id = get_field (listed->fields, "internalMeetingID");
  CmMeeting *meeting = cm_meetings_get (self->meetings, CM_DECODER (self), id);

  /* One that is over stays in the list for a while. */
  if (meeting == NULL || is_set (listed->fields, "hasBeenForciblyEnded") ||
      !begin (self, meeting, get_field (listed->fields, "meetingName"), get_field (listed->fields, "meetingID"),
              get_field (listed->fields, "voiceBridge"), get_field (listed->fields, "dialNumber")))
    return;

  for (guint i = 0; i < listed->attendees->len; i++)
    take_attendee (self, meeting, g_ptr_array_index (listed->attendees, i), keys);
  cm_meeting_take_list (meeting, self->at, keys);
  g_hash_table_add (ids, (gpointer) id);
}

/**
 * cm_bigbluebutton_take_meetings:
 * @self: a decoder
 * @at: when they were asked for, ms UTC by the server's clock
 * @meetings: (element-type CmBigbluebuttonMeeting): all that it lists
 *
 * What is different becomes events; what is not listed is over, and events that are
 * older change nothing about it.
 */
void
cm_bigbluebutton_take_meetings (CmBigbluebutton *self,
                                gint64           at,
                                GPtrArray       *meetings)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  self->at = MAX (at, self->listed);
  for (guint i = 0; i < meetings->len; i++)
    take_meeting (self, g_ptr_array_index (meetings, i), ids);
  cm_meetings_take_list (self->meetings, self->at, ids);
  self->listed = self->at;
}
