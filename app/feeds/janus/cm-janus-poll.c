/* cm-janus-poll.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-poll.h"

#include "feeds/janus/cm-janus-json.h"
#include "feeds/cm-secret.h"

/* So many questions are on their way at a time. */
#define WINDOW 16

static const char * const plugins[] = { "audiobridge", "videoroom" };

/**
 * Item:
 * @room: (nullable): whose people are asked for; %NULL for the rooms themselves
 * @stamp: when it was asked, µs of Janus' time
 * @answer: (nullable): what was said, where it is good for something
 * @is_gone: there is no such room
 */
typedef struct
{
  CmJanusPoll *poll;
  const char  *plugin;
  JsonNode    *room;
  char        *name; /* of @room, as text */
  gint64       stamp;
  JsonObject  *answer;
  gboolean     is_gone;
} Item;

struct _CmJanusPoll
{
  CmJanusApi      *api;     /* borrowed */
  CmJanus         *decoder; /* borrowed */
  gint64           offset;  /* µs, of our clock before that of Janus */
  char            *key;     /* (nullable) by which private rooms are listed */
  GPtrArray       *items;   /* Item, in the order in which they are asked */
  guint            n_asked;
  guint            n_open;
  GError          *error;
  guint            pump_id;
  GSourceFunc      pump;
  CmJanusPollFunc  func;
  gpointer         user_data;
};

static void
item_free (gpointer data)
{
  Item *self = data;

  g_clear_pointer (&self->room, json_node_unref);
  g_clear_pointer (&self->answer, json_object_unref);
  g_free (self->name);
  g_free (self);
}

static void
add_item (CmJanusPoll *self,
          const char  *plugin,
          const char  *name,
          JsonNode    *room)
{
  Item *item = g_new0 (Item, 1);

  item->poll = self;
  item->plugin = plugin;
  item->name = g_strdup (name);
  item->room = room;
  g_ptr_array_add (self->items, item);
}

static JsonObject *
new_body (Item *item)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "request", item->room != NULL ? "listparticipants" : "list");
  if (item->room != NULL)
    json_object_set_member (body, "room", json_node_copy (item->room));
  else if (item->poll->key != NULL)
    json_object_set_string_member (body, "admin_key", item->poll->key);

  return body;
}

static void
fail (CmJanusPoll *self,
      const char  *reason)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, reason);
}

/* Those in which somebody is, and those that are known, for they may be empty or
 * gone by now. */
static void
add_rooms (CmJanusPoll *self,
           const char  *plugin,
           JsonArray   *rooms)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) known = cm_janus_dup_rooms (self->decoder, plugin);

  for (guint i = 0; rooms != NULL && i < json_array_get_length (rooms); i++)
    {
      JsonNode *node = json_array_get_element (rooms, i);
      JsonObject *room = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *id = cm_janus_dup_id (room, "room");

      if (id == NULL || cm_record_get_integer (room, "num_participants", 1) == 0)
        continue;

      add_item (self, plugin, id, json_node_copy (json_object_get_member (room, "room")));
      g_hash_table_add (names, g_steal_pointer (&id));
    }

  for (guint i = 0; i < known->len; i++)
    {
      const char *name = g_ptr_array_index (known, i);

      if (!g_hash_table_contains (names, name))
        add_item (self, plugin, name, cm_janus_new_id (self->decoder, plugin, name));
    }
}

static gboolean
is_no_such_room (JsonObject *answer)
{
  gint64 code = cm_record_get_integer (answer, "error_code", 0);

  return code == CM_JANUS_NO_SUCH_AUDIO_ROOM || code == CM_JANUS_NO_SUCH_VIDEO_ROOM;
}

static void
take_answer (Item       *item,
             JsonObject *answer)
{
  const char *refusal = cm_record_get_string (answer, "error");

  item->is_gone = item->room != NULL && is_no_such_room (answer);
  if (refusal == NULL)
    item->answer = json_object_ref (answer);
  else if (item->room == NULL)
    fail (item->poll, refusal);

  if (item->room == NULL && refusal == NULL)
    add_rooms (item->poll, item->plugin, cm_record_get_array (answer, "list"));
}

static void
on_answer (JsonObject   *answer,
           const GError *error,
           gpointer      user_data)
{
  Item *item = user_data;
  CmJanusPoll *self = item->poll;

  self->n_open--;
  if (answer != NULL)
    take_answer (item, answer);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    fail (self, error->message);

  if (self->pump_id == 0)
    self->pump_id = g_idle_add (self->pump, self);
}

/* Asks as much as may be asked at a time; when there is nothing left, all is known. */
static gboolean
on_pump (gpointer user_data)
{
  CmJanusPoll *self = user_data;

  self->pump_id = 0;
  while (self->error == NULL && self->n_open < WINDOW && self->n_asked < self->items->len)
    {
      Item *item = g_ptr_array_index (self->items, self->n_asked++);

      self->n_open++;
      item->stamp = g_get_real_time () - self->offset;
      cm_janus_api_ask (self->api, item->plugin, new_body (item), on_answer, item);
    }

  if (self->n_open == 0 && self->pump_id == 0)
    self->func (self->error, self->user_data);

  return G_SOURCE_REMOVE;
}

/**
 * cm_janus_poll_new:
 * @api: what Janus is asked by
 * @decoder: what knows the rooms
 * @offset: by how much the clock here is ahead of that of Janus, µs
 * @key: (nullable) (transfer full): the plugins' admin_key: with it private rooms
 *   are listed as well
 *
 * Returns: (transfer full): a poll that has not begun
 */
CmJanusPoll *
cm_janus_poll_new (CmJanusApi *api,
                   CmJanus    *decoder,
                   gint64      offset,
                   char       *key)
{
  CmJanusPoll *self = g_new0 (CmJanusPoll, 1);

  self->api = api;
  self->decoder = decoder;
  self->offset = offset;
  self->key = key;
  self->pump = on_pump;
  self->items = g_ptr_array_new_with_free_func (item_free);

  return self;
}

/**
 * cm_janus_poll_free:
 * @self: (transfer full): a poll of which nothing is under way
 */
void
cm_janus_poll_free (CmJanusPoll *self)
{
  g_clear_handle_id (&self->pump_id, g_source_remove);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->items);
  cm_secret_free (self->key);
  g_free (self);
}

/**
 * cm_janus_poll_start:
 * @self: a poll
 * @func: called when all is answered, never before this returns
 * @user_data: for @func
 */
void
cm_janus_poll_start (CmJanusPoll     *self,
                     CmJanusPollFunc  func,
                     gpointer         user_data)
{
  self->func = func;
  self->user_data = user_data;
  for (guint i = 0; i < G_N_ELEMENTS (plugins); i++)
    add_item (self, plugins[i], NULL, NULL);
  self->pump_id = g_idle_add (on_pump, self);
}

/**
 * cm_janus_poll_apply:
 * @self: a poll that is done
 *
 * Lets the decoder know: what is different becomes events.
 */
void
cm_janus_poll_apply (CmJanusPoll *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (item->is_gone)
        cm_janus_end_room (self->decoder, item->stamp, item->plugin, item->name);
      else if (item->room == NULL && item->answer != NULL)
        cm_janus_list_rooms (self->decoder, item->stamp, item->plugin, cm_record_get_array (item->answer, "list"));
      else if (item->answer != NULL)
        cm_janus_list_people (self->decoder, item->stamp, item->plugin, item->answer);
    }
}
