/* cm-remote-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/remote/cm-remote-commands.h"

#include <glib/gi18n-lib.h>

#include "core/cm-json-reader.h"
#include "core/cm-json-writer.h"

/* The tracker itself waits for 30 s; what it then says may be lost, s. */
#define TIMEOUT 40

/* An answer is short. */
#define MAX_ANSWER (64 * 1024)

/* So many outcomes are kept for answers that come after them. */
#define MAX_OUTCOMES 100

typedef struct
{
  char *state;
  char *reason;
} Outcome;

/**
 * CmRemoteCommands:
 * @waiting: (element-type utf8 Waiting): what has no outcome yet
 * @outcomes: (element-type utf8 Outcome): what came of commands that are not known
 *   here yet, or are somebody else's
 */
struct _CmRemoteCommands
{
  GHashTable *waiting;
  GHashTable *outcomes;
};

typedef struct
{
  CmRemoteCommands *commands;
  char             *id;
  GTask            *task;
  guint             timeout_id;
} Waiting;

/* While the task is there, so is the watch, and all that it has. */
typedef struct
{
  CmRemoteCommands *commands;
  SoupMessage      *message;
  GTask            *task;
} Sending;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_handle_id (&waiting->timeout_id, g_source_remove);
  g_object_unref (waiting->task);
  g_free (waiting->id);
  g_free (waiting);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->state);
  g_free (outcome->reason);
  g_free (outcome);
}

/* The tracker's sentences are known here; a source's own words stay as they are. */
static void
refuse (GTask      *task,
        int         code,
        const char *reason)
{
  g_task_return_new_error (task, G_IO_ERROR, code, "%s",
                           reason != NULL && reason[0] != '\0' ? _(reason) : _("The source has refused it"));
}

static void
finish (GTask      *task,
        const char *state,
        const char *reason)
{
  if (g_str_equal (state, "done"))
    g_task_return_boolean (task, TRUE);
  else if (g_str_equal (state, "timed-out"))
    refuse (task, G_IO_ERROR_TIMED_OUT, _("The source was asked, and nothing has happened"));
  else
    refuse (task, G_IO_ERROR_FAILED, reason);
}

static gboolean
is_outcome (const char *state)
{
  return g_str_equal (state, "done") || g_str_equal (state, "refused") || g_str_equal (state, "timed-out");
}

static gboolean
on_timeout (gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->timeout_id = 0;
  cm_remote_commands_note (waiting->commands, waiting->id, "timed-out", NULL);

  return G_SOURCE_REMOVE;
}

static void
wait_for (CmRemoteCommands *self,
          const char       *id,
          GTask            *task)
{
  const Outcome *outcome = g_hash_table_lookup (self->outcomes, id);
  Waiting *waiting;

  if (outcome != NULL)
    {
      finish (task, outcome->state, outcome->reason);
      g_hash_table_remove (self->outcomes, id);
      return;
    }

  waiting = g_new (Waiting, 1);
  *waiting = (Waiting) { self, g_strdup (id), g_object_ref (task), 0 };
  waiting->timeout_id = g_timeout_add_seconds (TIMEOUT, on_timeout, waiting);
  g_hash_table_replace (self->waiting, waiting->id, waiting);
}

/* Returns: (nullable) (transfer full): the string of that name in an answer */
static char *
read_answer (GBytes *bytes,
             CmText  name)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (size > MAX_ANSWER)
    return NULL;

  cm_json_reader_load (reader, text, size, CM_JSON_STRICT);
  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return NULL;

  while (cm_json_reader_next (reader) == CM_JSON_NAME)
    {
      if (!cm_text_equal (cm_json_reader_get_text (reader), name))
        cm_json_reader_skip (reader);
      else
        return cm_json_reader_next (reader) == CM_JSON_STRING ? cm_text_dup (cm_json_reader_get_text (reader)) : NULL;
    }

  return NULL;
}

static void
take_answer (CmRemoteCommands *self,
             guint             status,
             GBytes           *bytes,
             GTask            *task)
{
  gboolean is_accepted = status == SOUP_STATUS_ACCEPTED;
  g_autofree char *text = read_answer (bytes, is_accepted ? CM_TEXT ("id") : CM_TEXT ("error"));

  if (is_accepted && text != NULL)
    wait_for (self, text, task);
  else if (status == SOUP_STATUS_FORBIDDEN)
    refuse (task, G_IO_ERROR_PERMISSION_DENIED, _("You may not do that with this tracker"));
  else
    refuse (task, G_IO_ERROR_FAILED, is_accepted ? NULL : text);
}

static void
on_sent (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Sending *sending = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  if (bytes != NULL)
    take_answer (sending->commands, soup_message_get_status (sending->message), bytes, sending->task);
  else
    g_task_return_error (sending->task, g_steal_pointer (&error));

  g_object_unref (sending->message);
  g_object_unref (sending->task);
  g_free (sending);
}

static void
add_member (GString    *text,
            const char *name,
            const char *value)
{
  if (value == NULL)
    return;

  g_string_append_c (text, text->len == 0 ? '{' : ',');
  cm_json_write_string (text, name);
  g_string_append_c (text, ':');
  cm_json_write_string (text, value);
}

static GBytes *
new_body (const CmCommand *command)
{
  GString *text = g_string_new (NULL);

  add_member (text, "conversation", command->conversation);
  add_member (text, "leg", command->leg);
  add_member (text, "action", cm_action_get_name (command->action));
  add_member (text, "participant", command->participant);
  g_string_append_c (text, '}');

  return g_string_free_to_bytes (text);
}

CmRemoteCommands *
cm_remote_commands_new (void)
{
  CmRemoteCommands *self = g_new0 (CmRemoteCommands, 1);

  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, waiting_free);
  self->outcomes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, outcome_free);

  return self;
}

void
cm_remote_commands_free (CmRemoteCommands *self)
{
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->outcomes);
  g_free (self);
}

/**
 * cm_remote_commands_send:
 * @self: the commands
 * @link: a connection to the tracker
 * @command: what is to be done, with its conversation
 * @task: of the watch, told of the outcome
 *
 * Asks the tracker, and waits until it tells what has become of it.
 */
void
cm_remote_commands_send (CmRemoteCommands *self,
                         CmRemoteLink     *link,
                         const CmCommand  *command,
                         GTask            *task)
{
  g_autoptr(GBytes) body = new_body (command);
  Sending *sending = g_new (Sending, 1);

  *sending = (Sending) { self, cm_remote_link_new_message (link, SOUP_METHOD_POST, "/v1/commands"), g_object_ref (task) };
  soup_message_set_request_body_from_bytes (sending->message, "application/json", body);
  soup_session_send_and_read_async (cm_remote_link_get_session (link), sending->message, G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task), on_sent, sending);
}

/**
 * cm_remote_commands_note:
 * @self: the commands
 * @id: of a command, of ours or of somebody else's
 * @state: what has become of it
 * @reason: (nullable): why
 *
 * The answer to a command may come after its outcome.
 */
void
cm_remote_commands_note (CmRemoteCommands *self,
                         const char       *id,
                         const char       *state,
                         const char       *reason)
{
  const Waiting *waiting = g_hash_table_lookup (self->waiting, id);
  g_autoptr(GTask) task = waiting != NULL ? g_object_ref (waiting->task) : NULL;
  Outcome *outcome;

  if (!is_outcome (state))
    return;

  if (task != NULL)
    {
      g_hash_table_remove (self->waiting, id);
      finish (task, state, reason);
      return;
    }

  if (g_hash_table_size (self->outcomes) >= MAX_OUTCOMES)
    g_hash_table_remove_all (self->outcomes);
  outcome = g_new (Outcome, 1);
  *outcome = (Outcome) { g_strdup (state), g_strdup (reason) };
  g_hash_table_replace (self->outcomes, g_strdup (id), outcome);
}
