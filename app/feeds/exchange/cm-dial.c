/* cm-dial.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-dial.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define PLACE "{number}"

/* Longer than any number or user's name. */
#define MAX_NUMBER 64

/**
 * cm_dial_check:
 * @pattern: how somebody is dialled: "sofia/gateway/trunk/{number}"
 * @error: where the reason goes
 *
 * Returns: whether it can be filled in
 */
gboolean
cm_dial_check (const char  *pattern,
               GError     **error)
{
  if (strstr (pattern, PLACE) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "there is no " PLACE " in it");
      return FALSE;
    }

  for (const char *p = pattern; *p != '\0'; p++)
    {
      if (g_ascii_isgraph (*p))
        continue;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "only visible ASCII characters, and no space, can be dialled");
      return FALSE;
    }

  return TRUE;
}

static const char *
skip_scheme (const char *address)
{
  static const char * const schemes[] = { "tel:", "sip:", "sips:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0)
        return address + strlen (schemes[i]);
    }

  return address;
}

/* "+49 (30) 12-34" is written for people (RFC 3966, visual separators). */
static char *
drop_separators (char *number)
{
  char *end = number;

  if (number[strspn (number, "+0123456789*#-.() ")] != '\0')
    return number;

  for (const char *p = number; *p != '\0'; p++)
    {
      if (strchr ("-.() ", *p) == NULL)
        *end++ = *p;
    }
  *end = '\0';

  return number;
}

/* None of these means anything to an exchange but itself: what comes out of a
 * dial string is one number to one place. */
static gboolean
is_plain (const char *number)
{
  return number[0] != '\0' && number[0] != '-' && strlen (number) <= MAX_NUMBER &&
         number[strspn (number, "+*#._-0123456789" G_CSET_A_2_Z G_CSET_a_2_z)] == '\0';
}

/**
 * cm_dial_dup_number:
 * @address: a person's address, or a number as people write it
 * @error: where the reason goes
 *
 * Addresses come from those who call in: all but what cannot mean anything else
 * is refused.
 *
 * Returns: (transfer full): what can be dialled for it
 */
char *
cm_dial_dup_number (const char  *address,
                    GError     **error)
{
  const char *user = skip_scheme (address);
  g_autofree char *number = drop_separators (g_strndup (user, strcspn (user, "@;")));

  if (is_plain (number))
    return g_steal_pointer (&number);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       _("This is no number that can be dialled"));

  return NULL;
}

/**
 * cm_dial_fill:
 * @pattern: how somebody is dialled
 * @number: of cm_dial_dup_number()
 *
 * Returns: (transfer full): what the exchange is to dial
 */
char *
cm_dial_fill (const char *pattern,
              const char *number)
{
  g_auto(GStrv) parts = g_strsplit (pattern, PLACE, -1);

  return g_strjoinv (number, parts);
}
