/* cm-asterisk-dial.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk-private.h"

#include "model/cm-reason.h"

/* A dial string has the number before its "@", or at its end:
 * "trunk/sip:1005@192.0.2.1", "1005@trunk", "1005@context/n", "1005". */
static char *
dup_dialled (const char *dial)
{
  g_autofree char *user = dial != NULL ? g_strndup (dial, strcspn (dial, "@")) : NULL;
  const char *last = user != NULL ? strrchr (user, '/') : NULL;
  const char *number = last != NULL ? last + 1 : user;

  if (number != NULL && g_str_has_prefix (number, "sip:"))
    number += strlen ("sip:");

  return number != NULL ? g_strndup (number, strcspn (number, ":;,")) : NULL;
}

/* The ends of local channels are nobody's. */
static gboolean
is_local (const char *channel)
{
  return channel != NULL && g_str_has_prefix (channel, "Local/");
}

/* A local channel has two ends, ";1" and ";2". Where what is dialled leads into a
 * room, the other end is who comes there, and this one is nobody. */
static gboolean
leads_to_room (CmAsteriskRecord *self,
               const char       *dialled)
{
  const char *channel = cm_asterisk_get (self, "DestChannel");

  return is_local (channel) && cm_exchange_has_route (self->exchange, dialled);
}

static void
connect (CmAsteriskRecord *self,
         CmCall           *call)
{
  CmCall *caller = cm_exchange_find_call (self->exchange, cm_asterisk_get (self, "Uniqueid"));

  if (caller != NULL && !is_local (cm_asterisk_get (self, "Channel")))
    cm_exchange_connect (self->exchange, caller, call);
}

/* A call that no other channel has made was made for a room, and where there is
 * just one it is that; else the room is told when it comes in, or has failed. */
void
cm_asterisk_on_dial_begin (CmAsteriskRecord *self)
{
  CmCall *call = cm_exchange_get_call (self->exchange, cm_asterisk_get (self, "DestUniqueid"));
  g_autofree char *dialled = dup_dialled (cm_asterisk_get (self, "DialString"));

  if (call == NULL || call->was_in || call->stage == CM_CALL_ENDED || leads_to_room (self, dialled))
    return;

  call->outbound = TRUE;
  cm_call_set_handle (call, cm_asterisk_get (self, "DestChannel"));
  cm_call_set_person (call, cm_asterisk_get (self, "DestCallerIDNum"), cm_asterisk_get (self, "DestCallerIDName"));
  if (call->number == NULL)
    cm_call_set_person (call, dialled, NULL);
  cm_exchange_advance (self->exchange, call, CM_CALL_OFFERED);
  if (cm_asterisk_get (self, "Uniqueid") != NULL)
    connect (self, call);
  else if (call->place == NULL)
    cm_exchange_put (self->exchange, call, cm_exchange_get_only_place (self->exchange));
}

void
cm_asterisk_on_dial_state (CmAsteriskRecord *self)
{
  CmCall *call = cm_exchange_find_call (self->exchange, cm_asterisk_get (self, "DestUniqueid"));

  if (call != NULL)
    cm_exchange_advance (self->exchange, call, CM_CALL_RINGING);
}

/* DIALSTATUS of app_dial. */
static guint32
get_dial_status (const char *status)
{
  static const struct
  {
    const char *name;
    guint       cause;
  } causes[] = {
    { "BUSY", 17 },
    { "NOANSWER", 19 },
    { "CANCEL", 487 },
    { "ABORT", 487 },
    { "CONGESTION", 42 },
    { "CHANUNAVAIL", 20 },
    { "DONTCALL", 21 },
    { "TORTURE", 21 },
  };

  for (guint i = 0; status != NULL && i < G_N_ELEMENTS (causes); i++)
    {
      if (g_str_equal (causes[i].name, status))
        return CM_STATUS_CAUSE (causes[i].cause);
    }

  return CM_STATUS_CAUSE (127);
}

void
cm_asterisk_on_dial_end (CmAsteriskRecord *self)
{
  CmCall *call = cm_exchange_find_call (self->exchange, cm_asterisk_get (self, "DestUniqueid"));

  if (call == NULL)
    return;

  if (cm_asterisk_is (self, "DialStatus", "ANSWER"))
    cm_exchange_advance (self->exchange, call, CM_CALL_ANSWERED);
  else if (!call->was_in)
    cm_exchange_hang_up (self->exchange, call, get_dial_status (cm_asterisk_get (self, "DialStatus")));
}

/* Of a call that has failed the channel's id is "<unknown>"; the number and the
 * extension are there. */
void
cm_asterisk_on_originated (CmAsteriskRecord *self)
{
  CmCall *call = cm_exchange_find_number (self->exchange, cm_asterisk_get (self, "CallerIDNum"));

  if (call != NULL && cm_asterisk_is (self, "Response", "Failure"))
    cm_exchange_put (self->exchange, call,
                     cm_exchange_find_route (self->exchange, cm_asterisk_get (self, "Exten")));
}
