/* cm-ucwa-resource.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-private.h"

#include "feeds/decode/cm-record-json.h"

/* What stands in front of a conversation's id. */
#define MARK "/conversations/"

#define MAX_TALKS 4096
#define MAX_WANTED 4096
#define MAX_HREF 1024
/* Deeper than any answer holds resources in resources. */
#define MAX_DEPTH 8

typedef struct
{
  const char *rel;
  JsonObject *object;
} Resource;

/* An address without its host: servers of one pool give out different ones. */
const char *
cm_ucwa_get_path (const char *href)
{
  const char *host = href != NULL ? strstr (href, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : href;

  return path != NULL && strlen (path) <= MAX_HREF ? path : NULL;
}

const char *
cm_ucwa_get_link (JsonObject *object,
          const char *name)
{
  JsonObject *links = cm_record_get_object (object, "_links");

  return cm_ucwa_get_path (cm_record_get_string (cm_record_get_object (links, name), "href"));
}

/* "…/conversations/21a1/participants/…" → "21a1" */
char *
cm_ucwa_dup_talk_id (const char *href)
{
  const char *start = href != NULL ? strstr (href, MARK) : NULL;
  gsize size;

  if (start == NULL)
    return NULL;

  start += strlen (MARK);
  size = strcspn (start, "/?");

  return size > 0 && size <= CM_EVENT_MAX_ID ? g_strndup (start, size) : NULL;
}

CmUcwaTalk *
cm_ucwa_find_talk (CmUcwa     *self,
           const char *href)
{
  g_autofree char *id = cm_ucwa_dup_talk_id (href);

  return id != NULL ? g_hash_table_lookup (self->talks, id) : NULL;
}

CmUcwaTalk *
cm_ucwa_get_talk (CmUcwa     *self,
          const char *href)
{
  g_autofree char *id = cm_ucwa_dup_talk_id (href);
  g_autofree char *path = NULL;
  CmUcwaTalk *talk = id != NULL ? g_hash_table_lookup (self->talks, id) : NULL;

  if (talk != NULL || id == NULL || g_hash_table_size (self->talks) >= MAX_TALKS)
    return talk;

  path = g_strndup (href, (gsize) (strstr (href, MARK) - href) + strlen (MARK) + strlen (id));
  talk = cm_ucwa_talk_new (CM_DECODER (self), id, path);
  g_hash_table_insert (self->talks, g_steal_pointer (&id), talk);
  cm_ucwa_talk_begin (talk, self->at);

  return talk;
}

void
cm_ucwa_want (CmUcwa     *self,
      const char *href)
{
  char *key;

  if (href == NULL || g_hash_table_contains (self->wanted, href) ||
      g_hash_table_size (self->wanted) >= MAX_WANTED)
    return;

  key = g_strdup (href);
  g_hash_table_add (self->wanted, key);
  g_ptr_array_add (self->order, key);
}

void
cm_ucwa_stop_wanting (CmUcwa     *self,
              const char *href)
{
  gpointer key = NULL;

  if (href == NULL || !g_hash_table_lookup_extended (self->wanted, href, &key, NULL))
    return;

  g_ptr_array_remove (self->order, key);
  g_hash_table_remove (self->wanted, href);
}

static gboolean
has_modality (JsonObject *conversation,
              const char *name)
{
  JsonArray *modalities = cm_record_get_array (conversation, "activeModalities");

  for (guint i = 0; modalities != NULL && i < json_array_get_length (modalities); i++)
    {
      JsonNode *node = json_array_get_element (modalities, i);

      if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
take_conversation (CmUcwa     *self,
                   CmUcwaTalk *talk,
                   JsonObject *conversation)
{
  static const char * const links[] = {
    "localParticipant", "participants", "onlineMeeting", "audioVideo", "phoneAudio",
    "leaders", "attendees", "lobby",
  };

  cm_ucwa_talk_set_subject (talk, self->at, cm_record_get_string (conversation, "subject"));
  cm_ucwa_talk_set_has_audio (talk, has_modality (conversation, "Audio") || has_modality (conversation, "PhoneAudio"));
  if (cm_record_get_string (conversation, "state") != NULL)
    cm_ucwa_talk_set_state (talk, self->at, cm_record_get_string (conversation, "state"));

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    cm_ucwa_want (self, cm_ucwa_get_link (conversation, links[i]));
}

static void
take_meeting (CmUcwa     *self,
              CmUcwaTalk *talk,
              JsonObject *meeting)
{
  cm_ucwa_talk_set_uri (talk, self->at, cm_record_get_string (meeting, "onlineMeetingUri"));
  cm_ucwa_talk_set_subject (talk, self->at, cm_record_get_string (meeting, "subject"));
  cm_ucwa_talk_set_access (talk, self->at, cm_record_get_string (meeting, "conferenceId"),
                           cm_record_get_string (meeting, "joinUrl"));
}

static const char *
get_address (JsonObject *participant)
{
  static const char * const names[] = { "uri", "workPhoneNumber", "otherPhoneNumber" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *address = cm_record_get_string (participant, names[i]);

      if (address != NULL && address[0] != '\0' && strlen (address) <= CM_EVENT_MAX_URI)
        return address;
    }

  return NULL;
}

static void
take_participant (CmUcwa     *self,
                  CmUcwaTalk *talk,
                  const char *href,
                  const char *rel,
                  JsonObject *participant)
{
  const char *role = cm_record_get_string (participant, "role");
  CmUcwaPerson person = {
    .uri = get_address (participant),
    .name = cm_record_get_string (participant, "name"),
    .is_self = g_strcmp0 (rel, "localParticipant") == 0 ? TRUE : cm_record_get_flag (participant, "local"),
    .is_organizer = cm_record_get_flag (participant, "organizer"),
    .is_anonymous = cm_record_get_flag (participant, "anonymous"),
    .in_lobby = cm_record_get_flag (participant, "inLobby"),
    .is_leader = -1,
  };

  if (g_strcmp0 (role, "Leader") == 0 || g_strcmp0 (role, "Attendee") == 0)
    person.is_leader = g_str_equal (role, "Leader");

  /* One without a name or a number is known by his place in the meeting. */
  if (person.uri == NULL)
    person.uri = href;
  cm_ucwa_talk_take_person (talk, self->at, href, &person);
}

gboolean
cm_ucwa_find_group (const char  *rel,
            CmUcwaGroup *group)
{
  static const char * const names[CM_UCWA_N_GROUPS] = { "attendees", "leaders", "lobby" };

  for (guint i = 0; i < CM_UCWA_N_GROUPS; i++)
    {
      if (g_strcmp0 (rel, names[i]) == 0)
        {
          *group = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
take_member (CmUcwa     *self,
             CmUcwaTalk *talk,
             const char *rel,
             const char *href,
             const char *title)
{
  CmUcwaGroup group;

  if (href == NULL)
    return;

  cm_ucwa_talk_expect_person (talk, href, title, FALSE);
  if (cm_ucwa_find_group (rel, &group))
    cm_ucwa_talk_set_group (talk, self->at, href, group, TRUE);
  if (!cm_ucwa_talk_has_person (talk, href))
    cm_ucwa_want (self, href);
}

/* attendees, leaders, lobby, participants: a list of links. Only the last has all,
 * and one without any says nothing. */
static void
take_collection (CmUcwa     *self,
                 CmUcwaTalk *talk,
                 const char *rel,
                 JsonObject *collection)
{
  JsonArray *links = cm_record_get_array (cm_record_get_object (collection, "_links"), "participant");
  g_autoptr(GHashTable) hrefs = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; links != NULL && i < json_array_get_length (links); i++)
    {
      JsonNode *node = json_array_get_element (links, i);
      JsonObject *link = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *href = cm_ucwa_get_path (cm_record_get_string (link, "href"));

      take_member (self, talk, rel, href, cm_record_get_string (link, "title"));
      if (href != NULL)
        g_hash_table_add (hrefs, (gpointer) href);
    }

  if (links != NULL && g_strcmp0 (rel, "participants") == 0)
    cm_ucwa_talk_keep_only (talk, self->at, hrefs);
}

/* Returns: whether an invitation is one to be heard, not only read */
static gboolean
is_for_audio (const char *rel,
              JsonObject *invitation)
{
  return g_strcmp0 (rel, "audioVideoInvitation") == 0 || g_strcmp0 (rel, "phoneAudioInvitation") == 0 ||
         (g_strcmp0 (rel, "onlineMeetingInvitation") == 0 && has_modality (invitation, "Audio"));
}

static void
take_invitation (CmUcwa     *self,
                 CmUcwaTalk *talk,
                 const char *rel,
                 JsonObject *invitation)
{
  JsonObject *from = cm_record_get_object (cm_record_get_object (invitation, "_embedded"), "from");
  const char *direction = cm_record_get_string (invitation, "direction");
  const char *state = cm_record_get_string (invitation, "state");
  gboolean incoming = g_strcmp0 (direction, "Incoming") == 0;

  /* Whom we ask to join says nothing of how we came. */
  if (g_strcmp0 (rel, "participantInvitation") == 0 && !incoming)
    return;

  cm_ucwa_talk_set_subject (talk, self->at, cm_record_get_string (invitation, "subject"));
  if (incoming || g_strcmp0 (direction, "Outgoing") == 0)
    cm_ucwa_talk_set_direction (talk, self->at, incoming ? CM_DIRECTION_INCOMING : CM_DIRECTION_OUTGOING,
                                get_address (from));
  cm_ucwa_talk_set_uri (talk, self->at, cm_record_get_string (invitation, "onlineMeetingUri"));
  if (g_strcmp0 (state, "Connecting") == 0 && is_for_audio (rel, invitation))
    cm_ucwa_talk_ring (talk, self->at, incoming);
}

static void
take_participant_audio (CmUcwa     *self,
                        CmUcwaTalk *talk,
                        const char *href,
                        JsonObject *audio)
{
  int muted = cm_record_get_flag (audio, "audioMuted");

  if (href == NULL)
    return;

  cm_ucwa_talk_set_person_audio (talk, self->at, href, TRUE);
  if (muted >= 0)
    cm_ucwa_talk_set_muted (talk, self->at, href, muted);
}

gboolean
cm_ucwa_is_participant (const char *rel)
{
  return g_strcmp0 (rel, "participant") == 0 || g_strcmp0 (rel, "localParticipant") == 0;
}

static void
take_state (CmUcwa     *self,
            CmUcwaTalk *talk,
            const char *rel,
            JsonObject *resource)
{
  const char *state = cm_record_get_string (resource, "state");

  if (state == NULL)
    return;

  if (g_str_equal (rel, "messaging"))
    cm_ucwa_talk_set_messaging (talk, self->at, state);
  else if (g_str_equal (rel, "session") || g_str_equal (rel, "audioVideoSession"))
    cm_ucwa_talk_set_session (talk, self->at, state);
  else
    cm_ucwa_talk_set_audio (talk, self->at,
                            g_str_equal (rel, "phoneAudio") ? CM_UCWA_CHANNEL_PHONE_AUDIO : CM_UCWA_CHANNEL_AUDIO_VIDEO,
                            state);
}

static gboolean
has_state (const char *rel)
{
  static const char * const names[] = {
    "audioVideo", "phoneAudio", "messaging", "session", "audioVideoSession", NULL
  };

  return g_strv_contains (names, rel);
}

/* What a resource says, whether it came with an event or was asked for. */
static void
take_resource (CmUcwa     *self,
               CmUcwaTalk *talk,
               const char *rel,
               const char *href,
               JsonObject *resource)
{
  CmUcwaGroup group;

  if (g_str_equal (rel, "conversation"))
    take_conversation (self, talk, resource);
  else if (cm_ucwa_is_participant (rel) && href != NULL)
    take_participant (self, talk, href, rel, resource);
  else if (g_str_equal (rel, "onlineMeeting"))
    take_meeting (self, talk, resource);
  else if (has_state (rel))
    take_state (self, talk, rel, resource);
  else if (g_str_equal (rel, "participantAudio"))
    take_participant_audio (self, talk, cm_ucwa_get_link (resource, "participant"), resource);
  else if (g_str_has_suffix (rel, "Invitation"))
    take_invitation (self, talk, rel, resource);
  else if (g_str_equal (rel, "participants") || cm_ucwa_find_group (rel, &group))
    take_collection (self, talk, rel, resource);
  else
    cm_decoder_count_unknown (CM_DECODER (self));
}

static CmUcwaTalk *
find_owner (CmUcwa     *self,
            const char *rel,
            const char *href,
            JsonObject *resource)
{
  CmUcwaTalk *talk = cm_ucwa_find_talk (self, href);

  if (talk == NULL)
    talk = cm_ucwa_find_talk (self, cm_ucwa_get_link (resource, "conversation"));
  if (talk == NULL && g_str_equal (rel, "conversation") &&
      g_strcmp0 (cm_record_get_string (resource, "state"), "Disconnected") != 0)
    talk = cm_ucwa_get_talk (self, href);
  if (talk == NULL && g_str_has_suffix (rel, "Invitation") &&
      g_strcmp0 (cm_record_get_string (resource, "state"), "Connecting") == 0)
    talk = cm_ucwa_get_talk (self, cm_ucwa_get_link (resource, "conversation"));

  return talk;
}

/* What stands in what: who accepted, who invited, all conversations. The outer one
 * comes first. */
static void
collect_resources (GArray     *found,
                   const char *rel,
                   JsonNode   *node,
                   guint       depth)
{
  JsonObject *embedded;
  JsonObjectIter iter;
  const char *name;
  JsonNode *inner;

  if (depth > MAX_DEPTH)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_resources (found, rel, json_array_get_element (array, i), depth + 1);
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  g_array_append_val (found, ((Resource) { rel, json_node_get_object (node) }));
  embedded = cm_record_get_object (json_node_get_object (node), "_embedded");
  if (embedded == NULL)
    return;

  json_object_iter_init (&iter, embedded);
  while (json_object_iter_next (&iter, &name, &inner))
    collect_resources (found, name, inner, depth + 1);
}

static void
take_one (CmUcwa     *self,
          const char *outer,
          JsonObject *resource)
{
  const char *rel = cm_record_get_string (resource, "rel");
  const char *href = cm_ucwa_get_link (resource, "self");
  CmUcwaTalk *talk;

  /* In "from" and "acceptedByParticipant" it says itself what it is. */
  if (rel == NULL || g_str_equal (outer, "localParticipant"))
    rel = outer;

  cm_ucwa_stop_wanting (self, href);
  talk = find_owner (self, rel, href, resource);
  if (talk != NULL)
    take_resource (self, talk, rel, href, resource);
}

void
cm_ucwa_take_resources (CmUcwa     *self,
           const char *rel,
           JsonNode   *node)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Resource));

  collect_resources (found, rel, node, 0);
  for (guint i = 0; i < found->len; i++)
    {
      const Resource *resource = &g_array_index (found, Resource, i);

      take_one (self, resource->rel, resource->object);
    }
}
