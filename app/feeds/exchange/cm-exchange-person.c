/* cm-exchange-person.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-private.h"

/* Longer than any number or user's name. */
#define MAX_NUMBER 128

static gboolean
is_number (const char *number)
{
  static const char * const nobody[] = {
    "", "<unknown>", "unknown", "anonymous", "restricted", "unavailable", "private", NULL
  };
  g_autofree char *lower = number != NULL ? g_ascii_strdown (number, -1) : NULL;

  if (lower == NULL || strlen (lower) > MAX_NUMBER || g_strv_contains (nobody, lower))
    return FALSE;

  for (const char *p = lower; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }

  return TRUE;
}

/**
 * cm_call_dup_address:
 * @self: a call
 *
 * Who keeps his number to himself is another person with each call.
 *
 * Returns: (transfer full): the address of the person that it is of
 */
char *
cm_call_dup_address (const CmCall *self)
{
  if (self->number == NULL)
    return g_strconcat ("channel:", self->id, NULL);
  if (self->number[strspn (self->number, "+0123456789*#")] == '\0')
    return g_strconcat ("tel:", self->number, NULL);

  return g_strconcat ("sip:", self->number, NULL);
}

static void
set_text (char       **text,
          const char  *value)
{
  if (value == NULL || g_strcmp0 (*text, value) == 0)
    return;

  g_free (*text);
  *text = g_strdup (value);
}

/**
 * cm_call_set_person:
 * @self: a call
 * @number: (nullable): who it is
 * @name: (nullable): what he is called
 *
 * What is known stays where the record does not know it. Who is shown in a place
 * is not another person before the place says so.
 */
void
cm_call_set_person (CmCall     *self,
                    const char *number,
                    const char *name)
{
  if (is_number (number) && self->place == NULL)
    set_text (&self->number, number);

  if (name != NULL && name[0] != '\0' && name[0] != '<' && strlen (name) <= CM_EVENT_MAX_ID)
    set_text (&self->name, name);
}

/**
 * cm_exchange_identify:
 * @self: an exchange
 * @call: a call
 * @number: (nullable): who it is
 * @name: (nullable): what he is called
 *
 * The room itself says who is in it. After a transfer the channel stays, and the
 * person is another one.
 */
void
cm_exchange_identify (CmExchange *self,
                      CmCall     *call,
                      const char *number,
                      const char *name)
{
  CmPlace *place = call->place;
  g_autofree char *before = g_strdup (call->address);

  if (place == NULL || !is_number (number) || g_strcmp0 (number, call->number) == 0)
    {
      cm_call_set_person (call, number, name);
      return;
    }

  cm_exchange_detach (self, call);
  g_clear_pointer (&call->name, g_free);
  cm_call_set_person (call, number, name);
  cm_exchange_attach (self, call, place);
  cm_exchange_refresh_person (self, place, call->address, 0);
  cm_exchange_refresh_person (self, place, before, 0);
}

/**
 * cm_call_set_handle:
 * @self: a call
 * @handle: (nullable): what the room's commands know it by
 */
void
cm_call_set_handle (CmCall     *self,
                    const char *handle)
{
  set_text (&self->handle, handle);
}

/**
 * cm_call_set_origin:
 * @self: a call
 * @context: (nullable): the part of the dial plan
 * @extension: (nullable): what leads to the room there
 */
void
cm_call_set_origin (CmCall     *self,
                    const char *context,
                    const char *extension)
{
  set_text (&self->context, context);
  set_text (&self->extension, extension);
}
