/* cm-freeswitch-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-freeswitch-feed.h"

#include <glib/gi18n.h>

#include "feeds/exchange/cm-dial.h"

/* Longer than what an exchange says in one line. */
#define MAX_WORDS 200

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, reason);

  return FALSE;
}

/* The command line is taken apart at spaces, with quotes and backslashes. */
static gboolean
check_words (const CmOrder  *order,
             GError        **error)
{
  if (strpbrk (order->room, "'\"\\") != NULL)
    return refuse (error, _("The conference has a name that no command can have"));
  if (order->handle != NULL && order->handle[strspn (order->handle, "0123456789")] != '\0')
    return refuse (error, _("It is not known by what the exchange knows this person"));

  return TRUE;
}

static char *
dup_dial (const CmOrder *order,
          const char    *dial)
{
  g_autofree char *string = cm_dial_fill (dial, order->number);

  return g_strconcat ("bgdial ", string, NULL);
}

static char *
dup_verb (const CmOrder *order,
          const char    *dial)
{
  switch (order->action)
    {
    case CM_ACTION_MUTE:
      return g_strconcat ("mute ", order->handle, NULL);
    case CM_ACTION_UNMUTE:
      return g_strconcat ("unmute ", order->handle, NULL);
    case CM_ACTION_REMOVE:
      return g_strconcat ("kick ", order->handle, NULL);
    case CM_ACTION_MUTE_ALL:
      return g_strdup ("mute all");
    case CM_ACTION_UNMUTE_ALL:
      return g_strdup ("unmute all");
    case CM_ACTION_LOCK:
      return g_strdup ("lock");
    case CM_ACTION_UNLOCK:
      return g_strdup ("unlock");
    case CM_ACTION_END:
      return g_strdup ("kick all");
    case CM_ACTION_INVITE:
    case CM_ACTION_REJOIN:
      return dup_dial (order, dial);
    case CM_ACTION_ADMIT:
    case CM_N_ACTIONS:
    default:
      return NULL;
    }
}

/**
 * cm_freeswitch_dup_order:
 * @order: an order
 * @dial: (nullable): how somebody is dialled
 * @error: where the reason goes
 *
 * (conference_api.c of v1.10.12, and switch_separate_string() for its words.)
 *
 * Returns: (transfer full) (nullable): the command for the event socket
 */
char *
cm_freeswitch_dup_order (const CmOrder  *order,
                         const char     *dial,
                         GError        **error)
{
  g_autofree char *verb = NULL;

  if (!check_words (order, error))
    return NULL;

  verb = dup_verb (order, dial);
  if (verb == NULL)
    {
      refuse (error, _("The source does not take this command"));
      return NULL;
    }

  return g_strdup_printf ("api conference %s %s\n\n", order->room, verb);
}

static CmText
skip_word (CmText      text,
           const char *word)
{
  gsize size = strlen (word);

  if (text.size >= size && memcmp (text.bytes, word, size) == 0)
    return (CmText) { text.bytes + size, text.size - size };

  return text;
}

static char *
dup_line (CmText text)
{
  const char *end = text.size > 0 ? memchr (text.bytes, '\n', text.size) : NULL;
  gsize size = end != NULL ? (gsize) (end - text.bytes) : text.size;
  g_autofree char *line = g_utf8_make_valid (text.bytes != NULL ? text.bytes : "", (gssize) size);

  if (g_utf8_strlen (line, -1) > MAX_WORDS)
    *g_utf8_offset_to_pointer (line, MAX_WORDS) = '\0';

  return g_strdup (g_strstrip (line));
}

static char *
dup_job (CmText answer)
{
  static const char name[] = "Job-UUID: ";
  const char *begin = memmem (answer.bytes, answer.size, name, strlen (name));
  gsize rest;

  if (begin == NULL)
    return NULL;

  begin += strlen (name);
  rest = answer.size - (gsize) (begin - answer.bytes);

  return dup_line ((CmText) { begin, rest });
}

/**
 * cm_freeswitch_has_taken:
 * @answer: to a command
 * @words: (out) (transfer full): what it says, without what says that it is one
 * @job: (out) (transfer full) (nullable): by what it tells how the dialling goes
 *
 * Some answers begin with "+OK", some with "OK"; a refusal often with nothing.
 *
 * Returns: whether the command was taken
 */
gboolean
cm_freeswitch_has_taken (CmText   answer,
                         char   **words,
                         char   **job)
{
  CmText plus = skip_word (answer, "+");
  gboolean taken = skip_word (plus, "OK").size < plus.size;

  *words = dup_line (skip_word (answer, taken ? "+OK " : "-ERR "));
  *job = taken && answer.size > 0 ? dup_job (answer) : NULL;

  return taken;
}
