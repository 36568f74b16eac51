/* cm-server-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/server/cm-agent.h"

#include <glib/gi18n-lib.h>

#include "watch/server/cm-command-effect.h"

/* What events do not show by then is over, s. */
#define TIMEOUT 30

/* So many may be under way at a time. */
#define MAX_PENDING 256

/**
 * Pending:
 * @id: by which those who watch know it
 * @source: who was asked
 * @before: the conversation as it was then
 * @is_done: events have shown it, and nobody is told yet
 */
typedef struct
{
  CmServerCommands *commands;
  char             *id;
  char             *source;
  CmCommand        *command;
  CmDocument       *before;
  CmAccessGrant    *grant;
  guint             timeout_id;
  gboolean          is_done;
} Pending;

/**
 * CmServerCommands:
 * @pending: (element-type Pending): what was sent and has no outcome yet
 * @cancellable: of what feeds were asked
 */
struct _CmServerCommands
{
  CmServer     *server;
  GPtrArray    *pending;
  GCancellable *cancellable;
  guint         tell_id;
};

/* A feed that was asked; the command may have its outcome before it answers. */
typedef struct
{
  CmServer     *server;
  GCancellable *cancellable;
  char         *id;
} Asked;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_handle_id (&pending->timeout_id, g_source_remove);
  cm_command_free (pending->command);
  cm_document_free (pending->before);
  cm_access_grant_free (pending->grant);
  g_free (pending->source);
  g_free (pending->id);
  g_free (pending);
}

static void
tell (Pending    *pending,
      const char *state,
      const char *reason)
{
  CmServer *server = pending->commands->server;
  const CmHubNews news = { pending->id, pending->source, pending->command->leg, pending->command->action, state, reason };

  cm_hub_tell_command (server->hub, &news);
}

static void
end (Pending    *pending,
     const char *state,
     const char *reason)
{
  g_autoptr(GPtrArray) list = g_ptr_array_ref (pending->commands->pending);
  const char *pairs[] = { "id", pending->id, "state", state, NULL };
  guint index;

  if (!g_ptr_array_find (list, pending, &index))
    return;

  g_ptr_array_steal_index_fast (list, index);
  cm_audit_write (pending->commands->server->audit, pending->grant, "outcome", pairs);
  tell (pending, state, reason);
  pending_free (pending);
}

static Pending *
find (CmServerCommands *self,
      const char       *id)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (g_str_equal (pending->id, id))
        return pending;
    }

  return NULL;
}

static gboolean
on_timeout (gpointer user_data)
{
  Pending *pending = user_data;

  pending->timeout_id = 0;
  end (pending, "timed-out", "no event has shown it within 30 seconds");

  return G_SOURCE_REMOVE;
}

static gboolean
on_tell (gpointer user_data)
{
  CmServerCommands *self = user_data;

  self->tell_id = 0;
  for (guint i = self->pending->len; i-- > 0;)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (pending->is_done)
        end (pending, "done", NULL);
    }

  return G_SOURCE_REMOVE;
}

/* The conversation may go on under another id. */
static gboolean
is_meant (const Pending    *pending,
          const char       *id,
          const CmDocument *after)
{
  const char *conversation = pending->command->conversation;

  return g_str_equal (id, conversation) ||
         (after != NULL && (g_strcmp0 (after->replaces, conversation) == 0 ||
                            cm_document_find_leg (after, pending->command->leg) != NULL));
}

/* It is told later: the tracker is in the midst of telling what has changed. */
static void
on_change (const char       *id,
           const CmDocument *after,
           gpointer          user_data)
{
  CmServerCommands *self = user_data;

  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (is_meant (pending, id, after) && cm_command_is_done (pending->command, pending->before, after))
        pending->is_done = TRUE;
      if (pending->is_done && self->tell_id == 0)
        self->tell_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_tell, self, NULL);
    }
}

/* That a feed has taken it says nothing of whether it is done. */
static void
on_asked (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Asked *asked = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = cm_feed_command_finish (CM_FEED (object), result, &error);
  Pending *pending;

  if (!ok && !g_cancellable_is_cancelled (asked->cancellable))
    {
      pending = find (asked->server->commands, asked->id);
      if (pending != NULL)
        end (pending, "refused", error->message);
    }

  g_object_unref (asked->cancellable);
  g_free (asked->id);
  g_free (asked);
}

static void
ask_feed (CmServerCommands *self,
          CmFeed           *feed,
          const Pending    *pending)
{
  Asked *asked = g_new (Asked, 1);

  *asked = (Asked) { self->server, g_object_ref (self->cancellable), g_strdup (pending->id) };
  cm_feed_command_async (feed, pending->command, self->cancellable, on_asked, asked);
}

/* Returns: (nullable): why nobody can be asked; @status is then that of HTTP. */
static const char *
find_way (CmServer       *server,
          const char     *source,
          CmAction        action,
          CmFeed        **feed,
          CmAgent       **agent,
          guint          *status)
{
  CmActions actions;
  gboolean is_known;

  *feed = cm_feed_list_find_source (server->feeds, source);
  *agent = cm_server_agents_find (server, source, &is_known);
  *status = SOUP_STATUS_CONFLICT;
  if ((*feed == NULL && *agent == NULL && is_known) ||
      cm_tracker_get_silent_since (server->tracker, cm_text_from_string (source)) != CM_TIME_NONE)
    return N_("The station does not answer");

  actions = *feed != NULL ? cm_feed_get_actions (*feed) : *agent != NULL ? cm_agent_get_actions (*agent) : 0;
  if (!cm_actions_contain (actions, action))
    {
      *status = SOUP_STATUS_NOT_IMPLEMENTED;
      return actions == 0 ? N_("The source takes no commands") : N_("The source does not take this command");
    }

  return *feed != NULL && cm_feed_get_status (*feed) != CM_FEED_LIVE
    ? N_("The source is not connected") : NULL;
}

static gboolean
is_under_way (CmServerCommands *self,
              const CmCommand  *command)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const CmCommand *other = ((Pending *) g_ptr_array_index (self->pending, i))->command;

      if (other->action == command->action && g_str_equal (other->leg, command->leg) &&
          g_strcmp0 (other->participant, command->participant) == 0)
        return TRUE;
    }

  return FALSE;
}

static Pending *
add_pending (CmServerCommands    *self,
             const CmAccessGrant *grant,
             const CmCommand     *command,
             CmDocument          *before,
             const char          *source)
{
  Pending *pending = g_new (Pending, 1);

  *pending = (Pending) {
    .commands = self, .id = g_uuid_string_random (), .source = g_strdup (source),
    .command = cm_command_copy (command), .before = before, .grant = cm_access_grant_copy (grant),
    .timeout_id = g_timeout_add_seconds (TIMEOUT, on_timeout, pending)
  };
  g_ptr_array_add (self->pending, pending);

  return pending;
}

static void
answer_accepted (SoupServerMessage *message,
                 const char        *id)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\"}\n", id);

  cm_server_answer (message, SOUP_STATUS_ACCEPTED, "application/json", text);
}

CmServerCommands *
cm_server_commands_new (CmServer *server)
{
  CmServerCommands *self = g_new0 (CmServerCommands, 1);

  self->server = server;
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  self->cancellable = g_cancellable_new ();
  cm_hub_set_change_func (server->hub, on_change, self);

  return self;
}

void
cm_server_commands_free (CmServerCommands *self)
{
  cm_hub_set_change_func (self->server->hub, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

static void
audit (CmServer            *server,
       const CmAccessGrant *grant,
       const CmCommand     *command,
       const char          *what,
       const char          *id,
       const char          *reason)
{
  const char *pairs[] = {
    "id", id, "action", cm_action_get_name (command->action), "conversation", command->conversation,
    "leg", command->leg, "participant", command->participant, "reason", reason, NULL
  };

  cm_audit_write (server->audit, grant, what, pairs);
}

/**
 * cm_server_commands_send:
 * @server: a server
 * @grant: who asks, and may
 * @command: for what; its conversation, leg and person are the tracker's own ids,
 *   and the conversation has the leg
 * @message: where the answer goes
 *
 * Asks the leg's source, if that makes sense as things are. What becomes of it is
 * told to all who watch.
 */
void
cm_server_commands_send (CmServer            *server,
                         const CmAccessGrant *grant,
                         const CmCommand     *command,
                         SoupServerMessage   *message)
{
  CmServerCommands *self = server->commands;
  g_autoptr(CmDocument) document = cm_tracker_dup_document (server->tracker, command->conversation);
  const CmLeg *leg = cm_document_find_leg (document, command->leg);
  const char *reason;
  CmFeed *feed;
  CmAgent *agent;
  Pending *pending;
  guint status;

  reason = find_way (server, leg->source, command->action, &feed, &agent, &status);
  if (reason == NULL)
    reason = cm_command_find_obstacle (command, document);
  if (reason == NULL && is_under_way (self, command))
    reason = N_("The source has been asked for this already");
  if (reason == NULL && self->pending->len >= MAX_PENDING)
    {
      status = CM_SERVER_TOO_MANY;
      reason = N_("Too many commands are under way; try again later");
    }

  if (reason != NULL)
    {
      audit (server, grant, command, "command-refused", NULL, reason);
      cm_server_refuse (message, status, reason);
      return;
    }

  server->counters.commands++;
  pending = add_pending (self, grant, command, g_steal_pointer (&document), leg->source);
  audit (server, grant, command, "command", pending->id, NULL);
  answer_accepted (message, pending->id);
  tell (pending, "sent", NULL);
  if (agent != NULL)
    cm_agent_send_command (agent, pending->id, leg->source, leg->conversation, command);
  else
    ask_feed (self, feed, pending);
}

/**
 * cm_server_commands_refuse:
 * @server: a server
 * @agent: who refuses
 * @id: a command's id
 * @reason: why, in the source's own words
 *
 * Nothing happens where the agent was not asked for that.
 */
void
cm_server_commands_refuse (CmServer   *server,
                           CmAgent    *agent,
                           const char *id,
                           const char *reason)
{
  Pending *pending = find (server->commands, id);
  gboolean is_known;

  if (pending != NULL && cm_server_agents_find (server, pending->source, &is_known) == agent)
    end (pending, "refused", reason);
}
