/* cm-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-server-private.h"

#include <glib/gstdio.h>


/* Time passes in such steps, ms. */
#define ADVANCE_INTERVAL 100

/* Who guesses has to wait for each answer, ms. */
#define UNAUTHORIZED_DELAY 200

static void
call_free (gpointer data)
{
  CmServerCall *call = data;

  g_clear_pointer (&call->grant, cm_access_grant_free);
  g_byte_array_unref (call->body);
  g_free (call);
}

static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  CmServerCall *call = user_data;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (chunk, &size);

  if (call->grant == NULL || call->is_too_large)
    return;

  if (size > CM_SERVER_MAX_BODY - call->body->len)
    {
      call->is_too_large = TRUE;
      g_byte_array_set_size (call->body, 0);
      return;
    }

  g_byte_array_append (call->body, bytes, (guint) size);
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

/* Who calls is known before any of the body is read; of nobody's body anything
 * is kept. */
static void
on_head (SoupServer        *soup,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  CmServer *self = user_data;
  CmServerCall *call = g_new0 (CmServerCall, 1);

  self->counters.requests++;
  call->server = self;
  call->grant = find_grant (self, message);
  call->body = g_byte_array_new ();
  g_object_set_data_full (G_OBJECT (message), CM_SERVER_CALL, call, call_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), call);
}

static gboolean
on_delay_over (gpointer user_data)
{
  SoupServerMessage *message = user_data;

  soup_server_message_unpause (message);

  return G_SOURCE_REMOVE;
}

static void
refuse_unauthorized (CmServer          *self,
                     SoupServerMessage *message)
{
  self->counters.unauthorized++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate", "Bearer");
  cm_server_refuse (message, SOUP_STATUS_UNAUTHORIZED, "a valid token is needed");
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, UNAUTHORIZED_DELAY, on_delay_over, g_object_ref (message), g_object_unref);
}

static void
handle_conversations (CmServer          *self,
                      SoupServerMessage *message,
                      CmServerCall      *call,
                      GHashTable        *query)
{
  g_autofree char *person = cm_server_dup_person (call->grant, query);
  CmHubView *view = cm_hub_get_view (self->hub, call->grant->role, person);

  cm_audit_write (self->audit, call->grant, "list", (const char *[]) { "person", person, NULL });
  if (view == NULL)
    cm_server_refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "too many different persons are asked for");
  else
    cm_server_answer_conversations (self, message, view);
}

static void
handle_events (CmServer          *self,
               SoupServerMessage *message,
               CmServerCall      *call)
{
  if (!cm_access_may_send (call->grant))
    cm_server_refuse (message, SOUP_STATUS_FORBIDDEN, "this token may not send events");
  else if (call->is_too_large)
    cm_server_refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a request may bring 8 MiB");
  else
    cm_server_take_events (self, message, call);
}

static void
handle_post (CmServer          *self,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             CmServerCall      *call)
{
  if (g_str_equal (path, "/v1/events"))
    handle_events (self, message, call);
  else if (g_str_equal (path, "/v1/commands"))
    cm_server_take_command (self, message, call, query);
  else
    cm_server_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "not with this method");
}

static void
handle_feed (CmServer          *self,
             SoupServerMessage *message,
             CmServerCall      *call)
{
  if (cm_access_may_send (call->grant))
    cm_server_begin_feed (self, message, call);
  else
    cm_server_refuse (message, SOUP_STATUS_FORBIDDEN, "this token may not send events");
}

/* What only takes something in cannot be read. */
static gboolean
is_post_only (const char *path)
{
  return g_str_equal (path, "/v1/events") || g_str_equal (path, "/v1/commands");
}

static void
handle_get (CmServer          *self,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            CmServerCall      *call)
{
  gboolean is_watch = g_str_equal (path, "/v1/watch");

  if (g_str_equal (path, "/healthz"))
    cm_server_answer (message, SOUP_STATUS_OK, "application/json", "{\"healthy\":true}\n");
  else if (g_str_equal (path, "/readyz"))
    cm_server_answer_ready (self, message);
  else if (g_str_equal (path, "/metrics"))
    cm_server_answer_metrics (self, message);
  else if (g_str_equal (path, "/v1/me"))
    cm_server_answer_me (message, call->grant);
  else if (g_str_equal (path, "/v1/feed"))
    handle_feed (self, message, call);
  else if (!is_watch && !g_str_equal (path, "/v1/conversations"))
    cm_server_refuse (message, SOUP_STATUS_NOT_FOUND, "there is nothing here");
  else if (!cm_access_may_watch (call->grant))
    cm_server_refuse (message, SOUP_STATUS_FORBIDDEN, "this token may not watch");
  else if (is_watch)
    cm_server_begin_watch (self, message, call);
  else
    handle_conversations (self, message, call, query);
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  CmServer *self = user_data;
  CmServerCall *call = g_object_get_data (G_OBJECT (message), CM_SERVER_CALL);
  const char *method = soup_server_message_get_method (message);

  if (call == NULL || call->grant == NULL)
    refuse_unauthorized (self, message);
  else if (g_str_equal (method, "POST"))
    handle_post (self, message, path, query, call);
  else if (g_str_equal (method, "GET") && !is_post_only (path))
    handle_get (self, message, path, query, call);
  else
    cm_server_refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "not with this method");
}

static gboolean
on_advance (gpointer user_data)
{
  CmServer *self = user_data;

  cm_tracker_advance (self->tracker, g_get_real_time () / 1000);
  cm_hub_look (self->hub);
  cm_server_agents_look (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
still_has (const CmAccessGrant *grant,
           gpointer             user_data)
{
  return cm_tokens_still_has (user_data, grant);
}

static void
on_tokens_changed (GFileMonitor      *monitor,
                   GFile             *file,
                   GFile             *other,
                   GFileMonitorEvent  event,
                   gpointer           user_data)
{
  CmServer *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!cm_tokens_load (self->tokens, self->tokens_path, &error))
    g_message ("Nobody is let in over TCP: %s: %s", self->tokens_path, error->message);

  cm_hub_keep (self->hub, still_has, self->tokens);
  cm_server_agents_keep (self);
}

/* A token that is revoked holds for nobody from then on, signal or not. */
static void
follow_tokens (CmServer *self)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->tokens_path);

  self->tokens_monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->tokens_monitor != NULL)
    g_signal_connect (self->tokens_monitor, "changed", G_CALLBACK (on_tokens_changed), self);
}

static gboolean
open_journal (CmServer              *self,
              const CmServerConfig  *config,
              CmServerRecovery      *recovery,
              GError               **error)
{
  CmJournalOptions options = {
    config->journal, (guint) config->commit, config->file_size, (gint64) config->keep
  };
  CmJournalRecovery found = { 0 };

  *recovery = (CmServerRecovery) { 0 };
  if (config->journal == NULL)
    return TRUE;

  cm_tracker_listen_from (self->tracker, g_get_real_time () / 1000);
  self->journal = cm_journal_open (&options, cm_server_take_kept, self, &found, error);
  cm_tracker_listen_from (self->tracker, g_get_real_time () / 1000);
  *recovery = (CmServerRecovery) { found.events, found.faults, found.torn };

  return self->journal != NULL;
}

static void
make_hub (CmServer             *self,
          const CmServerConfig *config)
{
  CmHubOptions options = {
    (guint) config->frame, (gsize) config->ring, (guint) config->stuck, config->internal_domains
  };

  self->tracker = cm_tracker_new ();
  cm_tracker_set_history (self->tracker, (gint64) config->history, (guint) config->max_ended);
  self->hub = cm_hub_new (self->tracker, &options);
}

/**
 * cm_server_new:
 * @config: where it listens, and all else
 * @recovery: (out): what was kept of the time before
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): a tracker that serves, in the main context
 */
CmServer *
cm_server_new (const CmServerConfig  *config,
               CmServerRecovery      *recovery,
               GError               **error)
{
  g_autoptr(CmServer) self = g_new0 (CmServer, 1);

  self->n_connections = g_rc_box_new0 (guint);
  self->max_connections = config->max_connections;
  self->tokens_path = g_strdup (config->tokens);
  self->audit_path = g_strdup (config->audit);
  self->certificate_path = g_strdup (config->certificate);
  self->key_path = g_strdup (config->key);
  self->places = g_string_new (NULL);
  self->json = cm_json_reader_new ();
  self->tokens = cm_tokens_new ();
  make_hub (self, config);
  cm_server_feeds_init (self);
  cm_server_agents_init (self);
  self->commands = cm_server_commands_new (self);

  self->audit = cm_audit_open (config->audit, error);
  if (self->audit == NULL)
    return NULL;

  if (!cm_tokens_load (self->tokens, self->tokens_path, error))
    {
      g_prefix_error (error, "%s: ", self->tokens_path);
      return NULL;
    }

  if (!open_journal (self, config, recovery, error))
    return NULL;

  self->soup = soup_server_new ("server-header", "conference-tracker", NULL);
  soup_server_add_early_handler (self->soup, NULL, on_head, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!cm_server_listen (self, config, error))
    return NULL;

  cm_server_agents_start (self);
  follow_tokens (self);
  cm_server_apply_feeds (self, config);
  self->advance_id = g_timeout_add (ADVANCE_INTERVAL, on_advance, self);

  return g_steal_pointer (&self);
}

/**
 * cm_server_free:
 * @self: (transfer full): a server
 *
 * Ends it; what was accepted goes to disk before.
 */
void
cm_server_free (CmServer *self)
{
  g_clear_handle_id (&self->advance_id, g_source_remove);
  g_clear_pointer (&self->feeds, cm_feed_list_free);
  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  cm_server_agents_clear (self);
  if (self->journal != NULL)
    cm_journal_close (self->journal);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  if (self->socket_path != NULL)
    g_unlink (self->socket_path);

  cm_server_commands_free (self->commands);
  cm_hub_free (self->hub);
  g_ptr_array_unref (self->agents);
  g_hash_table_unref (self->agent_sources);
  g_clear_pointer (&self->audit, cm_audit_free);
  g_clear_object (&self->journal);
  g_clear_object (&self->tokens_monitor);
  g_clear_object (&self->service);
  g_clear_object (&self->soup);
  g_clear_object (&self->certificate);
  g_object_unref (self->tracker);
  cm_tokens_free (self->tokens);
  cm_json_reader_free (self->json);
  g_rc_box_release (self->n_connections);
  g_string_free (self->places, TRUE);
  g_free (self->tokens_path);
  g_free (self->audit_path);
  g_free (self->certificate_path);
  g_free (self->key_path);
  g_free (self->socket_path);
  g_free (self);
}

/**
 * cm_server_reload:
 * @self: a server
 * @error: where the reason goes
 *
 * Reads tokens and certificate anew. Nobody is dropped but those whose token has
 * gone.
 *
 * Returns: %FALSE where one cannot be read; a file of tokens that cannot be
 *   trusted lets nobody in
 */
gboolean
cm_server_reload (CmServer  *self,
                  GError   **error)
{
  gboolean ok = cm_tokens_load (self->tokens, self->tokens_path, error);

  cm_hub_keep (self->hub, still_has, self->tokens);
  cm_server_agents_keep (self);

  return ok && cm_audit_reopen (self->audit, self->audit_path, error) && cm_server_load_certificate (self, error);
}

/**
 * cm_server_dup_places:
 * @self: a server
 *
 * Returns: (transfer full): where it listens
 */
char *
cm_server_dup_places (CmServer *self)
{
  return g_strdup (self->places->str);
}
