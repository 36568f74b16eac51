/* cm-agent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-agent.h"

#include "core/cm-json-writer.h"
#include "watch/server/cm-agent-message.h"

/* What one message may bring; the rest comes in the next. */
#define MAX_MESSAGE (2 * 1024 * 1024)

/* Who does not even answer a ping takes nothing, s. */
#define PING_INTERVAL 5
#define PONG_TIMEOUT (30 * G_USEC_PER_SEC)

/**
 * CmAgent:
 * @lines: how many lines it has sent
 * @told: (element-type utf8 gint64): the last number of each source, in what waits
 *   for the disk
 * @heartbeat: it has promised to say something so often, µs; 0 where it has not
 * @heard_at: when it said anything, monotonic µs
 * @ponged_at: when it answered a ping, monotonic µs
 * @is_silent: that it says nothing is told
 */
struct _CmAgent
{
  CmServer                *server;
  SoupWebsocketConnection *connection;
  CmAccessGrant           *grant;
  GHashTable              *told;
  CmActions                actions;
  guint64                  lines;
  gint64                   heartbeat;
  gint64                   heard_at;
  gint64                   ponged_at;
  gboolean                 is_silent;
};

/* What is acknowledged once it is on disk; @last is there in a welcome: the last
 * number of each source of which one before is missing. */
typedef struct
{
  CmAgent    *agent;
  guint64     lines;
  GHashTable *told;
  GHashTable *last;
} Ack;

static void
send_text (CmAgent    *self,
           const char *text)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, text);
}

static void
send_fault (CmAgent    *self,
            const char *reason)
{
  g_autoptr(GString) text = g_string_new ("{\"type\":\"fault\",\"reason\":");

  cm_json_write_string (text, reason);
  g_string_append_c (text, '}');
  send_text (self, text->str);
}

static void
write_told (GHashTable *told,
            GString    *out)
{
  const char *separator = "";
  GHashTableIter iter;
  gpointer source, seq;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &source, &seq))
    {
      g_string_append (out, separator);
      cm_json_write_string (out, source);
      g_string_append_printf (out, ":%" G_GINT64_FORMAT, *(gint64 *) seq);
      separator = ",";
    }
}

static void
on_kept (gpointer user_data)
{
  Ack *ack = user_data;
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "{\"type\":\"%s\",\"lines\":%" G_GUINT64_FORMAT ",\"seq\":{",
                          ack->last != NULL ? "welcome" : "ack", ack->lines);
  write_told (ack->told, text);
  if (ack->last != NULL && g_hash_table_size (ack->last) > 0)
    {
      g_string_append (text, "},\"last\":{");
      write_told (ack->last, text);
    }
  g_string_append (text, "}}");
  send_text (ack->agent, text->str);

  cm_agent_unref (ack->agent);
  g_hash_table_unref (ack->told);
  g_clear_pointer (&ack->last, g_hash_table_unref);
  g_free (ack);
}

static GHashTable *
new_numbers (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* What was sent so far is acknowledged when it is on disk, and not before. */
static void
acknowledge (CmAgent    *self,
             GHashTable *last)
{
  Ack *ack = g_new (Ack, 1);

  *ack = (Ack) { cm_agent_ref (self), self->lines, g_steal_pointer (&self->told), last };
  self->told = new_numbers ();
  if (self->server->journal != NULL)
    cm_journal_when_kept (self->server->journal, on_kept, ack);
  else
    on_kept (ack);
}

/* Up to where a source's numbers are there, without a hole. */
static void
note_seq (CmAgent    *self,
          const char *source,
          GHashTable *lasts)
{
  gint64 seq, last;

  if (!cm_tracker_get_seq (self->server->tracker, source, &seq, &last))
    return;

  g_hash_table_replace (self->told, g_strdup (source), g_memdup2 (&seq, sizeof seq));
  if (lasts != NULL && last > seq)
    g_hash_table_replace (lasts, g_strdup (source), g_memdup2 (&last, sizeof last));
}

static void
on_event (const CmEvent *event,
          guint64        line,
          gpointer       user_data)
{
  CmAgent *self = user_data;
  g_autofree char *source = cm_text_dup (event->source);

  cm_server_agents_claim (self->server, self, source, event);
  if (event->has_seq && !g_hash_table_contains (self->told, source))
    g_hash_table_insert (self->told, g_steal_pointer (&source), g_new0 (gint64, 1));
}

static void
note_all_seqs (CmAgent *self)
{
  g_autoptr(GList) sources = g_hash_table_get_keys (self->told);

  for (GList *l = sources; l != NULL; l = l->next)
    {
      g_autofree char *source = g_strdup (l->data);

      note_seq (self, source, NULL);
    }
}

static void
take_lines (CmAgent    *self,
            const char *bytes,
            gsize       size)
{
  g_autoptr(GString) faults = g_string_new (NULL);
  CmServerIntake intake = {
    .server = self->server, .grant = self->grant, .faults = faults, .line = self->lines,
    .event_func = on_event, .user_data = self, .may_stop = TRUE
  };

  if (self->server->journal != NULL && !cm_journal_can_take (self->server->journal))
    {
      cm_agent_close (self, 1013, "the journal cannot be written; try again later");
      return;
    }

  cm_server_take_lines (&intake, bytes, size);
  self->lines = intake.line - (intake.has_stopped ? 1 : 0);
  if (intake.refused > 0)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":\"fault\",\"faults\":[%s]}", faults->str);

      send_text (self, text);
    }

  note_all_seqs (self);
  acknowledge (self, NULL);
  if (intake.has_stopped)
    cm_agent_close (self, 1013, "too many events of a source a second; send the rest again");
}

/* It says who it is; it is told up to where all has come of what it reports. */
static void
greet (CmAgent        *self,
       CmAgentMessage *message)
{
  GHashTable *lasts = new_numbers ();

  self->actions = message->actions;
  self->heartbeat = message->heartbeat * G_USEC_PER_SEC;

  for (guint i = 0; i < message->sources->len; i++)
    {
      const char *source = g_ptr_array_index (message->sources, i);

      if (source[0] == '\0' || strlen (source) > CM_EVENT_MAX_ID ||
          !cm_access_has_source (self->grant, source))
        {
          send_fault (self, "this token may not report for one of the sources");
          continue;
        }
      cm_server_agents_claim (self->server, self, source, NULL);
      note_seq (self, source, lasts);
    }

  cm_server_agents_set_actions (self->server, self);
  acknowledge (self, lasts);
}

static void
take_message (CmAgent        *self,
              CmAgentMessage *message)
{
  if (g_str_equal (message->type, "hello"))
    greet (self, message);
  else if (g_str_equal (message->type, "refused") && message->id != NULL)
    cm_server_commands_refuse (self->server, self, message->id,
                               message->reason != NULL ? message->reason : "the source has refused it");
  else if (!g_str_equal (message->type, "heartbeat"))
    send_fault (self, "a message of this type is not known");
}

static void
on_text (SoupWebsocketConnection *connection,
         int                      type,
         GBytes                  *text,
         gpointer                 user_data)
{
  g_autoptr(CmAgent) self = cm_agent_ref (user_data);
  CmJsonReader *reader = self->server->json;
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  g_auto(CmAgentMessage) message = { 0 };

  self->heard_at = self->ponged_at = g_get_monotonic_time ();
  cm_server_agents_note_heard (self->server, self);
  if (!cm_agent_message_is_one (reader, bytes, size))
    {
      take_lines (self, bytes, size);
      return;
    }

  if (cm_agent_message_read (&message, reader, bytes, size))
    take_message (self, &message);
  else
    send_fault (self, "this is not one of an agent’s messages");
}

/* Who sends pongs unasked keeps its promise with them. */
static void
on_pong (SoupWebsocketConnection *connection,
         GBytes                  *payload,
         gpointer                 user_data)
{
  CmAgent *self = user_data;

  self->ponged_at = g_get_monotonic_time ();
}

static void
on_closed (SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  CmAgent *self = user_data;

  cm_server_agents_remove (self->server, self);
}

static void
agent_clear (gpointer data)
{
  CmAgent *self = data;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_object_unref (self->connection);
  cm_access_grant_free (self->grant);
  g_hash_table_unref (self->told);
}

/**
 * cm_agent_new:
 * @server: its server
 * @stream: the connection after its WebSocket handshake
 * @uri: of the request
 * @grant: what it may report
 *
 * Returns: (transfer full): an agent that has said nothing yet
 */
CmAgent *
cm_agent_new (CmServer            *server,
              GIOStream           *stream,
              GUri                *uri,
              const CmAccessGrant *grant)
{
  CmAgent *self = g_rc_box_new0 (CmAgent);

  self->server = server;
  self->grant = cm_access_grant_copy (grant);
  self->told = new_numbers ();
  self->heard_at = self->ponged_at = g_get_monotonic_time ();
  self->connection = soup_websocket_connection_new (stream, uri, SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, MAX_MESSAGE);
  soup_websocket_connection_set_keepalive_interval (self->connection, PING_INTERVAL);
  g_signal_connect (self->connection, "message", G_CALLBACK (on_text), self);
  g_signal_connect (self->connection, "pong", G_CALLBACK (on_pong), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);

  return self;
}

CmAgent *
cm_agent_ref (CmAgent *self)
{
  return g_rc_box_acquire (self);
}

void
cm_agent_unref (CmAgent *self)
{
  g_rc_box_release_full (self, agent_clear);
}

/* Returns: what its sources can be asked to do */
CmActions
cm_agent_get_actions (CmAgent *self)
{
  return self->actions;
}

/* Returns: (transfer none): its right */
const CmAccessGrant *
cm_agent_get_grant (CmAgent *self)
{
  return self->grant;
}

/**
 * cm_agent_is_silent:
 * @self: an agent
 * @now: monotonic µs
 *
 * Returns: whether it has not kept its promise to say something
 */
gboolean
cm_agent_is_silent (CmAgent *self,
                    gint64   now)
{
  return self->heartbeat > 0 && now - self->heard_at > self->heartbeat;
}

/* Returns: whether that is new */
gboolean
cm_agent_set_silent (CmAgent  *self,
                     gboolean  is_silent)
{
  gboolean is_new = self->is_silent != is_silent;

  self->is_silent = is_silent;

  return is_new;
}

/**
 * cm_agent_is_dead:
 * @self: an agent
 * @now: monotonic µs
 *
 * Returns: whether it has neither said anything nor answered a ping for long
 */
gboolean
cm_agent_is_dead (CmAgent *self,
                  gint64   now)
{
  return now - self->ponged_at > PONG_TIMEOUT;
}

/**
 * cm_agent_send_command:
 * @self: an agent
 * @id: the command's id, by which it may be refused
 * @source: whom it is for
 * @conversation: the source's own id of the conversation
 * @command: what is asked
 */
void
cm_agent_send_command (CmAgent         *self,
                       const char      *id,
                       const char      *source,
                       const char      *conversation,
                       const CmCommand *command)
{
  g_autoptr(GString) text = g_string_new ("{\"type\":\"command\",\"id\":");

  cm_json_write_string (text, id);
  g_string_append (text, ",\"source\":");
  cm_json_write_string (text, source);
  g_string_append (text, ",\"conversation\":");
  cm_json_write_string (text, conversation);
  g_string_append_printf (text, ",\"action\":\"%s\"", cm_action_get_name (command->action));
  if (command->participant != NULL)
    {
      g_string_append (text, ",\"participant\":");
      cm_json_write_string (text, command->participant);
    }
  g_string_append_c (text, '}');
  send_text (self, text->str);
}

/**
 * cm_agent_close:
 * @self: an agent
 * @code: why (RFC 6455, section 7.4)
 * @reason: in words
 */
void
cm_agent_close (CmAgent    *self,
                guint16     code,
                const char *reason)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, reason);
}
