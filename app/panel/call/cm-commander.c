/* cm-commander.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-commander.h"

#include <glib/gi18n.h>

/* A refusal is to be read for so long, ms. */
#define REFUSAL_TIME 10000

struct _CmCommander
{
  GObject parent_instance;

  CmWatch      *watch;   /* of what is waiting */
  CmCommand    *waiting;
  char         *name;    /* of the person whom that is about */
  GCancellable *cancellable;
  guint         delay;
  guint         timeout_id;
  char         *words;
};

/* A command that was sent. */
typedef struct
{
  CmCommander *commander;
  CmAction     action;
  char        *name;
} Sent;

enum
{
  PROP_0,
  PROP_WORDS,
  PROP_CAN_UNDO,
  PROP_DELAY,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmCommander, cm_commander, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
sent_free (Sent *self)
{
  g_object_unref (self->commander);
  g_free (self->name);
  g_free (self);
}

/* Takes @words. */
static void
say (CmCommander *self,
     char        *words)
{
  g_free (self->words);
  self->words = words;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
}

static void
forget (CmCommander *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_pointer (&self->waiting, cm_command_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->watch);
}

static gboolean
quiet_cb (gpointer user_data)
{
  CmCommander *self = user_data;

  self->timeout_id = 0;
  say (self, NULL);

  return G_SOURCE_REMOVE;
}

static char *
dup_refusal (CmAction    action,
             const char *name,
             const char *reason)
{
  switch (action)
    {
    case CM_ACTION_MUTE:
      return g_strdup_printf (_ ("Could not mute %s: %s"), name, reason);
    case CM_ACTION_UNMUTE:
      return g_strdup_printf (_ ("Could not unmute %s: %s"), name, reason);
    case CM_ACTION_REMOVE:
      return g_strdup_printf (_ ("Could not remove %s: %s"), name, reason);
    case CM_ACTION_ADMIT:
      return g_strdup_printf (_ ("Could not let %s in: %s"), name, reason);
    case CM_ACTION_INVITE:
      return g_strdup_printf (_ ("Could not invite %s: %s"), name, reason);
    case CM_ACTION_LOCK:
      return g_strdup_printf (_ ("Could not lock the conference: %s"), reason);
    case CM_ACTION_UNLOCK:
      return g_strdup_printf (_ ("Could not unlock the conference: %s"), reason);
    case CM_ACTION_MUTE_ALL:
      return g_strdup_printf (_ ("Could not mute everybody: %s"), reason);
    case CM_ACTION_UNMUTE_ALL:
      return g_strdup_printf (_ ("Could not unmute everybody: %s"), reason);
    case CM_ACTION_END:
      return g_strdup_printf (_ ("Could not end the conference: %s"), reason);
    case CM_ACTION_REJOIN:
    case CM_N_ACTIONS:
    default:
      return g_strdup_printf (_ ("Could not rejoin the call: %s"), reason);
    }
}

static void
refuse (CmCommander *self,
        CmAction     action,
        const char  *name,
        const char  *reason)
{
  /* What waits to be undone is not covered by words of something else. */
  if (self->waiting != NULL)
    return;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (REFUSAL_TIME, quiet_cb, self);
  say (self, dup_refusal (action, name != NULL ? name : "", reason));
}

static void
command_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Sent *sent = user_data;
  g_autoptr (GError) error = NULL;

  if (!cm_watch_command_finish (CM_WATCH (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    refuse (sent->commander, sent->action, sent->name, error->message);

  sent_free (sent);
}

static void
send_command (CmCommander     *self,
              CmWatch         *watch,
              const CmCommand *command,
              const char      *name)
{
  g_autofree char *reason = cm_watch_why_not (watch, command);
  Sent *sent;

  if (reason != NULL)
    {
      refuse (self, command->action, name, reason);
      return;
    }

  sent = g_new0 (Sent, 1);
  sent->commander = g_object_ref (self);
  sent->action = command->action;
  sent->name = g_strdup (name);
  cm_watch_command_async (watch, command, self->cancellable, command_cb, sent);
}

/* The time to take it back is over. */
static void
send_waiting (CmCommander *self)
{
  g_autoptr (CmWatch) watch = g_steal_pointer (&self->watch);
  g_autoptr (CmCommand) command = g_steal_pointer (&self->waiting);
  g_autofree char *name = g_steal_pointer (&self->name);

  forget (self);
  say (self, NULL);
  if (command != NULL)
    send_command (self, watch, command, name);
}

static gboolean
send_cb (gpointer user_data)
{
  CmCommander *self = user_data;

  self->timeout_id = 0;
  send_waiting (self);

  return G_SOURCE_REMOVE;
}

static void
cm_commander_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CmCommander *self = CM_COMMANDER (object);

  switch (prop_id)
    {
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->waiting != NULL);
      break;
    case PROP_DELAY:
      g_value_set_uint (value, self->delay);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_commander_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_DELAY:
      CM_COMMANDER (object)->delay = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_commander_dispose (GObject *object)
{
  CmCommander *self = CM_COMMANDER (object);

  forget (self);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (cm_commander_parent_class)->dispose (object);
}

static void
cm_commander_finalize (GObject *object)
{
  CmCommander *self = CM_COMMANDER (object);

  g_object_unref (self->cancellable);
  g_free (self->words);

  G_OBJECT_CLASS (cm_commander_parent_class)->finalize (object);
}

static void
cm_commander_class_init (CmCommanderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_commander_get_property;
  object_class->set_property = cm_commander_set_property;
  object_class->dispose = cm_commander_dispose;
  object_class->finalize = cm_commander_finalize;

  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_DELAY] =
    g_param_spec_uint ("delay", NULL, NULL, 0, G_MAXUINT, CM_COMMANDER_DELAY,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_commander_init (CmCommander *self)
{
  self->delay = CM_COMMANDER_DELAY;
  self->cancellable = g_cancellable_new ();
}

CmCommander *
cm_commander_new (void)
{
  return g_object_new (CM_TYPE_COMMANDER, NULL);
}

/**
 * cm_commander_ask:
 * @self: a commander
 * @watch: what the call is in
 * @command: what to do
 * @name: (nullable): what the person is called whom it is about
 *
 * Removing a person and ending a conference wait for "delay", so that they can be
 * taken back; what waited before is sent then.
 */
void
cm_commander_ask (CmCommander     *self,
                  CmWatch         *watch,
                  const CmCommand *command,
                  const char      *name)
{
  gboolean removes = command->action == CM_ACTION_REMOVE;

  g_return_if_fail (CM_IS_COMMANDER (self));

  if (self->waiting != NULL)
    send_waiting (self);
  if (!removes && command->action != CM_ACTION_END)
    {
      send_command (self, watch, command, name);
      return;
    }

  forget (self);
  self->watch = g_object_ref (watch);
  self->waiting = cm_command_copy (command);
  self->name = g_strdup (name);
  self->timeout_id = g_timeout_add (self->delay, send_cb, self);
  say (self, removes ? g_strdup_printf (_ ("%s will be removed from the conference"), name)
                     : g_strdup (_ ("The conference will be ended for everybody")));
}

/**
 * cm_commander_undo:
 * @self: a commander
 *
 * What waits is never sent.
 */
void
cm_commander_undo (CmCommander *self)
{
  g_return_if_fail (CM_IS_COMMANDER (self));

  forget (self);
  say (self, NULL);
}

/* A refusal has been read. */
void
cm_commander_dismiss (CmCommander *self)
{
  g_return_if_fail (CM_IS_COMMANDER (self));

  if (self->waiting == NULL)
    cm_commander_undo (self);
}

/**
 * cm_commander_get_actions:
 * @watch: (nullable): what is watched
 * @document: a conversation
 *
 * Returns: what the sources of its legs take as commands; nothing for what is over or
 *   past
 */
CmActions
cm_commander_get_actions (CmWatch          *watch,
                          const CmDocument *document)
{
  CmActions actions = 0;

  if (watch == NULL || cm_watch_get_moment (watch) != CM_TIME_NONE)
    return 0;

  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      if (leg->phase != CM_PHASE_ENDED)
        actions |= cm_watch_get_actions (watch, leg->id);
    }

  return actions;
}

/**
 * cm_commander_create:
 * @watch: what is watched
 * @document: a conversation
 * @action: what to do
 * @participant: (nullable): with whom
 *
 * Returns: (nullable) (transfer full): the command for the leg that can do it now, or
 *   else for one whose source takes such commands
 */
CmCommand *
cm_commander_create (CmWatch          *watch,
                     const CmDocument *document,
                     CmAction          action,
                     const char       *participant)
{
  CmCommand *found = NULL;

  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);
      g_autoptr (CmCommand) command = NULL;
      g_autofree char *reason = NULL;

      if (leg->phase == CM_PHASE_ENDED || !cm_actions_contain (cm_watch_get_actions (watch, leg->id), action))
        continue;

      command = cm_command_new (document->id, leg->id, action, participant);
      reason = cm_watch_why_not (watch, command);
      if (reason != NULL && found != NULL)
        continue;

      g_clear_pointer (&found, cm_command_free);
      found = g_steal_pointer (&command);
      if (reason == NULL)
        break;
    }

  return found;
}
