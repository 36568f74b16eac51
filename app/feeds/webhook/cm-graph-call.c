/* cm-graph-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-private.h"

#include "core/cm-time.h"
#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-graph-identity.h"
#include "model/cm-reason.h"

/* More than go on at a time; then those that are over are forgotten. */
#define MAX_CALLS 65536

/* A state of a call, and how far it is: what is told late does not go back. */
typedef struct
{
  const char     *name;
  CmModalityState state;
  guint           rank;
} State;

/* What a notification, or an answer, is about. */
typedef struct
{
  CmGraph     *graph;
  CmMeeting   *meeting;
  CmGraphCall *call;
  const char  *id;
} News;

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

void
cm_graph_call_free (gpointer data)
{
  CmGraphCall *self = data;

  g_free (self->name);
  g_free (self->thread);
  g_free (self);
}

/* "/communications/calls/ID/participants" → "id": Graph writes the same id in capitals
 * or not, and with hyphens or not. */
static char *
dup_call_id (const char *name)
{
  GString *id = g_string_ascii_down (g_string_new (name));

  g_string_replace (id, "-", "", 0);

  return g_string_free (id, FALSE);
}

static char *
dup_call_name (const char  *url,
               const char **rest)
{
  static const char mark[] = "/calls/";
  const char *start = url != NULL ? strstr (url, mark) : NULL;
  gsize size;

  if (start == NULL)
    return NULL;

  start += sizeof mark - 1;
  size = strcspn (start, "/?");
  *rest = start + size;

  return size > 0 && size <= CM_EVENT_MAX_ID ? g_strndup (start, size) : NULL;
}

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer user_data)
{
  CmMeeting *meeting = g_hash_table_lookup (((CmGraph *) user_data)->meetings, key);

  return meeting == NULL || cm_meeting_is_over (meeting);
}

/* One that was never heard of may have gone on for long: there is more to ask. */
static CmGraphCall *
get_call (CmGraph    *self,
          const char *id,
          const char *name)
{
  CmGraphCall *call = g_hash_table_lookup (self->calls, id);

  if (call != NULL)
    return call;

  if (g_hash_table_size (self->calls) >= MAX_CALLS)
    g_hash_table_foreach_remove (self->calls, is_over, self);
  if (g_hash_table_size (self->calls) >= MAX_CALLS)
    return NULL;

  call = g_new0 (CmGraphCall, 1);
  call->name = g_strdup (name);
  call->sequence = -1;
  g_hash_table_insert (self->calls, g_strdup (id), call);

  return call;
}

static const char *
get_scope (const News *news)
{
  return news->call->thread != NULL ? news->call->thread : news->id;
}

static void
leave (News       *news,
       const char *stay,
       JsonObject *set)
{
  g_autofree char *address = cm_graph_dup_set_address (set);

  cm_meeting_claim (news->meeting, stay, address);
  cm_meeting_leave (news->meeting, news->graph->at, stay, 0);
}

/* Returns: (nullable) (transfer full): the key of his stay */
static char *
take_participant (News       *news,
                  const char *stay,
                  JsonObject *participant,
                  gboolean    is_gone)
{
  JsonObject *set = cm_record_get_object (cm_record_get_object (participant, "info"), "identity");
  gboolean lobby = cm_record_get_flag (participant, "isInLobby") == TRUE;
  int muted = cm_record_get_flag (participant, "isMuted");
  gint64 at = news->graph->at;
  char *key;

  if (stay != NULL && (is_gone || cm_record_get_object (participant, "removedState") != NULL))
    {
      leave (news, stay, set);
      return NULL;
    }

  key = cm_graph_join (news->graph, news->meeting, get_scope (news), stay, set);
  if (key == NULL)
    return NULL;

  cm_meeting_set_lobby (news->meeting, at, key, lobby);
  cm_meeting_set_state (news->meeting, at, key, lobby ? CM_MODALITY_STATE_JOINING : CM_MODALITY_STATE_CONNECTED);
  if (muted >= 0)
    cm_meeting_set_muted (news->meeting, at, key, muted);

  return key;
}

/* It may be told before the call is. @keys: (nullable): a set to which the keys of
 * those who are there are added */
static void
take_people (News       *news,
             JsonArray  *list,
             gboolean    are_gone,
             GHashTable *keys)
{
  cm_room_begin_call (cm_meeting_get_room (news->meeting), news->graph->at, NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *participant = cm_record_as_object (json_array_get_element (list, i));
      g_autofree char *stay = cm_record_dup_text (participant, "id");
      g_autofree char *key = take_participant (news, stay, participant, are_gone);

      if (key != NULL && keys != NULL)
        g_hash_table_add (keys, g_steal_pointer (&key));
    }
}

static GHashTable *
new_keys (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* All of them. */
static void
take_roster (News      *news,
             JsonArray *list)
{
  g_autoptr(GHashTable) keys = new_keys ();

  take_people (news, list, FALSE, keys);
  cm_meeting_keep_only (news->meeting, news->graph->at, keys);
}

/* What has changed of them (deltaParticipants), numbered. */
static void
take_changes (News       *news,
              JsonObject *data)
{
  gint64 sequence = cm_record_get_integer (data, "sequenceNumber", -1);

  if (sequence >= 0 && sequence < news->call->sequence)
    return;

  news->call->sequence = MAX (sequence, news->call->sequence);
  take_people (news, cm_record_get_array (data, "participants"), FALSE, NULL);
}

/* It may have begun as a call of two, or the first that was posted of it did not say
 * that it is none. */
static void
begin_meeting (News       *news,
               JsonObject *call,
               const char *thread)
{
  const char *subject = cm_record_get_string (call, "subject");
  g_autofree char *link = cm_graph_dup_link (thread, call);
  CmRoom *room = cm_meeting_get_room (news->meeting);

  cm_room_become_conference (room, news->graph->at, thread);
  cm_meeting_begin (news->meeting, news->graph->at, thread, subject);
  if (subject != NULL)
    cm_room_set_subject (room, news->graph->at, subject);
  if (link != NULL)
    cm_room_set_link (room, news->graph->at, link);
}

/* In a meeting the bot is one of many; without one it talks to somebody. */
static void
begin_call (News       *news,
            JsonObject *call)
{
  const char *thread = cm_record_get_string (cm_record_get_object (call, "chatInfo"), "threadId");
  JsonObject *info = cm_record_get_object (call, "meetingInfo");
  JsonObject *source = cm_record_get_object (cm_record_get_object (call, "source"), "identity");
  gint64 at = news->graph->at;
  g_autofree char *key = NULL;

  if (thread != NULL && news->call->thread == NULL)
    news->call->thread = g_strdup (thread);
  if (info != NULL)
    cm_graph_learn_organizer (news->graph, get_scope (news), cm_record_get_object (info, "organizer"));
  if (info != NULL || thread != NULL)
    begin_meeting (news, call, thread);
  else
    cm_room_begin_call (cm_meeting_get_room (news->meeting), at, NULL);

  key = cm_graph_join (news->graph, news->meeting, get_scope (news), NULL, source);
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
end_call (News   *news,
          guint32 status)
{
  cm_meeting_end (news->meeting, news->graph->at, status);
  g_hash_table_remove (news->graph->calls, news->id);
}

static void
take_call (News       *news,
           const char *change,
           JsonObject *call)
{
  const char *name = cm_record_get_string (call, "state");
  const State *state = find_state (name);

  if (g_strcmp0 (name, "terminated") == 0 || g_strcmp0 (change, "deleted") == 0)
    {
      end_call (news, get_status (call));
      return;
    }

  begin_call (news, call);
  if (state == NULL)
    cm_decoder_count_unknown (CM_DECODER (news->graph));
  if (state == NULL || state->rank < news->call->rank)
    return;

  news->call->rank = state->rank;
  cm_room_set_own_state (cm_meeting_get_room (news->meeting), news->graph->at, state->state);
}

/* Returns: whether @rest, behind the call, means people, and they were taken */
static gboolean
take_notified_people (News       *news,
                      const char *rest,
                      const char *change,
                      JsonObject *notification)
{
  static const char one[] = "/participants/";
  JsonObject *data = cm_record_get_object (notification, "resourceData");
  JsonArray *list = cm_record_get_array (notification, "resourceData");
  gboolean are_gone = g_strcmp0 (change, "deleted") == 0;
  g_autofree char *key = NULL;

  if (g_str_has_prefix (rest, one) && data != NULL && rest[strlen (one)] != '\0')
    key = take_participant (news, rest + strlen (one), data, are_gone);
  else if (g_str_equal (rest, "/participants") && list != NULL && are_gone)
    take_people (news, list, TRUE, NULL);
  else if (g_str_equal (rest, "/participants") && list != NULL)
    take_roster (news, list);
  else if (g_str_equal (rest, "/participants") && cm_record_get_array (data, "participants") != NULL)
    take_changes (news, data);
  else
    return FALSE;

  news->call->roster_at = news->graph->at;

  return TRUE;
}

static void
take_about_call (News       *news,
                 const char *rest,
                 JsonObject *notification)
{
  const char *change = cm_record_get_string (notification, "changeType");
  JsonObject *data = cm_record_get_object (notification, "resourceData");
  gboolean is_new = !cm_meeting_has_begun (news->meeting) && news->call->state_at == 0 && news->call->roster_at == 0;

  if (rest[0] == '\0' && data != NULL)
    {
      news->call->state_at = news->graph->at;
      take_call (news, change, data);
    }
  else if (!take_notified_people (news, rest, change, notification))
    {
      cm_decoder_count_unknown (CM_DECODER (news->graph));
      return;
    }

  news->graph->wants_look |= is_new && !cm_meeting_is_over (news->meeting);
}

/**
 * cm_graph_take_notification:
 * @self: a decoder
 * @notification: (nullable): one that a bot was sent, or a subscription
 */
void
cm_graph_take_notification (CmGraph    *self,
                            JsonObject *notification)
{
  const char *rest = NULL;
  g_autofree char *name = dup_call_name (cm_record_get_string (notification, "resourceUrl"), &rest);
  g_autofree char *id = name != NULL ? dup_call_id (name) : NULL;
  News news = { self, cm_meetings_get (self->meetings, CM_DECODER (self), id), NULL, id };

  if (cm_record_get_object (notification, "encryptedContent") != NULL)
    {
      cm_decoder_fault (CM_DECODER (self), "the notification is encrypted, and no private key opens it");
      return;
    }

  /* Something was not delivered, or will not be (Graph, "Lifecycle notifications"). */
  self->wants_look |= cm_record_get_string (notification, "lifecycleEvent") != NULL;
  if (news.meeting != NULL && !cm_meeting_is_over (news.meeting))
    news.call = get_call (self, id, name);
  if (news.call != NULL)
    take_about_call (&news, rest, notification);
  else
    cm_decoder_count_unknown (CM_DECODER (self));
}

/* "01234567-89ab-…": of a call that was followed before this decoder only the id is
 * known. */
static char *
dup_guid (const char *id)
{
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%s", id, id + 8, id + 12, id + 16, id + 20);
}

/**
 * cm_graph_dup_calls:
 * @self: a decoder
 *
 * Returns: (transfer full) (element-type utf8): the calls that go on, as far as is
 *   known, by the ids that Graph has for them
 */
GPtrArray *
cm_graph_dup_calls (CmGraph *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id, meeting;

  g_hash_table_iter_init (&iter, self->meetings);
  while (g_hash_table_iter_next (&iter, &id, &meeting))
    {
      const CmGraphCall *call = g_hash_table_lookup (self->calls, id);

      if (cm_meeting_is_over (meeting))
        continue;
      if (call != NULL)
        g_ptr_array_add (names, g_strdup (call->name));
      else if (cm_meeting_has_begun (meeting) && strlen (id) == 32 && strspn (id, "0123456789abcdef") == 32)
        g_ptr_array_add (names, dup_guid (id));
    }

  return names;
}

/**
 * cm_graph_take_call:
 * @self: a decoder
 * @at: when it was asked for, ms UTC by our clock
 * @name: the id of a call
 * @call: (nullable): how it is; %NULL where there is no such call any more
 * @lists: (nullable) (element-type JsonArray): all who are in it, where that is known
 *
 * What is different becomes events; what was posted since stays as it is.
 */
void
cm_graph_take_call (CmGraph    *self,
                    gint64      at,
                    const char *name,
                    JsonObject *call,
                    GPtrArray  *lists)
{
  g_autofree char *id = dup_call_id (name);
  g_autoptr(GHashTable) keys = new_keys ();
  News news = { self, g_hash_table_lookup (self->meetings, id), NULL, id };

  if (news.meeting == NULL || cm_meeting_is_over (news.meeting))
    return;

  news.call = get_call (self, id, name);
  if (news.call == NULL)
    return;

  self->at = at;
  if (call == NULL)
    end_call (&news, 0);
  else if (news.call->state_at < at)
    take_call (&news, NULL, call);
  if (call == NULL || lists == NULL || cm_meeting_is_over (news.meeting) || news.call->roster_at >= at)
    return;

  for (guint i = 0; i < lists->len; i++)
    take_people (&news, g_ptr_array_index (lists, i), FALSE, keys);
  cm_meeting_take_list (news.meeting, at, keys);
}
