/* cm-remote-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/remote/cm-remote-link.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "watch/remote/cm-paced-stream.h"
#include "watch/remote/cm-remote-session.h"

/* A tracker says every second that it is there. What is shown may no longer be so
 * after three of silence, and by then that is to be seen, ms. */
#define STALE 2800

/* To one who reports it says nothing of itself; it answers pings, s and ms. */
#define PING_INTERVAL 5
#define STALE_FEED 16000

#define LOOK_INTERVAL 100

/* So long may a try take: over a bad line a handshake does, ms. */
#define PATIENCE 5000

/* Between one try and the next, ms. */
#define MIN_DELAY 250
#define MAX_DELAY 5000

/* So long libsoup may take messages from the connection before all else has its turn, µs. */
#define TURN (5 * 1000)

/* One conversation may be larger than a part. */
#define MAX_MESSAGE (64 * 1024 * 1024)

/**
 * CmRemoteLink:
 * @epoch: (nullable): what is held, up to @rev
 * @heard_at: when something came last, or a try began, monotonic µs
 * @delay: before the next try, ms
 */
struct _CmRemoteLink
{
  SoupSession             *session;
  SoupWebsocketConnection *connection;
  GCancellable            *cancellable;
  char                    *base;
  char                    *token;
  char                    *epoch;
  char                    *error;
  guint64                  rev;
  gint64                   heard_at;
  guint                    delay;
  guint                    retry_id;
  guint                    look_id;
  gulong                   network_id;
  gboolean                 was_live;
  gboolean                 is_feed;
  CmRemoteTextFunc         text_func;
  CmRemoteStatusFunc       status_func;
  gpointer                 user_data;
};

/**
 * Try:
 * @link: gone where @cancellable is cancelled
 */
typedef struct
{
  CmRemoteLink *link;
  SoupMessage  *message;
  GCancellable *cancellable;
} Try;

static void
try_free (Try *try)
{
  g_object_unref (try->message);
  g_object_unref (try->cancellable);
  g_free (try);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Try, try_free)

static void
note_heard (CmRemoteLink *self)
{
  self->heard_at = g_get_monotonic_time ();
}

static void
drop_connection (CmRemoteLink *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_clear_object (&self->connection);
}

static char *
dup_path (CmRemoteLink *self)
{
  if (self->epoch == NULL)
    return g_strdup (self->is_feed ? "/v1/feed" : "/v1/watch");

  return g_strdup_printf ("/v1/watch?epoch=%s&since=%" G_GUINT64_FORMAT, self->epoch, self->rev);
}

static SoupMessage *
new_message (CmRemoteLink *self)
{
  g_autofree char *path = dup_path (self);

  return cm_remote_link_new_message (self, SOUP_METHOD_GET, path);
}

static void
fail (CmRemoteLink *self,
      const char   *reason)
{
  drop_connection (self);
  g_free (self->error);
  self->error = g_strdup (reason);
  self->heard_at = 0;
  self->status_func (self->was_live ? CM_WATCH_LOST : CM_WATCH_CONNECTING, self->user_data);
}

static void
on_closed (SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  const char *reason = soup_websocket_connection_get_close_data (connection);

  fail (user_data, reason != NULL && reason[0] != '\0' ? reason : _("the connection was closed"));
}

static void
on_text (SoupWebsocketConnection *connection,
         int                      type,
         GBytes                  *text,
         gpointer                 user_data)
{
  CmRemoteLink *self = user_data;

  note_heard (self);
  if (type != SOUP_WEBSOCKET_DATA_TEXT || !self->text_func (text, self->user_data))
    cm_remote_link_refuse (self);
}

static void
on_pong (SoupWebsocketConnection *connection,
         GBytes                  *payload,
         gpointer                 user_data)
{
  note_heard (user_data);
}

static char *
dup_reason (CmRemoteLink *self,
            SoupMessage  *message,
            const GError *error)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_UNAUTHORIZED)
    return g_strdup (_("the tracker does not know this token"));
  if (status == SOUP_STATUS_FORBIDDEN)
    return g_strdup (self->is_feed ? _("this token may not report") : _("this token may not watch"));
  if (status >= 400)
    return g_strdup_printf (_("the tracker answered with %u %s"), status, soup_message_get_reason_phrase (message));

  return g_strdup (error->message);
}

static void
on_connected (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Try) try = user_data;
  CmRemoteLink *self = try->link;
  g_autoptr(GError) error = NULL;
  g_autoptr(SoupWebsocketConnection) connection =
    soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);

  if (g_cancellable_is_cancelled (try->cancellable))
    return;

  g_clear_object (&self->cancellable);
  if (connection == NULL)
    {
      g_autofree char *reason = dup_reason (self, try->message, error);

      fail (self, reason);
      return;
    }

  note_heard (self);
  self->connection = g_steal_pointer (&connection);
  /* libsoup does not return as long as there is something to be read. */
  cm_paced_stream_put_below (g_io_stream_get_input_stream (soup_websocket_connection_get_io_stream (self->connection)),
                             TURN);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, MAX_MESSAGE);
  g_signal_connect (self->connection, "message", G_CALLBACK (on_text), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
  if (!self->is_feed)
    return;

  soup_websocket_connection_set_keepalive_interval (self->connection, PING_INTERVAL);
  g_signal_connect (self->connection, "pong", G_CALLBACK (on_pong), self);
  cm_remote_link_set_live (self);
}

static void
try_now (CmRemoteLink *self)
{
  Try *try = g_new0 (Try, 1);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  drop_connection (self);
  note_heard (self);
  self->cancellable = g_cancellable_new ();
  try->link = self;
  try->message = new_message (self);
  try->cancellable = g_object_ref (self->cancellable);
  soup_session_websocket_connect_async (self->session, try->message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, on_connected, try);
}

static gboolean
on_retry (gpointer user_data)
{
  CmRemoteLink *self = user_data;

  self->retry_id = 0;
  try_now (self);

  return G_SOURCE_REMOVE;
}

/* All who have lost the same tracker are not to come back at the same moment. */
static void
try_later (CmRemoteLink *self)
{
  guint delay = (guint) g_random_int_range (MIN_DELAY, (gint32) self->delay + 1);

  self->delay = MIN (self->delay * 2, MAX_DELAY);
  self->retry_id = g_timeout_add (delay, on_retry, self);
}

static gboolean
on_look (gpointer user_data)
{
  CmRemoteLink *self = user_data;
  gboolean is_connected = self->connection != NULL;
  guint stale = self->is_feed ? STALE_FEED : STALE;
  gint64 limit = (is_connected ? stale : PATIENCE) * G_GINT64_CONSTANT (1000);

  if (self->retry_id != 0)
    return G_SOURCE_CONTINUE;

  if (self->heard_at != 0 && g_get_monotonic_time () - self->heard_at > limit)
    fail (self, is_connected && !self->is_feed ? _("nothing has come for three seconds") : _("the tracker does not answer"));
  if (self->heard_at == 0)
    try_later (self);

  return G_SOURCE_CONTINUE;
}

static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         is_available,
                    gpointer         user_data)
{
  CmRemoteLink *self = user_data;

  if (is_available && self->connection == NULL)
    try_now (self);
}

/**
 * cm_remote_link_new:
 * @options: whom to connect to
 * @text_func: called with each message
 * @status_func: called when a connection is lost, or could not be made
 * @user_data: for both
 * @error: where the reason goes
 *
 * A connection to a tracker that is made again for as long as it takes.
 *
 * Returns: (nullable) (transfer full): the link; %NULL where the address or the
 *   file of certificates cannot be used
 */
CmRemoteLink *
cm_remote_link_new (const CmRemoteOptions  *options,
                    CmRemoteTextFunc        text_func,
                    CmRemoteStatusFunc      status_func,
                    gpointer                user_data,
                    GError                **error)
{
  g_autoptr(CmRemoteLink) self = g_new0 (CmRemoteLink, 1);

  self->token = g_strdup (options->token);
  self->is_feed = options->is_feed;
  self->delay = 2 * MIN_DELAY;
  self->text_func = text_func;
  self->status_func = status_func;
  self->user_data = user_data;
  self->session = cm_remote_session_new (options, &self->base, error);
  if (self->session == NULL)
    return NULL;

  self->look_id = g_timeout_add (LOOK_INTERVAL, on_look, self);
  self->network_id = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                       G_CALLBACK (on_network_changed), self);
  try_now (self);

  return g_steal_pointer (&self);
}

/**
 * cm_remote_link_free:
 * @self: (transfer full): a link
 */
void
cm_remote_link_free (CmRemoteLink *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->network_id != 0)
    g_signal_handler_disconnect (g_network_monitor_get_default (), self->network_id);
  drop_connection (self);
  g_clear_object (&self->session);
  g_free (self->base);
  g_free (self->token);
  g_free (self->epoch);
  g_free (self->error);
  g_free (self);
}

/**
 * cm_remote_link_set_resume:
 * @self: a link
 * @epoch: (nullable): what is held; %NULL for nothing
 * @rev: up to where
 *
 * The next connection goes on from there.
 */
void
cm_remote_link_set_resume (CmRemoteLink *self,
                           const char   *epoch,
                           guint64       rev)
{
  if (g_strcmp0 (self->epoch, epoch) != 0)
    {
      g_free (self->epoch);
      self->epoch = g_strdup (epoch);
    }
  self->rev = rev;
}

/**
 * cm_remote_link_set_live:
 * @self: a link
 *
 * All is there: from now on a loss is one, and the next try comes soon.
 */
void
cm_remote_link_set_live (CmRemoteLink *self)
{
  self->was_live = TRUE;
  self->delay = 2 * MIN_DELAY;
  g_clear_pointer (&self->error, g_free);
  self->status_func (CM_WATCH_LIVE, self->user_data);
}

/**
 * cm_remote_link_reconnect:
 * @self: a link
 *
 * Tries at once, where there is no connection.
 */
void
cm_remote_link_reconnect (CmRemoteLink *self)
{
  if (self->connection != NULL)
    return;

  self->delay = 2 * MIN_DELAY;
  try_now (self);
}

/**
 * cm_remote_link_give_up:
 * @self: a link
 * @reason: why this connection is of no use
 *
 * Closes it; the next try comes after a while.
 */
void
cm_remote_link_give_up (CmRemoteLink *self,
                        const char   *reason)
{
  fail (self, reason);
}

/**
 * cm_remote_link_refuse:
 * @self: a link
 *
 * What came is not what a tracker says: closes the connection. The next one asks for
 * all again.
 */
void
cm_remote_link_refuse (CmRemoteLink *self)
{
  cm_remote_link_set_resume (self, NULL, 0);
  fail (self, _("what came is not what a tracker says"));
}

/**
 * cm_remote_link_send:
 * @self: a link
 * @text: a message
 *
 * Returns: whether there is a connection that takes it
 */
gboolean
cm_remote_link_send (CmRemoteLink *self,
                     const char   *text)
{
  if (self->connection == NULL ||
      soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;

  soup_websocket_connection_send_text (self->connection, text);

  return TRUE;
}

/**
 * cm_remote_link_get_error:
 * @self: a link
 *
 * Returns: (nullable) (transfer none): why there is no connection
 */
const char *
cm_remote_link_get_error (CmRemoteLink *self)
{
  return self->error;
}

/**
 * cm_remote_link_get_session:
 * @self: a link
 *
 * Returns: (transfer none): what its requests go through
 */
SoupSession *
cm_remote_link_get_session (CmRemoteLink *self)
{
  return self->session;
}

/**
 * cm_remote_link_new_message:
 * @self: a link
 * @method: of HTTP
 * @path: with its query
 *
 * Returns: (nullable) (transfer full): a request to the tracker, with what says who
 *   we are; %NULL where the address is none
 */
SoupMessage *
cm_remote_link_new_message (CmRemoteLink *self,
                            const char   *method,
                            const char   *path)
{
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  if (message != NULL && self->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
    }

  return message;
}
