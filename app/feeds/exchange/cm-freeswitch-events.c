/* cm-freeswitch-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-freeswitch-private.h"

#include "model/cm-reason.h"

/* What a record says of itself and of whom. */
typedef struct
{
  CmExchange *exchange;
  JsonObject *fields;
  guint64     seq;
} Record;

typedef void (*Handler) (Record *record,
                         CmCall *call);

typedef struct
{
  const char *name;
  Handler     handler;
} Entry;

static const char *
get (Record     *self,
     const char *name)
{
  return cm_freeswitch_get_text (self->fields, name);
}

static gboolean
is (Record     *self,
    const char *name,
    const char *value)
{
  return g_strcmp0 (get (self, name), value) == 0;
}

static guint64
get_number (Record     *self,
            const char *name)
{
  guint64 number = 0;
  const char *text = get (self, name);

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL);

  return number;
}

/* "Outbound Call" is what is called whom nobody gave a name. */
static const char *
get_name (Record *self)
{
  const char *name = get (self, "Caller-Caller-ID-Name");

  return g_strcmp0 (name, "Outbound Call") != 0 ? name : NULL;
}

/* Until it is answered a dialled channel carries the caller's name and number,
 * afterwards its own, and then they are not what they were at first. */
static gboolean
has_own_number (Record *self,
                CmCall *call)
{
  const char *number = get (self, "Caller-Caller-ID-Number");

  return !call->outbound || (number != NULL && g_strcmp0 (number, get (self, "Caller-Orig-Caller-ID-Number")) != 0);
}

/* What was dialled is the person's, until a transfer makes something else of it.
 * Of its members the room knows best: `conference json_list` has the same. */
static void
set_person (Record *self,
            CmCall *call)
{
  gboolean member = get (self, "Conference-Unique-ID") != NULL;

  if (member && has_own_number (self, call))
    cm_exchange_identify (self->exchange, call, get (self, "Caller-Caller-ID-Number"), get_name (self));
  else if (!call->outbound)
    cm_call_set_person (call, get (self, "Caller-Caller-ID-Number"), get_name (self));
  else if (call->number == NULL)
    cm_call_set_person (call, get (self, "Caller-Destination-Number"), NULL);
}

static void
know_call (Record *self,
           CmCall *call)
{
  const char *job = get (self, "variable_conference_bgdial_jobid");

  call->outbound |= is (self, "Call-Direction", "outbound");
  if (job != NULL && call->job == NULL)
    call->job = g_strdup (job);
  set_person (self, call);
  cm_call_set_handle (call, get (self, "Member-ID"));
}

/* A dialled call says by what command, not for which room: where there is just
 * one it is that, else bgdial-result will tell. A caller is on the way to where
 * others came who dialled the same. */
static CmPlace *
guess_place (Record *self,
             CmCall *call)
{
  if (call->was_in)
    return NULL;
  if (call->outbound)
    return call->job != NULL ? cm_exchange_get_only_place (self->exchange) : NULL;

  return cm_exchange_find_route (self->exchange, get (self, "Caller-Destination-Number"));
}

/* What one channel dials for another carries the other's id. */
static void
connect (Record *self,
         CmCall *call)
{
  CmCall *caller = cm_exchange_find_call (self->exchange, get (self, "Channel-Call-UUID"));

  if (call->outbound && call->job == NULL && caller != NULL && !call->was_in)
    cm_exchange_connect (self->exchange, caller, call);
}

static void
progress (Record      *self,
          CmCall      *call,
          CmCallStage  stage)
{
  if (!cm_call_is_news (call, CM_CALL_ASPECT_STAGE, self->seq))
    return;

  cm_exchange_advance (self->exchange, call, stage);
  if (call->place == NULL && call->stage != CM_CALL_ENDED)
    cm_exchange_put (self->exchange, call, guess_place (self, call));
  connect (self, call);
}

static void
on_create (Record *self,
           CmCall *call)
{
  progress (self, call, call->outbound ? CM_CALL_OFFERED : CM_CALL_RINGING);
}

static void
on_progress (Record *self,
             CmCall *call)
{
  progress (self, call, CM_CALL_RINGING);
}

static void
on_answer (Record *self,
           CmCall *call)
{
  progress (self, call, CM_CALL_ANSWERED);
}

static void
set_held (Record       *self,
          CmCall       *call,
          CmCallAspect  aspect,
          gboolean     *flag,
          gboolean      held)
{
  if (!cm_call_is_news (call, aspect, self->seq))
    return;

  *flag = held;
  cm_exchange_refresh (self->exchange, call);
}

static void
on_hold (Record *self,
         CmCall *call)
{
  set_held (self, call, CM_CALL_ASPECT_HOLD, &call->held, TRUE);
}

static void
on_unhold (Record *self,
           CmCall *call)
{
  set_held (self, call, CM_CALL_ASPECT_HOLD, &call->held, FALSE);
}

static guint32
get_end (Record *self,
         CmCall *call)
{
  guint32 status = cm_freeswitch_get_status (get (self, "Hangup-Cause"));

  if (call->kicked)
    return CM_STATUS_REMOVED;

  /* Whom nobody has reached was not there to hang up. */
  return status == 0 && call->outbound && !call->was_in ? CM_STATUS_CAUSE (487) : status;
}

static void
on_hangup (Record *self,
           CmCall *call)
{
  cm_exchange_hang_up (self->exchange, call, get_end (self, call));
}

static void
on_call_state (Record *self,
               CmCall *call)
{
  static const Entry states[] = {
    { "RINGING", on_progress },
    { "EARLY", on_progress },
    { "ACTIVE", on_answer },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (is (self, "Channel-Call-State", states[i].name))
        states[i].handler (self, call);
    }
}

/* Two that were connected by somebody else. */
static void
on_bridge (Record *self,
           CmCall *call)
{
  CmCall *a = cm_exchange_find_call (self->exchange, get (self, "Bridge-A-Unique-ID"));
  CmCall *b = cm_exchange_find_call (self->exchange, get (self, "Bridge-B-Unique-ID"));

  if (a == NULL || b == NULL || a == b || a->place == b->place)
    return;

  if (a->place != NULL && a->place->talk && (b->place == NULL || b->place->talk))
    cm_exchange_move (self->exchange, b, a->place);
  else if (a->place == NULL && b->place != NULL && b->place->talk)
    cm_exchange_move (self->exchange, a, b->place);
}

static const Entry channel_events[] = {
  { "CHANNEL_CREATE", on_create },
  { "CHANNEL_ORIGINATE", on_create },
  { "CHANNEL_PROGRESS", on_progress },
  { "CHANNEL_PROGRESS_MEDIA", on_progress },
  { "CHANNEL_ANSWER", on_answer },
  { "CHANNEL_CALLSTATE", on_call_state },
  { "CHANNEL_BRIDGE", on_bridge },
  { "CHANNEL_HOLD", on_hold },
  { "CHANNEL_UNHOLD", on_unhold },
  { "CHANNEL_HANGUP", on_hangup },
  { "CHANNEL_HANGUP_COMPLETE", on_hangup },
  { "CHANNEL_DESTROY", on_hangup },
};

/* Whoever is spoken of as a member is one, however much was missed. */
static void
enter (Record *self,
       CmCall *call)
{
  CmPlace *place = cm_exchange_open (self->exchange, get (self, "Conference-Unique-ID"),
                                     get (self, "Conference-Name"));

  if (place == NULL || call->stage == CM_CALL_ENDED ||
      !cm_call_is_news (call, CM_CALL_ASPECT_STAGE, self->seq))
    return;

  call->moderator = is (self, "Member-Type", "moderator");
  cm_exchange_add_route (self->exchange, get (self, "Caller-Destination-Number"), place->name);
  cm_exchange_enter (self->exchange, call, place);
}

static void
on_add (Record *self,
        CmCall *call)
{
  if (is (self, "Member-Ghost", "true"))
    return;

  if (cm_call_is_news (call, CM_CALL_ASPECT_MUTED, self->seq))
    call->muted = is (self, "Speak", "false");
  if (cm_call_is_news (call, CM_CALL_ASPECT_MEMBER_HOLD, self->seq))
    call->member_held = is (self, "Hold", "true");
  enter (self, call);
}

static void
on_delete (Record *self,
           CmCall *call)
{
  if (call->place == NULL || !is (self, "Conference-Unique-ID", call->place->id) ||
      !cm_call_is_news (call, CM_CALL_ASPECT_STAGE, self->seq))
    return;

  cm_exchange_leave (self->exchange, call, get_end (self, call));
}

/* It comes before del-member; a late one is the reason all the same. */
static void
on_kick (Record *self,
         CmCall *call)
{
  call->kicked = TRUE;
  if (call->place == NULL)
    cm_exchange_explain (self->exchange, call, CM_STATUS_REMOVED);
}

static void
on_mute (Record *self,
         CmCall *call)
{
  if (!cm_call_is_news (call, CM_CALL_ASPECT_MUTED, self->seq))
    return;

  call->muted = is (self, "Action", "mute-member");
  enter (self, call);
  cm_exchange_refresh (self->exchange, call);
}

static void
on_member_hold (Record *self,
                CmCall *call)
{
  enter (self, call);
  set_held (self, call, CM_CALL_ASPECT_MEMBER_HOLD, &call->member_held, is (self, "Action", "hold-member"));
}

/* Known, and nothing that a document has; but who was missed is there. */
static void
on_nothing (Record *self,
            CmCall *call)
{
  if (call != NULL && call->place == NULL && !call->was_in && !is (self, "Member-Ghost", "true"))
    enter (self, call);
}

static void
on_begin (Record *self,
          CmCall *call)
{
  cm_exchange_open (self->exchange, get (self, "Conference-Unique-ID"), get (self, "Conference-Name"));
}

static void
on_end (Record *self,
        CmCall *call)
{
  cm_exchange_close (self->exchange, get (self, "Conference-Unique-ID"));
}

static void
on_lock (Record *self,
         CmCall *call)
{
  CmPlace *place = cm_exchange_open (self->exchange, get (self, "Conference-Unique-ID"),
                                     get (self, "Conference-Name"));

  if (place == NULL || (self->seq != 0 && self->seq <= place->lock_seq))
    return;

  place->lock_seq = self->seq;
  cm_exchange_set_locked (self->exchange, place, is (self, "Action", "lock"));
}

/* The way out is not there: no channel was ever made. */
static void
note_failed (Record     *self,
             const char *job)
{
  CmCall *call = job != NULL ? cm_exchange_get_call (self->exchange, job) : NULL;

  if (call == NULL || call->job != NULL)
    return;

  call->outbound = TRUE;
  call->job = g_strdup (job);
  cm_exchange_hang_up (self->exchange, call, cm_freeswitch_get_status (get (self, "Result")));
}

/* It comes before the add-member of who was reached; only it says for which room
 * the others were dialled. */
static void
on_dialled (Record *self,
            CmCall *call)
{
  CmPlace *place = cm_exchange_open (self->exchange, get (self, "Conference-Unique-ID"),
                                     get (self, "Conference-Name"));
  CmCall *dialled = cm_exchange_find_call (self->exchange, get (self, "Peer-UUID"));

  if (dialled == NULL)
    dialled = cm_exchange_find_job (self->exchange, get (self, "Job-UUID"));
  if (dialled == NULL && !is (self, "Result", "SUCCESS"))
    note_failed (self, get (self, "Job-UUID"));
  if (dialled != NULL && place != NULL && dialled->place != place && !dialled->was_in)
    cm_exchange_put (self->exchange, dialled, place);
}

static const Entry room_events[] = {
  { "conference-create", on_begin },
  { "conference-destroy", on_end },
  { "lock", on_lock },
  { "unlock", on_lock },
  { "bgdial-result", on_dialled },
  { "floor-change", on_nothing },
};

static const Entry member_events[] = {
  { "start-talking", on_nothing },
  { "stop-talking", on_nothing },
  { "add-member", on_add },
  { "del-member", on_delete },
  { "kick-member", on_kick },
  { "hup-member", on_kick },
  { "mute-member", on_mute },
  { "unmute-member", on_mute },
  { "hold-member", on_member_hold },
  { "unhold-member", on_member_hold },
  { "deaf-member", on_nothing },
  { "undeaf-member", on_nothing },
};

static Handler
find_handler (const Entry *entries,
              gsize        n_entries,
              const char  *name)
{
  for (gsize i = 0; name != NULL && i < n_entries; i++)
    {
      if (g_str_equal (entries[i].name, name))
        return entries[i].handler;
    }

  return NULL;
}

static gboolean
take_call_event (Record  *self,
                 Handler  handler)
{
  CmCall *call = handler != NULL ? cm_exchange_get_call (self->exchange, get (self, "Unique-ID")) : NULL;

  if (call == NULL)
    return handler != NULL;

  know_call (self, call);
  handler (self, call);

  return TRUE;
}

static gboolean
take_conference_event (Record *self)
{
  const char *action = get (self, "Action");
  Handler handler = find_handler (room_events, G_N_ELEMENTS (room_events), action);

  if (handler == NULL)
    return take_call_event (self, find_handler (member_events, G_N_ELEMENTS (member_events), action));

  handler (self, NULL);

  return TRUE;
}

/**
 * cm_freeswitch_take_event:
 * @exchange: what is known so far
 * @event: an event as `event json` has it: all its values are strings
 *
 * Event-Sequence counts all events of the server's core, so that gaps in it mean
 * nothing, and what is not larger than the one before is a double or late.
 * (mod_event_socket and mod_conference of v1.10.12.)
 *
 * Returns: %FALSE where the event is of a kind that this does not know
 */
gboolean
cm_freeswitch_take_event (CmExchange *exchange,
                          JsonObject *event)
{
  Record self = { exchange, event, 0 };
  const char *name = get (&self, "Event-Name");
  gint64 time = (gint64) get_number (&self, "Event-Date-Timestamp") / 1000;

  self.seq = get_number (&self, "Event-Sequence");
  if (time > 0)
    cm_exchange_set_now (exchange, time);

  if (g_strcmp0 (name, "CUSTOM") == 0)
    return is (&self, "Event-Subclass", "conference::maintenance") && take_conference_event (&self);

  return take_call_event (&self, find_handler (channel_events, G_N_ELEMENTS (channel_events), name));
}
