/* cm-exchange-calls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-private.h"

/* What a peer can make this remember. */
#define MAX_CALLS 65536
#define MAX_ENDED 1024

/**
 * cm_exchange_find_call:
 * @self: an exchange
 * @id: (nullable): a channel's
 *
 * Returns: (transfer none) (nullable): the call, where it is known
 */
CmCall *
cm_exchange_find_call (CmExchange *self,
                       const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->calls, id) : NULL;
}

/**
 * cm_exchange_get_call:
 * @self: an exchange
 * @id: (nullable): a channel's
 *
 * Returns: (transfer none) (nullable): the call, a new one where it was not known
 */
CmCall *
cm_exchange_get_call (CmExchange *self,
                      const char *id)
{
  CmCall *call = cm_exchange_find_call (self, id);

  if (call != NULL || !cm_exchange_is_id (id))
    return call;

  if (g_hash_table_size (self->calls) >= MAX_CALLS)
    {
      cm_decoder_fault (self->decoder, "there are more calls than this keeps");
      return NULL;
    }

  call = g_new0 (CmCall, 1);
  call->id = g_strdup (id);
  call->moderator = -1;
  call->muted = -1;
  g_hash_table_insert (self->calls, call->id, call);

  return call;
}

/**
 * cm_exchange_find_job:
 * @self: an exchange
 * @job: (nullable): what a call was dialled by
 *
 * Returns: (transfer none) (nullable): the call
 */
CmCall *
cm_exchange_find_job (CmExchange *self,
                      const char *job)
{
  GHashTableIter iter;
  gpointer call;

  g_hash_table_iter_init (&iter, self->calls);
  while (job != NULL && g_hash_table_iter_next (&iter, NULL, &call))
    {
      if (g_strcmp0 (((CmCall *) call)->job, job) == 0)
        return call;
    }

  return NULL;
}

/**
 * cm_exchange_find_number:
 * @self: an exchange
 * @number: (nullable): who was dialled
 *
 * Returns: (transfer none) (nullable): the latest call of that number that has
 *   ended and was in no room
 */
CmCall *
cm_exchange_find_number (CmExchange *self,
                         const char *number)
{
  for (GList *l = self->ended->tail; l != NULL && number != NULL; l = l->prev)
    {
      CmCall *call = l->data;

      if (call->outbound && call->address == NULL && g_strcmp0 (call->number, number) == 0)
        return call;
    }

  return NULL;
}

/**
 * cm_call_is_news:
 * @self: a call
 * @aspect: what a record tells of it
 * @seq: the record's number; 0 where the system does not count
 *
 * Returns: %FALSE where the record is a double, or older than what is known
 */
gboolean
cm_call_is_news (CmCall       *self,
                 CmCallAspect  aspect,
                 guint64       seq)
{
  if (seq == 0)
    return TRUE;
  if (seq <= self->seqs[aspect])
    return FALSE;

  self->seqs[aspect] = seq;

  return TRUE;
}

/* Somebody nobody can name is shown once he is in. */
static gboolean
may_be_put (const CmCall  *call,
            const CmPlace *place)
{
  if (call->number != NULL || place->talk)
    return TRUE;

  return call->stage == CM_CALL_WAITING || call->stage == CM_CALL_IN;
}

/* It was dialled for the room, and has failed before that was known. */
static void
tell_failed (CmExchange *self,
             CmCall     *call,
             CmPlace    *place)
{
  if (call->address != NULL || call->number == NULL)
    return;

  call->address = cm_call_dup_address (call);
  if (cm_room_has (place->room, call->address))
    return;

  cm_room_add (place->room, self->now, call->address, call->name);
  cm_exchange_refresh_person (self, place, call->address, call->status);
}

/**
 * cm_exchange_attach:
 * @self: an exchange
 * @call: a call that is in no place
 * @place: where it is now
 *
 * Puts it there as the person that it is of by now, and tells nobody.
 */
void
cm_exchange_attach (CmExchange *self,
                    CmCall     *call,
                    CmPlace    *place)
{
  g_free (call->address);
  call->address = cm_call_dup_address (call);
  call->place = place;
  call->changed = ++self->changes;
  g_ptr_array_add (place->calls, call);
}

/**
 * cm_exchange_put:
 * @self: an exchange
 * @call: a call
 * @place: (nullable): the room that it is in, or on the way to
 */
void
cm_exchange_put (CmExchange *self,
                 CmCall     *call,
                 CmPlace    *place)
{
  if (place == NULL || call->place == place)
    return;

  if (call->stage == CM_CALL_ENDED)
    {
      tell_failed (self, call, place);
      return;
    }

  if (!may_be_put (call, place))
    return;

  if (call->place != NULL)
    cm_exchange_leave (self, call, 0);

  call->status = 0;
  cm_exchange_attach (self, call, place);
  cm_exchange_refresh (self, call);
}

/**
 * cm_exchange_detach:
 * @self: an exchange
 * @call: a call that is in a place
 *
 * Takes it out of the place, and tells nobody.
 */
void
cm_exchange_detach (CmExchange *self,
                    CmCall     *call)
{
  g_ptr_array_remove (call->place->calls, call);
  g_free (call->last);
  call->last = g_strdup (call->place->id);
  call->place = NULL;
  call->changed = ++self->changes;
}

/**
 * cm_exchange_leave:
 * @self: an exchange
 * @call: a call
 * @status: why, or 0
 *
 * It is no longer in its room, and may still go on elsewhere.
 */
void
cm_exchange_leave (CmExchange *self,
                   CmCall     *call,
                   guint32     status)
{
  CmPlace *place = call->place;

  if (place == NULL)
    return;

  cm_exchange_detach (self, call);
  call->status = status;
  call->stage = CM_CALL_ANSWERED;
  call->held = FALSE;
  call->member_held = FALSE;
  cm_exchange_refresh_person (self, place, call->address, status);
  cm_exchange_settle (self, place);
}

/**
 * cm_exchange_withdraw:
 * @self: an exchange
 * @call: a call that is nobody's who comes to a room
 */
void
cm_exchange_withdraw (CmExchange *self,
                      CmCall     *call)
{
  CmPlace *place = call->place;

  call->outbound = FALSE;
  if (place == NULL)
    return;

  cm_exchange_detach (self, call);
  g_clear_pointer (&call->last, g_free);
  cm_exchange_refresh_person (self, place, call->address, 0);
  cm_exchange_settle (self, place);
}

static void
keep_ended (CmExchange *self,
            CmCall     *call)
{
  g_queue_push_tail (self->ended, call);
  if (g_queue_get_length (self->ended) > MAX_ENDED)
    g_hash_table_remove (self->calls, ((CmCall *) g_queue_pop_head (self->ended))->id);
}

/**
 * cm_exchange_hang_up:
 * @self: an exchange
 * @call: a call
 * @status: why, or 0
 *
 * The first end stands; one that was told without a reason may still get it.
 */
void
cm_exchange_hang_up (CmExchange *self,
                     CmCall     *call,
                     guint32     status)
{
  if (call->stage == CM_CALL_ENDED)
    return;

  if (call->place != NULL)
    cm_exchange_leave (self, call, status);
  else if (call->was_in)
    cm_exchange_explain (self, call, status);
  else
    call->status = status;

  call->stage = CM_CALL_ENDED;
  call->changed = ++self->changes;
  keep_ended (self, call);
}
