/* cm-janus-room-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-room-private.h"

/* So long may it take until who was put out is gone, µs. */
#define MAX_GOING (2 * G_USEC_PER_SEC)

/**
 * cm_janus_room_has:
 * @self: a room
 * @id: a person
 *
 * Returns: whether he is in it
 */
gboolean
cm_janus_room_has (CmJanusRoom *self,
                   const char  *id)
{
  return g_hash_table_contains (self->members, id);
}

/**
 * cm_janus_room_dup_ids:
 * @self: a room
 *
 * Returns: (transfer full) (element-type utf8): who is in it
 */
GPtrArray *
cm_janus_room_dup_ids (CmJanusRoom *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));

  return ids;
}

/**
 * cm_janus_room_is_going:
 * @self: a room
 * @when: when it was asked who is in it
 * @id: a person
 *
 * The AudioBridge lists who was put out until his "left" comes.
 *
 * Returns: whether he is listed only because of that
 */
gboolean
cm_janus_room_is_going (CmJanusRoom         *self,
                        const CmJanusMoment *when,
                        const char          *id)
{
  const gint64 *kicked = g_hash_table_lookup (self->kicked, id);

  return kicked != NULL && when->stamp - *kicked < MAX_GOING && !g_hash_table_contains (self->members, id);
}

/**
 * cm_janus_room_set_listed:
 * @self: a room
 * @stamp: when all who are in it were told, µs
 *
 * News from before of who has come in is no news.
 */
void
cm_janus_room_set_listed (CmJanusRoom *self,
                          gint64       stamp)
{
  self->listed = MAX (self->listed, stamp);
}

/**
 * cm_janus_room_announce:
 * @self: a room
 * @at: when, ms UTC
 *
 * Says all that is known of it once more.
 */
void
cm_janus_room_announce (CmJanusRoom *self,
                        gint64       at)
{
  if (self->room != NULL)
    cm_room_announce (self->room, at);
}

/* Returns: (transfer none): "audiobridge" or "videoroom" */
const char *
cm_janus_room_get_plugin (CmJanusRoom *self)
{
  return self->plugin;
}

/* Returns: (transfer none): what the plugin calls the room: digits, or a name */
const char *
cm_janus_room_get_number (CmJanusRoom *self)
{
  return self->number;
}

/* Returns: (transfer none) (nullable): the conversation that it is; %NULL while
 * it is not there */
const char *
cm_janus_room_get_conversation (CmJanusRoom *self)
{
  return self->conversation;
}

/**
 * cm_janus_room_find:
 * @self: a room
 * @address: of a person, as the events have it
 * @id: (out): what the plugin calls him
 *
 * Returns: (transfer none) (nullable): that person
 */
CmJanusMember *
cm_janus_room_find (CmJanusRoom  *self,
                    const char   *address,
                    const char  **id)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_str_equal (((CmJanusMember *) value)->address, address))
        {
          *id = key;
          return value;
        }
    }

  return NULL;
}
