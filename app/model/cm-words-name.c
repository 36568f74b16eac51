/* cm-words-name.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_mark (gunichar c)
{
  return !g_unichar_isalnum (c);
}

static void
append_initial (GString    *initials,
                const char *word)
{
  while (*word != '\0' && is_mark (g_utf8_get_char (word)))
    word = g_utf8_next_char (word);

  if (*word != '\0')
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (word)));
}

static const char *
skip_scheme (const char *address)
{
  static const char * const schemes[] = { "sip:", "sips:", "tel:", "mailto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0)
        return address + strlen (schemes[i]);
    }

  return address;
}

/**
 * cm_words_dup_isolated:
 * @text: an address, a number or an id, or lines of them
 *
 * They run from left to right in every language: “+1 555 0100” is not to be read from
 * its end. Within a text that runs the other way that needs marks (UAX 9: LRI and PDI).
 *
 * Returns: (transfer full): the text as it is to be shown
 */
char *
cm_words_dup_isolated (const char *text)
{
  /* Translators: is not shown. “rtl” where your language is written from right to left,
   * else “ltr” */
  gboolean turned = g_str_equal (C_ ("direction of the text", "ltr"), "rtl");
  g_auto (GStrv) lines = NULL;
  GString *isolated;

  if (!turned)
    return g_strdup (text);

  lines = g_strsplit (text, "\n", -1);
  isolated = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (isolated, "%s\342\201\246%s\342\201\251", i > 0 ? "\n" : "", lines[i]);

  return g_string_free (isolated, FALSE);
}

/**
 * cm_words_dup_name:
 * @address: a person's address
 * @name: (nullable): what the person is called, where that is known
 *
 * Returns: (transfer full): the name, else the address without its scheme
 */
char *
cm_words_dup_name (const char *address,
                   const char *name)
{
  if (name != NULL && *name != '\0')
    return g_strdup (name);

  return cm_words_dup_isolated (skip_scheme (address));
}

/**
 * cm_words_get_station:
 * @source: a source's id
 *
 * Returns: (transfer none): what it ends in: "ana@contoso.com" of "lync/ana@contoso.com"
 */
const char *
cm_words_get_station (const char *source)
{
  const char *slash = strrchr (source, '/');

  return slash != NULL ? slash + 1 : source;
}

/**
 * cm_words_get_source:
 * @source: a source's id
 *
 * Who does not see all has an alias in its place, which says nothing to a reader.
 *
 * Returns: (transfer none): what to call it, where nobody is known to be there
 */
const char *
cm_words_get_source (const char *source)
{
  /* Translators: in place of the name of a station or server that may not be shown */
  return g_str_has_prefix (source, "source:") ? _ ("A source") : cm_words_get_station (source);
}

/**
 * cm_words_dup_initials:
 * @name: a person's name or address
 *
 * Returns: (transfer full): at most two letters, of the first and the last word
 */
char *
cm_words_dup_initials (const char *name)
{
  GString *initials = g_string_new (NULL);
  const char *end = strchr (name, '@');
  g_autofree char *local = end != NULL ? g_strndup (name, (gsize) (end - name)) : g_strdup (name);
  g_auto (GStrv) words = g_strsplit_set (local, " \t._-", -1);
  const char *first = NULL;
  const char *last = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (first == NULL)
        first = words[i];
      else
        last = words[i];
    }

  if (first != NULL)
    append_initial (initials, first);
  if (last != NULL)
    append_initial (initials, last);

  return g_string_free (initials, FALSE);
}

/**
 * cm_words_dup_join:
 * @parts: (element-type utf8): strings; %NULL and empty ones are left out
 * @separator: what goes between two
 *
 * Returns: (transfer full): the parts in one string
 */
char *
cm_words_dup_join (GPtrArray  *parts,
                   const char *separator)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);

      if (part == NULL || *part == '\0')
        continue;
      if (joined->len > 0)
        g_string_append (joined, separator);
      g_string_append (joined, part);
    }

  return g_string_free (joined, FALSE);
}
