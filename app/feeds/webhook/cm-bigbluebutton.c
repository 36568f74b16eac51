/* cm-bigbluebutton.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton.h"

#include "feeds/decode/cm-conference-access.h"
#include "feeds/webhook/cm-meeting.h"
#include "feeds/decode/cm-record-json.h"

/* The year 9999, ms. */
#define MAX_STAMP G_GINT64_CONSTANT (253402300800000)
#define MAX_USERS 100000

/* What changes of a user, and by when it was last told: a callback that is tried
 * again comes behind later ones. */
typedef enum
{
  CHANGE_PRESENTER,
  CHANGE_AUDIO,
  CHANGE_MUTED,
  N_CHANGES,
} Change;

typedef struct
{
  gboolean moderator;
  gboolean presenter;
  gint64   stamps[N_CHANGES];
} User;

struct _CmBigbluebutton
{
  CmDecoder   parent_instance;

  GHashTable *meetings; /* internal id → CmMeeting */
  GHashTable *users;    /* "meeting/internal id" → User */
  gint64      at;
};

typedef struct
{
  CmMeeting  *meeting;
  User       *user;
  const char *key;
  JsonObject *attributes;
  gint64      at;
} News;

G_DEFINE_FINAL_TYPE (CmBigbluebutton, cm_bigbluebutton, CM_TYPE_DECODER)

static User *
get_user (CmBigbluebutton *self,
          const char      *meeting,
          const char      *key)
{
  g_autofree char *id = g_strconcat (meeting, "/", key, NULL);
  User *user = g_hash_table_lookup (self->users, id);

  if (user != NULL)
    return user;

  if (g_hash_table_size (self->users) >= MAX_USERS)
    g_hash_table_remove_all (self->users);
  user = g_new0 (User, 1);
  g_hash_table_insert (self->users, g_steal_pointer (&id), user);

  return user;
}

/* Returns: whether this is the newest that was told of it */
static gboolean
is_news (News  *news,
         Change change)
{
  if (news->at < news->user->stamps[change])
    return FALSE;

  news->user->stamps[change] = news->at;

  return TRUE;
}

/* By the id that the site itself gives out, so that who comes again is the same;
 * where two have the same at once it is none. */
static char *
dup_address (News       *news,
             JsonObject *user)
{
  g_autofree char *external = cm_record_dup_text (user, "external-user-id");
  g_autofree char *address = NULL;
  const char *known;

  if (external == NULL || strlen (external) > CM_EVENT_MAX_ID)
    return g_strconcat ("bbb:", news->key, NULL);

  address = g_strconcat (strchr (external, '@') != NULL ? "sip:" : "bbb:", external, NULL);
  known = cm_meeting_find (news->meeting, address);
  if (known != NULL && !g_str_equal (known, news->key))
    return g_strconcat ("bbb:", news->key, NULL);

  return g_steal_pointer (&address);
}

static void
show_role (News *news)
{
  cm_meeting_set_presenter (news->meeting, news->at, news->key, news->user->moderator || news->user->presenter);
}

static void
take_joined (News *news)
{
  JsonObject *user = cm_record_get_object (news->attributes, "user");
  g_autofree char *address = dup_address (news, user);

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

/* Its passwords stand beside: they are not even looked at. */
static void
begin (CmMeeting  *meeting,
       gint64      at,
       JsonObject *data)
{
  g_autofree char *number = cm_record_dup_text (data, "dial-number");
  g_autofree char *voice = cm_record_dup_text (data, "voice-conf");
  g_autofree char *access = cm_conference_access_dup (voice, NULL, number);
  CmRoom *room = cm_meeting_get_room (meeting);

  cm_room_count_presence (room);
  if (cm_meeting_begin (meeting, at, NULL, cm_record_get_string (data, "name")) && access != NULL)
    cm_room_set_access (room, at, access);
}

static void
take_user (CmBigbluebutton *self,
           CmMeeting       *meeting,
           const char      *meeting_id,
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
        begin (meeting, self->at, cm_record_get_object (attributes, "meeting"));
      news.user = get_user (self, meeting_id, key);
      kinds[i].take (&news);
      return;
    }

  cm_decoder_count_unknown (CM_DECODER (self));
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
  CmMeeting *meeting = cm_meetings_get (self->meetings, CM_DECODER (self), meeting_id);

  if (id == NULL || meeting == NULL || stamp < 0 || stamp >= MAX_STAMP)
    {
      cm_decoder_fault (CM_DECODER (self), "the record is no event of BigBlueButton");
      return;
    }

  self->at = stamp;
  if (g_str_equal (id, "meeting-created"))
    begin (meeting, self->at, about);
  else if (g_str_equal (id, "meeting-ended"))
    cm_meeting_end (meeting, self->at, 0);
  else
    take_user (self, meeting, meeting_id, id, attributes);
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
cm_bigbluebutton_finalize (GObject *object)
{
  CmBigbluebutton *self = CM_BIGBLUEBUTTON (object);

  g_hash_table_unref (self->meetings);
  g_hash_table_unref (self->users);

  G_OBJECT_CLASS (cm_bigbluebutton_parent_class)->finalize (object);
}

static void
cm_bigbluebutton_class_init (CmBigbluebuttonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_bigbluebutton_finalize;
  CM_DECODER_CLASS (klass)->record = cm_bigbluebutton_record;
  CM_DECODER_CLASS (klass)->has_secrets = TRUE;
}

static void
cm_bigbluebutton_init (CmBigbluebutton *self)
{
  self->meetings = cm_meetings_new ();
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
