/* cm-load-tracker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench/cm-load-tracker.h"

#include <libsoup/soup.h>

/* A tracker writes a part when the one before has gone, which takes it longer, ms. */
#define PACE 1

/**
 * CmLoadTracker:
 * @messages: (element-type utf8): what it tells, changed no more
 * @connections: (element-type SoupWebsocketConnection): touched by its thread alone, as
 *   is what follows
 * @n_told: how many messages the last that came has been told
 */
struct _CmLoadTracker
{
  GPtrArray    *messages;
  GPtrArray    *connections;
  guint         n_told;
  GSource      *telling;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  GMutex        mutex;
  GCond         is_ready;
  char         *address;
};

static gboolean
on_pace (gpointer user_data)
{
  CmLoadTracker *self = user_data;
  SoupWebsocketConnection *connection = g_ptr_array_index (self->connections, self->connections->len - 1);

  if (self->n_told == self->messages->len ||
      soup_websocket_connection_get_state (connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return G_SOURCE_REMOVE;

  soup_websocket_connection_send_text (connection, g_ptr_array_index (self->messages, self->n_told++));

  return G_SOURCE_CONTINUE;
}

static void
stop_telling (CmLoadTracker *self)
{
  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
}

static void
begin_telling (SoupServer              *server,
               SoupServerMessage       *message,
               const char              *path,
               SoupWebsocketConnection *connection,
               gpointer                 user_data)
{
  CmLoadTracker *self = user_data;

  g_ptr_array_add (self->connections, g_object_ref (connection));
  stop_telling (self);
  self->n_told = 0;
  self->telling = g_timeout_source_new (PACE);
  g_source_set_callback (self->telling, on_pace, self, NULL);
  g_source_attach (self->telling, self->context);
}

/* Who hears nothing for long thinks that the tracker is no more. */
static gboolean
on_alive (gpointer user_data)
{
  CmLoadTracker *self = user_data;

  for (guint i = 0; i < self->connections->len; i++)
    {
      SoupWebsocketConnection *connection = g_ptr_array_index (self->connections, i);

      if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_send_text (connection, "{\"type\":\"alive\",\"rev\":1,\"count\":1}");
    }

  return G_SOURCE_CONTINUE;
}

static char *
dup_address (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  char *address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return address;
}

static gpointer
run (gpointer user_data)
{
  CmLoadTracker *self = user_data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GSource) alive = g_timeout_source_new_seconds (1);
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_websocket_handler (server, "/v1/watch", NULL, NULL, begin_telling, self, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);

  g_source_set_callback (alive, on_alive, self, NULL);
  g_source_attach (alive, self->context);

  g_mutex_lock (&self->mutex);
  self->address = dup_address (server);
  g_cond_signal (&self->is_ready);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  g_source_destroy (alive);
  stop_telling (self);
  g_ptr_array_set_size (self->connections, 0);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/* @messages: (transfer full) (element-type utf8): what it is to tell */
CmLoadTracker *
cm_load_tracker_new (GPtrArray *messages)
{
  CmLoadTracker *self = g_new0 (CmLoadTracker, 1);

  self->messages = messages;
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->is_ready);
  self->thread = g_thread_new ("tracker", run, self);

  g_mutex_lock (&self->mutex);
  while (self->address == NULL)
    g_cond_wait (&self->is_ready, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

void
cm_load_tracker_free (CmLoadTracker *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->messages);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->is_ready);
  g_free (self->address);
  g_free (self);
}

const char *
cm_load_tracker_get_address (CmLoadTracker *self)
{
  return self->address;
}
