/* cm-call-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-call-commands.h"

#include <glib/gi18n.h>

#include "panel/cm-command-bar.h"

struct _CmCallCommands
{
  GtkWidget parent_instance;

  CmSession      *session;
  CmConversation *conversation;
  CmCommander    *commander;
  CmActions       actions;

  GtkWidget *box;
  GtkWidget *lock_button;
  GtkWidget *unlock_button;
  GtkWidget *invite_button;
  GtkWidget *invite_popover;
  GtkWidget *invite_entry;
  GtkWidget *mute_all_button;
  GtkWidget *unmute_all_button;
  GtkWidget *end_button;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_CONVERSATION,
  PROP_ACTIONS,
  PROP_COMMANDER,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmCallCommands, cm_call_commands, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static CmWatch *
get_watch (CmCallCommands *self)
{
  return self->session != NULL ? cm_session_get_watch (self->session) : NULL;
}

static const CmDocument *
get_document (CmCallCommands *self)
{
  return self->conversation != NULL ? cm_conversation_get_document (self->conversation) : NULL;
}

static gboolean
offers (CmCallCommands *self,
        CmAction        action)
{
  return cm_actions_contain (self->actions, action);
}

/* Why it cannot be done now is said beforehand. Returns: whether it is offered at all */
static gboolean
update_button (CmCallCommands *self,
               GtkWidget      *button,
               CmAction        action,
               gboolean        fits)
{
  const CmDocument *document = get_document (self);
  gboolean shown = fits && offers (self, action);
  g_autoptr (CmCommand) command = NULL;
  g_autofree char *reason = NULL;

  gtk_widget_set_visible (button, shown);
  if (!shown)
    return FALSE;

  command = cm_commander_create (get_watch (self), document, action, NULL);
  if (command != NULL && !cm_action_needs_participant (action))
    reason = cm_watch_why_not (get_watch (self), command);
  gtk_widget_set_sensitive (button, reason == NULL);
  gtk_widget_set_tooltip_text (button, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason != NULL ? reason : "",
                                  -1);

  return TRUE;
}

/* A row of buttons none of which is there takes no room. */
static void
update_row (GtkWidget *row)
{
  GtkWidget *button = gtk_widget_get_first_child (row);

  while (button != NULL && !gtk_widget_get_visible (button))
    button = gtk_widget_get_next_sibling (button);
  gtk_widget_set_visible (row, button != NULL);
}

/* Whoever mutes all has nobody left to mute. */
static gboolean
are_all_muted (const CmDocument *document)
{
  gboolean any = FALSE;

  for (guint i = 0; document != NULL && i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);
      gboolean is_in = person->left == CM_TIME_NONE && person->role != CM_ROLE_LOBBY;

      if (is_in && person->muted != CM_YES)
        return FALSE;
      any |= is_in;
    }

  return any;
}

static void
update (CmCallCommands *self)
{
  const CmDocument *document = get_document (self);
  CmActions actions = document != NULL ? cm_commander_get_actions (get_watch (self), document) : 0;
  gboolean conference = document != NULL && document->kind == CM_KIND_CONFERENCE;
  gboolean locked = document != NULL && document->conference.locked == CM_YES;
  gboolean muted = are_all_muted (document);
  gboolean shown = FALSE;

  if (self->box == NULL)
    return;

  if (actions != self->actions)
    {
      self->actions = actions;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIONS]);
    }

  shown |= update_button (self, self->lock_button, CM_ACTION_LOCK, conference && !locked);
  shown |= update_button (self, self->unlock_button, CM_ACTION_UNLOCK, conference && locked);
  shown |= update_button (self, self->invite_button, CM_ACTION_INVITE, document != NULL);
  shown |= update_button (self, self->mute_all_button, CM_ACTION_MUTE_ALL, conference && !muted);
  shown |= update_button (self, self->unmute_all_button, CM_ACTION_UNMUTE_ALL, conference && muted);
  shown |= update_button (self, self->end_button, CM_ACTION_END, conference);
  update_row (gtk_widget_get_parent (self->invite_button));
  update_row (gtk_widget_get_parent (self->end_button));
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
}

static void
ask (CmCallCommands *self,
     CmAction        action,
     const char     *participant)
{
  const CmDocument *document = get_document (self);
  g_autoptr (CmCommand) command = NULL;
  g_autofree char *name = NULL;

  if (document == NULL || get_watch (self) == NULL)
    return;

  command = cm_commander_create (get_watch (self), document, action, participant);
  if (command == NULL)
    return;

  if (participant != NULL)
    name = cm_document_dup_name (document, participant);
  cm_commander_ask (self->commander, get_watch (self), command, name);
}

static void
activated (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  GObject *self = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), "commands");
  CmAction action;

  if (cm_action_parse (strchr (action_name, '.') + 1, &action))
    ask (CM_CALL_COMMANDS (self), action, parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
}

static void
invite_cb (CmCallCommands *self)
{
  g_autofree char *address = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->invite_entry)));

  g_strstrip (address);
  if (*address == '\0')
    return;

  gtk_popover_popdown (GTK_POPOVER (self->invite_popover));
  gtk_editable_set_text (GTK_EDITABLE (self->invite_entry), "");
  ask (self, CM_ACTION_INVITE, address);
}

static void
set_conversation (CmCallCommands *self,
                  CmConversation *conversation)
{
  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, update, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    g_signal_connect_object (conversation, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

static void
watch_changed_cb (CmCallCommands *self)
{
  CmWatch *watch = get_watch (self);

  if (watch != NULL)
    {
      g_signal_handlers_disconnect_by_func (watch, update, self);
      g_signal_connect_object (watch, "notify::past", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (watch, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }

  /* What was about to be done was about another tracker's calls. */
  cm_commander_undo (self->commander);
  update (self);
}

static void
set_session (CmCallCommands *self,
             CmSession      *session)
{
  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, watch_changed_cb, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::watch", G_CALLBACK (watch_changed_cb), self,
                               G_CONNECT_SWAPPED);
      watch_changed_cb (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
cm_call_commands_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CmCallCommands *self = CM_CALL_COMMANDS (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_ACTIONS:
      g_value_set_uint (value, self->actions);
      break;
    case PROP_COMMANDER:
      g_value_set_object (value, self->commander);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_call_commands_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CM_CALL_COMMANDS (object), g_value_get_object (value));
      break;
    case PROP_CONVERSATION:
      set_conversation (CM_CALL_COMMANDS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_call_commands_dispose (GObject *object)
{
  CmCallCommands *self = CM_CALL_COMMANDS (object);
  CmWatch *watch = get_watch (self);

  if (watch != NULL)
    g_signal_handlers_disconnect_by_func (watch, update, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->commander != NULL)
    cm_commander_undo (self->commander);
  set_conversation (self, NULL);
  set_session (self, NULL);
  g_clear_object (&self->commander);

  G_OBJECT_CLASS (cm_call_commands_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-call-commands.ui");
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, box);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, lock_button);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, invite_button);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, invite_popover);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, invite_entry);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, mute_all_button);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, unmute_all_button);
  gtk_widget_class_bind_template_child (widget_class, CmCallCommands, end_button);
  gtk_widget_class_bind_template_callback (widget_class, invite_cb);
}

static void
cm_call_commands_class_init (CmCallCommandsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_call_commands_get_property;
  object_class->set_property = cm_call_commands_set_property;
  object_class->dispose = cm_call_commands_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION, flags);
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, CM_TYPE_CONVERSATION, flags);
  properties[PROP_ACTIONS] = g_param_spec_uint ("actions", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_COMMANDER] =
    g_param_spec_object ("commander", NULL, NULL, CM_TYPE_COMMANDER, read);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* Where there is little room, long words give way. */
static void
make_narrow (GtkWidget *button)
{
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
}

static void
cm_call_commands_init (CmCallCommands *self)
{
  self->commander = cm_commander_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  make_narrow (self->lock_button);
  make_narrow (self->unlock_button);
  make_narrow (self->mute_all_button);
  make_narrow (self->unmute_all_button);
  make_narrow (self->end_button);
  update (self);
}

/**
 * cm_call_commands_install:
 * @widget_class: the class of the page that has the commands, as "commands" in its
 *   template
 *
 * Gives the class the actions. Comes after its template.
 */
void
cm_call_commands_install (GtkWidgetClass *widget_class)
{
  g_type_ensure (CM_TYPE_CALL_COMMANDS);
  g_type_ensure (CM_TYPE_COMMAND_BAR);
  gtk_widget_class_bind_template_child_full (widget_class, "commands", FALSE, 0);

  for (CmAction action = CM_ACTION_REJOIN + 1; action < CM_N_ACTIONS; action++)
    {
      g_autofree char *name = g_strconcat ("call.", cm_action_get_name (action), NULL);

      gtk_widget_class_install_action (widget_class, name,
                                       cm_action_needs_participant (action) ? "s" : NULL, activated);
    }
}
