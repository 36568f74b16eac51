/* cm-graph-token.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-token.h"

#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-base64url.h"
#include "feeds/webhook/cm-graph-content.h"

/* Whoever publishes notifications is this application, in every tenant (Graph, "Set
 * up change notifications that include resource data"). */
#define PUBLISHER "0bf30f3b-4a52-48df-9a82-234910c4a086"
/* How far two clocks may be apart, s. */
#define LEEWAY 300
#define MAX_TOKEN 16384

static gboolean
is_signed (const char *token,
           char      **parts,
           JsonArray  *keys)
{
  g_autoptr(JsonParser) head = cm_base64url_parse_object (parts[0]);
  const char *kid = cm_record_get_string (cm_record_get_root (head), "kid");
  gsize size, text_size = strlen (parts[0]) + 1 + strlen (parts[1]);
  g_autofree char *signature = cm_base64url_decode (parts[2], &size);

  if (kid == NULL || g_strcmp0 (cm_record_get_string (cm_record_get_root (head), "alg"), "RS256") != 0)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonObject *key = cm_record_as_object (json_array_get_element (keys, i));

      if (g_strcmp0 (cm_record_get_string (key, "kid"), kid) == 0)
        return cm_graph_is_signed (key, token, text_size, signature, size);
    }

  return FALSE;
}

/* Tokens of the first and of the second version differ in what they call it. */
static gboolean
is_from_graph (JsonObject *claims,
               const char *client,
               const char *tenant)
{
  const char *issuer = cm_record_get_string (claims, "iss");
  const char *publisher = cm_record_get_string (claims, "appid");
  g_autofree char *first = NULL, *second = NULL;

  if (publisher == NULL)
    publisher = cm_record_get_string (claims, "azp");
  if (tenant == NULL)
    tenant = cm_record_get_string (claims, "tid");
  if (tenant == NULL || g_strcmp0 (publisher, PUBLISHER) != 0 ||
      g_strcmp0 (cm_record_get_string (claims, "aud"), client) != 0)
    return FALSE;

  first = g_strdup_printf ("https://sts.windows.net/%s/", tenant);
  second = g_strdup_printf ("https://login.microsoftonline.com/%s/v2.0", tenant);

  return g_strcmp0 (issuer, first) == 0 || g_strcmp0 (issuer, second) == 0;
}

/**
 * cm_graph_token_check:
 * @token: one of the "validationTokens" of a notification
 * @keys: those of the Microsoft identity platform (RFC 7517)
 * @client: the id of the application that has subscribed
 * @tenant: (nullable): the id of its tenant; %NULL for any
 * @now: ms UTC
 *
 * Returns: %CM_HOOK_TAKEN where Graph has made it for that application, and it holds
 */
CmHookOutcome
cm_graph_token_check (const char *token,
                      JsonArray  *keys,
                      const char *client,
                      const char *tenant,
                      gint64      now)
{
  g_autoptr(JsonParser) parser = NULL;
  g_auto(GStrv) parts = NULL;
  JsonObject *claims;
  gint64 seconds = now / 1000;

  if (strlen (token) > MAX_TOKEN)
    return CM_HOOK_UNSIGNED;

  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3 || !is_signed (token, parts, keys))
    return CM_HOOK_UNSIGNED;

  parser = cm_base64url_parse_object (parts[1]);
  claims = cm_record_get_root (parser);
  if (!is_from_graph (claims, client, tenant))
    return CM_HOOK_UNSIGNED;

  return cm_record_get_integer (claims, "exp", 0) < seconds - LEEWAY ||
         cm_record_get_integer (claims, "nbf", 0) > seconds + LEEWAY ? CM_HOOK_OLD : CM_HOOK_TAKEN;
}
