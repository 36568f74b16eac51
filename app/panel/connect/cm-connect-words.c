/* cm-connect-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-words.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

static char *
dup_socket_fault (const CmRemoteAddress *address,
                  const GError          *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_ ("No tracker listens at %s. Start one with “conference-tracker serve”, "
                               "or check the path."), address->path);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup_printf (_ ("%s belongs to somebody else. Ask who runs the tracker for an "
                               "address that you may use."), address->path);

  return g_strdup (error->message);
}

/**
 * cm_connect_words_dup_unreachable:
 * @address: of a tracker
 * @error: why nothing answers there
 *
 * Returns: (transfer full): that, and what to do
 */
char *
cm_connect_words_dup_unreachable (const CmRemoteAddress *address,
                                  const GError          *error)
{
  if (address->path != NULL)
    return dup_socket_fault (address, error);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (_ ("No computer is known by the name %s. Check how it is spelled, and "
                               "whether this computer is in the right network."), address->host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_ ("%s answers, but nothing listens on its port %u. Check the port, and "
                               "that the tracker runs."), address->host, address->port);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_strdup_printf (_ ("%s does not answer. Check that this computer is in the right "
                               "network, and that no firewall is between."), address->host);

  return g_strdup_printf (_ ("%s cannot be reached: %s"), address->host, error->message);
}

static char *
dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (guint i = 0; sum[i] != '\0'; i += 2)
    g_string_append_printf (out, "%s%c%c", i > 0 ? ":" : "", g_ascii_toupper (sum[i]),
                            g_ascii_toupper (sum[i + 1]));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "CN=tracker,O=Contoso" is for those who know it; the name alone is for all. */
static char *
dup_name (const char *distinguished)
{
  g_auto (GStrv) parts = g_strsplit (distinguished != NULL ? distinguished : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_str_has_prefix (g_strstrip (parts[i]), "CN="))
        return g_utf8_make_valid (parts[i] + strlen ("CN="), -1);
    }

  return g_utf8_make_valid (distinguished != NULL ? distinguished : "?", -1);
}

static char *
dup_issuer (GTlsCertificate *certificate)
{
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  return dup_name (issuer);
}

static char *
dup_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  /* Translators: day, month and year, as g_date_time_format() has them */
  return local != NULL ? g_date_time_format (local, _ ("%-d %B %Y")) : g_strdup ("?");
}

/* The names that a certificate is for, as a list in words. */
static char *
dup_subjects (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) numbers = g_tls_certificate_get_ip_addresses (certificate);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      gsize size;
      const char *name = g_bytes_get_data (g_ptr_array_index (names, i), &size);

      g_string_append_printf (out, "%s%.*s", out->len > 0 ? ", " : "", (int) size, name);
    }

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      g_autofree char *number = g_inet_address_to_string (g_ptr_array_index (numbers, i));

      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", number);
    }

  return out->len > 0 ? g_utf8_make_valid (out->str, (gssize) out->len) : dup_name (subject);
}

/**
 * cm_connect_words_dup_certificate:
 * @certificate: one that is trusted
 *
 * Returns: (transfer full): whose it is, and how to tell it from another
 */
char *
cm_connect_words_dup_certificate (GTlsCertificate *certificate)
{
  g_autofree char *issuer = dup_issuer (certificate);
  g_autofree char *subjects = dup_subjects (certificate);
  g_autofree char *fingerprint = dup_fingerprint (certificate);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *day = dup_day (end);

  /* Translators: names, a date, and letters and digits */
  return g_strdup_printf (_ ("Issued for %s by %s, valid until %s. Fingerprint (SHA-256): %s"),
                          subjects, issuer, day, fingerprint);
}

static void
add_sentence (GString *out,
              char    *sentence)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, sentence);
  g_free (sentence);
}

static void
add_time_faults (GString              *out,
                 GTlsCertificate      *certificate,
                 GTlsCertificateFlags  faults)
{
  g_autoptr (GDateTime) start = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *first = dup_day (start);
  g_autofree char *last = dup_day (end);

  if ((faults & G_TLS_CERTIFICATE_EXPIRED) != 0)
    add_sentence (out, g_strdup_printf (_ ("The certificate has expired: it was valid until %s. Check "
                                           "the clock of this computer, or ask who runs the tracker "
                                           "to renew it."), last));
  if ((faults & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    add_sentence (out, g_strdup_printf (_ ("The certificate is not valid yet, but from %s on. Check "
                                           "the clock of this computer."), first));
}

static void
add_authority_fault (GString         *out,
                     GTlsCertificate *certificate,
                     gboolean         has_authority)
{
  g_autofree char *issuer = dup_issuer (certificate);

  add_sentence (out, g_strdup_printf (has_authority
    ? _ ("The certificate was issued by %s, which is not in the file of authorities that was "
         "chosen. Ask who runs the tracker for the right file, and choose it above.")
    : _ ("The certificate was issued by %s, whom this computer does not know. Ask who runs the "
         "tracker for the file of that authority, and choose it above."), issuer));
}

/**
 * cm_connect_words_dup_distrust:
 * @address: of a tracker
 * @certificate: what it showed
 * @faults: what is wrong with that
 * @has_authority: whether the user has chosen a file of authorities
 *
 * Returns: (transfer full): all that is wrong, and what to do about it
 */
char *
cm_connect_words_dup_distrust (const CmRemoteAddress *address,
                               GTlsCertificate       *certificate,
                               GTlsCertificateFlags   faults,
                               gboolean               has_authority)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *subjects = dup_subjects (certificate);
  g_autofree char *fingerprint = dup_fingerprint (certificate);

  if ((faults & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    add_sentence (out, g_strdup_printf (_ ("The certificate is for %s, not for %s. Use an address that "
                                           "it is for; otherwise somebody may be in between."),
                                        subjects, address->host));
  add_time_faults (out, certificate, faults);
  if ((faults & G_TLS_CERTIFICATE_REVOKED) != 0)
    add_sentence (out, g_strdup (_ ("The certificate has been revoked. Ask who runs the tracker for "
                                    "a new one, and do not connect until then.")));
  if ((faults & G_TLS_CERTIFICATE_INSECURE) != 0)
    add_sentence (out, g_strdup (_ ("The certificate is too weak to be trusted. Ask who runs the "
                                    "tracker for a new one.")));
  if ((faults & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    add_authority_fault (out, certificate, has_authority);
  if (out->len == 0)
    add_sentence (out, g_strdup (_ ("The certificate cannot be trusted.")));
  /* Translators: letters and digits by which a certificate is told from another */
  add_sentence (out, g_strdup_printf (_ ("Fingerprint (SHA-256): %s"), fingerprint));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * cm_connect_words_dup_no_tls:
 * @address: of a tracker
 * @error: why nothing could be agreed upon
 *
 * Returns: (transfer full): that, and what to do
 */
char *
cm_connect_words_dup_no_tls (const CmRemoteAddress *address,
                             const GError          *error)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return g_strdup (_ ("This computer has no module for TLS. Install glib-networking."));
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return g_strdup (_ ("The tracker wants a certificate of this computer, too. Ask who runs it "
                        "for an address where a token is enough."));

  return g_strdup_printf (_ ("What answers on port %u does not speak TLS as it should (%s). Check the "
                             "port, and ask who runs the tracker whether it has a certificate."),
                          address->port, error->message);
}

/**
 * cm_connect_words_dup_broken:
 * @host: (nullable): where a tracker is; %NULL on this computer
 * @error: why there was no answer after all
 *
 * Returns: (transfer full): that, and what to do
 */
char *
cm_connect_words_dup_broken (const char   *host,
                             const GError *error)
{
  return g_strdup_printf (_ ("%s took the connection, but gave no answer: %s. Try again; if it stays "
                             "so, ask who runs the tracker."),
                          host != NULL ? host : _ ("This computer"), error->message);
}

/**
 * cm_connect_words_dup_refused:
 * @status: the HTTP status of the answer
 * @has_token: whether a token was shown
 *
 * Returns: (transfer full): why nobody is signed in, and what to do
 */
char *
cm_connect_words_dup_refused (guint    status,
                              gboolean has_token)
{
  if (status == SOUP_STATUS_UNAUTHORIZED && has_token)
    return g_strdup (_ ("The tracker does not know this token, or it has been revoked. Check that "
                        "all of it was pasted, or ask who runs the tracker for a new one."));
  if (status == SOUP_STATUS_UNAUTHORIZED)
    return g_strdup (_ ("The tracker wants a token. Ask who runs it for one, made with "
                        "“conference-tracker token add”, and paste it above."));
  if (status == 429)
    return g_strdup (_ ("The tracker has been asked too often. Wait a minute, then try again."));
  if (status >= 500)
    return g_strdup_printf (_ ("The tracker has a fault of its own (%u). Ask who runs it."), status);

  return g_strdup_printf (_ ("What answers there is not a conference tracker (%u). Check the address "
                             "and its port."), status);
}

/**
 * cm_connect_words_dup_role:
 * @role: what the tracker says the token is for
 * @may_watch: (out): whether that includes watching
 *
 * Returns: (transfer full): what it allows, and what to do where that is nothing
 */
char *
cm_connect_words_dup_role (const char *role,
                           gboolean   *may_watch)
{
  *may_watch = TRUE;

  if (g_str_equal (role, "engineer"))
    return g_strdup (_ ("Engineer: all calls, with names and numbers."));
  if (g_str_equal (role, "supporter"))
    return g_strdup (_ ("Supporter: all calls; names only of the person who is searched for, and of "
                        "numbers the last three digits."));
  if (g_str_equal (role, "watcher"))
    return g_strdup (_ ("Watcher: all calls and how many people are in them, but not who."));

  *may_watch = FALSE;
  if (g_str_equal (role, "agent"))
    return g_strdup (_ ("This token is an agent’s: it may send events, but not watch. Ask who runs "
                        "the tracker for a token of a watcher, a supporter or an engineer."));

  return g_strdup_printf (_ ("The tracker says that this token is for “%s”, which this version does "
                             "not know. Ask who runs the tracker."), role);
}
