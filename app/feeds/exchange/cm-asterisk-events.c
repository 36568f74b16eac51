/* cm-asterisk-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk-private.h"

#include "model/cm-reason.h"

typedef void (*Handler) (CmAsteriskRecord *record);

typedef struct
{
  const char *name;
  Handler     handler;
} Entry;

/**
 * cm_asterisk_get:
 * @self: a record
 * @name: a field's name
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
cm_asterisk_get (CmAsteriskRecord *self,
                 const char       *name)
{
  return g_hash_table_lookup (self->fields, name);
}

/**
 * cm_asterisk_is:
 * @self: a record
 * @name: a field's name
 * @value: what it may be
 *
 * Returns: whether it is that
 */
gboolean
cm_asterisk_is (CmAsteriskRecord *self,
                const char       *name,
                const char       *value)
{
  return g_strcmp0 (cm_asterisk_get (self, name), value) == 0;
}

/**
 * cm_asterisk_set_person:
 * @self: a record of a channel
 * @call: the channel's call
 *
 * Whose call it is: his number tells, however often he calls.
 */
void
cm_asterisk_set_person (CmAsteriskRecord *self,
                        CmCall           *call)
{
  cm_call_set_person (call, cm_asterisk_get (self, "CallerIDNum"), cm_asterisk_get (self, "CallerIDName"));
}

/**
 * cm_asterisk_set_handle:
 * @self: a record of a channel
 * @call: the channel's call
 *
 * By what the room's commands know it, and what has led there.
 */
void
cm_asterisk_set_handle (CmAsteriskRecord *self,
                        CmCall           *call)
{
  cm_call_set_handle (call, cm_asterisk_get (self, "Channel"));
  cm_call_set_origin (call, cm_asterisk_get (self, "Context"), cm_asterisk_get (self, "Exten"));
}

static guint
get_number (const char *text)
{
  guint64 number = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, 100000, &number, NULL);

  return (guint) number;
}

static CmCall *
get_call (CmAsteriskRecord *self)
{
  CmCall *call = cm_exchange_get_call (self->exchange, cm_asterisk_get (self, "Uniqueid"));

  if (call != NULL)
    cm_asterisk_set_person (self, call);

  return call;
}

/* The room's own events, and a change of the channel's own number, say who it is
 * even where that is not who it was. */
static void
identify (CmAsteriskRecord *self,
          CmCall           *call)
{
  cm_exchange_identify (self->exchange, call, cm_asterisk_get (self, "CallerIDNum"),
                        cm_asterisk_get (self, "CallerIDName"));
  cm_asterisk_set_handle (self, call);
}

/* An event of a bridge has its id and the room's name. */
static CmPlace *
open_place (CmAsteriskRecord *self)
{
  const char *name = cm_asterisk_get (self, "Conference");
  CmPlace *place = cm_exchange_open (self->exchange, cm_asterisk_get (self, "BridgeUniqueid"), name);

  if (place != NULL)
    cm_asterisk_settle_waiting (self, name);

  return place;
}

/* Whoever comes in may have left its channel's own events behind: they are told
 * on another topic, and come in any order. */
static void
advance (CmAsteriskRecord *self,
         CmCall           *call,
         CmCallStage       stage)
{
  cm_exchange_advance (self->exchange, call, stage);
  if (call->place == NULL && !call->was_in && !call->outbound)
    cm_exchange_put (self->exchange, call,
                     cm_exchange_find_route (self->exchange, cm_asterisk_get (self, "Exten")));
}

/**
 * cm_asterisk_take_state:
 * @self: a record of a channel
 * @call: the channel's call
 *
 * The states of a channel: 0 Down, 4 Ring, 5 Ringing, 6 Up (include/asterisk/
 * channelstate.h).
 */
void
cm_asterisk_take_state (CmAsteriskRecord *self,
                        CmCall           *call)
{
  const char *state = cm_asterisk_get (self, "ChannelState");

  if (state == NULL)
    return;

  if (g_str_equal (state, "4") || g_str_equal (state, "5"))
    advance (self, call, CM_CALL_RINGING);
  else if (g_str_equal (state, "6"))
    advance (self, call, CM_CALL_ANSWERED);
}

static void
on_channel (CmAsteriskRecord *self)
{
  CmCall *call = get_call (self);

  if (call != NULL)
    cm_asterisk_take_state (self, call);
}

static void
on_person (CmAsteriskRecord *self)
{
  CmCall *call = get_call (self);

  if (call != NULL && call->was_in && call->stage != CM_CALL_ENDED)
    identify (self, call);
  if (call != NULL)
    cm_exchange_refresh (self->exchange, call);
}

/* The application's first argument is the room. It is told before the room, or
 * after it. */
static void
on_extension (CmAsteriskRecord *self)
{
  const char *data = cm_asterisk_get (self, "AppData");
  g_autofree char *room = NULL;

  if (!cm_asterisk_is (self, "Application", "ConfBridge") || data == NULL)
    return;

  room = g_strndup (data, strcspn (data, ","));
  cm_exchange_add_route (self->exchange, cm_asterisk_get (self, "Extension"), room);
}

static guint32
get_end (CmAsteriskRecord *self,
         CmCall           *call)
{
  guint cause = get_number (cm_asterisk_get (self, "Cause"));

  if (call->kicked)
    return CM_STATUS_REMOVED;
  if (call->outbound && !call->was_in && (cause == 0 || cause == 16))
    return CM_STATUS_CAUSE (487);

  return cause != 0 && cause != 16 ? CM_STATUS_CAUSE (cause) : 0;
}

static void
on_hangup (CmAsteriskRecord *self)
{
  CmCall *call = get_call (self);

  if (call != NULL)
    cm_exchange_hang_up (self->exchange, call, get_end (self, call));
}

static void
set_held (CmAsteriskRecord *self,
          gboolean          held)
{
  CmCall *call = get_call (self);

  if (call == NULL)
    return;

  call->held = held;
  cm_exchange_refresh (self->exchange, call);
}

static void
on_hold (CmAsteriskRecord *self)
{
  set_held (self, TRUE);
}

static void
on_unhold (CmAsteriskRecord *self)
{
  set_held (self, FALSE);
}

/* Nothing else tells that somebody was removed. It comes before ConfbridgeLeave
 * or after it. */
static void
on_variable (CmAsteriskRecord *self)
{
  CmCall *call;

  if (!cm_asterisk_is (self, "Variable", "CONFBRIDGE_RESULT") || !cm_asterisk_is (self, "Value", "KICKED"))
    return;

  call = get_call (self);
  if (call == NULL)
    return;

  call->kicked = TRUE;
  if (call->place == NULL)
    cm_exchange_explain (self->exchange, call, CM_STATUS_REMOVED);
}

static void
on_start (CmAsteriskRecord *self)
{
  open_place (self);
}

static void
on_end (CmAsteriskRecord *self)
{
  cm_exchange_close (self->exchange, cm_asterisk_get (self, "BridgeUniqueid"));
}

/* It was taken for somebody who is called, and is the other end of who has come. */
static void
withdraw_other_end (CmAsteriskRecord *self,
                    const char       *channel)
{
  g_autofree char *other = g_strdup (channel);
  gsize size = other != NULL ? strlen (other) : 0;
  CmCall *call;

  if (size < 2 || !g_str_has_prefix (other, "Local/") || other[size - 2] != ';')
    return;

  other[size - 1] = other[size - 1] == '1' ? '2' : '1';
  call = cm_exchange_find_handle (self->exchange, other);
  if (call != NULL && !call->was_in)
    cm_exchange_withdraw (self->exchange, call);
}

static void
on_join (CmAsteriskRecord *self)
{
  CmPlace *place = open_place (self);
  CmCall *call = place != NULL ? get_call (self) : NULL;

  if (call == NULL || call->stage == CM_CALL_ENDED)
    return;

  identify (self, call);
  call->kicked = FALSE;
  call->moderator = cm_asterisk_is (self, "Admin", "Yes");
  call->muted = cm_asterisk_is (self, "Muted", "Yes");
  cm_exchange_add_route (self->exchange, cm_asterisk_get (self, "Exten"), place->name);
  cm_exchange_enter (self->exchange, call, place);
  withdraw_other_end (self, cm_asterisk_get (self, "Channel"));
}

static void
on_leave (CmAsteriskRecord *self)
{
  CmCall *call = get_call (self);

  if (call != NULL && call->place != NULL && cm_asterisk_is (self, "BridgeUniqueid", call->place->id))
    cm_exchange_leave (self->exchange, call, call->kicked ? CM_STATUS_REMOVED : 0);
}

static void
set_muted (CmAsteriskRecord *self,
           gboolean          muted)
{
  CmCall *call = get_call (self);

  if (call == NULL)
    return;

  call->muted = muted;
  cm_exchange_refresh (self->exchange, call);
}

static void
on_mute (CmAsteriskRecord *self)
{
  set_muted (self, TRUE);
}

static void
on_unmute (CmAsteriskRecord *self)
{
  set_muted (self, FALSE);
}

/* A call of two has a bridge as a room has; who is put through comes to another's. */
static void
on_bridge (CmAsteriskRecord *self)
{
  const char *bridge = cm_asterisk_get (self, "BridgeUniqueid");
  CmCall *call = get_call (self);

  if (call != NULL && bridge != NULL && cm_exchange_get_place (self->exchange, bridge) == NULL &&
      !cm_asterisk_is (self, "BridgeCreator", "ConfBridge"))
    cm_exchange_bridge (self->exchange, call, bridge);
}

static void
on_shutdown (CmAsteriskRecord *self)
{
  cm_exchange_close_all (self->exchange);
}

/* Known, and nothing that a document has; a time may be in it. */
static void
on_nothing (CmAsteriskRecord *self)
{
}

static const Entry entries[] = {
  { "Newchannel", on_channel },
  { "Newstate", on_channel },
  { "NewCallerid", on_person },
  { "Newexten", on_extension },
  { "DialBegin", cm_asterisk_on_dial_begin },
  { "DialState", cm_asterisk_on_dial_state },
  { "DialEnd", cm_asterisk_on_dial_end },
  { "OriginateResponse", cm_asterisk_on_originated },
  { "Hangup", on_hangup },
  { "Hold", on_hold },
  { "Unhold", on_unhold },
  { "VarSet", on_variable },
  { "ConfbridgeStart", on_start },
  { "ConfbridgeEnd", on_end },
  { "BridgeDestroy", on_end },
  { "ConfbridgeJoin", on_join },
  { "ConfbridgeLeave", on_leave },
  { "ConfbridgeMute", on_mute },
  { "ConfbridgeUnmute", on_unmute },
  { "Shutdown", on_shutdown },
  { "SuccessfulAuth", on_nothing },
  { "FullyBooted", on_nothing },
  { "BridgeCreate", on_nothing },
  { "BridgeEnter", on_bridge },
  { "BridgeLeave", on_nothing },
  { "ConfbridgeTalking", on_nothing },
};

/**
 * cm_asterisk_take_event:
 * @self: a record
 *
 * Events of channels, of dialling and of rooms are told on topics of their own:
 * within one they are in order, between two they are not. (apps/confbridge/
 * confbridge_manager.c and main/manager_channels.c of 22.10.1.)
 *
 * Returns: %FALSE where the event is of a kind that this does not know
 */
gboolean
cm_asterisk_take_event (CmAsteriskRecord *self)
{
  const char *name = cm_asterisk_get (self, "Event");

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (g_str_equal (entries[i].name, name))
        {
          entries[i].handler (self);
          return TRUE;
        }
    }

  return cm_asterisk_take_list (self, name);
}
