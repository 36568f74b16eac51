/* cm-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include <glib/gstdio.h>


/* Time passes in such steps, ms. */
#define ADVANCE_INTERVAL 100

static void
on_head (SoupServer        *soup,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  cm_server_keep_limit (message);
  cm_server_begin_call (user_data, message, path);
}

static void
handle_conversations (CmServer          *self,
                      SoupServerMessage *message,
                      CmServerCall      *call,
                      GHashTable        *query)
{
  g_autofree char *person = cm_server_dup_person (call->grant, query);
  CmViewFilter *filter = cm_server_take_filter (message, call->grant, query);
  CmHubView *view;

  if (filter == NULL)
    return;

  view = cm_hub_get_view (self->hub, call->grant, person, filter);
  cm_audit_write (self->audit, call->grant, "list", (const char *[]) { "person", person, NULL });
  if (view == NULL)
    cm_server_refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "too many different questions are asked at a time");
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
  else if (cm_server_is_hook (path))
    cm_server_refuse (message, SOUP_STATUS_NOT_FOUND, "there is no feed of this name that takes posts");
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
  return g_str_equal (path, "/v1/events") || g_str_equal (path, "/v1/commands") || cm_server_is_hook (path);
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
    cm_server_begin_watch (self, message, call, query);
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

  if (self->is_stopping)
    cm_server_refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "the tracker is about to end; send it again later");
  else if (call != NULL && call->feed != NULL && (g_str_equal (method, "POST") || g_str_equal (method, "GET")))
    cm_server_take_hook (self, message, query, call);
  else if (call == NULL || call->grant == NULL)
    cm_server_refuse_unauthorized (self, message);
  else if (!cm_server_is_in_time (self, message, call))
    return;
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

/* Those whose token has gone go with it. */
static void
keep_callers (CmServer *self)
{
  cm_hub_keep (self->hub, still_has, self->tokens);
  cm_server_agents_keep (self);
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

  keep_callers (self);
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

static void
on_journal_failing (CmJournal  *journal,
                    GParamSpec *pspec,
                    gpointer    user_data)
{
  CmServer *self = user_data;

  cm_hub_set_failing (self->hub, cm_journal_get_is_failing (journal));
}

static CmServerKept *
open_journal (CmServer              *self,
              const CmServerConfig  *config,
              CmServerRecovery      *recovery,
              GError               **error)
{
  const CmJournalOptions options = {
    config->journal, (guint) config->commit, config->file_size, (gint64) config->keep, config->keep_size,
    config->checkpoint, &self->kept_funcs,
  };
  CmJournalRecovery found = { 0 };

  self->journal = cm_journal_open (&options, &found, error);
  *recovery = (CmServerRecovery) {
    found.kept + found.read, found.kept, found.faults, found.torn, found.checkpoint_fault
  };
  if (self->journal == NULL)
    {
      g_clear_pointer (&found.state, cm_server_kept_free);
      return NULL;
    }

  g_signal_connect (self->journal, "notify::is-failing", G_CALLBACK (on_journal_failing), self);

  return found.state;
}

/* What is known begins with what was kept. */
static gboolean
make_hub (CmServer              *self,
          const CmServerConfig  *config,
          CmServerRecovery      *recovery,
          GError               **error)
{
  const CmHubOptions options = {
    (guint) config->frame, (gsize) config->ring, (guint) config->stuck, config->internal_domains
  };
  g_autoptr(CmServerKept) kept = NULL;

  self->history = (CmServerHistory) { (gint64) config->history, (guint) config->max_ended };
  cm_server_kept_set_funcs (&self->kept_funcs, &self->history);
  kept = config->journal != NULL ? open_journal (self, config, recovery, error) : cm_server_kept_new (&self->history);
  if (kept == NULL)
    return FALSE;

  self->tracker = g_steal_pointer (&kept->tracker);
  self->agent_sources = g_steal_pointer (&kept->agent_sources);
  self->hub = cm_hub_new (self->tracker, g_steal_pointer (&kept->sources), &options);
  cm_tracker_listen_from (self->tracker, g_get_real_time () / 1000);
  cm_hub_look (self->hub);

  return TRUE;
}

static void
make_limits (CmServer             *self,
             const CmServerConfig *config)
{
  self->request_rate = cm_rate_new ((guint) config->requests, (guint) config->requests * 2);
  self->hook_rate = cm_rate_new ((guint) config->hooks, (guint) config->hooks * 2);
  self->source_rate = cm_rate_new ((guint) config->source_events, (guint) config->source_events * 10);
  self->failure_rate = cm_rate_new (1, 20);
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

  *recovery = (CmServerRecovery) { 0 };
  self->n_connections = g_rc_box_new0 (guint);
  self->max_connections = config->max_connections;
  self->tokens_path = g_strdup (config->tokens);
  self->places = g_string_new (NULL);
  self->json = cm_json_reader_new ();
  self->tokens = cm_tokens_new ();
  cm_server_tls_init (self);
  make_limits (self, config);
  self->hooks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  cm_server_agents_init (self);

  self->audit = cm_audit_open (config->audit, error);
  if (self->audit == NULL)
    return NULL;

  if (!cm_server_load_tokens (self->tokens, self->tokens_path, error))
    return NULL;

  if (!make_hub (self, config, recovery, error))
    return NULL;

  cm_server_feeds_init (self);
  self->commands = cm_server_commands_new (self);
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
  /* While the journal is written requests still come, and find no feeds. */
  self->is_stopping = TRUE;
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
  cm_server_tls_clear (self);
  cm_server_keep_clear (self);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  if (self->socket_path != NULL)
    g_unlink (self->socket_path);

  g_clear_pointer (&self->commands, cm_server_commands_free);
  g_clear_pointer (&self->hub, cm_hub_free);
  g_ptr_array_unref (self->agents);
  g_clear_pointer (&self->agent_sources, g_hash_table_unref);
  g_clear_pointer (&self->audit, cm_audit_free);
  if (self->journal != NULL)
    g_signal_handlers_disconnect_by_data (self->journal, self);
  g_clear_object (&self->journal);
  g_clear_object (&self->tokens_monitor);
  g_clear_object (&self->service);
  g_clear_object (&self->soup);
  g_clear_object (&self->certificate);
  g_clear_object (&self->client_authority);
  g_clear_object (&self->tracker);
  cm_tokens_free (self->tokens);
  cm_rate_free (self->request_rate);
  cm_rate_free (self->hook_rate);
  g_hash_table_unref (self->hooks);
  cm_rate_free (self->source_rate);
  cm_rate_free (self->failure_rate);
  cm_json_reader_free (self->json);
  g_rc_box_release (self->n_connections);
  g_string_free (self->places, TRUE);
  g_free (self->tokens_path);
  g_free (self->socket_path);
  g_free (self);
}

/**
 * cm_server_load_tokens:
 * @tokens: a book
 * @path: its file
 * @error: where the reason goes, with what to do
 *
 * Returns: %FALSE where it cannot be trusted or read
 */
gboolean
cm_server_load_tokens (CmTokens    *tokens,
                       const char  *path,
                       GError     **error)
{
  if (cm_tokens_load (tokens, path, error))
    return TRUE;

  g_prefix_error (error, "tokens=%s must be a file that “conference-tracker token add” has made, and that nobody else "
                  "can read: ", path);

  return FALSE;
}

/* The file may be another one now. */
static gboolean
load_tokens (CmServer              *self,
             const CmServerConfig  *config,
             GError               **error)
{
  gboolean ok;

  if (g_strcmp0 (self->tokens_path, config->tokens) != 0)
    {
      g_free (self->tokens_path);
      self->tokens_path = g_strdup (config->tokens);
      g_clear_object (&self->tokens_monitor);
      follow_tokens (self);
    }

  ok = cm_tokens_load (self->tokens, self->tokens_path, error);
  if (!ok)
    g_prefix_error (error, "nobody is let in over TCP: %s: ", self->tokens_path);
  keep_callers (self);

  return ok;
}

/**
 * cm_server_reload:
 * @self: a server
 * @config: what holds from now on
 * @error: where the reason goes
 *
 * Takes over all that can change while it runs: tokens, certificates, the audit
 * log, limits, and how things are told and kept. Nobody is dropped but those whose
 * token has gone. Where it listens and where the journal is stay as they were.
 *
 * Returns: %FALSE where something cannot be read; a file of tokens that cannot be
 *   trusted lets nobody in
 */
gboolean
cm_server_reload (CmServer              *self,
                  const CmServerConfig  *config,
                  GError               **error)
{
  gboolean ok = load_tokens (self, config, error);

  self->max_connections = config->max_connections;
  cm_rate_set (self->request_rate, (guint) config->requests, (guint) config->requests * 2);
  cm_rate_set (self->hook_rate, (guint) config->hooks, (guint) config->hooks * 2);
  cm_rate_set (self->source_rate, (guint) config->source_events, (guint) config->source_events * 10);
  self->history = (CmServerHistory) { (gint64) config->history, (guint) config->max_ended };
  cm_tracker_set_history (self->tracker, self->history.duration, self->history.max_ended);
  cm_hub_set_times (self->hub, (guint) config->frame, (guint) config->stuck);
  if (self->journal != NULL)
    cm_journal_set_keep (self->journal, (gint64) config->keep, config->keep_size);

  cm_server_apply_feeds (self, config);

  return ok && cm_audit_reopen (self->audit, config->audit, error) &&
         cm_server_load_certificate (self, config, error);
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
