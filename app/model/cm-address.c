/* cm-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-address.h"

/* RFC 3966, section 3: separators mean nothing. */
static char *
normalize_tel (const char *rest)
{
  GString *number = g_string_new ("tel:");

  for (const char *p = rest; *p != '\0' && *p != ';' && *p != '?'; p++)
    {
      if (strchr ("-.() ", *p) == NULL)
        g_string_append_c (number, *p);
    }

  return g_string_free (number, FALSE);
}

/* RFC 3261, section 19.1.1: a number in a SIP URI says that it is one; a global
 * one is the same wherever it is dialled. */
static gboolean
is_number (const char *rest)
{
  return rest[0] == '+' && strspn (rest + 1, "0123456789-.()") > 0 &&
         rest[1 + strspn (rest + 1, "0123456789-.()")] == '@' && strstr (rest, ";user=phone") != NULL;
}

/* "sip:" or "sips:" in front and, for persons, nothing behind the host: a gruu
 * or an epid names one of the person's devices, not another person. */
static char *
normalize_sip (const char *rest)
{
  gsize size = strcspn (rest, is_number (rest) ? "@" : ";?");
  g_autofree char *address = g_strndup (rest, size);

  return is_number (rest) ? normalize_tel (address) : g_strconcat ("sip:", address, NULL);
}

/* Nearly all addresses are ASCII, of which the user's language makes nothing else: in
 * Turkish "SIP" would get a small letter of its own. */
static char *
dup_lower_string (const char *string)
{
  return g_str_is_ascii (string) ? g_ascii_strdown (string, -1) : g_utf8_strdown (string, -1);
}

static char *
dup_lower (CmText text)
{
  g_autofree char *copy = cm_text_dup (text);

  return copy != NULL ? dup_lower_string (g_strstrip (copy)) : g_strdup ("");
}

/**
 * cm_address_normalize:
 * @uri: a participant's or contact's URI, as any source writes it
 *
 * The form by which persons are compared: lower case, "sip:" for whatever has a
 * user and a host, no parameters; numbers without separators as "tel:". What is
 * neither stays as it is.
 *
 * Returns: (transfer full): the address
 */
char *
cm_address_normalize (CmText uri)
{
  g_autofree char *lower = dup_lower (uri);

  g_assert (lower != NULL);

  if (g_str_has_prefix (lower, "sip:"))
    return normalize_sip (lower + 4);
  if (g_str_has_prefix (lower, "sips:"))
    return normalize_sip (lower + 5);
  if (g_str_has_prefix (lower, "tel:"))
    return normalize_tel (lower + 4);
  if (lower[0] == '+' && strchr (lower, '@') == NULL)
    return normalize_tel (lower);
  if (strchr (lower, '@') != NULL && strchr (lower, ':') == NULL)
    return normalize_sip (lower);

  return g_steal_pointer (&lower);
}

/**
 * cm_address_is_conference:
 * @uri: a participant's URI
 *
 * Whether it is the conference itself that is listed (a focus or one of its
 * media servers, "opaque=app:conf:…"). A bare address is a person, also where
 * it is the leg's ConferencingUri.
 */
gboolean
cm_address_is_conference (CmText uri)
{
  static const char mark[] = "opaque=app:conf:";
  gsize length = sizeof mark - 1;

  for (gsize i = 0; i + length <= uri.size; i++)
    {
      if (g_ascii_strncasecmp (uri.bytes + i, mark, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_word (const char *text,
         const char *others)
{
  if (*text == '\0')
    return FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && (guchar) *p < 0x80 && strchr (others, *p) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* The id behind "opaque=app:conf:<media>:id:"; the media servers of a
 * conference carry its focus id ([MS-CONFBAS] 2.2.1.2). */
static char *
find_focus_id (char **parameters)
{
  static const char * const media[] = {
    "focus", "audio-video", "chat", "applicationsharing", "data-conf", "phone-conf", NULL
  };

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      g_auto(GStrv) parts = NULL;

      if (!g_str_has_prefix (parameters[i], "opaque=app:conf:"))
        continue;

      parts = g_strsplit (parameters[i] + strlen ("opaque=app:conf:"), ":", 0);
      if (g_strv_length (parts) == 3 && g_strv_contains (media, parts[0]) &&
          g_str_equal (parts[1], "id") && is_word (parts[2], "-._~"))
        return g_strdup (parts[2]);
    }

  return NULL;
}

static gboolean
is_user_and_host (const char *address)
{
  const char *at = strchr (address, '@');

  return at != NULL && at > address && strchr (at + 1, '@') == NULL &&
         is_word (address, "@-._~!$&'()*+,=%") && is_word (at + 1, "-.[]");
}

static gboolean
parse_sip (CmConferenceUri *self,
           const char      *given,
           const char      *lower)
{
  g_auto(GStrv) parameters = g_strsplit (lower, ";", 0);
  g_autofree char *id = NULL;

  /* Of an empty text there are no parts at all. */
  if (parameters[0] == NULL || !is_user_and_host (parameters[0]))
    return FALSE;

  id = find_focus_id (parameters + 1);
  self->uri = g_strdup (given);
  self->organizer = g_strconcat ("sip:", parameters[0], NULL);
  self->key = id != NULL ? g_strconcat (parameters[0], "/", id, NULL) : NULL;

  return TRUE;
}

/* https://meet.<domain>/<user>/<ID>: the id is the focus id. The online service
 * has a tenant in front of the user and says nothing of the domain: no key. */
static gboolean
parse_join_url (CmConferenceUri *self,
                const char      *given,
                const char      *lower)
{
  g_autoptr(GUri) url = g_uri_parse (lower, G_URI_FLAGS_NONE, NULL);
  g_auto(GStrv) path = NULL;
  const char *host;

  if (url == NULL || g_uri_get_host (url) == NULL)
    return FALSE;

  host = g_uri_get_host (url);
  path = g_strsplit (g_uri_get_path (url), "/", 0);
  if (!g_str_has_prefix (host, "meet.") || g_strv_length (path) < 3 ||
      (path[3] != NULL && (path[3][0] != '\0' || path[4] != NULL)) ||
      !is_word (path[1], "-._~") || !is_word (path[2], "-._~"))
    return FALSE;

  self->uri = g_strdup (given);
  self->organizer = g_strconcat ("sip:", path[1], "@", host + strlen ("meet."), NULL);
  self->key = g_strconcat (path[1], "@", host + strlen ("meet."), "/", path[2], NULL);

  return TRUE;
}

static const char *
skip_prefix (const char *text,
             const char *prefix)
{
  gsize size = strlen (prefix);

  return g_ascii_strncasecmp (text, prefix, size) == 0 ? text + size : text;
}

/**
 * cm_conference_uri_parse:
 * @self: (out caller-allocates): where the parts go; clear it afterwards
 * @uri: a ConferencingUri or a join URL, in any of the variants of the field
 *
 * Takes apart `sip:<organizer>@<domain>;gruu;opaque=app:conf:focus:id:<id>`,
 * also behind "conf:" or "meet:", with a query, in any letter case, for any of
 * the conference's media servers, and `https://meet.<domain>/<user>/<id>`
 * (TechNet dd572701).
 *
 * Returns: %FALSE where it is none of these; then @self is empty
 */
gboolean
cm_conference_uri_parse (CmConferenceUri *self,
                         CmText           uri)
{
  g_autofree char *given = g_strstrip (uri.bytes != NULL ? cm_text_dup (uri) : g_strdup (""));
  g_autofree char *lower = NULL;
  const char *sip;

  *self = (CmConferenceUri) { NULL, NULL, NULL };
  given[strcspn (given, "?")] = '\0';
  sip = skip_prefix (skip_prefix (given, "conf:"), "meet:");
  lower = dup_lower_string (sip);

  if (g_str_has_prefix (lower, "http://") || g_str_has_prefix (lower, "https://"))
    return parse_join_url (self, sip, lower);
  if (g_str_has_prefix (lower, "sip:"))
    return parse_sip (self, sip, lower + 4);
  if (g_str_has_prefix (lower, "sips:"))
    return parse_sip (self, sip, lower + 5);

  return parse_sip (self, sip, lower);
}

/**
 * cm_conference_uri_clear:
 * @self: the parts of a URI
 */
void
cm_conference_uri_clear (CmConferenceUri *self)
{
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->organizer, g_free);
  g_clear_pointer (&self->key, g_free);
}
