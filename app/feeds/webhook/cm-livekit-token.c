/* cm-livekit-token.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-livekit-token.h"

#include <json-glib/json-glib.h>

#include "feeds/webhook/cm-base64url.h"

/* For one request; clocks may be apart, s. */
#define LIFE 300
#define LEEWAY 60

static void
add_grants (JsonBuilder *builder,
            const char  *room)
{
  json_builder_set_member_name (builder, "video");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, room != NULL ? "roomAdmin" : "roomList");
  json_builder_add_boolean_value (builder, TRUE);
  if (room != NULL)
    {
      json_builder_set_member_name (builder, "room");
      json_builder_add_string_value (builder, room);
    }
  json_builder_end_object (builder);
}

static char *
dup_claims (const char *key,
            const char *room,
            gint64      now)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "iss");
  json_builder_add_string_value (builder, key);
  json_builder_set_member_name (builder, "nbf");
  json_builder_add_int_value (builder, now - LEEWAY);
  json_builder_set_member_name (builder, "exp");
  json_builder_add_int_value (builder, now + LIFE);
  add_grants (builder, room);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return cm_base64url_encode ((const guint8 *) text, strlen (text));
}

/**
 * cm_livekit_token_new:
 * @key: the API key
 * @secret: the API secret
 * @room: (nullable): the room whose participants may be listed; %NULL where the
 *   rooms may be
 * @now: s UTC
 *
 * LiveKit, "Authentication": a JWT (RFC 7519) with no more grants than one request
 * needs.
 *
 * Returns: (transfer full): a token
 */
char *
cm_livekit_token_new (const char *key,
                      const char *secret,
                      const char *room,
                      gint64      now)
{
  static const char head[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_autofree char *first = cm_base64url_encode ((const guint8 *) head, strlen (head));
  g_autofree char *second = dup_claims (key, room, now);
  g_autofree char *text = g_strconcat (first, ".", second, NULL);
  g_autofree char *signature = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &size);
  signature = cm_base64url_encode (digest, size);

  return g_strconcat (text, ".", signature, NULL);
}
