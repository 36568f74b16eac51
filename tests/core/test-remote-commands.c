/* test-remote-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "watch/remote/cm-remote-watch.h"
#include "watch/server/cm-server.h"

/* A tracker, an agent that reports to it, and one who watches, all in one process. */
typedef struct
{
  char                    *folder;
  CmServerConfig          *config;
  CmServer                *server;
  SoupSession             *session;
  SoupWebsocketConnection *agent;
  CmRemoteWatch           *watch;
  char                    *asked; /* the last command's text */
  gboolean                 is_over;
  GError                  *error;
} Desk;

#define LEG "s#c"

static const char left[] =
  "{\"at\":\"2026-01-01T00:00:00Z\",\"source\":\"s\",\"conversation\":\"c\",\"event\":\"ConversationAdded\","
  "\"conferencingUri\":\"sip:a@x.org;gruu;opaque=app:conf:focus:id:K1\"}\n"
  "{\"at\":\"2026-01-01T00:00:01Z\",\"source\":\"s\",\"conversation\":\"c\",\"event\":\"ModalityStateChanged\","
  "\"modality\":\"AudioVideo\",\"state\":\"Connected\"}\n"
  "{\"at\":\"2026-01-01T00:00:02Z\",\"source\":\"s\",\"conversation\":\"c\",\"event\":\"ModalityStateChanged\","
  "\"modality\":\"AudioVideo\",\"state\":\"Disconnected\"}\n";

static const char connecting[] =
  "{\"at\":\"2026-01-01T00:00:03Z\",\"source\":\"s\",\"conversation\":\"c\",\"event\":\"ModalityStateChanged\","
  "\"modality\":\"AudioVideo\",\"state\":\"Connecting\"}";

static gboolean
on_late (gpointer user_data)
{
  g_error ("it does not come");

  return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition) \
  G_STMT_START \
    { \
      guint late_id = g_timeout_add_seconds (30, on_late, NULL); \
      while (!(condition)) \
        g_main_context_iteration (NULL, TRUE); \
      g_source_remove (late_id); \
    } \
  G_STMT_END

static void
on_agent_text (SoupWebsocketConnection *connection,
               int                      type,
               GBytes                  *text,
               gpointer                 user_data)
{
  Desk *self = user_data;
  const char *bytes = g_bytes_get_data (text, NULL);

  if (strstr (bytes, "\"type\":\"command\"") == NULL)
    return;

  g_free (self->asked);
  self->asked = g_strdup (bytes);
}

static void
on_agent (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Desk *self = user_data;
  g_autoptr(GError) error = NULL;

  self->agent = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  g_assert_no_error (error);
  g_signal_connect (self->agent, "message", G_CALLBACK (on_agent_text), self);
  soup_websocket_connection_send_text (self->agent,
                                       "{\"type\":\"hello\",\"sources\":[\"s\"],\"actions\":[\"rejoin\",\"fly\"]}");
  soup_websocket_connection_send_text (self->agent, left);
}

static void
desk_set_up (Desk          *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, "http://localhost/v1/feed");
  CmServerRecovery recovery;
  CmRemoteOptions options = { NULL };

  self->folder = g_dir_make_tmp ("cm-XXXXXX", &error);
  g_assert_no_error (error);
  self->config = cm_server_config_new ();
  g_free (self->config->socket);
  self->config->socket = g_build_filename (self->folder, "run", "socket", NULL);
  g_free (self->config->tokens);
  self->config->tokens = g_build_filename (self->folder, "tokens", NULL);
  self->server = cm_server_new (self->config, &recovery, &error);
  g_assert_no_error (error);

  address = g_unix_socket_address_new (self->config->socket);
  self->session = g_object_new (SOUP_TYPE_SESSION, "remote-connectable", address, NULL);
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, on_agent, self);
  WAIT_FOR (self->agent != NULL);

  options.address = self->config->socket;
  self->watch = cm_remote_watch_new (&options, &error);
  g_assert_no_error (error);
  WAIT_FOR (cm_watch_get_status (CM_WATCH (self->watch)) == CM_WATCH_LIVE &&
            cm_watch_get_actions (CM_WATCH (self->watch), LEG) != 0);
}

static void
desk_tear_down (Desk          *self,
                gconstpointer  data)
{
  g_autofree char *run = g_build_filename (self->folder, "run", NULL);

  g_assert_finalize_object (self->watch);
  g_signal_handlers_disconnect_by_data (self->agent, self);
  g_clear_object (&self->agent);
  g_clear_object (&self->session);
  cm_server_free (self->server);
  cm_server_config_free (self->config);
  g_clear_error (&self->error);
  g_rmdir (run);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->asked);
}

static void
on_command (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Desk *self = user_data;

  self->is_over = TRUE;
  cm_watch_command_finish (CM_WATCH (object), result, &self->error);
}

static void
rejoin (Desk *self)
{
  g_autoptr(CmCommand) command = cm_command_new (NULL, LEG, CM_ACTION_REJOIN, NULL);

  self->is_over = FALSE;
  g_clear_error (&self->error);
  cm_watch_command_async (CM_WATCH (self->watch), command, NULL, on_command, self);
}

static void
test_actions (Desk          *self,
              gconstpointer  data)
{
  CmWatch *watch = CM_WATCH (self->watch);
  g_autoptr(CmCommand) rejoin_none = cm_command_new (NULL, "none#c", CM_ACTION_REJOIN, NULL);
  g_autoptr(CmCommand) lock = cm_command_new (NULL, LEG, CM_ACTION_LOCK, NULL);
  g_autofree char *no_leg = cm_watch_why_not (watch, rejoin_none);
  g_autofree char *no_lock = cm_watch_why_not (watch, lock);

  g_assert_cmpuint (cm_watch_get_actions (watch, LEG), ==, 1u << CM_ACTION_REJOIN);
  g_assert_cmpuint (cm_watch_get_actions (watch, "none#c"), ==, 0);
  g_assert_cmpstr (no_leg, ==, "The call is over");
  g_assert_cmpstr (no_lock, ==, "The source does not take this command");
}

static void
test_done (Desk          *self,
           gconstpointer  data)
{
  rejoin (self);
  WAIT_FOR (self->asked != NULL);
  g_assert_false (self->is_over);
  soup_websocket_connection_send_text (self->agent, connecting);
  WAIT_FOR (self->is_over);
  g_assert_no_error (self->error);

  rejoin (self);
  WAIT_FOR (self->is_over);
  g_assert_cmpstr (self->error->message, ==, "The station has not left the call");
}

static void
test_refused (Desk          *self,
              gconstpointer  data)
{
  g_autofree char *answer = NULL;
  const char *id;

  rejoin (self);
  WAIT_FOR (self->asked != NULL);
  id = strstr (self->asked, "\"id\":\"") + strlen ("\"id\":\"");
  answer = g_strdup_printf ("{\"type\":\"refused\",\"id\":\"%.36s\",\"reason\":\"the client is busy\"}", id);
  soup_websocket_connection_send_text (self->agent, answer);
  WAIT_FOR (self->is_over);
  g_assert_cmpstr (self->error->message, ==, "the client is busy");
}

static void
test_asked_twice (Desk          *self,
                  gconstpointer  data)
{
  rejoin (self);
  WAIT_FOR (self->asked != NULL);
  rejoin (self);
  WAIT_FOR (self->is_over);
  g_assert_cmpstr (self->error->message, ==, "The source has been asked for this already");
  g_clear_error (&self->error);
  self->is_over = FALSE;
  soup_websocket_connection_send_text (self->agent, connecting);
  WAIT_FOR (self->is_over);
  g_assert_no_error (self->error);
}

static void
test_lost (Desk          *self,
           gconstpointer  data)
{
  g_autoptr(CmCommand) command = cm_command_new (NULL, LEG, CM_ACTION_REJOIN, NULL);
  char *reason = NULL;

  soup_websocket_connection_close (self->agent, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  WAIT_FOR ((g_free (reason), reason = cm_watch_why_not (CM_WATCH (self->watch), command)) != NULL);
  g_assert_cmpstr (reason, ==, "The station does not answer");
  g_free (reason);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/remote-commands/" name, Desk, NULL, desk_set_up, func, desk_tear_down)
  ADD ("actions", test_actions);
  ADD ("done", test_done);
  ADD ("refused", test_refused);
  ADD ("asked-twice", test_asked_twice);
  ADD ("lost", test_lost);

  return g_test_run ();
}
