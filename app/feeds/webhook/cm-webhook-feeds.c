/* cm-webhook-feeds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-webhook-feed.h"

#include <glib/gi18n.h>

#include "feeds/decode/cm-record-json.h"
#include "feeds/cm-secret.h"
#include "feeds/webhook/cm-webhook-check.h"

/* Each of these differs only in what it checks. */
typedef CmWebhookFeed CmSdnFeed;
typedef CmWebhookFeed CmZoomFeed;
typedef CmWebhookFeedClass CmSdnFeedClass;
typedef CmWebhookFeedClass CmZoomFeedClass;

G_DEFINE_FINAL_TYPE (CmSdnFeed, cm_sdn_feed, CM_TYPE_WEBHOOK_FEED)
G_DEFINE_FINAL_TYPE (CmZoomFeed, cm_zoom_feed, CM_TYPE_WEBHOOK_FEED)

static const CmFeedOption plain_options[] = {
  CM_WEBHOOK_SECRET_OPTION,
  { NULL }
};

static CmHookOutcome
check_zoom (CmWebhookFeed       *self,
            const CmHookRequest *request,
            const char          *secret,
            gint64               now)
{
  return cm_webhook_check_zoom (request, secret, now);
}

static GBytes *
make_zoom_answer (const char *token,
                  const char *secret)
{
  g_autofree char *digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                                                       token, -1);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "plainToken");
  json_builder_add_string_value (builder, token);
  json_builder_set_member_name (builder, "encryptedToken");
  json_builder_add_string_value (builder, digest);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/* "endpoint.url_validation": whether we know the secret. Only who knows it as well is
 * told: else anybody could have anything signed. */
static gboolean
answer_zoom (CmWebhookFeed       *self,
             const CmHookRequest *request,
             const char          *secret,
             CmHookAnswer        *answer)
{
  g_autoptr(JsonParser) parser = cm_record_parse_body (request->body);
  JsonObject *body = cm_record_get_root (parser);
  const char *token = cm_record_get_string (cm_record_get_object (body, "payload"), "plainToken");

  if (g_strcmp0 (cm_record_get_string (body, "event"), "endpoint.url_validation") != 0 || token == NULL ||
      cm_webhook_check_zoom (request, secret, g_get_real_time () / 1000) != CM_HOOK_TAKEN)
    return FALSE;

  cm_hook_answer_set (answer, 200, NULL);
  answer->type = g_strdup ("application/json");
  answer->body = make_zoom_answer (token, secret);

  return TRUE;
}

static void
cm_zoom_feed_class_init (CmZoomFeedClass *klass)
{
  CM_FEED_CLASS (klass)->options = plain_options;
  klass->decoder = "zoom";
  klass->check = check_zoom;
  klass->answer = answer_zoom;
}

static void
cm_zoom_feed_init (CmZoomFeed *self)
{
}

static CmHookOutcome
check_sdn (CmWebhookFeed       *self,
           const CmHookRequest *request,
           const char          *secret,
           gint64               now)
{
  return cm_webhook_check_key (request, secret);
}

static void
cm_sdn_feed_class_init (CmSdnFeedClass *klass)
{
  CM_FEED_CLASS (klass)->options = plain_options;
  klass->decoder = "sdn";
  klass->check = check_sdn;
}

static void
cm_sdn_feed_init (CmSdnFeed *self)
{
}
