/* cm-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-order.h"

#include <glib/gi18n.h>

#include "feeds/exchange/cm-dial.h"
#include "model/cm-reason.h"
#include "model/cm-words.h"

static gboolean
refuse (GError     **error,
        int          code,
        const char  *reason)
{
  g_set_error_literal (error, G_IO_ERROR, code, reason);

  return FALSE;
}

/* A leg's id is its source's and its conversation's. */
static CmPlace *
find_place (CmExchange *exchange,
            const char *source,
            const char *leg)
{
  gsize size = strlen (source);

  if (leg == NULL || strncmp (leg, source, size) != 0 || leg[size] != '#')
    return NULL;

  return cm_exchange_get_place (exchange, leg + size + 1);
}

/* Callers choose what rooms are called: a name that is more than a word could be
 * more than a name to the exchange. */
static gboolean
is_word (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p) || g_ascii_isspace (*p))
        return FALSE;
    }

  return text != NULL && text[0] != '\0';
}

static gboolean
is_present (const CmCall *call)
{
  return call != NULL && (call->stage == CM_CALL_WAITING || call->stage == CM_CALL_IN);
}

static gboolean
set_member (CmOrder     *self,
            CmExchange  *exchange,
            CmPlace     *place,
            GError     **error)
{
  CmCall *call = cm_exchange_find_person (place, self->address);

  if (!is_present (call))
    return refuse (error, G_IO_ERROR_NOT_FOUND, _("This person is not in the conference"));
  if (!is_word (call->handle))
    return refuse (error, G_IO_ERROR_FAILED, _("It is not known by what the exchange knows this person"));

  self->handle = g_strdup (call->handle);

  return TRUE;
}

static gboolean
set_dialled (CmOrder     *self,
             CmExchange  *exchange,
             CmPlace     *place,
             GError     **error)
{
  CmCall *call;

  if (self->address == NULL)
    self->address = cm_exchange_dup_last_left (exchange, place);
  if (self->address == NULL)
    return refuse (error, G_IO_ERROR_INVALID_ARGUMENT, _("More than one has left, or nobody: say who is to be called"));
  if (is_present (cm_exchange_find_person (place, self->address)))
    return refuse (error, G_IO_ERROR_EXISTS, _("This person is in the conference already"));

  self->number = cm_dial_dup_number (self->address, error);
  if (self->number == NULL)
    return FALSE;

  call = cm_exchange_find_guide (exchange, place, self->address);
  if (call != NULL && is_word (call->context) && is_word (call->extension))
    {
      self->context = g_strdup (call->context);
      self->extension = g_strdup (call->extension);
    }

  return TRUE;
}

static gboolean
set_person (CmOrder     *self,
            CmExchange  *exchange,
            CmPlace     *place,
            GError     **error)
{
  if (cm_order_dials (self))
    return set_dialled (self, exchange, place, error);
  if (cm_action_needs_participant (self->action))
    return set_member (self, exchange, place, error);

  return TRUE;
}

/* What somebody is called by when he comes: the scheme is the exchange's. */
static char *
dup_address (const char *participant)
{
  g_autofree char *number = NULL;

  if (participant == NULL || g_str_has_prefix (participant, "channel:"))
    return g_strdup (participant);

  number = cm_dial_dup_number (participant, NULL);
  if (number != NULL && number[strspn (number, "+0123456789*#")] == '\0')
    return g_strconcat ("tel:", number, NULL);

  return strchr (participant, ':') != NULL ? g_strdup (participant) : g_strconcat ("sip:", participant, NULL);
}

/**
 * cm_order_new:
 * @exchange: what is known of the exchange
 * @source: the id of the source that it is
 * @command: what is to be done
 * @error: where the reason goes
 *
 * Returns: (transfer full) (nullable): the order, or %NULL where it cannot be given
 */
CmOrder *
cm_order_new (CmExchange       *exchange,
              const char       *source,
              const CmCommand  *command,
              GError          **error)
{
  CmPlace *place = find_place (exchange, source, command->leg);
  g_autoptr(CmOrder) self = g_new0 (CmOrder, 1);

  if (place == NULL)
    {
      refuse (error, G_IO_ERROR_NOT_FOUND, _("This conference is over"));
      return NULL;
    }
  if (place->talk)
    {
      refuse (error, G_IO_ERROR_NOT_SUPPORTED, _("This is a call of two, and no conference"));
      return NULL;
    }
  if (!is_word (place->name))
    {
      refuse (error, G_IO_ERROR_FAILED, _("The conference has a name that no command can have"));
      return NULL;
    }

  self->action = command->action;
  self->place = g_strdup (place->id);
  self->room = g_strdup (place->name);
  self->address = dup_address (command->participant);
  self->since = cm_exchange_begin_list (exchange);

  return set_person (self, exchange, place, error) ? g_steal_pointer (&self) : NULL;
}

void
cm_order_free (CmOrder *self)
{
  g_free (self->place);
  g_free (self->room);
  g_free (self->address);
  g_free (self->handle);
  g_free (self->number);
  g_free (self->context);
  g_free (self->extension);
  g_free (self->job);
  g_free (self);
}

/* Returns: whether somebody is called */
gboolean
cm_order_dials (const CmOrder *self)
{
  return self->action == CM_ACTION_INVITE || self->action == CM_ACTION_REJOIN;
}

/**
 * cm_order_set_failed:
 * @error: (out): where the words go
 * @status: why it has failed, or 0
 */
void
cm_order_set_failed (GError  **error,
                     guint32   status)
{
  g_autofree char *reason = status != 0 ? cm_reason_dup_from_status (status) : NULL;
  const char *words = reason != NULL ? cm_words_get_reason (reason) : NULL;

  /* Translators: %s is why a call has failed, as "Busy". */
  if (words != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The call did not come about: %s"), words);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The call did not come about"));
}

static CmOutcome
judge_dial (const CmOrder  *self,
            CmExchange     *exchange,
            CmPlace        *place,
            GError        **error)
{
  CmCall *call = cm_exchange_find_person (place, self->address);
  CmCall *failed = cm_exchange_find_failed (exchange, self->address, self->job, self->since);

  if (self->job != NULL && !is_present (call))
    call = cm_exchange_find_job (exchange, self->job);
  if (is_present (call) && call->place == place)
    return CM_OUTCOME_DONE;
  if (failed == NULL)
    return CM_OUTCOME_PENDING;

  cm_order_set_failed (error, failed->status);

  return CM_OUTCOME_FAILED;
}

static CmOutcome
judge_muted (const CmOrder  *self,
             CmPlace        *place,
             GError        **error)
{
  CmCall *call = cm_exchange_find_person (place, self->address);

  if (!is_present (call))
    {
      refuse (error, G_IO_ERROR_NOT_FOUND, _("This person is not in the conference"));
      return CM_OUTCOME_FAILED;
    }

  return call->muted == (self->action == CM_ACTION_MUTE) ? CM_OUTCOME_DONE : CM_OUTCOME_PENDING;
}

static gboolean
are_all_muted (CmPlace  *place,
               gboolean  muted)
{
  for (guint i = 0; i < place->calls->len; i++)
    {
      const CmCall *call = g_ptr_array_index (place->calls, i);

      if (call->stage == CM_CALL_IN && call->muted != muted)
        return FALSE;
    }

  return TRUE;
}

static CmOutcome
done_if (gboolean done)
{
  return done ? CM_OUTCOME_DONE : CM_OUTCOME_PENDING;
}

static CmOutcome
judge_without_place (const CmOrder  *self,
                     GError        **error)
{
  if (self->action == CM_ACTION_END || self->action == CM_ACTION_REMOVE)
    return CM_OUTCOME_DONE;

  refuse (error, G_IO_ERROR_NOT_FOUND, _("This conference is over"));

  return CM_OUTCOME_FAILED;
}

/**
 * cm_order_judge:
 * @self: an order that was given
 * @exchange: what is known of the exchange by now
 * @error: where the reason goes, where it has failed
 *
 * Only what the exchange tells of its rooms and calls counts, not its answer to
 * the order.
 *
 * Returns: how it came out
 */
CmOutcome
cm_order_judge (const CmOrder  *self,
                CmExchange     *exchange,
                GError        **error)
{
  CmPlace *place = cm_exchange_get_place (exchange, self->place);

  if (place == NULL)
    return judge_without_place (self, error);

  switch (self->action)
    {
    case CM_ACTION_MUTE:
    case CM_ACTION_UNMUTE:
      return judge_muted (self, place, error);
    case CM_ACTION_REMOVE:
      return done_if (!is_present (cm_exchange_find_person (place, self->address)));
    case CM_ACTION_LOCK:
    case CM_ACTION_UNLOCK:
      return done_if (cm_room_is_locked (place->room) == (self->action == CM_ACTION_LOCK));
    case CM_ACTION_MUTE_ALL:
    case CM_ACTION_UNMUTE_ALL:
      return done_if (are_all_muted (place, self->action == CM_ACTION_MUTE_ALL));
    case CM_ACTION_INVITE:
    case CM_ACTION_REJOIN:
      return judge_dial (self, exchange, place, error);
    case CM_ACTION_END:
    case CM_ACTION_ADMIT:
    case CM_N_ACTIONS:
    default:
      return CM_OUTCOME_PENDING;
    }
}
