/* cm-graph-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-feed.h"

#include <glib/gi18n.h>

#include "feeds/cm-bearer.h"
#include "feeds/cm-secret.h"
#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-graph-content.h"
#include "feeds/webhook/cm-graph-look.h"
#include "feeds/webhook/cm-graph-token.h"
#include "feeds/webhook/cm-graph.h"
#include "feeds/webhook/cm-webhook-check.h"

/* So long public keys are believed, and so long before they are asked for again where
 * a token is signed with another one, µs. */
#define SIGNERS_LIFE (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)
#define SIGNERS_AGAIN (10 * (gint64) G_USEC_PER_SEC)

struct _CmGraphFeed
{
  CmWebhookFeed  parent_instance;

  CmBearer      *bearer;
  GCancellable  *cancellable;
  CmGraphLook   *look;     /* (nullable) while nothing is asked */
  gboolean       is_fresh; /* the token was made for this look */
  JsonArray     *signers;  /* (nullable): public keys by which tokens are signed */
  gint64         until;    /* monotonic µs: so long they are not asked for again */
  gboolean       asks_signers;
};

G_DEFINE_FINAL_TYPE (CmGraphFeed, cm_graph_feed, CM_TYPE_WEBHOOK_FEED)

static const CmFeedOption options[] = {
  CM_WEBHOOK_SECRET_OPTION,
  { "address", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_bearer_check_address, N_("Address"), NULL },
  CM_WEBHOOK_SNAPSHOT_OPTION,
  { "private-key", CM_FEED_OPTION_SECRET_FILE, FALSE, NULL, 0, 0, NULL, NULL, NULL, NULL },
  CM_BEARER_OPTIONS,
  CM_BEARER_APPLICATION_OPTIONS,
  { NULL }
};

/* Every notification has to carry the state that the subscription was made with; a
 * bot's callback carries it in its address. */
static CmHookOutcome
cm_graph_feed_check (CmWebhookFeed       *feed,
                     const CmHookRequest *request,
                     const char          *secret,
                     gint64               now)
{
  g_autoptr(JsonParser) parser = NULL;
  JsonArray *list;
  gboolean good;

  if (cm_webhook_check_key (request, secret) == CM_HOOK_TAKEN)
    return CM_HOOK_TAKEN;

  parser = cm_record_parse_body (request->body);
  list = cm_record_get_array (cm_record_get_root (parser), "value");
  good = list != NULL && json_array_get_length (list) > 0;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *notification = cm_record_as_object (json_array_get_element (list, i));
      const char *state = cm_record_get_string (notification, "clientState");

      good = state != NULL && cm_secret_equal (secret, state) && good;
    }

  return good ? CM_HOOK_TAKEN : CM_HOOK_UNSIGNED;
}

/* A new subscription asks for its own token back (Graph, "Receive change
 * notifications through webhooks"): no secret is in it, and it is only text. */
static gboolean
cm_graph_feed_answer (CmWebhookFeed       *feed,
                      const CmHookRequest *request,
                      const char          *secret,
                      CmHookAnswer        *answer)
{
  const char *token = request->query != NULL ? g_hash_table_lookup (request->query, "validationToken") : NULL;

  if (token == NULL)
    return FALSE;

  cm_hook_answer_set (answer, 200, NULL);
  answer->type = g_strdup ("text/plain");
  answer->body = g_bytes_new (token, strlen (token));

  return TRUE;
}

static gboolean
is_encrypted (JsonNode *notification)
{
  return cm_record_get_object (cm_record_as_object (notification), "encryptedContent") != NULL;
}

/* Returns: (transfer full): the record that one notification is */
static GBytes *
wrap (JsonNode *notification)
{
  g_autofree char *text = json_to_string (notification, FALSE);
  char *record = g_strdup_printf ("{\"value\":[%s]}", text);

  return g_bytes_new_take (record, strlen (record));
}

static GPtrArray *
open_all (JsonArray    *list,
          CmGraphKeys  *keys,
          GError      **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *notification = json_array_get_element (list, i);
      JsonObject *content = cm_record_get_object (cm_record_as_object (notification), "encryptedContent");
      GBytes *record = content != NULL ? cm_graph_keys_open (keys, content, error) : wrap (notification);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

/* Those of the login's that are known are asked for once a day, and sooner where a
 * token is signed with none of them. */
static gboolean
wants_signers (CmGraphFeed *self)
{
  CmFeedConfig *config = cm_feed_get_config (CM_FEED (self));

  return cm_feed_config_has_secret (config, "private-key") && cm_feed_config_get_text (config, "client-id") != NULL &&
         cm_feed_config_get_text (config, "address") != NULL;
}

/* Whoever knows the certificate can encrypt; who it was these tokens say. */
static CmHookOutcome
check_tokens (CmGraphFeed *self,
              JsonObject  *body)
{
  CmFeedConfig *config = cm_feed_get_config (CM_FEED (self));
  const char *client = cm_feed_config_get_text (config, "client-id");
  const char *tenant = cm_feed_config_get_text (config, "tenant");
  JsonArray *tokens = cm_record_get_array (body, "validationTokens");
  CmHookOutcome outcome = CM_HOOK_TAKEN;

  if (!wants_signers (self))
    return CM_HOOK_TAKEN;
  if (self->signers == NULL)
    return CM_HOOK_UNAVAILABLE;
  if (tokens == NULL || json_array_get_length (tokens) == 0)
    return CM_HOOK_UNSIGNED;
  /* Tokens name it by its id, and the login takes the name of its domain as well. */
  if (tenant != NULL && !g_uuid_string_is_valid (tenant))
    tenant = NULL;

  for (guint i = 0; i < json_array_get_length (tokens) && outcome == CM_HOOK_TAKEN; i++)
    {
      JsonNode *token = json_array_get_element (tokens, i);

      outcome = JSON_NODE_HOLDS_VALUE (token) && json_node_get_value_type (token) == G_TYPE_STRING
        ? cm_graph_token_check (json_node_get_string (token), self->signers, client, tenant, g_get_real_time () / 1000)
        : CM_HOOK_UNSIGNED;
    }

  return outcome;
}

static void
refuse (CmHookAnswer  *answer,
        CmHookOutcome  outcome)
{
  if (outcome == CM_HOOK_UNAVAILABLE)
    cm_hook_answer_set (answer, 503, "who signs validation tokens is not known yet; send it again later");
  else
    cm_hook_answer_set (answer, 401, "a validation token is not one that Graph makes now for this application");
  answer->outcome = outcome;
}

static GPtrArray *
open_encrypted (CmGraphFeed  *self,
                JsonObject   *body,
                CmHookAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  char *pem = cm_feed_config_read_secret (cm_feed_get_config (CM_FEED (self)), "private-key", &error);
  g_autoptr(CmGraphKeys) keys = pem != NULL ? cm_graph_keys_new (pem, &error) : NULL;
  GPtrArray *records;
  CmHookOutcome outcome;

  cm_secret_free (pem);
  if (keys == NULL)
    {
      cm_hook_answer_set (answer, 503, error->message);
      return NULL;
    }

  outcome = check_tokens (self, body);
  if (outcome != CM_HOOK_TAKEN)
    {
      /* It may be signed with a new key. */
      self->until = MIN (self->until, g_get_monotonic_time () + SIGNERS_AGAIN);
      refuse (answer, outcome);
      return NULL;
    }

  records = open_all (cm_record_get_array (body, "value"), keys, &error);
  if (records == NULL)
    cm_hook_answer_set (answer, 401, error->message);

  return records;
}

/* Without a private key the decoder says of each that it is encrypted. */
static GPtrArray *
cm_graph_feed_open (CmWebhookFeed       *feed,
                    const CmHookRequest *request,
                    CmHookAnswer        *answer)
{
  g_autoptr(JsonParser) parser = NULL;
  JsonArray *list;
  GPtrArray *records;

  if (cm_feed_config_has_secret (cm_feed_get_config (CM_FEED (feed)), "private-key"))
    parser = cm_record_parse_body (request->body);
  list = cm_record_get_array (cm_record_get_root (parser), "value");
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      if (is_encrypted (json_array_get_element (list, i)))
        return open_encrypted (CM_GRAPH_FEED (feed), cm_record_get_root (parser), answer);
    }

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (records, g_bytes_ref (request->body));

  return records;
}

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* Where it was given up the feed may be gone. */
  cm_bearer_renew_finish (result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cm_webhook_feed_go_on (user_data, error);
}

static SoupMessage *
make_question (CmGraphFeed *self,
               const char  *place)
{
  g_autofree char *header = g_strconcat ("Bearer ", cm_bearer_get (self->bearer), NULL);
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, place);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Authorization", header);
  soup_message_headers_replace (headers, "Accept", "application/json");

  return message;
}

/* They are public, and nobody's secret goes there. */
static SoupMessage *
ask_signers (CmGraphFeed *self)
{
  const char *login = cm_webhook_feed_get_text (CM_WEBHOOK_FEED (self), "login-address");
  g_autofree char *place = g_strconcat (login, g_str_has_suffix (login, "/") ? "" : "/", "common/discovery/v2.0/keys", NULL);

  self->asks_signers = TRUE;

  return soup_message_new (SOUP_METHOD_GET, place);
}

static gboolean
hear_signers (CmGraphFeed  *self,
              guint         status,
              GBytes       *answer,
              GError      **error)
{
  g_autoptr(JsonParser) parser = cm_record_parse_body (answer);
  JsonArray *keys = cm_record_get_array (cm_record_get_root (parser), "keys");

  self->asks_signers = FALSE;
  if (status != SOUP_STATUS_OK || keys == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the login does not tell its public keys: HTTP status %u", status);
      return FALSE;
    }

  g_clear_pointer (&self->signers, json_array_unref);
  self->signers = json_array_ref (keys);
  self->until = g_get_monotonic_time () + SIGNERS_LIFE;

  return TRUE;
}

static SoupMessage *
cm_graph_feed_ask (CmWebhookFeed *feed,
                   const char    *secret)
{
  CmGraphFeed *self = CM_GRAPH_FEED (feed);
  g_autofree char *place = NULL;

  if (wants_signers (self) && (self->signers == NULL || g_get_monotonic_time () >= self->until))
    return ask_signers (self);

  if (self->look == NULL)
    self->look = cm_graph_look_new (cm_graph_dup_calls (CM_GRAPH (cm_webhook_feed_get_decoder (feed))),
                                    cm_webhook_feed_get_text (feed, "address"));
  place = cm_graph_look_dup_next (self->look);

  /* Even where there is nothing to ask it is seen whether Graph would answer. */
  if (cm_bearer_get (self->bearer) != NULL)
    return place != NULL ? make_question (self, place) : NULL;

  self->is_fresh = TRUE;
  cm_webhook_feed_pause (feed);
  cm_bearer_renew_async (self->bearer, self->cancellable, on_token, self);

  return NULL;
}

static gboolean
cm_graph_feed_hear (CmWebhookFeed  *feed,
                    SoupMessage    *message,
                    GBytes         *answer,
                    GError        **error)
{
  CmGraphFeed *self = CM_GRAPH_FEED (feed);
  guint status = soup_message_get_status (message);

  if (self->asks_signers)
    return hear_signers (self, status, answer, error);

  if (status == SOUP_STATUS_UNAUTHORIZED)
    cm_bearer_drop (self->bearer);

  /* The token may have run out, or was revoked; a new one is refused for good. */
  if (status == SOUP_STATUS_UNAUTHORIZED && !self->is_fresh)
    return TRUE;

  return cm_graph_look_hear (self->look, status, answer, error);
}

static void
cm_graph_feed_settle (CmWebhookFeed *feed,
                      CmDecoder     *decoder,
                      gint64         at)
{
  cm_graph_look_tell (CM_GRAPH_FEED (feed)->look, CM_GRAPH (decoder), at);
}

static void
cm_graph_feed_forget (CmWebhookFeed *feed)
{
  CmGraphFeed *self = CM_GRAPH_FEED (feed);

  g_clear_pointer (&self->look, cm_graph_look_free);
  self->is_fresh = FALSE;
  self->asks_signers = FALSE;
}

static gboolean
cm_graph_feed_wants_look (CmWebhookFeed *feed)
{
  return cm_graph_wants_look (CM_GRAPH (cm_webhook_feed_get_decoder (feed)));
}

static void
cm_graph_feed_start (CmFeed *feed)
{
  CmGraphFeed *self = CM_GRAPH_FEED (feed);

  self->bearer = cm_bearer_new (cm_feed_get_config (feed));
  self->cancellable = g_cancellable_new ();

  CM_FEED_CLASS (cm_graph_feed_parent_class)->start (feed);
}

static void
cm_graph_feed_stop (CmFeed *feed)
{
  CmGraphFeed *self = CM_GRAPH_FEED (feed);

  g_cancellable_cancel (self->cancellable);
  CM_FEED_CLASS (cm_graph_feed_parent_class)->stop (feed);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->bearer, cm_bearer_unref);
  g_clear_pointer (&self->signers, json_array_unref);
}

static void
cm_graph_feed_class_init (CmGraphFeedClass *klass)
{
  CmFeedClass *feed_class = CM_FEED_CLASS (klass);
  CmWebhookFeedClass *webhook_class = CM_WEBHOOK_FEED_CLASS (klass);

  feed_class->options = options;
  feed_class->start = cm_graph_feed_start;
  feed_class->stop = cm_graph_feed_stop;
  webhook_class->decoder = "graph";
  webhook_class->has_our_clock = TRUE;
  webhook_class->knows_some = TRUE;
  webhook_class->check = cm_graph_feed_check;
  webhook_class->answer = cm_graph_feed_answer;
  webhook_class->open = cm_graph_feed_open;
  webhook_class->wants_look = cm_graph_feed_wants_look;
  webhook_class->ask = cm_graph_feed_ask;
  webhook_class->hear = cm_graph_feed_hear;
  webhook_class->settle = cm_graph_feed_settle;
  webhook_class->forget = cm_graph_feed_forget;
}

static void
cm_graph_feed_init (CmGraphFeed *self)
{
}
