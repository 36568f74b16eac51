/* cm-exchange-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-private.h"

#include "model/cm-reason.h"

static gboolean
is_held (const CmCall *call)
{
  return call->held || call->member_held;
}

static CmModalityState
get_state (const CmCall *call)
{
  switch (call->stage)
    {
    case CM_CALL_OFFERED:
      return CM_MODALITY_STATE_NOTIFIED;
    case CM_CALL_ANSWERED:
    case CM_CALL_WAITING:
      return CM_MODALITY_STATE_JOINING;
    case CM_CALL_IN:
      return is_held (call) ? CM_MODALITY_STATE_ON_HOLD : CM_MODALITY_STATE_CONNECTED;
    case CM_CALL_ENDED:
      return CM_MODALITY_STATE_DISCONNECTED;
    case CM_CALL_NEW:
    case CM_CALL_RINGING:
    default:
      return CM_MODALITY_STATE_CONNECTING;
    }
}

static void
show_person (CmExchange *self,
             CmPlace    *place,
             CmCall     *call)
{
  cm_room_add (place->room, self->now, call->address, call->name);
  cm_room_set_name (place->room, self->now, call->address, call->name);
  if (call->moderator >= 0)
    cm_room_set_presenter (place->room, self->now, call->address, call->moderator);
  cm_room_set_lobby (place->room, self->now, call->address, call->stage == CM_CALL_WAITING);
  cm_room_set_state (place->room, self->now, call->address, get_state (call), 0);
  if (call->muted >= 0)
    cm_room_set_muted (place->room, self->now, call->address, call->muted);
}

static void
emit_disconnected (CmExchange *self,
                   CmPlace    *place,
                   const char *address,
                   guint32     status)
{
  CmEvent event = {
    .kind = CM_EVENT_MODALITY_STATE_CHANGED,
    .at = self->now,
    .conversation = cm_text_from_string (place->id),
    .participant = cm_text_from_string (address),
    .modality = { CM_VALUE_ENUM, TRUE, CM_MODALITY_AUDIO_VIDEO, CM_TEXT_NONE },
    .state = { CM_VALUE_ENUM, TRUE, CM_MODALITY_STATE_DISCONNECTED, CM_TEXT_NONE },
  };

  if (status != 0)
    event.status_code = (CmValue) { CM_VALUE_INTEGER, TRUE, status, CM_TEXT_NONE };
  cm_decoder_emit (self->decoder, &event);
}

/**
 * cm_exchange_refresh_person:
 * @self: an exchange
 * @place: a room
 * @address: who may have changed
 * @status: why he is gone, where he is
 */
void
cm_exchange_refresh_person (CmExchange *self,
                            CmPlace    *place,
                            const char *address,
                            guint32     status)
{
  CmCall *call = cm_exchange_find_person (place, address);

  if (call != NULL)
    {
      show_person (self, place, call);
      return;
    }

  /* The room's own audio goes with the last person, not before. */
  if (cm_room_has (place->room, address))
    emit_disconnected (self, place, address, status);
  cm_room_remove (place->room, self->now, address, status);
}

static gboolean
is_dialled (const CmCall *call)
{
  return call->outbound && !call->was_in;
}

/* How far the furthest of those is who are being dialled. */
static CmProgress
get_dial_progress (const CmPlace *place)
{
  CmProgress progress = CM_PROGRESS_NOT_STARTED;

  for (guint i = 0; i < place->calls->len; i++)
    {
      const CmCall *call = g_ptr_array_index (place->calls, i);

      if (!is_dialled (call))
        continue;
      if (call->stage == CM_CALL_ANSWERED)
        return CM_PROGRESS_JOINING_LOCAL_MEDIA;
      progress = CM_PROGRESS_CONNECTING_TO_CONFERENCE;
    }

  return progress;
}

static guint
count (const CmPlace *place,
       CmCallStage    stage)
{
  guint n = 0;

  for (guint i = 0; i < place->calls->len; i++)
    n += ((CmCall *) g_ptr_array_index (place->calls, i))->stage == stage;

  return n;
}

static void
set_progress (CmExchange *self,
              CmPlace    *place,
              CmProgress  progress)
{
  place->progress = progress;
  cm_room_set_progress (place->room, self->now, progress);
}

/**
 * cm_exchange_settle:
 * @self: an exchange
 * @place: a room from which somebody is gone, or in which somebody waits
 *
 * The room waits for its leader while all that are in it do. Where nobody is
 * dialled any more its progress is what it was before.
 */
void
cm_exchange_settle (CmExchange *self,
                    CmPlace    *place)
{
  CmProgress dial = get_dial_progress (place);
  gboolean in = count (place, CM_CALL_IN) > 0;

  if (place->talk)
    {
      cm_exchange_settle_talk (self, place);
      return;
    }

  if (!in && dial == CM_PROGRESS_NOT_STARTED && count (place, CM_CALL_WAITING) > 0)
    {
      set_progress (self, place, CM_PROGRESS_CONNECTED_TO_LOBBY);
      return;
    }

  if (place->progress == CM_PROGRESS_CONNECTED_TO_LOBBY && !in)
    return;

  if (place->progress == CM_PROGRESS_CONNECTED_TO_LOBBY)
    place->base = CM_PROGRESS_COMPLETED;
  if (place->progress != place->base)
    set_progress (self, place, dial != CM_PROGRESS_NOT_STARTED && place->progress != CM_PROGRESS_CONNECTED_TO_LOBBY
                                 ? dial : place->base);
}

/* A dial-out is an escalation: the room's own progress tells how far it is. */
static void
tell_progress (CmExchange *self,
               CmPlace    *place,
               gboolean    dialled,
               CmCallStage stage)
{
  if (!place->talk && dialled && stage >= CM_CALL_IN)
    {
      place->base = CM_PROGRESS_COMPLETED;
      set_progress (self, place, CM_PROGRESS_COMPLETED);
    }
  else if (!place->talk && dialled && (stage != CM_CALL_RINGING || place->progress == CM_PROGRESS_NOT_STARTED) &&
           stage < CM_CALL_WAITING)
    set_progress (self, place, get_dial_progress (place));
  else
    cm_exchange_settle (self, place);
}

/**
 * cm_exchange_refresh:
 * @self: an exchange
 * @call: a call of which something has changed
 */
void
cm_exchange_refresh (CmExchange *self,
                     CmCall     *call)
{
  gboolean dialled = is_dialled (call);

  if (call->place == NULL)
    return;

  /* Who waits is not gone: that is told before his audio is. */
  if (call->stage == CM_CALL_WAITING)
    cm_exchange_settle (self, call->place);
  cm_exchange_refresh_person (self, call->place, call->address, 0);
  if (call->stage >= CM_CALL_WAITING)
    call->was_in = TRUE;
  tell_progress (self, call->place, dialled, call->stage);
}

static gboolean
is_in (CmCallStage stage)
{
  return stage == CM_CALL_WAITING || stage == CM_CALL_IN;
}

/**
 * cm_exchange_advance:
 * @self: an exchange
 * @call: a call
 * @stage: how far it is; not %CM_CALL_ENDED
 *
 * On its way a call does not go back: what says so is late.
 */
void
cm_exchange_advance (CmExchange  *self,
                     CmCall      *call,
                     CmCallStage  stage)
{
  if (call->stage == stage || call->stage == CM_CALL_ENDED ||
      (stage < call->stage && !(is_in (stage) && is_in (call->stage))))
    return;

  call->stage = stage;
  call->changed = ++self->changes;
  cm_exchange_refresh (self, call);
}

/* The room begins when its leader comes. */
static void
let_in (CmExchange *self,
        CmPlace    *place)
{
  place->waiting = FALSE;
  for (guint i = 0; i < place->calls->len; i++)
    {
      CmCall *call = g_ptr_array_index (place->calls, i);

      if (call->stage == CM_CALL_WAITING)
        cm_exchange_advance (self, call, CM_CALL_IN);
    }
}

/**
 * cm_exchange_enter:
 * @self: an exchange
 * @call: a call that has not ended
 * @place: a room that says that the call is in it
 *
 * Where all wait for the leader whoever else comes waits too, and with the leader
 * it begins for all of them.
 */
void
cm_exchange_enter (CmExchange *self,
                   CmCall     *call,
                   CmPlace    *place)
{
  gboolean waits = place->waiting && call->moderator <= 0;
  gboolean comes = call->place != place || !is_in (call->stage);

  if (call->place != NULL && call->place != place)
    cm_exchange_leave (self, call, 0);
  if (comes)
    cm_exchange_advance (self, call, waits ? CM_CALL_WAITING : CM_CALL_IN);
  cm_exchange_put (self, call, place);
  cm_exchange_refresh (self, call);
  if (comes && call->moderator > 0)
    let_in (self, place);
}

/**
 * cm_exchange_explain:
 * @self: an exchange
 * @call: a call that has left its room
 * @status: why
 *
 * A reason that comes after the end it belongs to: the first one stands, and
 * nothing is said of who is there again.
 */
void
cm_exchange_explain (CmExchange *self,
                     CmCall     *call,
                     guint32     status)
{
  CmPlace *place = call->last != NULL ? g_hash_table_lookup (self->places, call->last) : NULL;

  if (place == NULL || status == 0 || call->status != 0 || cm_room_has (place->room, call->address))
    return;

  call->status = status;
  emit_disconnected (self, place, call->address, status);
}

/**
 * cm_exchange_begin_list:
 * @self: an exchange
 *
 * A list begins: what is in it gets its number, and the rest is no more. What
 * changes while the list is told is newer than it.
 *
 * Returns: the list's number
 */
guint
cm_exchange_begin_list (CmExchange *self)
{
  return ++self->changes;
}

/**
 * cm_exchange_end_members:
 * @self: an exchange
 * @place: a room
 * @list: the number of the list of who is in it
 */
void
cm_exchange_end_members (CmExchange *self,
                         CmPlace    *place,
                         guint       list)
{
  for (guint i = place->calls->len; i > 0; i--)
    {
      CmCall *call = g_ptr_array_index (place->calls, i - 1);

      if (is_in (call->stage) && call->listed != list && call->changed < list)
        cm_exchange_leave (self, call, 0);
    }
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  return strcmp (((const CmPlace *) a)->id, ((const CmPlace *) b)->id);
}

/**
 * cm_exchange_end_places:
 * @self: an exchange
 * @list: the number of the list of all rooms
 */
void
cm_exchange_end_places (CmExchange *self,
                        guint       list)
{
  g_autoptr(GList) places = g_list_sort (g_hash_table_get_values (self->places), compare_places);

  for (GList *l = places; l != NULL; l = l->next)
    {
      CmPlace *place = l->data;

      if (!place->talk && place->listed < list)
        cm_exchange_close (self, place->id);
    }
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const CmCall *) a)->id, ((const CmCall *) b)->id);
}

/* Returns: (transfer container): those that have not ended: of the others the oldest
 * are forgotten while calls end */
static GList *
list_live_calls (CmExchange *self)
{
  GList *calls = NULL;
  GHashTableIter iter;
  gpointer call;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &call))
    {
      if (((CmCall *) call)->stage != CM_CALL_ENDED)
        calls = g_list_prepend (calls, call);
    }

  return g_list_sort (calls, compare_calls);
}

/**
 * cm_exchange_end_calls:
 * @self: an exchange
 * @list: the number of the list of all calls
 */
void
cm_exchange_end_calls (CmExchange *self,
                       guint       list)
{
  g_autoptr(GList) calls = list_live_calls (self);

  for (GList *l = calls; l != NULL; l = l->next)
    {
      CmCall *call = l->data;

      if (call->listed != list && call->changed < list)
        cm_exchange_hang_up (self, call, 0);
    }
}
