/* cm-webhook-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-webhook-check.h"

#include "feeds/decode/cm-record-json.h"
#include "feeds/cm-secret.h"
#include "feeds/webhook/cm-base64url.h"

/* How far a request's time may be from ours, ms: what Zoom's own example takes. */
#define WINDOW (5 * 60 * 1000)
/* How far two clocks may be apart, s. */
#define LEEWAY 60
/* Longer than any token that LiveKit makes. */
#define MAX_TOKEN 8192

/**
 * cm_webhook_check_zoom:
 * @request: a request
 * @secret: the secret token of the app
 * @now: ms UTC
 *
 * Zoom, "Using webhooks", verifying webhook events: an HMAC of "v0:TIME:BODY".
 *
 * Returns: %CM_HOOK_TAKEN where it is signed, and not old
 */
CmHookOutcome
cm_webhook_check_zoom (const CmHookRequest *request,
                       const char          *secret,
                       gint64               now)
{
  const char *time = g_hash_table_lookup (request->headers, "x-zm-request-timestamp");
  const char *signature = g_hash_table_lookup (request->headers, "x-zm-signature");
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_autofree char *expected = NULL;
  gint64 seconds;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (request->body, &size);

  if (time == NULL || signature == NULL ||
      !g_ascii_string_to_signed (time, 10, 0, G_MAXINT64 / 1000, &seconds, NULL))
    return CM_HOOK_UNSIGNED;

  g_hmac_update (hmac, (const guchar *) "v0:", -1);
  g_hmac_update (hmac, (const guchar *) time, -1);
  g_hmac_update (hmac, (const guchar *) ":", -1);
  g_hmac_update (hmac, bytes, (gssize) size);
  expected = g_strconcat ("v0=", g_hmac_get_string (hmac), NULL);

  if (!cm_secret_equal (expected, signature))
    return CM_HOOK_UNSIGNED;

  return seconds * 1000 < now - WINDOW || seconds * 1000 > now + WINDOW ? CM_HOOK_OLD : CM_HOOK_TAKEN;
}

/* Only the one algorithm: what the token itself names is not trusted (RFC 8725,
 * section 3.1). */
static gboolean
is_signed (char       **parts,
           const char  *secret)
{
  g_autoptr(JsonParser) head = cm_base64url_parse_object (parts[0]);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8 digest[32];
  gsize digest_size = sizeof digest, size;
  g_autofree char *signature = cm_base64url_decode (parts[2], &size);
  g_autofree char *expected = NULL, *given = NULL;

  if (head == NULL || g_strcmp0 (cm_record_get_string (cm_record_get_root (head), "alg"), "HS256") != 0)
    return FALSE;

  g_hmac_update (hmac, (const guchar *) parts[0], -1);
  g_hmac_update (hmac, (const guchar *) ".", -1);
  g_hmac_update (hmac, (const guchar *) parts[1], -1);
  g_hmac_get_digest (hmac, digest, &digest_size);
  expected = g_base64_encode (digest, digest_size);
  given = g_base64_encode ((const guchar *) signature, size);

  return cm_secret_equal (expected, given);
}

static char *
dup_body_hash (GBytes *body)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize digest_size = sizeof digest, size;
  const guint8 *bytes = g_bytes_get_data (body, &size);

  g_checksum_update (checksum, bytes, (gssize) size);
  g_checksum_get_digest (checksum, digest, &digest_size);

  return g_base64_encode (digest, digest_size);
}

static CmHookOutcome
check_claims (JsonObject *claims,
              GBytes     *body,
              const char *key,
              gint64      now)
{
  g_autofree char *hash = dup_body_hash (body);
  const char *given = cm_record_get_string (claims, "sha256");
  gint64 end = cm_record_get_integer (claims, "exp", 0);
  gint64 start = cm_record_get_integer (claims, "nbf", 0);

  if (given == NULL || !cm_secret_equal (hash, given) || g_strcmp0 (cm_record_get_string (claims, "iss"), key) != 0)
    return CM_HOOK_UNSIGNED;

  return end < now / 1000 - LEEWAY || start > now / 1000 + LEEWAY ? CM_HOOK_OLD : CM_HOOK_TAKEN;
}

/**
 * cm_webhook_check_livekit:
 * @request: a request
 * @key: the API key
 * @secret: the API secret
 * @now: ms UTC
 *
 * LiveKit, "Webhooks": a JWT (RFC 7519) whose claim sha256 is the body's hash.
 *
 * Returns: %CM_HOOK_TAKEN where it is signed for this body, and holds now
 */
CmHookOutcome
cm_webhook_check_livekit (const CmHookRequest *request,
                          const char          *key,
                          const char          *secret,
                          gint64               now)
{
  const char *token = g_hash_table_lookup (request->headers, "authorization");
  g_autoptr(JsonParser) claims = NULL;
  g_auto(GStrv) parts = NULL;

  if (token == NULL || strlen (token) > MAX_TOKEN)
    return CM_HOOK_UNSIGNED;
  if (g_ascii_strncasecmp (token, "Bearer ", 7) == 0)
    token += 7;

  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3 || !is_signed (parts, secret))
    return CM_HOOK_UNSIGNED;

  claims = cm_base64url_parse_object (parts[1]);

  return claims != NULL ? check_claims (cm_record_get_root (claims), request->body, key, now) : CM_HOOK_UNSIGNED;
}

static gboolean
find_algorithm (gsize          size,
                GChecksumType *type)
{
  static const GChecksumType types[] = {
    G_CHECKSUM_SHA1, G_CHECKSUM_SHA256, G_CHECKSUM_SHA384, G_CHECKSUM_SHA512
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      *type = types[i];
      if (size == (gsize) g_checksum_type_get_length (types[i]) * 2)
        return TRUE;
    }

  return FALSE;
}

static CmHookOutcome
get_outcome (gboolean knows_secret)
{
  return knows_secret ? CM_HOOK_TAKEN : CM_HOOK_UNSIGNED;
}

static gboolean
has_bearer (const CmHookRequest *request,
            const char          *secret)
{
  const char *header = g_hash_table_lookup (request->headers, "authorization");

  return header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 && cm_secret_equal (secret, header + 7);
}

/**
 * cm_webhook_check_bigbluebutton:
 * @request: a request
 * @callback: (nullable): our address as the hook was registered with it
 * @secret: the server's shared secret
 *
 * bbb-webhooks: the hash of the address, the body and the secret, or the secret
 * itself as a bearer's (auth2_0). The algorithm is told by the hash's length.
 *
 * Returns: %CM_HOOK_TAKEN where it knows the secret
 */
CmHookOutcome
cm_webhook_check_bigbluebutton (const CmHookRequest *request,
                                const char          *callback,
                                const char          *secret)
{
  const char *given = request->query != NULL ? g_hash_table_lookup (request->query, "checksum") : NULL;
  g_autoptr(GChecksum) checksum = NULL;
  GChecksumType type;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (request->body, &size);

  if (given == NULL)
    return get_outcome (has_bearer (request, secret));
  if (callback == NULL || !find_algorithm (strlen (given), &type))
    return CM_HOOK_UNSIGNED;

  checksum = g_checksum_new (type);
  g_checksum_update (checksum, (const guchar *) callback, -1);
  g_checksum_update (checksum, bytes, (gssize) size);
  g_checksum_update (checksum, (const guchar *) secret, -1);

  return get_outcome (cm_secret_equal (g_checksum_get_string (checksum), given));
}

/**
 * cm_webhook_check_key:
 * @request: a request
 * @secret: what stands behind "?key=" in the address that the system was given
 *
 * For systems that sign nothing.
 *
 * Returns: %CM_HOOK_TAKEN where it knows the key
 */
CmHookOutcome
cm_webhook_check_key (const CmHookRequest *request,
                      const char          *secret)
{
  const char *given = request->query != NULL ? g_hash_table_lookup (request->query, "key") : NULL;

  return get_outcome (given != NULL && cm_secret_equal (secret, given));
}

/**
 * cm_webhook_check_dup_digest:
 * @request: a request
 *
 * Returns: (transfer full): of all that makes it this one, whatever its system signs
 */
char *
cm_webhook_check_dup_digest (const CmHookRequest *request)
{
  static const char * const names[] = { "x-zm-signature", "authorization" };
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (request->body, &size);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_hash_table_lookup (request->headers, names[i]);

      if (value != NULL)
        g_checksum_update (checksum, (const guint8 *) value, -1);
    }
  g_checksum_update (checksum, bytes, (gssize) size);

  return g_strdup (g_checksum_get_string (checksum));
}
