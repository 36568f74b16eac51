/* cm-asterisk-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk-private.h"

/* A list that goes on and on is cut off here. */
#define MAX_ITEMS 65536

/**
 * cm_asterisk_lists_init:
 * @self: lists of which nothing was told
 */
void
cm_asterisk_lists_init (CmAsteriskLists *self)
{
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->rooms = g_ptr_array_new_with_free_func (g_free);
  self->dialled = g_ptr_array_new_with_free_func (g_free);
}

/**
 * cm_asterisk_lists_clear:
 * @self: lists
 */
void
cm_asterisk_lists_clear (CmAsteriskLists *self)
{
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->rooms);
  g_ptr_array_unref (self->dialled);
}

static gboolean
is_yes (GHashTable *fields,
        const char *name)
{
  return g_strcmp0 (g_hash_table_lookup (fields, name), "Yes") == 0;
}

/* Only here is told who is marked, and who waits for one that is. */
static void
take_member (CmExchange *exchange,
             CmPlace    *place,
             GHashTable *fields,
             guint       list)
{
  CmAsteriskRecord item = { exchange, NULL, fields };
  CmCall *call = cm_exchange_get_call (exchange, g_hash_table_lookup (fields, "Uniqueid"));

  if (call == NULL || call->stage == CM_CALL_ENDED || (call->was_in && call->changed > list))
    return;

  cm_exchange_identify (exchange, call, g_hash_table_lookup (fields, "CallerIDNum"),
                        g_hash_table_lookup (fields, "CallerIDName"));
  cm_asterisk_set_handle (&item, call);
  call->listed = list;
  call->moderator = is_yes (fields, "Admin") || is_yes (fields, "MarkedUser");
  call->muted = is_yes (fields, "Muted");
  cm_exchange_advance (exchange, call, is_yes (fields, "Waiting") ? CM_CALL_WAITING : CM_CALL_IN);
  cm_exchange_put (exchange, call, place);
  cm_exchange_refresh (exchange, call);
}

/* Where all that are listed wait, whoever comes next does too. */
static gboolean
all_wait (GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++)
    {
      if (!is_yes (g_ptr_array_index (members, i), "Waiting"))
        return FALSE;
    }

  return members->len > 0;
}

static void
take_members (CmExchange *exchange,
              CmPlace    *place,
              GPtrArray  *members,
              guint       list)
{
  place->waiting = all_wait (members);
  for (guint i = 0; i < members->len; i++)
    {
      GHashTable *fields = g_ptr_array_index (members, i);

      if (g_strcmp0 (g_hash_table_lookup (fields, "Conference"), place->name) == 0)
        take_member (exchange, place, fields, list);
    }

  cm_exchange_end_members (exchange, place, list);
}

/* The list has the room's name and not its id. Where the id is not known yet, as
 * in the first list after signing in, it waits for the list of channels. */
static void
end_members (CmAsteriskRecord *self)
{
  CmAsteriskLists *lists = self->lists;
  GHashTable *first = lists->members->len > 0 ? g_ptr_array_index (lists->members, 0) : NULL;
  CmPlace *place = NULL;

  if (first == NULL)
    return;

  place = cm_exchange_find_place (self->exchange, g_hash_table_lookup (first, "Conference"));
  if (place != NULL)
    take_members (self->exchange, place, lists->members, lists->list);
  for (guint i = 0; place == NULL && i < lists->members->len && lists->waiting->len < MAX_ITEMS; i++)
    g_ptr_array_add (lists->waiting, g_hash_table_ref (g_ptr_array_index (lists->members, i)));

  g_ptr_array_set_size (lists->members, 0);
}

/**
 * cm_asterisk_settle_waiting:
 * @self: a record that told the id of a room
 * @name: (nullable): the room's name
 *
 * What was listed of it before can be told now.
 */
void
cm_asterisk_settle_waiting (CmAsteriskRecord *self,
                            const char       *name)
{
  g_autoptr(GPtrArray) waiting = NULL;
  CmPlace *place = cm_exchange_find_place (self->exchange, name);

  if (self->lists->waiting->len == 0 || place == NULL)
    return;

  waiting = g_steal_pointer (&self->lists->waiting);
  self->lists->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GHashTable *fields = g_ptr_array_index (waiting, i);

      if (g_strcmp0 (g_hash_table_lookup (fields, "Conference"), name) == 0)
        take_member (self->exchange, place, fields, self->lists->list);
      else
        g_ptr_array_add (self->lists->waiting, g_hash_table_ref (fields));
    }
}

static void
on_member (CmAsteriskRecord *self)
{
  if (self->lists->members->len == 0)
    self->lists->list = cm_exchange_begin_list (self->exchange);
  if (self->lists->members->len < MAX_ITEMS)
    g_ptr_array_add (self->lists->members, g_hash_table_ref (self->fields));
}

static void
on_room (CmAsteriskRecord *self)
{
  const char *name = cm_asterisk_get (self, "Conference");
  CmPlace *place = cm_exchange_find_place (self->exchange, name);

  if (name == NULL || self->lists->rooms->len >= MAX_ITEMS)
    return;

  if (self->lists->rooms->len == 0)
    self->lists->list = cm_exchange_begin_list (self->exchange);
  g_ptr_array_add (self->lists->rooms, g_strdup (name));
  if (place == NULL)
    return;

  place->listed = self->lists->list;
  if (cm_asterisk_is (self, "Locked", "Yes") || place->lock_seq != 0)
    cm_exchange_set_locked (self->exchange, place, cm_asterisk_is (self, "Locked", "Yes"));
  place->lock_seq = 1;
}

static void
end_rooms (CmAsteriskRecord *self)
{
  if (self->lists->rooms->len == 0 && cm_asterisk_is (self, "ListItems", "0"))
    self->lists->list = cm_exchange_begin_list (self->exchange);
  if (self->lists->rooms->len > 0 || cm_asterisk_is (self, "ListItems", "0"))
    cm_exchange_end_places (self->exchange, self->lists->list);
  g_ptr_array_set_size (self->lists->rooms, 0);
}

/* Who was dialled stands before or behind who has dialled him: both are connected
 * once all have been told. */
static void
note_dialled (CmAsteriskRecord *self,
              CmCall           *call)
{
  const char *caller = cm_asterisk_get (self, "Linkedid");

  cm_asterisk_take_state (self, call);
  if (!cm_asterisk_is (self, "Application", "AppDial") || caller == NULL || call->was_in ||
      self->lists->dialled->len >= MAX_ITEMS)
    return;

  call->outbound = TRUE;
  g_ptr_array_add (self->lists->dialled, g_strdup (caller));
  g_ptr_array_add (self->lists->dialled, g_strdup (call->id));
}

static void
connect_dialled (CmAsteriskRecord *self)
{
  GPtrArray *ids = self->lists->dialled;

  for (guint i = 0; i + 1 < ids->len; i += 2)
    {
      CmCall *caller = cm_exchange_find_call (self->exchange, g_ptr_array_index (ids, i));
      CmCall *callee = cm_exchange_find_call (self->exchange, g_ptr_array_index (ids, i + 1));

      if (caller != NULL && callee != NULL)
        cm_exchange_connect (self->exchange, caller, callee);
    }
  g_ptr_array_set_size (ids, 0);
}

/* It knows both: in which bridge a channel is, and with what it came there. */
static void
on_channel (CmAsteriskRecord *self)
{
  const char *data = cm_asterisk_get (self, "ApplicationData");
  const char *bridge = cm_asterisk_get (self, "BridgeId");
  CmCall *call = cm_exchange_get_call (self->exchange, cm_asterisk_get (self, "Uniqueid"));
  g_autofree char *name = NULL;

  if (!self->lists->channels)
    self->lists->list = cm_exchange_begin_list (self->exchange);
  self->lists->channels = TRUE;
  if (call == NULL)
    return;

  call->listed = self->lists->list;
  cm_asterisk_set_person (self, call);
  note_dialled (self, call);
  if (!cm_asterisk_is (self, "Application", "ConfBridge") || data == NULL || bridge == NULL || bridge[0] == '\0')
    return;

  name = g_strndup (data, strcspn (data, ","));
  if (cm_exchange_open (self->exchange, bridge, name) != NULL)
    cm_asterisk_settle_waiting (self, name);
}

static void
end_channels (CmAsteriskRecord *self)
{
  if (!self->lists->channels && cm_asterisk_is (self, "ListItems", "0"))
    self->lists->list = cm_exchange_begin_list (self->exchange);
  if (self->lists->channels || cm_asterisk_is (self, "ListItems", "0"))
    cm_exchange_end_calls (self->exchange, self->lists->list);
  connect_dialled (self);
  self->lists->channels = FALSE;
}

/**
 * cm_asterisk_take_list:
 * @self: a record
 * @event: its kind
 *
 * The items of the three lists, and their ends: a list replaces what was known.
 *
 * Returns: %FALSE where it is none of these
 */
gboolean
cm_asterisk_take_list (CmAsteriskRecord *self,
                       const char       *event)
{
  static const struct
  {
    const char *name;
    void      (*handler) (CmAsteriskRecord *self);
  } entries[] = {
    { "ConfbridgeList", on_member },
    { "ConfbridgeListComplete", end_members },
    { "ConfbridgeListRooms", on_room },
    { "ConfbridgeListRoomsComplete", end_rooms },
    { "CoreShowChannel", on_channel },
    { "CoreShowChannelsComplete", end_channels },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (g_str_equal (entries[i].name, event))
        {
          entries[i].handler (self);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * cm_asterisk_take_response:
 * @self: the answer to a command
 *
 * One of them is a list: the empty one.
 */
void
cm_asterisk_take_response (CmAsteriskRecord *self)
{
  if (cm_asterisk_is (self, "Message", "No active conferences."))
    cm_exchange_end_places (self->exchange, cm_exchange_begin_list (self->exchange));
}
