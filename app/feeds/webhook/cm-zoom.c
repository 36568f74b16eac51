/* cm-zoom.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-zoom-private.h"

#include "feeds/decode/cm-record-json.h"
#include "model/cm-reason.h"

/* The year 9999, ms. */
#define MAX_STAMP G_GINT64_CONSTANT (253402300800000)

/* Who an event is about. */
typedef struct
{
  char *key;     /* his for this stay; NULL where the event does not tell */
  char *address;
  char *name;    /* (nullable) */
} Who;

typedef struct
{
  CmMeeting  *meeting;
  JsonObject *object;
  JsonObject *person;
  Who         who;
  gint64      at;
} News;

G_DEFINE_FINAL_TYPE (CmZoom, cm_zoom, CM_TYPE_DECODER)

static void
who_clear (Who *self)
{
  g_free (self->key);
  g_free (self->address);
  g_free (self->name);
}

static char *
dup_first (JsonObject         *object,
           const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      char *text = cm_record_dup_text (object, names[i]);

      if (text != NULL)
        return text;
    }

  return NULL;
}

/* Returns: (nullable) (transfer full): the address of a telephone */
char *
cm_zoom_dup_number (JsonObject *object)
{
  g_autofree char *number = cm_record_dup_text (object, "phone_number");

  if (number == NULL)
    return NULL;

  return g_strconcat (number[0] == '+' ? "tel:" : "tel:+", number, NULL);
}

/* By the mail address people are known in other systems too; whoever has none is
 * known by his account, his number, or only by his place in this meeting. */
static char *
dup_address (JsonObject *person)
{
  static const char * const ids[] = {
    "id", "participant_user_id", "participant_uuid", "registrant_id", "user_id", "device_ip", NULL
  };
  g_autofree char *mail = cm_record_dup_text (person, "email");
  g_autofree char *id = NULL;
  char *number;

  if (mail != NULL && strchr (mail, '@') != NULL)
    return g_strconcat ("sip:", mail, NULL);

  number = cm_zoom_dup_number (person);
  if (number != NULL)
    return number;

  id = dup_first (person, ids);

  return id != NULL ? g_strconcat ("zoom:", id, NULL) : NULL;
}

static void
who_init (Who        *self,
          JsonObject *person)
{
  static const char * const names[] = { "user_name", "invitee_name", NULL };

  self->key = cm_record_dup_text (person, "participant_uuid");
  self->address = dup_address (person);
  self->name = dup_first (person, names);
  if (self->address != NULL && strlen (self->address) > CM_EVENT_MAX_URI)
    g_clear_pointer (&self->address, g_free);
}

/* Returns: (nullable): the stay of one who was only known as a person so far */
static const char *
find_expected (News *news)
{
  static const char * const names[] = { "id", "participant_user_id" };
  const char *known = cm_meeting_find (news->meeting, news->who.address);

  if (known != NULL)
    return g_str_equal (known, news->who.address) ? known : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = cm_record_dup_text (news->person, names[i]);
      g_autofree char *address = id != NULL ? g_strconcat ("zoom:", id, NULL) : NULL;

      known = address != NULL ? cm_meeting_find (news->meeting, address) : NULL;
      if (known != NULL && g_str_equal (known, address))
        return known;
    }

  return NULL;
}

/* His key for this stay. An invitation, a call-out and the wait for the host know
 * only the person; who comes then is he. */
static const char *
get_key (News *news)
{
  const char *known;

  if (news->who.key == NULL)
    {
      known = cm_meeting_find (news->meeting, news->who.address);
      return known != NULL ? known : news->who.address;
    }

  if (cm_meeting_has (news->meeting, news->who.key))
    return news->who.key;

  known = find_expected (news);
  if (known != NULL)
    cm_meeting_adopt (news->meeting, known, news->who.key);

  return news->who.key;
}

static void
take_state (News            *news,
            CmModalityState  state,
            gboolean         lobby)
{
  const char *key = get_key (news);

  if (!cm_meeting_join (news->meeting, news->at, key, news->who.address, news->who.name))
    return;

  cm_meeting_set_lobby (news->meeting, news->at, key, lobby);
  cm_meeting_set_state (news->meeting, news->at, key, state);
}

/* Zoom calls the host by his account only; he need not be the first to come. */
static void
take_host (News *news)
{
  g_autofree char *host = cm_record_dup_text (news->object, "host_id");
  g_autofree char *id = cm_record_dup_text (news->person, "id");
  g_autofree char *user = cm_record_dup_text (news->person, "participant_user_id");

  if (host != NULL && (g_strcmp0 (host, id) == 0 || g_strcmp0 (host, user) == 0))
    cm_meeting_set_presenter (news->meeting, news->at, get_key (news), TRUE);
}

static void
take_joined (News *news)
{
  take_state (news, CM_MODALITY_STATE_CONNECTED, FALSE);
  take_host (news);
}

static void
take_waiting (News *news)
{
  take_state (news, CM_MODALITY_STATE_JOINING, TRUE);
}

/* Let in: joined follows, but may come first. */
static void
take_admitted (News *news)
{
  take_state (news, CM_MODALITY_STATE_CONNECTED, FALSE);
}

static void
take_notified (News *news)
{
  if (cm_meeting_find (news->meeting, news->who.address) == NULL)
    take_state (news, CM_MODALITY_STATE_NOTIFIED, FALSE);
}

static void
take_connecting (News *news)
{
  const char *known = cm_meeting_find (news->meeting, news->who.address);

  if (known == NULL || g_str_equal (known, news->who.address))
    take_state (news, CM_MODALITY_STATE_CONNECTING, FALSE);
}

static void
leave (News    *news,
       guint32  status)
{
  cm_meeting_leave (news->meeting, news->at, get_key (news), status);
}

/* "leave_reason" is a sentence for people, in English only. */
static void
take_left (News *news)
{
  const char *reason = cm_record_get_string (news->person, "leave_reason");
  guint32 status = 0;

  if (reason != NULL && strstr (reason, "Host ended the meeting") != NULL)
    status = 7035;
  else if (reason != NULL && (strstr (reason, "removed by") != NULL || strstr (reason, "Removed by") != NULL))
    status = CM_STATUS_REMOVED;
  else if (reason != NULL && strstr (reason, "isconnected") != NULL)
    status = CM_STATUS_CAUSE (41);

  leave (news, status);
}

/* Out of the waiting room is in, or away: only who still waits goes. */
static void
take_left_waiting (News *news)
{
  if (cm_meeting_is_waiting (news->meeting, get_key (news)))
    leave (news, 0);
}

/* Only one who has not come is gone by that. */
static void
give_up (News    *news,
         guint32  status)
{
  const char *known = cm_meeting_find (news->meeting, news->who.address);

  if (known != NULL && g_str_equal (known, news->who.address))
    cm_meeting_leave (news->meeting, news->at, known, status);
}

static void
take_rejected (News *news)
{
  give_up (news, CM_STATUS_CAUSE (21));
}

static void
take_missed (News *news)
{
  give_up (news, CM_STATUS_CAUSE (19));
}

static void
take_timeout (News *news)
{
  give_up (news, 0x00EE000CU);
}

static void
take_failed (News *news)
{
  give_up (news, CM_STATUS_CAUSE (41));
}

static void
take_role (News *news)
{
  const char *role = cm_record_get_string (news->person, "new_role");

  take_state (news, CM_MODALITY_STATE_CONNECTED, FALSE);
  cm_meeting_set_presenter (news->meeting, news->at, get_key (news),
                            g_strcmp0 (role, "host") == 0 || g_strcmp0 (role, "co-host") == 0 ||
                              g_strcmp0 (role, "panelist") == 0);
}

static void
take_nobody (News *news)
{
}

static void
take_ended (News *news)
{
  cm_meeting_end (news->meeting, news->at, 0);
}

/* Names of events behind "meeting." and "webinar." (Zoom, Webhooks, "Meetings"), and
 * whether one tells that the meeting goes on. What is measured, shared or said tells
 * nothing of who is in. */
static const struct Kind
{
  const char *name;
  gboolean    begins;
  void      (*take) (News *news);
} kinds[] = {
  { "started", TRUE, take_nobody },
  { "ended", FALSE, take_ended },
  { "participant_joined", TRUE, take_joined },
  { "participant_jbh_joined", TRUE, take_joined },
  { "participant_jbh_waiting", TRUE, take_connecting },
  { "participant_jbh_waiting_left", FALSE, take_timeout },
  { "participant_joined_waiting_room", TRUE, take_waiting },
  { "participant_put_in_waiting_room", TRUE, take_waiting },
  { "participant_left_waiting_room", FALSE, take_left_waiting },
  { "participant_admitted", TRUE, take_admitted },
  { "participant_left", FALSE, take_left },
  { "participant_role_changed", TRUE, take_role },
  { "invitation_dispatched", TRUE, take_notified },
  { "invitation_accepted", TRUE, take_connecting },
  { "invitation_rejected", FALSE, take_rejected },
  { "invitation_timeout", FALSE, take_timeout },
  { "participant_phone_callout_ringing", TRUE, take_notified },
  { "participant_phone_callout_accepted", TRUE, take_connecting },
  { "participant_phone_callout_rejected", FALSE, take_rejected },
  { "participant_phone_callout_missed", FALSE, take_missed },
  { "participant_room_system_callout_ringing", TRUE, take_notified },
  { "participant_room_system_callout_accepted", TRUE, take_connecting },
  { "participant_room_system_callout_rejected", FALSE, take_rejected },
  { "participant_room_system_callout_missed", FALSE, take_missed },
  { "participant_room_system_callout_failed", FALSE, take_failed },
};

static const struct Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, name))
        return &kinds[i];
    }

  return NULL;
}

/* The address by which anybody joins; the number alone leads to the meeting. */
static char *
dup_join_url (JsonObject *object)
{
  g_autofree char *id = cm_record_dup_text (object, "id");

  return id != NULL && strspn (id, "0123456789") == strlen (id)
    ? g_strconcat ("https://zoom.us/j/", id, NULL) : NULL;
}

static void
take_meeting (CmZoom     *self,
              const char *name,
              JsonObject *object)
{
  const struct Kind *kind = find_kind (name);
  g_autofree char *uuid = cm_record_dup_text (object, "uuid");
  g_autofree char *url = dup_join_url (object);
  News news = {
    .object = object,
    .person = cm_record_get_object (object, "participant"),
    .at = self->at,
  };

  if (kind == NULL)
    {
      cm_decoder_count_unknown (CM_DECODER (self));
      return;
    }

  news.meeting = cm_meetings_get (self->meetings, CM_DECODER (self), uuid);
  if (news.meeting == NULL)
    {
      cm_decoder_fault (CM_DECODER (self), "the record has no uuid of a meeting");
      return;
    }

  if (kind->begins && !cm_meeting_begin (news.meeting, self->at, url, cm_record_get_string (object, "topic")))
    return;

  who_init (&news.who, news.person);
  if (news.who.address != NULL || news.person == NULL)
    kind->take (&news);
  who_clear (&news.who);
}

static void
cm_zoom_record (CmDecoder  *decoder,
                const char *bytes,
                gsize       size)
{
  CmZoom *self = CM_ZOOM (decoder);
  g_autoptr(JsonParser) parser = cm_record_parse (decoder, bytes, size);
  JsonObject *record = parser != NULL ? cm_record_as_object (json_parser_get_root (parser)) : NULL;
  JsonObject *object = cm_record_get_object (cm_record_get_object (record, "payload"), "object");
  const char *event = cm_record_get_string (record, "event");
  gint64 stamp = cm_record_get_integer (record, "event_ts", self->at);

  if (parser == NULL)
    return;

  if (event == NULL || stamp < 0 || stamp >= MAX_STAMP)
    {
      cm_decoder_fault (decoder, "the record is no event of Zoom");
      return;
    }

  self->at = stamp;
  if (g_str_has_prefix (event, "meeting.") && object != NULL)
    take_meeting (self, event + strlen ("meeting."), object);
  else if (g_str_has_prefix (event, "webinar.") && object != NULL)
    take_meeting (self, event + strlen ("webinar."), object);
  else if (g_str_has_prefix (event, "phone.") && object != NULL)
    cm_zoom_take_phone (self, event + strlen ("phone."), object);
  else
    cm_decoder_count_unknown (decoder);
}

static void
cm_zoom_recall (CmDecoder          *decoder,
                const char         *conversation,
                const char * const *persons)
{
  cm_meetings_recall (CM_ZOOM (decoder)->meetings, decoder, conversation, persons);
}

static void
cm_zoom_finalize (GObject *object)
{
  g_hash_table_unref (CM_ZOOM (object)->meetings);

  G_OBJECT_CLASS (cm_zoom_parent_class)->finalize (object);
}

static void
cm_zoom_class_init (CmZoomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_zoom_finalize;
  CM_DECODER_CLASS (klass)->record = cm_zoom_record;
  CM_DECODER_CLASS (klass)->recall = cm_zoom_recall;
}

static void
cm_zoom_init (CmZoom *self)
{
  self->meetings = cm_meetings_new ();
}
