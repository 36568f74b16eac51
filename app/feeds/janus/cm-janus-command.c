/* cm-janus-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-command.h"

#include <glib/gi18n.h>

#include "feeds/janus/cm-janus-json.h"
#include "feeds/cm-secret.h"

/* A command that has become several requests. */
typedef struct
{
  GTask  *task;
  guint   n_open;
  GError *error;
} Batch;

static void
batch_unref (Batch *self)
{
  if (--self->n_open > 0)
    return;

  if (self->error != NULL)
    g_task_return_error (self->task, self->error);
  else
    g_task_return_boolean (self->task, TRUE);
  g_object_unref (self->task);
  g_free (self);
}

static void
on_answer (JsonObject   *answer,
           const GError *error,
           gpointer      user_data)
{
  Batch *batch = user_data;
  const char *refusal = cm_record_get_string (answer, "error");

  if (batch->error == NULL && error != NULL)
    batch->error = g_error_copy (error);
  else if (batch->error == NULL && refusal != NULL)
    batch->error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, _("Janus refuses: %.200s"), refusal);
  batch_unref (batch);
}

static char *
find_secret (char * const *lines,
             const char   *room)
{
  for (; *lines != NULL; lines++)
    {
      const char *equals = strrchr (*lines, '=');

      if (equals != NULL && strlen (room) == (gsize) (equals - *lines) && g_str_has_prefix (*lines, room))
        return g_strdup (equals + 1);
    }

  return NULL;
}

/* A line of the file is "audiobridge/4711=SECRET", "4711=SECRET" for both plugins,
 * or "*=SECRET" for every room. */
static char *
read_room_secret (CmFeedConfig        *config,
                  const CmJanusTarget *target,
                  GError             **error)
{
  char *text = cm_feed_config_read_secret (config, "room-secrets", error);
  g_autofree char *whole = g_strconcat (target->plugin, "/", target->room, NULL);
  const char *names[] = { whole, target->room, "*" };
  char **lines;
  char *secret = NULL;

  if (text == NULL)
    return NULL;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (names) && secret == NULL; i++)
    secret = find_secret (lines, names[i]);
  for (guint i = 0; lines[i] != NULL; i++)
    cm_secret_free (lines[i]);
  g_free (lines);
  cm_secret_free (text);

  return secret;
}

static JsonObject *
new_body (CmJanus             *decoder,
          const CmJanusTarget *target,
          const char          *request,
          const char          *secret)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "request", request);
  json_object_set_member (body, "room", cm_janus_new_id (decoder, target->plugin, target->room));
  if (target->id != NULL)
    json_object_set_member (body, "id", cm_janus_new_id (decoder, target->plugin, target->id));
  if (secret != NULL)
    json_object_set_string_member (body, "secret", secret);

  return body;
}

static void
ask (CmJanusApi          *api,
     const CmJanusTarget *target,
     JsonObject          *body,
     Batch               *batch)
{
  batch->n_open++;
  cm_janus_api_ask (api, target->plugin, body, on_answer, batch);
}

/* A publisher of the VideoRoom is muted stream by stream. */
static void
moderate (CmJanusApi          *api,
          CmJanus             *decoder,
          const CmJanusTarget *target,
          const char          *secret,
          gboolean             mute,
          Batch               *batch)
{
  if (target->mids->len == 0)
    batch->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("No audio of this person is known"));

  for (guint i = 0; i < target->mids->len; i++)
    {
      JsonObject *body = new_body (decoder, target, "moderate", secret);

      json_object_set_string_member (body, "mid", g_ptr_array_index (target->mids, i));
      json_object_set_boolean_member (body, "mute", mute);
      ask (api, target, body, batch);
    }
}

static const char *
get_request (CmAction action)
{
  switch ((int) action)
    {
    case CM_ACTION_MUTE:
      return "mute";
    case CM_ACTION_UNMUTE:
      return "unmute";
    case CM_ACTION_REMOVE:
      return "kick";
    case CM_ACTION_MUTE_ALL:
      return "mute_room";
    case CM_ACTION_UNMUTE_ALL:
      return "unmute_room";
    default:
      return "destroy";
    }
}

static void
send (CmJanusApi          *api,
      CmJanus             *decoder,
      CmFeed              *feed,
      const CmCommand     *command,
      const CmJanusTarget *target,
      GTask               *task)
{
  gboolean is_mute = command->action == CM_ACTION_MUTE || command->action == CM_ACTION_UNMUTE;
  gboolean is_of_all = command->action == CM_ACTION_MUTE_ALL || command->action == CM_ACTION_UNMUTE_ALL;
  gboolean is_video = g_str_equal (target->plugin, "videoroom");
  Batch *batch = g_new0 (Batch, 1);
  char *secret;

  batch->task = g_object_ref (task);
  batch->n_open = 1;
  secret = read_room_secret (cm_feed_get_config (feed), target, &batch->error);

  if (batch->error == NULL && is_of_all && is_video)
    batch->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                        _("A VideoRoom can only mute one person after the other"));
  if (batch->error != NULL)
    ;
  else if (is_mute && is_video)
    moderate (api, decoder, target, secret, command->action == CM_ACTION_MUTE, batch);
  else
    ask (api, target, new_body (decoder, target, get_request (command->action), secret), batch);

  cm_secret_free (secret);
  batch_unref (batch);
}

/**
 * cm_janus_command_send:
 * @api: what Janus is asked by; ready
 * @decoder: what knows the rooms
 * @feed: whose command it is
 * @command: one that the feed can be asked for
 * @task: returns when Janus has taken the command, or refused it; that it is done
 *   its events say
 */
void
cm_janus_command_send (CmJanusApi      *api,
                       CmJanus         *decoder,
                       CmFeed          *feed,
                       const CmCommand *command,
                       GTask           *task)
{
  g_autofree char *prefix = g_strconcat (cm_feed_get_source (feed), "#", NULL);
  const char *person = cm_action_needs_participant (command->action) ? command->participant : NULL;
  CmJanusTarget target = { 0 };

  if (g_str_has_prefix (command->leg, prefix) &&
      cm_janus_find (decoder, command->leg + strlen (prefix), person, &target))
    send (api, decoder, feed, command, &target, task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The room or the person is no longer there"));

  g_clear_pointer (&target.mids, g_ptr_array_unref);
}
