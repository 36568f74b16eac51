/* cm-janus-snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-snapshot.h"

/**
 * cm_janus_find_answer:
 * @record: {"dir": "<", "msg": …}: what the API has answered, by a session or
 *   by the admin's message_plugin
 * @plugin: (out): "audiobridge" or "videoroom"
 *
 * Returns: (transfer none) (nullable): what the plugin said. What was asked is
 *   never looked at: it carries secrets.
 */
JsonObject *
cm_janus_find_answer (JsonObject  *record,
                      const char **plugin)
{
  JsonObject *message = cm_record_get_object (record, "msg");
  JsonObject *answer = cm_record_get_object (cm_record_get_object (message, "plugindata"), "data");

  if (g_strcmp0 (cm_record_get_string (record, "dir"), ">") == 0)
    return NULL;
  if (answer == NULL)
    answer = cm_record_get_object (message, "response");

  *plugin = cm_record_get_string (answer, "audiobridge") != NULL ? "audiobridge" : "videoroom";

  return cm_record_get_string (answer, *plugin) != NULL ? answer : NULL;
}

static void
take_person (CmJanusRoom         *room,
             const CmJanusMoment *when,
             JsonObject          *person,
             GHashTable          *seen)
{
  g_autofree char *id = cm_janus_dup_id (person, "id");
  int publisher = cm_record_get_flag (person, "publisher");

  if (id == NULL || cm_janus_room_is_going (room, when, id) || !cm_janus_room_join (room, when, id, FALSE))
    return;

  cm_janus_room_describe (room, when, id, person);
  if (publisher >= 0)
    cm_janus_room_publish (room, when, id, publisher);
  g_hash_table_add (seen, g_steal_pointer (&id));
}

/**
 * cm_janus_take_snapshot:
 * @room: a room
 * @when: when it was told
 * @people: who "listparticipants" says is in it, all of them
 *
 * The difference to what was known becomes events.
 */
void
cm_janus_take_snapshot (CmJanusRoom         *room,
                        const CmJanusMoment *when,
                        JsonArray           *people)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) before = cm_janus_room_dup_ids (room);

  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      JsonNode *node = json_array_get_element (people, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_person (room, when, json_node_get_object (node), seen);
    }

  for (guint i = 0; i < before->len; i++)
    {
      if (!g_hash_table_contains (seen, g_ptr_array_index (before, i)))
        cm_janus_room_leave (room, when, g_ptr_array_index (before, i), 0);
    }
  cm_janus_room_set_listed (room, when->stamp);
}
