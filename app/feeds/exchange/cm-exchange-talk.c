/* cm-exchange-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-private.h"

static gboolean
is_up (const CmCall *call)
{
  return call->stage == CM_CALL_ANSWERED || call->stage == CM_CALL_IN;
}

/* Two who have both answered talk to each other. */
static void
meet (CmExchange *self,
      CmPlace    *place)
{
  guint n = 0;

  for (guint i = 0; i < place->calls->len; i++)
    n += is_up (g_ptr_array_index (place->calls, i));
  if (n < 2)
    return;

  place->met = TRUE;
  for (guint i = 0; i < place->calls->len; i++)
    {
      CmCall *call = g_ptr_array_index (place->calls, i);

      if (call->stage == CM_CALL_ANSWERED)
        cm_exchange_advance (self, call, CM_CALL_IN);
    }
}

/* It is on hold when one of them holds it. */
static void
tell_state (CmExchange *self,
            CmPlace    *place)
{
  gboolean held = FALSE;

  for (guint i = 0; i < place->calls->len; i++)
    held |= ((CmCall *) g_ptr_array_index (place->calls, i))->held;
  if (place->met)
    cm_room_set_own_state (place->room, self->now, held ? CM_MODALITY_STATE_ON_HOLD : CM_MODALITY_STATE_CONNECTED);
}

/* Who is left alone talks to nobody; a caller may still be put through to another. */
static gboolean
is_over (const CmPlace *place)
{
  const CmCall *last = place->calls->len == 1 ? g_ptr_array_index (place->calls, 0) : NULL;

  return place->calls->len == 0 || (last != NULL && (place->met || (place->paired && last->outbound)));
}

/**
 * cm_exchange_settle_talk:
 * @self: an exchange
 * @place: a call of two in which something has changed; it may be over
 */
void
cm_exchange_settle_talk (CmExchange *self,
                         CmPlace    *place)
{
  place->paired |= place->calls->len > 1;
  if (!is_over (place))
    {
      if (!place->met)
        meet (self, place);
      tell_state (self, place);
      return;
    }

  while (place->calls->len > 0)
    {
      CmCall *call = g_ptr_array_index (place->calls, 0);

      call->stage = MIN (call->stage, CM_CALL_ANSWERED);
      call->held = FALSE;
      cm_exchange_detach (self, call);
    }
  cm_exchange_close (self, place->id);
}

static CmPlace *
begin_talk (CmExchange *self,
            CmCall     *caller,
            CmCall     *callee)
{
  g_autofree char *inviter = cm_call_dup_address (caller);
  CmPlace *place = cm_exchange_open_talk (self, caller->id, inviter);

  if (place == NULL)
    place = cm_exchange_open_talk (self, callee->id, inviter);
  if (place != NULL)
    cm_exchange_put (self, caller, place);

  return place;
}

/**
 * cm_exchange_connect:
 * @self: an exchange
 * @caller: who calls, or is put through
 * @callee: who is called by that
 *
 * A call of two. Who is in a room, or is dialled for one, talks to the room.
 */
void
cm_exchange_connect (CmExchange *self,
                     CmCall     *caller,
                     CmCall     *callee)
{
  CmPlace *place = caller->place;

  if (caller == callee || caller->stage == CM_CALL_ENDED || callee->stage == CM_CALL_ENDED ||
      callee->place != NULL || (place != NULL && !place->talk))
    return;

  if (place == NULL)
    place = begin_talk (self, caller, callee);
  if (place != NULL)
    cm_exchange_put (self, callee, place);
}

/**
 * cm_exchange_bridge:
 * @self: an exchange
 * @call: a call
 * @bridge: the id of what connects it with another one
 *
 * Who is put through comes into the bridge of the other one.
 */
void
cm_exchange_bridge (CmExchange *self,
                    CmCall     *call,
                    const char *bridge)
{
  CmPlace *own = call->place != NULL && call->place->talk ? call->place : NULL;
  GHashTableIter iter;
  gpointer value;

  if (call->stage == CM_CALL_ENDED || (call->place != NULL && own == NULL))
    return;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CmPlace *place = value;

      if (!place->talk || g_strcmp0 (place->bridge, bridge) != 0)
        continue;
      if (place != own)
        cm_exchange_move (self, call, place);
      return;
    }

  if (own != NULL && own->bridge == NULL)
    own->bridge = g_strdup (bridge);
}

/**
 * cm_exchange_move:
 * @self: an exchange
 * @call: a call
 * @place: the call of two that it is put through to
 */
void
cm_exchange_move (CmExchange *self,
                  CmCall     *call,
                  CmPlace    *place)
{
  g_autofree char *id = g_strdup (place->id);

  if (call->place == place || call->stage == CM_CALL_ENDED)
    return;

  if (call->place != NULL)
    cm_exchange_leave (self, call, 0);

  /* Leaving may have ended other calls, but not one of two others. */
  place = cm_exchange_get_place (self, id);
  if (place == NULL)
    return;

  call->stage = CM_CALL_IN;
  cm_exchange_put (self, call, place);
}
