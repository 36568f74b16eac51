/* cm-janus-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-feed.h"

#include <glib/gi18n.h>

#include "feeds/janus/cm-janus-api.h"
#include "feeds/janus/cm-janus-command.h"
#include "feeds/janus/cm-janus-hook.h"
#include "feeds/janus/cm-janus-poll.h"
#include "feeds/janus/cm-janus-wire.h"
#include "feeds/cm-retry.h"

/* So often is Janus asked for a sign of life, ms. */
#define TICK 1000

/* Events on their way overtake the list of those who are there: what they tell of
 * is known better from them, ms. */
#define GRACE 300

/* One message of a WebSocket, bytes. */
#define MAX_MESSAGE (8 * 1024 * 1024)

struct _CmJanusFeed
{
  CmFeed       parent_instance;

  CmJanus     *decoder;
  CmJanusApi  *api;     /* (nullable) while it is off */
  CmJanusHook *hook;    /* likewise */
  CmJanusPoll *poll;    /* (nullable) */
  GPtrArray   *sockets; /* SoupWebsocketConnection */
  CmRetry      retry;
  guint        tick_id;
  guint        apply_id;
  gint64       polled;  /* monotonic µs */
  gint64       offset;  /* µs, of our clock before that of Janus, at most */
};

G_DEFINE_FINAL_TYPE (CmJanusFeed, cm_janus_feed, CM_TYPE_FEED)

static const CmFeedOption options[] = {
  { "address", CM_FEED_OPTION_TEXT, TRUE, NULL, 0, 0, NULL, cm_janus_wire_check_address,
    /* Translators: of a system that is followed */
    N_("Address"), "http://127.0.0.1:7088/admin" },
  { "api", CM_FEED_OPTION_CHOICE, FALSE, "admin", 0, 0, "admin|client", NULL,
    /* Translators: which of the two programming interfaces of Janus is asked */
    N_("API"), NULL },
  { "secret", CM_FEED_OPTION_SECRET, FALSE, NULL, 0, 0, NULL, NULL,
    /* Translators: what a system asks for before it answers */
    N_("Secret"), NULL },
  { "admin-key", CM_FEED_OPTION_SECRET, FALSE, NULL, 0, 0, NULL, NULL,
    /* Translators: “admin_key” in the configuration of the plugins of Janus */
    N_("Admin key"), NULL },
  { "room-secrets", CM_FEED_OPTION_SECRET_FILE, FALSE, NULL, 0, 0, NULL, NULL,
    N_("File of room secrets"), NULL },
  { "reply-folder", CM_FEED_OPTION_PATH, FALSE, NULL, 0, 0, NULL, NULL,
    /* Translators: where Janus finds the socket that it answers to */
    N_("Folder for replies"), NULL },
  { "snapshot-seconds", CM_FEED_OPTION_NUMBER, FALSE, "2", 1, 30, NULL, NULL,
    /* Translators: how often a system is asked for all that is so now */
    N_("Seconds between looks"), NULL },
  { "hook-user", CM_FEED_OPTION_TEXT, FALSE, "janus", 0, 0, NULL, NULL, NULL, NULL },
  { "hook-password", CM_FEED_OPTION_SECRET, FALSE, NULL, 0, 0, NULL, NULL, NULL, NULL },
  { "hook-protocol", CM_FEED_OPTION_SECRET, FALSE, NULL, 0, 0, NULL, NULL, NULL, NULL },
  { "join-link", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, NULL,
    /* Translators: a web address by which people join; the room stands in it as {room} */
    N_("Join link"), "https://meet.example.com/{room}" },
  { NULL }
};

static CmFeedConfig *
get_config (CmJanusFeed *self)
{
  return cm_feed_get_config (CM_FEED (self));
}

static void
end_poll (CmJanusFeed *self)
{
  g_clear_handle_id (&self->apply_id, g_source_remove);
  g_clear_pointer (&self->poll, cm_janus_poll_free);
  self->polled = g_get_monotonic_time ();
}

static void
open_api (gpointer user_data)
{
  CmJanusFeed *self = user_data;

  cm_janus_api_open (self->api);
}

static gboolean
on_apply (gpointer user_data)
{
  CmJanusFeed *self = user_data;

  self->apply_id = 0;
  cm_janus_poll_apply (self->poll);
  end_poll (self);

  return G_SOURCE_REMOVE;
}

/* What was known before is said once more, what the list changes after it, and
 * what is not mentioned is over. */
static void
go_live (CmJanusFeed *self)
{
  cm_feed_begin_resync (CM_FEED (self));
  cm_decoder_announce (CM_DECODER (self->decoder), g_get_real_time () / 1000);
  cm_janus_poll_apply (self->poll);
  end_poll (self);
  cm_retry_reset (&self->retry);
  cm_feed_set_status (CM_FEED (self), CM_FEED_LIVE, NULL);
}

static void
lose (CmJanusFeed  *self,
      const GError *error)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  cm_feed_set_status (CM_FEED (self), CM_FEED_LOST, error->message);
  cm_retry_later (&self->retry, open_api, self);
}

static void
on_lost (const GError *error,
         gpointer      user_data)
{
  lose (user_data, error);
}

static void
on_polled (const GError *error,
           gpointer      user_data)
{
  CmJanusFeed *self = user_data;

  /* The reason is the poll's, and goes with it. */
  if (error != NULL)
    {
      lose (self, error);
      end_poll (self);
    }
  else if (cm_feed_get_status (CM_FEED (self)) != CM_FEED_LIVE)
    go_live (self);
  else
    self->apply_id = g_timeout_add (GRACE, on_apply, self);
}

static void
begin_poll (CmJanusFeed *self)
{
  gint64 offset = self->offset != G_MAXINT64 ? self->offset : 0;

  self->poll = cm_janus_poll_new (self->api, self->decoder, offset,
                                  cm_feed_config_read_secret (get_config (self), "admin-key", NULL));
  cm_janus_poll_start (self->poll, on_polled, self);
}

static gboolean
on_tick (gpointer user_data)
{
  CmJanusFeed *self = user_data;
  gint64 interval = (gint64) cm_feed_config_get_number (get_config (self), "snapshot-seconds") * G_USEC_PER_SEC;

  /* A tick may come a little early. */
  if (self->poll == NULL && g_get_monotonic_time () - self->polled >= interval - TICK * 500)
    begin_poll (self);
  else
    cm_janus_api_ping (self->api);

  return self->tick_id != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_reached (gpointer user_data)
{
  cm_feed_note_reached (user_data);
}

static void
on_ready (gpointer user_data)
{
  CmJanusFeed *self = user_data;

  cm_janus_set_emitter (self->decoder, cm_janus_api_get_server (self->api));
  end_poll (self);
  begin_poll (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_id = g_timeout_add (TICK, on_tick, self);
}

static void
cm_janus_feed_start (CmFeed *feed)
{
  CmJanusFeed *self = CM_JANUS_FEED (feed);
  const CmJanusApiFuncs funcs = { on_reached, on_ready, on_lost };

  cm_janus_set_link (self->decoder, cm_feed_config_get_text (get_config (self), "join-link"));
  self->api = cm_janus_api_new (get_config (self), &funcs, self);
  self->hook = cm_janus_hook_new (get_config (self));
  cm_janus_api_open (self->api);
}

static void
close_socket (gpointer data)
{
  SoupWebsocketConnection *connection = data;

  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_object_unref (connection);
}

static void
cm_janus_feed_stop (CmFeed *feed)
{
  CmJanusFeed *self = CM_JANUS_FEED (feed);

  cm_retry_cancel (&self->retry);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->api, cm_janus_api_free);
  end_poll (self);
  for (guint i = 0; i < self->sockets->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->sockets, i), self);
  g_ptr_array_set_size (self->sockets, 0);
  g_clear_pointer (&self->hook, cm_janus_hook_free);
}

static void
take_events (CmJanusFeed *self,
             GBytes      *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  gint64 newest;

  cm_decoder_push_record (CM_DECODER (self->decoder), bytes, size);

  /* Events that have waited are old, and none is from the future. */
  newest = cm_janus_get_newest (self->decoder);
  if (newest > 0)
    self->offset = MIN (self->offset, g_get_real_time () - newest);
}

static void
cm_janus_feed_hook (CmFeed              *feed,
                    const CmHookRequest *request,
                    CmHookAnswer        *answer)
{
  CmJanusFeed *self = CM_JANUS_FEED (feed);
  g_autoptr(GBytes) body = cm_janus_hook_take (self->hook, request, answer);

  if (body != NULL)
    take_events (self, body);
}

static void
on_message (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            gpointer                 user_data)
{
  take_events (user_data, message);
}

static void
on_closed (SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  CmJanusFeed *self = user_data;

  g_ptr_array_remove (self->sockets, connection);
}

static void
cm_janus_feed_socket (CmFeed                  *feed,
                      SoupWebsocketConnection *connection)
{
  CmJanusFeed *self = CM_JANUS_FEED (feed);

  soup_websocket_connection_set_max_incoming_payload_size (connection, MAX_MESSAGE);
  g_ptr_array_add (self->sockets, g_object_ref (connection));
  g_signal_connect (connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
}

static CmActions
cm_janus_feed_get_actions (CmFeed *feed)
{
  return 1u << CM_ACTION_MUTE | 1u << CM_ACTION_UNMUTE | 1u << CM_ACTION_REMOVE | 1u << CM_ACTION_END |
         1u << CM_ACTION_MUTE_ALL | 1u << CM_ACTION_UNMUTE_ALL;
}

static void
cm_janus_feed_command_async (CmFeed              *feed,
                             const CmCommand     *command,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  CmJanusFeed *self = CM_JANUS_FEED (feed);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (cm_feed_get_status (feed) == CM_FEED_LIVE)
    cm_janus_command_send (self->api, self->decoder, feed, command, task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("Janus is not reached"));
}

static gboolean
cm_janus_feed_command_finish (CmFeed        *feed,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cm_janus_feed_constructed (GObject *object)
{
  CmJanusFeed *self = CM_JANUS_FEED (object);

  G_OBJECT_CLASS (cm_janus_feed_parent_class)->constructed (object);

  self->decoder = g_object_new (CM_TYPE_JANUS, "source", cm_feed_get_source (CM_FEED (self)), NULL);
  cm_feed_take_decoder (CM_FEED (self), CM_DECODER (self->decoder));
}

static void
cm_janus_feed_dispose (GObject *object)
{
  cm_feed_stop (CM_FEED (object));

  G_OBJECT_CLASS (cm_janus_feed_parent_class)->dispose (object);
}

static void
cm_janus_feed_finalize (GObject *object)
{
  CmJanusFeed *self = CM_JANUS_FEED (object);

  g_ptr_array_unref (self->sockets);
  g_object_unref (self->decoder);

  G_OBJECT_CLASS (cm_janus_feed_parent_class)->finalize (object);
}

static void
cm_janus_feed_class_init (CmJanusFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmFeedClass *feed_class = CM_FEED_CLASS (klass);

  object_class->constructed = cm_janus_feed_constructed;
  object_class->dispose = cm_janus_feed_dispose;
  object_class->finalize = cm_janus_feed_finalize;

  feed_class->options = options;
  feed_class->start = cm_janus_feed_start;
  feed_class->stop = cm_janus_feed_stop;
  feed_class->hook = cm_janus_feed_hook;
  feed_class->socket = cm_janus_feed_socket;
  feed_class->get_actions = cm_janus_feed_get_actions;
  feed_class->command_async = cm_janus_feed_command_async;
  feed_class->command_finish = cm_janus_feed_command_finish;
}

static void
cm_janus_feed_init (CmJanusFeed *self)
{
  self->sockets = g_ptr_array_new_with_free_func (close_socket);
  self->offset = G_MAXINT64;
}
