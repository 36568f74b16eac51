/* cm-server-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

/* Who guesses has to wait for each answer, and longer where he has guessed a lot, ms. */
#define DELAY 200
#define LONG_DELAY 1000

/* So many wait at a time; others are not even answered. */
#define MAX_DELAYED 1000

typedef struct
{
  CmServer          *server;
  SoupServerMessage *message;
} Delayed;

static void
call_free (gpointer data)
{
  CmServerCall *call = data;

  call->server->hooks_on_way -= call->on_way;
  g_clear_pointer (&call->grant, cm_access_grant_free);
  g_clear_object (&call->feed);
  g_byte_array_unref (call->body);
  g_free (call);
}

static void
drop_body (CmServerCall *call)
{
  g_byte_array_set_size (call->body, 0);
  call->server->hooks_on_way -= call->on_way;
  call->on_way = 0;
}

static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  CmServerCall *call = user_data;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (chunk, &size);

  if (call->is_too_large || call->is_limited)
    return;

  call->is_too_large = size > call->max_body - call->body->len;
  if (!call->is_too_large && cm_server_may_keep (call, size))
    g_byte_array_append (call->body, bytes, (guint) size);
  else
    drop_body (call);
}

static CmAccessGrant *
find_grant (CmServer          *self,
            SoupServerMessage *message)
{
  const char *header;

  if (cm_server_is_local (message))
    {
      CmAccessGrant *grant = cm_access_grant_new ("local", CM_ACCESS_ENGINEER, NULL);

      grant->is_local = TRUE;

      return grant;
    }

  header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0)
    return NULL;

  return cm_tokens_check (self->tokens, header + 7);
}

static void
delayed_free (gpointer data)
{
  Delayed *delayed = data;

  delayed->server->n_delayed--;
  g_object_unref (delayed->message);
  g_free (delayed);
}

static gboolean
on_delay_over (gpointer user_data)
{
  Delayed *delayed = user_data;

  soup_server_message_unpause (delayed->message);

  return G_SOURCE_REMOVE;
}

static Delayed *
delayed_new (CmServer          *self,
             SoupServerMessage *message)
{
  Delayed *delayed = g_new (Delayed, 1);

  *delayed = (Delayed) { self, g_object_ref (message) };
  self->n_delayed++;

  return delayed;
}

static void
delay (CmServer          *self,
       SoupServerMessage *message)
{
  gboolean is_new = cm_rate_take (self->failure_rate, cm_server_get_peer (message), g_get_monotonic_time ());

  if (self->n_delayed >= MAX_DELAYED)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
      return;
    }

  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, is_new ? DELAY : LONG_DELAY, on_delay_over,
                      delayed_new (self, message), delayed_free);
}

/**
 * cm_server_begin_call:
 * @self: a server
 * @message: a request of which the head is there
 * @path: what it is for
 *
 * Who calls is known before any of the body is read; of nobody's body anything is
 * kept.
 */
void
cm_server_begin_call (CmServer          *self,
                      SoupServerMessage *message,
                      const char        *path)
{
  CmServerCall *call = g_new0 (CmServerCall, 1);

  self->counters.requests++;
  call->server = self;
  call->grant = find_grant (self, message);
  call->body = g_byte_array_new ();
  call->max_body = CM_SERVER_MAX_BODY;
  if (cm_server_is_hook (path))
    cm_server_begin_hook (self, call, path);
  g_object_set_data_full (G_OBJECT (message), CM_SERVER_CALL, call, call_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), call);
}

/**
 * cm_server_refuse_unauthorized:
 * @self: a server
 * @message: a request of somebody without a right
 */
void
cm_server_refuse_unauthorized (CmServer          *self,
                               SoupServerMessage *message)
{
  self->counters.unauthorized++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate", "Bearer");
  cm_server_refuse (message, SOUP_STATUS_UNAUTHORIZED, "a valid token is needed");
  delay (self, message);
}

/**
 * cm_server_is_in_time:
 * @self: a server
 * @message: a request
 * @call: what is known of it
 *
 * Returns: %FALSE where the token has been used too often; that is then answered
 */
gboolean
cm_server_is_in_time (CmServer          *self,
                      SoupServerMessage *message,
                      CmServerCall      *call)
{
  if (call->grant->is_local || cm_rate_take (self->request_rate, call->grant->token, g_get_monotonic_time ()))
    return TRUE;

  self->counters.limited++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
  cm_server_refuse (message, CM_SERVER_TOO_MANY, "this token asks too often; try again in a second");

  return FALSE;
}
