/* cm-server-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/server/cm-agent.h"

#include <glib/gi18n-lib.h>

#include "watch/cm-command-book.h"

/**
 * Pending:
 * @source: who was asked
 * @grant: of who has asked
 */
typedef struct
{
  char          *source;
  CmAccessGrant *grant;
} Pending;

/**
 * CmServerCommands:
 * @book: (element-type Pending): what was sent and has no outcome yet
 * @cancellable: of what feeds were asked
 */
struct _CmServerCommands
{
  CmServer      *server;
  CmCommandBook *book;
  GCancellable  *cancellable;
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

  cm_access_grant_free (pending->grant);
  g_free (pending->source);
  g_free (pending);
}

static void
tell (CmServer        *server,
      const char      *id,
      const char      *source,
      const CmCommand *command,
      const char      *state,
      const char      *reason)
{
  const CmHubNews news = { id, source, command->leg, command->action, state, reason };

  cm_hub_tell_command (server->hub, &news);
}

static void
on_end (const char      *id,
        const CmCommand *command,
        const char      *state,
        const char      *reason,
        gpointer         data,
        gpointer         user_data)
{
  CmServerCommands *self = user_data;
  Pending *pending = data;
  const char *pairs[] = { "id", id, "state", state, NULL };

  cm_audit_write (self->server->audit, pending->grant, "outcome", pairs);
  tell (self->server, id, pending->source, command, state, reason);
  pending_free (pending);
  if (cm_command_book_is_empty (self->book))
    cm_hub_set_change_func (self->server->hub, NULL, NULL);
}

/* Only while a command is under way is there anything to be seen in it. */
static void
on_change (const char       *id,
           const CmDocument *after,
           gpointer          user_data)
{
  CmServerCommands *self = user_data;

  cm_command_book_note (self->book, id, after);
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

  if (!ok && !g_cancellable_is_cancelled (asked->cancellable))
    cm_command_book_end (asked->server->commands->book, asked->id, CM_COMMAND_REFUSED, error->message);

  g_object_unref (asked->cancellable);
  g_free (asked->id);
  g_free (asked);
}

static void
ask_feed (CmServerCommands *self,
          CmFeed           *feed,
          const char       *id,
          const CmCommand  *command)
{
  Asked *asked = g_new (Asked, 1);

  *asked = (Asked) { self->server, g_object_ref (self->cancellable), g_strdup (id) };
  cm_feed_command_async (feed, command, self->cancellable, on_asked, asked);
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
  self->book = cm_command_book_new (on_end, pending_free, self);
  self->cancellable = g_cancellable_new ();

  return self;
}

void
cm_server_commands_free (CmServerCommands *self)
{
  cm_hub_set_change_func (self->server->hub, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  cm_command_book_free (self->book);
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
  const char *reason, *id;
  CmFeed *feed;
  CmAgent *agent;
  Pending *pending;
  guint status;

  reason = find_way (server, leg->source, command->action, &feed, &agent, &status);
  if (reason == NULL)
    reason = cm_command_book_find_obstacle (self->book, command, document);
  if (reason == NULL && cm_command_book_is_full (self->book))
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
  pending = g_new (Pending, 1);
  *pending = (Pending) { g_strdup (leg->source), cm_access_grant_copy (grant) };
  id = cm_command_book_add (self->book, command, cm_document_copy (document), pending);
  cm_hub_set_change_func (server->hub, on_change, self);
  audit (server, grant, command, "command", id, NULL);
  answer_accepted (message, id);
  tell (server, id, leg->source, command, "sent", NULL);
  if (agent != NULL)
    cm_agent_send_command (agent, id, leg->source, leg->conversation, command);
  else
    ask_feed (self, feed, id, command);
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
  Pending *pending = cm_command_book_get_data (server->commands->book, id);
  gboolean is_known;

  if (pending != NULL && cm_server_agents_find (server, pending->source, &is_known) == agent)
    cm_command_book_end (server->commands->book, id, CM_COMMAND_REFUSED, reason);
}
