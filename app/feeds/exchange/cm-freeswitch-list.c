/* cm-freeswitch-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-freeswitch-private.h"

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static JsonObject *
get_element (JsonArray *array,
             guint      i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
skip_outbound (const char *name)
{
  return g_strcmp0 (name, "Outbound Call") != 0 ? name : NULL;
}

static void
set_handle (CmCall     *call,
            JsonObject *member)
{
  JsonNode *node = json_object_get_member (member, "id");
  g_autofree char *id = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return;

  id = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  cm_call_set_handle (call, id);
}

static void
take_member (CmExchange *exchange,
             CmPlace    *place,
             JsonObject *member,
             gboolean    waiting,
             guint       list)
{
  JsonObject *flags = get_object (member, "flags");
  CmCall *call = cm_exchange_get_call (exchange, cm_freeswitch_get_text (member, "uuid"));

  if (call == NULL || call->stage == CM_CALL_ENDED)
    return;

  cm_exchange_identify (exchange, call, cm_freeswitch_get_text (member, "caller_id_number"),
                        skip_outbound (cm_freeswitch_get_text (member, "caller_id_name")));
  set_handle (call, member);
  call->listed = list;
  call->moderator = get_flag (flags, "is_moderator");
  waiting &= !call->moderator;
  call->muted = flags != NULL ? !get_flag (flags, "can_speak") : call->muted;
  call->member_held = get_flag (flags, "hold");
  cm_exchange_advance (exchange, call, waiting ? CM_CALL_WAITING : CM_CALL_IN);
  cm_exchange_put (exchange, call, place);
  cm_exchange_refresh (exchange, call);
}

/* The list has the latest first; they are told in the order they came. A caller
 * is of type "caller"; a "recording_node" is nobody. */
static void
take_members (CmExchange *exchange,
              CmPlace    *place,
              JsonArray  *members,
              gboolean    waiting,
              guint       list)
{
  for (guint i = json_array_get_length (members); i > 0; i--)
    {
      JsonObject *member = get_element (members, i - 1);

      if (member != NULL && g_strcmp0 (cm_freeswitch_get_text (member, "type"), "caller") == 0)
        take_member (exchange, place, member, waiting, list);
    }

  cm_exchange_end_members (exchange, place, list);
}

static void
take_room (CmExchange *exchange,
           JsonObject *room,
           guint       list)
{
  CmPlace *place = cm_exchange_open (exchange, cm_freeswitch_get_text (room, "conference_uuid"),
                                     cm_freeswitch_get_text (room, "conference_name"));
  JsonArray *members = get_array (room, "members");

  if (place == NULL)
    return;

  place->listed = list;
  place->waiting = get_flag (room, "wait_mod");
  if (members != NULL)
    take_members (exchange, place, members, place->waiting, list);
  if (get_flag (room, "locked") || place->lock_seq != 0)
    cm_exchange_set_locked (exchange, place, get_flag (room, "locked"));
}

/**
 * cm_freeswitch_take_rooms:
 * @exchange: what is known so far
 * @rooms: what `conference json_list` has answered: all rooms
 *
 * It replaces what was known: a room or a member that it does not have is gone.
 *
 * Returns: %FALSE where it is not such a list
 */
gboolean
cm_freeswitch_take_rooms (CmExchange *exchange,
                          JsonArray  *rooms)
{
  guint list;

  for (guint i = 0; i < json_array_get_length (rooms); i++)
    {
      JsonObject *room = get_element (rooms, i);

      if (room == NULL || cm_freeswitch_get_text (room, "conference_uuid") == NULL)
        return FALSE;
    }

  list = cm_exchange_begin_list (exchange);
  for (guint i = 0; i < json_array_get_length (rooms); i++)
    take_room (exchange, get_element (rooms, i), list);
  cm_exchange_end_places (exchange, list);

  return TRUE;
}

static CmCallStage
get_stage (const char *state)
{
  if (g_strcmp0 (state, "DOWN") == 0)
    return CM_CALL_OFFERED;
  if (g_strcmp0 (state, "RINGING") == 0 || g_strcmp0 (state, "EARLY") == 0)
    return CM_CALL_RINGING;

  return CM_CALL_ANSWERED;
}

/* The hold of a telephone is told here, that of the room in the other list. */
static void
take_channel (CmExchange *exchange,
              JsonObject *row,
              guint       list)
{
  const char *state = cm_freeswitch_get_text (row, "callstate");
  CmCall *call = cm_exchange_get_call (exchange, cm_freeswitch_get_text (row, "uuid"));

  if (call == NULL || call->stage == CM_CALL_ENDED)
    return;

  call->listed = list;
  call->outbound |= g_strcmp0 (cm_freeswitch_get_text (row, "direction"), "outbound") == 0;
  cm_call_set_person (call, cm_freeswitch_get_text (row, call->outbound ? "dest" : "cid_num"),
                      skip_outbound (cm_freeswitch_get_text (row, call->outbound ? "" : "cid_name")));
  call->held = g_strcmp0 (state, "HELD") == 0;
  cm_exchange_advance (exchange, call, get_stage (state));
  cm_exchange_refresh (exchange, call);
}

/* What one channel has dialled for another carries the other's id; it stands behind
 * it, or before it. */
static void
connect (CmExchange *exchange,
         JsonObject *row)
{
  CmCall *call = cm_exchange_find_call (exchange, cm_freeswitch_get_text (row, "uuid"));
  CmCall *caller = cm_exchange_find_call (exchange, cm_freeswitch_get_text (row, "call_uuid"));

  if (call != NULL && caller != NULL && call->outbound && call->job == NULL && !call->was_in)
    cm_exchange_connect (exchange, caller, call);
}

/* The newest channel is as old as the list at most. */
static void
take_time (CmExchange *exchange,
           JsonArray  *rows)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = get_element (rows, i);
      const char *created = row != NULL ? cm_freeswitch_get_text (row, "created_epoch") : NULL;
      guint64 seconds;

      if (created != NULL && g_ascii_string_to_unsigned (created, 10, 0, G_MAXUINT32, &seconds, NULL))
        cm_exchange_set_now (exchange, MAX (cm_exchange_get_now (exchange), (gint64) seconds * 1000));
    }
}

/**
 * cm_freeswitch_take_channels:
 * @exchange: what is known so far
 * @reply: what `show channels as json` has answered
 *
 * It replaces what was known: a call that it does not have has ended. Without any
 * call there are no rows.
 *
 * Returns: %FALSE where it is not such a list
 */
gboolean
cm_freeswitch_take_channels (CmExchange *exchange,
                             JsonObject *reply)
{
  JsonArray *rows = get_array (reply, "rows");
  guint list;

  if (!json_object_has_member (reply, "row_count"))
    return FALSE;

  if (rows != NULL)
    take_time (exchange, rows);

  list = cm_exchange_begin_list (exchange);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      if (get_element (rows, i) != NULL)
        take_channel (exchange, get_element (rows, i), list);
    }
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      if (get_element (rows, i) != NULL)
        connect (exchange, get_element (rows, i));
    }
  cm_exchange_end_calls (exchange, list);

  return TRUE;
}
