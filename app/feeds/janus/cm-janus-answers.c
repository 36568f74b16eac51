/* cm-janus-answers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-private.h"

#include "feeds/janus/cm-janus-snapshot.h"

/* The year 9999. */
#define MAX_SECONDS 253402300800.0
#define MAX_ROOMS 65536

static char *
dup_key (const char *emitter,
         const char *plugin,
         const char *room)
{
  return g_strconcat (emitter, emitter[0] != '\0' ? "/" : "", plugin, "/", room, NULL);
}

static char *
dup_link (CmJanus    *self,
          const char *plugin,
          const char *room)
{
  g_autofree char *escaped = g_uri_escape_string (room, NULL, FALSE);
  g_autoptr(GString) link = self->link != NULL ? g_string_new (self->link) : NULL;

  if (link == NULL)
    return NULL;

  g_string_replace (link, "{plugin}", plugin, 0);
  g_string_replace (link, "{room}", escaped, 0);

  return g_strdup (link->str);
}

static guint
get_index (const char *plugin)
{
  return g_str_equal (plugin, "audiobridge") ? 0 : 1;
}

/**
 * cm_janus_get_room:
 * @self: a decoder
 * @emitter: the Janus that it is of
 * @plugin: "audiobridge" or "videoroom"
 * @data: what has a "room"
 *
 * Returns: (transfer none) (nullable): that room; %NULL where none is named, or
 *   there are too many
 */
CmJanusRoom *
cm_janus_get_room (CmJanus    *self,
                   const char *emitter,
                   const char *plugin,
                   JsonObject *data)
{
  g_autofree char *number = cm_janus_dup_id (data, "room");
  g_autofree char *key = number != NULL ? dup_key (emitter, plugin, number) : NULL;
  g_autofree char *link = NULL;
  CmJanusRoom *room;

  if (key == NULL)
    return NULL;

  self->has_names[get_index (plugin)] = cm_record_get_string (data, "room") != NULL;
  room = g_hash_table_lookup (self->rooms, key);
  if (room != NULL || g_hash_table_size (self->rooms) >= MAX_ROOMS)
    return room;

  link = dup_link (self, plugin, number);
  room = cm_janus_room_new (CM_DECODER (self), key, plugin, number, link);
  if (g_str_equal (emitter, self->emitter))
    cm_janus_room_set_listed (room, self->listed[get_index (plugin)]);
  g_hash_table_insert (self->rooms, g_steal_pointer (&key), room);

  return room;
}

static void
take_room (CmJanus             *self,
           const CmJanusMoment *when,
           const char          *plugin,
           JsonObject          *data)
{
  CmJanusRoom *room = cm_janus_get_room (self, self->emitter, plugin, data);
  const char *subject = cm_record_get_string (data, "description");
  int muted = cm_record_get_flag (data, "muted");

  if (room == NULL)
    return;

  if (subject != NULL)
    cm_janus_room_set_subject (room, when, subject);
  if (muted >= 0)
    cm_janus_room_mute (room, when, NULL, muted);
}

static void
take_rooms (CmJanus             *self,
            const CmJanusMoment *when,
            const char          *plugin,
            JsonArray           *rooms)
{
  for (guint i = 0; i < json_array_get_length (rooms); i++)
    {
      JsonNode *node = json_array_get_element (rooms, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_room (self, when, plugin, json_node_get_object (node));
    }
}

static void
take_people (CmJanus             *self,
             const CmJanusMoment *when,
             const char          *plugin,
             JsonObject          *answer)
{
  JsonArray *people = cm_record_get_array (answer, "participants");
  CmJanusRoom *room = cm_janus_get_room (self, self->emitter, plugin, answer);

  if (room != NULL && people != NULL && g_strcmp0 (cm_record_get_string (answer, plugin), "participants") == 0)
    cm_janus_take_snapshot (room, when, people);
}

/**
 * cm_janus_take_answer:
 * @self: a decoder
 * @record: a record of the API
 *
 * An answer that was recorded has no time of Janus: it is newer than every event
 * before it, and older than every one behind it.
 */
void
cm_janus_take_answer (CmJanus    *self,
                      JsonObject *record)
{
  const char *plugin = NULL;
  JsonObject *answer = cm_janus_find_answer (record, &plugin);
  JsonArray *rooms = cm_record_get_array (answer, "list");
  double t = cm_record_get_number (record, "t");
  CmJanusMoment when = { self->newest / 1000, self->newest + 1 };

  self->newest = when.stamp;
  if (t > 0 && t < MAX_SECONDS)
    when.at = (gint64) (t * 1000 + 0.5);
  if (rooms != NULL)
    take_rooms (self, &when, plugin, rooms);
  if (answer != NULL)
    take_people (self, &when, plugin, answer);
}

/**
 * cm_janus_set_link:
 * @self: a decoder
 * @link: (nullable): the address by which people join, with "{plugin}" and "{room}"
 *   where those stand
 */
void
cm_janus_set_link (CmJanus    *self,
                   const char *link)
{
  g_free (self->link);
  self->link = g_strdup (link);
}

/**
 * cm_janus_set_emitter:
 * @self: a decoder
 * @emitter: what the Janus that is asked calls itself
 */
void
cm_janus_set_emitter (CmJanus    *self,
                      const char *emitter)
{
  if (strlen (emitter) > CM_JANUS_MAX_ID || g_str_equal (self->emitter, emitter))
    return;

  g_free (self->emitter);
  self->emitter = g_strdup (emitter);
}

/* Returns: the time of the newest event, µs; 0 before the first */
gint64
cm_janus_get_newest (CmJanus *self)
{
  return self->newest;
}

/**
 * cm_janus_dup_rooms:
 * @self: a decoder
 * @plugin: "audiobridge" or "videoroom"
 *
 * Returns: (transfer full) (element-type utf8): the rooms of the Janus that is
 *   asked that are there as far as is known
 */
GPtrArray *
cm_janus_dup_rooms (CmJanus    *self,
                    const char *plugin)
{
  g_autofree char *prefix = dup_key (self->emitter, plugin, "");
  GPtrArray *rooms = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, &key, &room))
    {
      if (g_str_has_prefix (key, prefix) && cm_janus_room_get_conversation (room) != NULL)
        g_ptr_array_add (rooms, g_strdup (cm_janus_room_get_number (room)));
    }

  return rooms;
}

static CmJanusMoment
get_moment (gint64 stamp)
{
  return (CmJanusMoment) { stamp / 1000, stamp };
}

/**
 * cm_janus_list_rooms:
 * @self: a decoder
 * @stamp: when it was asked
 * @plugin: "audiobridge" or "videoroom"
 * @rooms: what "list" has told
 */
void
cm_janus_list_rooms (CmJanus    *self,
                     gint64      stamp,
                     const char *plugin,
                     JsonArray  *rooms)
{
  CmJanusMoment when = get_moment (stamp);

  take_rooms (self, &when, plugin, rooms);
  self->listed[get_index (plugin)] = stamp;
}

/**
 * cm_janus_list_people:
 * @self: a decoder
 * @stamp: when it was asked
 * @plugin: "audiobridge" or "videoroom"
 * @answer: what "listparticipants" has told
 */
void
cm_janus_list_people (CmJanus    *self,
                      gint64      stamp,
                      const char *plugin,
                      JsonObject *answer)
{
  CmJanusMoment when = get_moment (stamp);

  take_people (self, &when, plugin, answer);
}

/**
 * cm_janus_end_room:
 * @self: a decoder
 * @stamp: when it was asked
 * @plugin: "audiobridge" or "videoroom"
 * @room: what the plugin does not know any more
 */
void
cm_janus_end_room (CmJanus    *self,
                   gint64      stamp,
                   const char *plugin,
                   const char *room)
{
  g_autofree char *key = dup_key (self->emitter, plugin, room);
  CmJanusRoom *known = g_hash_table_lookup (self->rooms, key);
  CmJanusMoment when = get_moment (stamp);

  if (known != NULL)
    cm_janus_room_destroy (known, &when);
}

static GPtrArray *
dup_mids (CmJanusMember *member)
{
  GPtrArray *mids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer mid;

  g_hash_table_iter_init (&iter, member->audio);
  while (g_hash_table_iter_next (&iter, &mid, NULL))
    g_ptr_array_add (mids, g_strdup (mid));

  return mids;
}

static CmJanusRoom *
find_room (CmJanus    *self,
           const char *conversation)
{
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    {
      if (g_strcmp0 (cm_janus_room_get_conversation (room), conversation) == 0)
        return room;
    }

  return NULL;
}

/**
 * cm_janus_find:
 * @self: a decoder
 * @conversation: as the events have it
 * @address: (nullable): of a person, likewise
 * @target: (out caller-allocates): what Janus calls them; good until the next event
 *
 * Returns: whether the room is there, and the person in it
 */
gboolean
cm_janus_find (CmJanus       *self,
               const char    *conversation,
               const char    *address,
               CmJanusTarget *target)
{
  CmJanusRoom *room = find_room (self, conversation);
  CmJanusMember *member = NULL;

  *target = (CmJanusTarget) { 0 };
  if (room == NULL)
    return FALSE;

  target->plugin = cm_janus_room_get_plugin (room);
  target->room = cm_janus_room_get_number (room);
  if (address == NULL)
    return TRUE;

  member = cm_janus_room_find (room, address, &target->id);
  if (member == NULL)
    return FALSE;

  target->mids = dup_mids (member);

  return TRUE;
}

/**
 * cm_janus_new_id:
 * @self: a decoder
 * @plugin: "audiobridge" or "videoroom"
 * @id: of a room or a person
 *
 * Returns: (transfer full): the id as the plugin has it: a number, or a string
 *   where its string_ids is on
 */
JsonNode *
cm_janus_new_id (CmJanus    *self,
                 const char *plugin,
                 const char *id)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (self->has_names[get_index (plugin)])
    json_node_set_string (node, id);
  else
    json_node_set_int (node, g_ascii_strtoll (id, NULL, 10));

  return node;
}
