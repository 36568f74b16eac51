/* cm-exchange.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-private.h"

/* What a peer can make this remember. */
#define MAX_CLOSED 1024
#define MAX_ROUTES 4096
#define MAX_PLACES 65536

static void
place_free (gpointer data)
{
  CmPlace *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->bridge);
  cm_room_free (self->room);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

static void
call_free (gpointer data)
{
  CmCall *self = data;

  g_free (self->id);
  g_free (self->number);
  g_free (self->name);
  g_free (self->job);
  g_free (self->address);
  g_free (self->last);
  g_free (self->handle);
  g_free (self->context);
  g_free (self->extension);
  g_free (self);
}

/**
 * cm_exchange_new:
 * @decoder: what emits the events; it must outlive the exchange
 *
 * The rooms and calls of a telephone exchange, as far as its records have told
 * of them. The time is 1970 until a record has one.
 *
 * Returns: (transfer full): an exchange without rooms
 */
CmExchange *
cm_exchange_new (CmDecoder *decoder)
{
  CmExchange *self = g_new0 (CmExchange, 1);

  self->decoder = decoder;
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, place_free);
  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->closed = g_hash_table_new (g_str_hash, g_str_equal);
  self->closed_ids = g_queue_new ();
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, call_free);
  self->ended = g_queue_new ();

  return self;
}

/**
 * cm_exchange_free:
 * @self: (transfer full): an exchange
 */
void
cm_exchange_free (CmExchange *self)
{
  g_queue_free (self->ended);
  g_hash_table_unref (self->closed);
  g_queue_free_full (self->closed_ids, g_free);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->routes);
  g_free (self);
}

/**
 * cm_exchange_get_now:
 * @self: an exchange
 *
 * Returns: the time of the last record that had one, ms UTC
 */
gint64
cm_exchange_get_now (CmExchange *self)
{
  return self->now;
}

/**
 * cm_exchange_set_now:
 * @self: an exchange
 * @now: what the record says, ms UTC; outside of the years 1970 to 9999 it says
 *   nothing
 */
void
cm_exchange_set_now (CmExchange *self,
                     gint64      now)
{
  if (now >= 0 && now <= G_GINT64_CONSTANT (253402300799999))
    self->now = now;
}

/**
 * cm_exchange_set_seconds:
 * @self: an exchange
 * @seconds: the same in seconds, with their fraction
 */
void
cm_exchange_set_seconds (CmExchange *self,
                         double      seconds)
{
  if (seconds > 0 && seconds < 1e11)
    cm_exchange_set_now (self, (gint64) (seconds * 1000 + 0.5));
}

/**
 * cm_exchange_is_id:
 * @id: (nullable): what a record has for an id
 *
 * Returns: whether an event line can have it for one
 */
gboolean
cm_exchange_is_id (const char *id)
{
  return id != NULL && id[0] != '\0' && strlen (id) <= CM_EVENT_MAX_ID - strlen ("channel:");
}

/**
 * cm_exchange_find_place:
 * @self: an exchange
 * @name: (nullable): a room's name
 *
 * Returns: (transfer none) (nullable): the instance of that name there is now
 */
CmPlace *
cm_exchange_find_place (CmExchange *self,
                        const char *name)
{
  GHashTableIter iter;
  gpointer place;

  g_hash_table_iter_init (&iter, self->places);
  while (name != NULL && g_hash_table_iter_next (&iter, NULL, &place))
    {
      if (g_strcmp0 (((CmPlace *) place)->name, name) == 0)
        return place;
    }

  return NULL;
}

/**
 * cm_exchange_get_only_place:
 * @self: an exchange
 *
 * Returns: (transfer none) (nullable): the room, where there is just one
 */
CmPlace *
cm_exchange_get_only_place (CmExchange *self)
{
  GHashTableIter iter;
  CmPlace *only = NULL;
  gpointer place;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    {
      if (((CmPlace *) place)->talk)
        continue;
      if (only != NULL)
        return NULL;
      only = place;
    }

  return only;
}

static void
remember_closed (CmExchange *self,
                 const char *id)
{
  char *copy = g_strdup (id);

  g_queue_push_tail (self->closed_ids, copy);
  g_hash_table_add (self->closed, copy);
  if (g_queue_get_length (self->closed_ids) > MAX_CLOSED)
    {
      g_autofree char *oldest = g_queue_pop_head (self->closed_ids);

      g_hash_table_remove (self->closed, oldest);
    }
}

/**
 * cm_exchange_close:
 * @self: an exchange
 * @id: (nullable): a room's
 *
 * The room is over: all that were in it have left, and what still comes of it is
 * late.
 */
void
cm_exchange_close (CmExchange *self,
                   const char *id)
{
  CmPlace *place = id != NULL ? g_hash_table_lookup (self->places, id) : NULL;

  if (place == NULL)
    return;

  for (guint i = 0; i < place->calls->len; i++)
    ((CmCall *) g_ptr_array_index (place->calls, i))->place = NULL;

  cm_room_end (place->room, self->now, 0);
  remember_closed (self, place->id);
  g_hash_table_remove (self->places, place->id);
}

static CmPlace *
new_place (CmExchange *self,
           const char *id,
           const char *name)
{
  CmPlace *place;

  if (g_hash_table_size (self->places) >= MAX_PLACES)
    {
      cm_decoder_fault (self->decoder, "there are more rooms and calls than this keeps");
      return NULL;
    }

  place = g_new0 (CmPlace, 1);
  place->id = g_strdup (id);
  place->name = g_strdup (name);
  place->room = cm_room_new (self->decoder, id);
  place->calls = g_ptr_array_new ();
  place->listed = ++self->changes;
  g_hash_table_insert (self->places, place->id, place);

  return place;
}

/**
 * cm_exchange_open_talk:
 * @self: an exchange
 * @id: of the channel that has begun it
 * @inviter: the address of who calls
 *
 * Returns: (transfer none) (nullable): a call of two, begun by now; %NULL where one
 *   of that id is over already
 */
CmPlace *
cm_exchange_open_talk (CmExchange *self,
                       const char *id,
                       const char *inviter)
{
  CmPlace *place;

  if (g_hash_table_contains (self->closed, id) || g_hash_table_contains (self->places, id))
    return NULL;

  place = new_place (self, id, NULL);
  if (place == NULL)
    return NULL;

  place->talk = TRUE;
  cm_room_begin_call (place->room, self->now, inviter);

  return place;
}

/**
 * cm_exchange_open:
 * @self: an exchange
 * @id: (nullable): of this instance of the room: names are used again
 * @name: (nullable): what people call the room
 *
 * Returns: (transfer none) (nullable): the room, begun by now; %NULL where it is
 *   over already, or has no id
 */
CmPlace *
cm_exchange_open (CmExchange *self,
                  const char *id,
                  const char *name)
{
  CmPlace *place;

  if (!cm_exchange_is_id (id) || g_hash_table_contains (self->closed, id))
    return NULL;

  place = g_hash_table_lookup (self->places, id);
  if (place != NULL)
    return place;

  /* Two rooms cannot have one name: the end of the first was missed. */
  place = cm_exchange_find_place (self, name);
  if (place != NULL)
    cm_exchange_close (self, place->id);

  place = new_place (self, id, name);
  if (place != NULL)
    cm_room_begin (place->room, self->now, NULL, name);

  return place;
}

/**
 * cm_exchange_close_all:
 * @self: an exchange
 *
 * It was started anew, or says that there are no rooms.
 */
void
cm_exchange_close_all (CmExchange *self)
{
  g_autoptr(GList) ids = g_list_sort (g_hash_table_get_keys (self->places), (GCompareFunc) strcmp);

  for (GList *l = ids; l != NULL; l = l->next)
    cm_exchange_close (self, l->data);
}

/**
 * cm_exchange_set_locked:
 * @self: an exchange
 * @place: a room
 * @locked: whether nobody else comes in
 */
void
cm_exchange_set_locked (CmExchange *self,
                        CmPlace    *place,
                        gboolean    locked)
{
  cm_room_set_locked (place->room, self->now, locked);
}

/**
 * cm_exchange_add_route:
 * @self: an exchange
 * @destination: (nullable): what somebody has dialled
 * @name: (nullable): the room that he came to
 *
 * Who dials it again is on the way to that room.
 */
void
cm_exchange_add_route (CmExchange *self,
                       const char *destination,
                       const char *name)
{
  if (cm_exchange_is_id (destination) && name != NULL && g_hash_table_size (self->routes) < MAX_ROUTES)
    g_hash_table_insert (self->routes, g_strdup (destination), g_strdup (name));
}

/**
 * cm_exchange_find_route:
 * @self: an exchange
 * @destination: (nullable): what somebody dials
 *
 * Returns: (transfer none) (nullable): the room that there is now where others
 *   came who dialled it
 */
CmPlace *
cm_exchange_find_route (CmExchange *self,
                        const char *destination)
{
  if (destination == NULL)
    return NULL;

  return cm_exchange_find_place (self, g_hash_table_lookup (self->routes, destination));
}

/**
 * cm_exchange_has_route:
 * @self: an exchange
 * @destination: (nullable): what somebody dials
 *
 * Returns: whether others came to a room who dialled it, be it there now or not
 */
gboolean
cm_exchange_has_route (CmExchange *self,
                       const char *destination)
{
  return destination != NULL && g_hash_table_contains (self->routes, destination);
}
