/* cm-exchange-query.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-private.h"

/**
 * cm_exchange_get_place:
 * @self: an exchange
 * @id: the id of an instance of a room
 *
 * Returns: (transfer none) (nullable): the room, where it is not over
 */
CmPlace *
cm_exchange_get_place (CmExchange *self,
                       const char *id)
{
  return g_hash_table_lookup (self->places, id);
}

/* Of one person's calls the one that is furthest in speaks for him. */
static int
get_rank (const CmCall *call)
{
  return (int) call->stage * 2 + !(call->held || call->member_held);
}

/**
 * cm_exchange_find_person:
 * @place: a room
 * @address: a person
 *
 * Returns: (transfer none) (nullable): the call that speaks for the person there
 */
CmCall *
cm_exchange_find_person (CmPlace    *place,
                         const char *address)
{
  CmCall *best = NULL;

  for (guint i = 0; i < place->calls->len; i++)
    {
      CmCall *call = g_ptr_array_index (place->calls, i);

      if (g_strcmp0 (call->address, address) == 0 && (best == NULL || get_rank (call) >= get_rank (best)))
        best = call;
    }

  return best;
}

static gboolean
has_left (const CmCall  *call,
          const CmPlace *place)
{
  return call->was_in && call->place == NULL && g_strcmp0 (call->last, place->id) == 0 &&
         !cm_room_has (place->room, call->address);
}

/**
 * cm_exchange_dup_last_left:
 * @self: an exchange
 * @place: a room
 *
 * Returns: (transfer full) (nullable): the address of the one person who has left
 *   it; %NULL where it is nobody, or more than one
 */
char *
cm_exchange_dup_last_left (CmExchange *self,
                           CmPlace    *place)
{
  const char *address = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CmCall *call = value;

      if (!has_left (call, place))
        continue;
      if (address != NULL && !g_str_equal (address, call->address))
        return NULL;
      address = call->address;
    }

  return g_strdup (address);
}

static gboolean
is_in_room (const CmCall  *call,
            const CmPlace *place)
{
  return call->extension != NULL &&
         (call->place == place || (call->place == NULL && g_strcmp0 (call->last, place->id) == 0));
}

/**
 * cm_exchange_find_guide:
 * @self: an exchange
 * @place: a room
 * @address: a person
 *
 * Returns: (transfer none) (nullable): a call that has come to the room by the dial
 *   plan: his own, or one of somebody who is not a presenter, or any
 */
CmCall *
cm_exchange_find_guide (CmExchange *self,
                        CmPlace    *place,
                        const char *address)
{
  CmCall *guide = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CmCall *call = value;

      if (!is_in_room (call, place) || !call->was_in)
        continue;
      if (g_strcmp0 (call->address, address) == 0)
        return call;
      if (guide == NULL || guide->moderator > call->moderator)
        guide = call;
    }

  return guide;
}

/**
 * cm_exchange_find_failed:
 * @self: an exchange
 * @address: a person who is called
 * @job: (nullable): what he is called by
 * @since: the number of the list that was begun before
 *
 * Returns: (transfer none) (nullable): the call to him that has ended since, and
 *   was never in a room
 */
CmCall *
cm_exchange_find_failed (CmExchange *self,
                         const char *address,
                         const char *job,
                         guint       since)
{
  for (GList *l = self->ended->tail; l != NULL; l = l->prev)
    {
      CmCall *call = l->data;
      g_autofree char *own = cm_call_dup_address (call);

      if (!call->outbound || call->was_in || call->changed < since)
        continue;
      if (job != NULL ? g_strcmp0 (call->job, job) == 0 : g_strcmp0 (own, address) == 0)
        return call;
    }

  return NULL;
}

/**
 * cm_exchange_find_handle:
 * @self: an exchange
 * @handle: by what commands know a call
 *
 * Returns: (transfer none) (nullable): the call
 */
CmCall *
cm_exchange_find_handle (CmExchange *self,
                         const char *handle)
{
  GHashTableIter iter;
  gpointer call;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &call))
    {
      if (g_strcmp0 (((CmCall *) call)->handle, handle) == 0)
        return call;
    }

  return NULL;
}
