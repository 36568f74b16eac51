/* cm-ucwa-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-command.h"

#include <libsoup/soup.h>

#include "feeds/decode/cm-record-json.h"

typedef struct
{
  CmUcwaClient       *client;  /* borrowed: when it is freed no answer comes */
  GTask              *task;
  const char * const *links;   /* the way that is left */
  JsonNode           *message; /* (nullable): what is posted at its end */
} Step;

static void
step_free (Step *self)
{
  g_object_unref (self->task);
  g_clear_pointer (&self->message, json_node_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
step_cancel (gpointer data)
{
  g_autoptr(Step) self = data;

  g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the connection to the server was lost");
}

/* What the server says of a refusal (UCWA 2.0, "Errors"). */
static void
refuse (Step         *step,
        guint         status,
        GBytes       *body,
        const GError *error)
{
  g_autoptr(JsonParser) parser = cm_record_parse_body (body);
  const char *message = cm_record_get_string (cm_record_get_root (parser), "message");

  if (error != NULL)
    g_task_return_error (step->task, g_error_copy (error));
  else if (message != NULL)
    g_task_return_new_error (step->task, G_IO_ERROR, G_IO_ERROR_FAILED, "Skype for Business refuses: %.200s", message);
  else
    g_task_return_new_error (step->task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             "Skype for Business refuses with HTTP status %u", status);
}

static void
on_done (guint         status,
         GBytes       *body,
         const GError *error,
         gpointer      user_data)
{
  g_autoptr(Step) step = user_data;

  if (error == NULL && status >= 200 && status < 300)
    g_task_return_boolean (step->task, TRUE);
  else
    refuse (step, status, body, error);
}

/* Only the links that the server gives out may be used, and what is not linked may
 * not be done: that is how UCWA tells rights. */
static void
on_resource (guint         status,
             GBytes       *body,
             const GError *error,
             gpointer      user_data)
{
  g_autoptr(Step) step = user_data;
  g_autoptr(JsonParser) parser = NULL;
  CmUcwaClient *client = step->client;
  JsonObject *links;
  const char *href;

  if (error != NULL || status != SOUP_STATUS_OK)
    {
      refuse (step, status, body, error);
      return;
    }

  parser = cm_record_parse_body (body);
  links = cm_record_get_object (cm_record_get_root (parser), "_links");
  href = cm_record_get_string (cm_record_get_object (links, step->links[0]), "href");
  if (href == NULL)
    g_task_return_new_error (step->task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                             "this user may not do that in this meeting");
  else if (*++step->links != NULL)
    cm_ucwa_client_send (client, "GET", href, NULL, on_resource, step_cancel, g_steal_pointer (&step));
  else
    {
      g_autoptr(JsonNode) message = step->message != NULL ? json_node_ref (step->message) : NULL;

      cm_ucwa_client_send (client, "POST", href, message, on_done, step_cancel, g_steal_pointer (&step));
    }
}

/* Every request that begins something has a name of its own. */
static JsonNode *
make_message (const char *name,
              const char *value)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *operation = g_uuid_string_random ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
  json_builder_set_member_name (builder, "operationId");
  json_builder_add_string_value (builder, operation);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* Where the way begins, and by which links it goes on. */
static char *
dup_way (CmUcwa              *decoder,
         const CmCommand     *command,
         const char          *conversation,
         const char * const **links)
{
  static const char * const ways[CM_N_ACTIONS][3] = {
    [CM_ACTION_REJOIN] = { "joinOnlineMeeting" },
    [CM_ACTION_MUTE] = { "participantAudio", "muteAudio" },
    [CM_ACTION_UNMUTE] = { "participantAudio", "unmuteAudio" },
    [CM_ACTION_REMOVE] = { "eject" },
    [CM_ACTION_ADMIT] = { "admit" },
    [CM_ACTION_INVITE] = { "addParticipant" },
  };

  *links = ways[command->action];
  if (command->action == CM_ACTION_REJOIN)
    return g_strdup (cm_ucwa_get_communication (decoder));
  if (command->action == CM_ACTION_INVITE)
    return g_strdup (cm_ucwa_get_href (decoder, conversation));

  return cm_ucwa_dup_person (decoder, conversation, command->participant);
}

/**
 * cm_ucwa_command_send:
 * @client: how the server is reached
 * @decoder: what is known of its conversations
 * @command: what is to be done
 * @conversation: the source's own id of the conversation
 * @task: returns %TRUE where the server has taken the command
 */
void
cm_ucwa_command_send (CmUcwaClient    *client,
                      CmUcwa          *decoder,
                      const CmCommand *command,
                      const char      *conversation,
                      GTask           *task)
{
  Step *step = g_new0 (Step, 1);
  g_autofree char *href = dup_way (decoder, command, conversation, &step->links);

  step->client = client;
  step->task = g_object_ref (task);
  if (command->action == CM_ACTION_REJOIN && cm_ucwa_get_uri (decoder, conversation) != NULL)
    step->message = make_message ("onlineMeetingUri", cm_ucwa_get_uri (decoder, conversation));
  else if (command->action == CM_ACTION_INVITE)
    step->message = make_message ("to", command->participant);

  if (href == NULL || (command->action == CM_ACTION_REJOIN && step->message == NULL))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the server does not list that any more");
      step_free (step);
      return;
    }

  cm_ucwa_client_send (client, "GET", href, NULL, on_resource, step_cancel, step);
}

/**
 * cm_ucwa_command_add_audio:
 * @client: how the server is reached
 * @href: of a conversation that was joined
 * @number: where the server is to call
 * @task: returns %TRUE where the server has taken it
 */
void
cm_ucwa_command_add_audio (CmUcwaClient *client,
                           const char   *href,
                           const char   *number,
                           GTask        *task)
{
  static const char * const links[] = { "phoneAudio", "addPhoneAudio", NULL };
  Step *step = g_new0 (Step, 1);

  step->client = client;
  step->task = g_object_ref (task);
  step->links = links;
  step->message = make_message ("phoneNumber", number);
  cm_ucwa_client_send (client, "GET", href, NULL, on_resource, step_cancel, step);
}
