/* cm-person-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-person-row.h"

#include <glib/gi18n.h>

#include "model/cm-command.h"
#include "model/cm-words.h"
#include "panel/cm-cut-tip.h"

struct _CmPersonRow
{
  GtkListBoxRow parent_instance;

  CmPersonItem  *person;
  GBindingGroup *bindings;
  GSignalGroup  *signals;
  gint64         now;
  CmActions      actions;

  GtkMenuButton *menu_button;
};

enum
{
  PROP_0,
  PROP_PERSON,
  PROP_NOW,
  PROP_ACTIONS,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmPersonRow, cm_person_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

/* Since when, ticking; of who has gone, how long ago. */
static char *
dup_since (CmPersonRow *self,
           gint64       since,
           gboolean     gone,
           gint64       now)
{
  if (since == CM_TIME_NONE || now == CM_TIME_NONE)
    return g_strdup ("");

  return gone ? cm_words_dup_span (now - since) : cm_words_dup_age (now - since);
}

/* A name may be cut, and does not say the address. Only asked for where somebody points:
 * see cm_cut_tip_query(). */
static gboolean
query_name_cb (CmPersonRow *self,
               int          x,
               int          y,
               gboolean     keyboard,
               GtkTooltip  *tooltip)
{
  const char *name, *address;
  g_autofree char *both = NULL;

  if (self->person == NULL)
    return FALSE;

  name = cm_person_item_get_name (self->person);
  address = cm_person_item_get_address (self->person);
  if (name != NULL && g_strcmp0 (name, address) != 0)
    both = g_strdup_printf ("%s\n%s", name, address);
  gtk_tooltip_set_text (tooltip, both != NULL ? both : address);

  return TRUE;
}

/* Who has gone is gone, whoever said so. */
static gboolean
is_in_doubt (CmPersonRow *self,
             gboolean     confirmed,
             gboolean     gone)
{
  return !confirmed && !gone;
}

static char **
dup_disc_classes (CmPersonRow *self,
                  guint        colour)
{
  char **classes = g_new0 (char *, 3);

  classes[0] = g_strdup ("disc");
  classes[1] = g_strdup_printf ("disc-%u", colour);

  return classes;
}

/* Whose address is hidden cannot be meant by a command. */
static void
update_menu (CmPersonRow *self)
{
  const CmActions people = 1u << CM_ACTION_MUTE | 1u << CM_ACTION_UNMUTE | 1u << CM_ACTION_REMOVE |
                           1u << CM_ACTION_ADMIT;
  const char *address = self->person != NULL ? cm_person_item_get_address (self->person) : NULL;
  gboolean gone = TRUE;

  if (self->person != NULL)
    g_object_get (self->person, "gone", &gone, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button),
                          !gone && (self->actions & people) != 0 && address != NULL && strchr (address, ' ') == NULL);
}

static void
append_command (CmPersonRow *self,
                GtkWidget   *box,
                CmAction     action,
                const char  *label)
{
  g_autofree char *name = g_strconcat ("call.", cm_action_get_name (action), NULL);
  GtkWidget *button;

  if (!cm_actions_contain (self->actions, action))
    return;

  button = gtk_button_new_with_label (label);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    cm_person_item_get_address (self->person));
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown),
                           gtk_widget_get_ancestor (box, GTK_TYPE_POPOVER), G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_box_append (GTK_BOX (box), button);
}

/* What can be done now with the person: made when it is asked for. */
static void
create_menu (GtkMenuButton *button,
             gpointer       user_data)
{
  CmPersonRow *self = CM_PERSON_ROW (user_data);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean muted, in_lobby;

  g_object_get (self->person, "muted", &muted, "in-lobby", &in_lobby, NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  if (in_lobby)
    /* Translators: lets a person in from the lobby */
    append_command (self, box, CM_ACTION_ADMIT, _ ("Let In"));
  else if (muted)
    append_command (self, box, CM_ACTION_UNMUTE, _ ("Unmute"));
  else
    /* Translators: turns off a person’s microphone */
    append_command (self, box, CM_ACTION_MUTE, _ ("Mute"));
  /* Translators: puts a person out of the conference */
  append_command (self, box, CM_ACTION_REMOVE, _ ("Remove"));
  gtk_menu_button_set_popover (button, popover);
}

static void
set_sentence (CmPersonRow *self,
              const char  *sentence)
{
  if (sentence != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                    -1);
}

static void
cm_person_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CmPersonRow *self = CM_PERSON_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_ACTIONS:
      g_value_set_uint (value, self->actions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_person_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CmPersonRow *self = CM_PERSON_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      if (!g_set_object (&self->person, g_value_get_object (value)))
        break;
      g_binding_group_set_source (self->bindings, self->person);
      g_signal_group_set_target (self->signals, self->person);
      update_menu (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NOW:
      if (self->now == g_value_get_int64 (value))
        break;
      self->now = g_value_get_int64 (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ACTIONS:
      if (self->actions == g_value_get_uint (value))
        break;
      self->actions = g_value_get_uint (value);
      update_menu (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SENTENCE:
      set_sentence (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_person_row_dispose (GObject *object)
{
  CmPersonRow *self = CM_PERSON_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (cm_person_row_parent_class)->dispose (object);
}

static void
cm_person_row_class_init (CmPersonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_person_row_get_property;
  object_class->set_property = cm_person_row_set_property;
  object_class->dispose = cm_person_row_dispose;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, CM_TYPE_PERSON_ITEM, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_ACTIONS] = g_param_spec_uint ("actions", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CmPersonRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, dup_since);
  gtk_widget_class_bind_template_callback (widget_class, cm_cut_tip_query);
  gtk_widget_class_bind_template_callback (widget_class, dup_disc_classes);
  gtk_widget_class_bind_template_callback (widget_class, is_in_doubt);
  gtk_widget_class_bind_template_callback (widget_class, query_name_cb);
}

static void
cm_person_row_init (CmPersonRow *self)
{
  self->now = CM_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu, self, NULL);

  /* Not an expression in the template: GTK 4.8 warns when an object is released that
   * is both what such a binding changes and what it looks at. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);

  /* Nor for the menu's button: as it was used last, it may outlive the row. */
  self->signals = g_signal_group_new (CM_TYPE_PERSON_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::gone", G_CALLBACK (update_menu), self);
  g_signal_group_connect_swapped (self->signals, "notify::address", G_CALLBACK (update_menu), self);
  update_menu (self);
}

GtkWidget *
cm_person_row_new (CmPersonItem *person)
{
  return g_object_new (CM_TYPE_PERSON_ROW, "person", person, NULL);
}
