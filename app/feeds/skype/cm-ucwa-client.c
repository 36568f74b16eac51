/* cm-ucwa-client.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-client.h"

#include <glib/gi18n.h>

#include "feeds/cm-bearer.h"
#include "feeds/cm-http.h"

#define MAX_ANSWER (4 * 1024 * 1024)
/* The events' channel holds a request for up to three minutes. */
#define TIMEOUT 240
#define MAX_CONNECTIONS 4

struct _CmUcwaClient
{
  CmFeedConfig *config;
  SoupSession  *session;
  GCancellable *cancellable;
  GUri         *base;
  CmBearer     *bearer;
};

/* @client is borrowed: once it is freed the request is cancelled. */
typedef struct
{
  CmUcwaClient     *client;
  GCancellable     *cancellable;
  char             *method;
  char             *href;
  GBytes           *body;    /* (nullable) */
  SoupMessage      *message;
  CmUcwaAnswerFunc  func;
  GDestroyNotify    cancelled;
  gpointer          user_data;
} Request;

static void
request_free (Request *self)
{
  g_object_unref (self->cancellable);
  g_free (self->method);
  g_free (self->href);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_object (&self->message);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static SoupSession *
new_session (CmFeedConfig *config)
{
  const char *authority = cm_feed_config_get_text (config, "authority");
  SoupSession *session = soup_session_new_with_options ("timeout", TIMEOUT, "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS, NULL);
  g_autoptr(GTlsDatabase) database = authority != NULL ? g_tls_file_database_new (authority, NULL) : NULL;

  if (database != NULL)
    soup_session_set_tls_database (session, database);

  return session;
}

/**
 * cm_ucwa_client_new:
 * @config: what the feed is told
 *
 * Returns: (transfer full): a client that has asked for nothing
 */
CmUcwaClient *
cm_ucwa_client_new (CmFeedConfig *config)
{
  CmUcwaClient *self = g_new0 (CmUcwaClient, 1);

  self->config = cm_feed_config_ref (config);
  self->session = new_session (config);
  self->bearer = cm_bearer_new (config);
  self->cancellable = g_cancellable_new ();
  self->base = g_uri_parse (cm_feed_config_get_text (config, "address"), SOUP_HTTP_URI_FLAGS, NULL);

  return self;
}

/**
 * cm_ucwa_client_free:
 * @self: (transfer full): a client; no answer comes after this
 */
void
cm_ucwa_client_free (CmUcwaClient *self)
{
  g_cancellable_cancel (self->cancellable);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_uri_unref (self->base);
  cm_feed_config_unref (self->config);
  cm_bearer_unref (self->bearer);
  g_free (self);
}

/**
 * cm_ucwa_client_set_base:
 * @self: a client
 * @address: of the pool to which the user belongs
 *
 * Returns: whether a token may be sent there
 */
gboolean
cm_ucwa_client_set_base (CmUcwaClient *self,
                         const char   *address)
{
  g_autoptr(GUri) uri = g_uri_parse_relative (self->base, address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *text = uri != NULL ? g_uri_to_string (uri) : NULL;

  if (text == NULL || !cm_bearer_check_address (text, NULL))
    return FALSE;

  g_uri_unref (self->base);
  self->base = g_steal_pointer (&uri);

  return TRUE;
}

static void
answer (Request      *request,
        guint         status,
        GBytes       *body,
        const GError *error)
{
  if (!g_cancellable_is_cancelled (request->cancellable))
    request->func (status, body, error, request->user_data);
  else if (request->cancelled != NULL)
    request->cancelled (request->user_data);
}

static void
send_request (Request *request,
              GAsyncReadyCallback callback)
{
  CmUcwaClient *self = request->client;
  g_autoptr(GUri) uri = g_uri_parse_relative (self->base, request->href, SOUP_HTTP_URI_FLAGS, NULL);
  const char *token = cm_bearer_get (self->bearer);
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(GError) error = NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (self->base)) != 0)
    {
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("the server names an address of another server"));
      answer (request, 0, NULL, error);
      request_free (request);
      return;
    }

  g_clear_object (&request->message);
  request->message = soup_message_new_from_uri (request->method, uri);
  if (token != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (request->message), "Authorization", header);
  soup_message_headers_replace (soup_message_get_request_headers (request->message), "Accept", "application/json");
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (request->message, "application/json", request->body);
  cm_http_send_async (self->session, request->message, MAX_ANSWER, self->cancellable, callback, request);
}

static void
on_final (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Request) request = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = cm_http_send_finish (result, &error);

  answer (request, soup_message_get_status (request->message), body, error);
}

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Request *request = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_there = cm_bearer_renew_finish (result, &error);

  if (!is_there || g_cancellable_is_cancelled (request->cancellable))
    {
      answer (request, 0, NULL, error);
      request_free (request);
      return;
    }

  send_request (request, on_final);
}

/* @request: (transfer full) */
static void
renew (Request *request)
{
  cm_bearer_renew_async (request->client->bearer, request->cancellable, on_token, request);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Request) request = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = cm_http_send_finish (result, &error);
  guint status = soup_message_get_status (request->message);

  if (error == NULL && status == SOUP_STATUS_UNAUTHORIZED && !g_cancellable_is_cancelled (request->cancellable))
    renew (g_steal_pointer (&request));
  else
    answer (request, status, body, error);
}

/**
 * cm_ucwa_client_send:
 * @self: a client
 * @method: of HTTP
 * @href: an address, or its path
 * @body: (nullable): what is sent
 * @func: called with the answer, unless the client is freed before
 * @cancelled: (nullable): called instead where it is
 * @user_data: for both
 */
void
cm_ucwa_client_send (CmUcwaClient     *self,
                     const char       *method,
                     const char       *href,
                     JsonNode         *body,
                     CmUcwaAnswerFunc  func,
                     GDestroyNotify    cancelled,
                     gpointer          user_data)
{
  Request *request = g_new0 (Request, 1);
  char *text = body != NULL ? json_to_string (body, FALSE) : NULL;

  request->client = self;
  request->cancellable = g_object_ref (self->cancellable);
  request->method = g_strdup (method);
  request->href = g_strdup (href);
  request->body = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
  request->func = func;
  request->cancelled = cancelled;
  request->user_data = user_data;
  send_request (request, on_answered);
}
