/* cm-command-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-command-bar.h"

#include <glib/gi18n.h>

struct _CmCommandBar
{
  GtkWidget parent_instance;

  CmCommander *commander;

  GtkWidget *box;
  GtkLabel  *label;
  GtkButton *button;
};

enum
{
  PROP_0,
  PROP_COMMANDER,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmCommandBar, cm_command_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The last words stay while the bar goes, so that it does not jump. */
static void
update (CmCommandBar *self)
{
  g_autofree char *words = NULL;
  gboolean can_undo = FALSE;

  if (self->commander != NULL)
    g_object_get (self->commander, "words", &words, "can-undo", &can_undo, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
  if (words == NULL)
    return;

  if (!g_str_equal (gtk_label_get_label (self->label), words))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", words);
  gtk_label_set_label (self->label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  /* Translators: takes back what is about to be done */
  gtk_button_set_label (self->button, can_undo ? _ ("Undo") : _ ("Close"));
}

static void
clicked_cb (CmCommandBar *self)
{
  gboolean can_undo = FALSE;

  g_object_get (self->commander, "can-undo", &can_undo, NULL);
  if (can_undo)
    cm_commander_undo (self->commander);
  else
    cm_commander_dismiss (self->commander);
}

static void
set_commander (CmCommandBar *self,
               CmCommander  *commander)
{
  if (self->commander == commander)
    return;

  if (self->commander != NULL)
    g_signal_handlers_disconnect_by_func (self->commander, update, self);
  g_set_object (&self->commander, commander);
  if (commander != NULL)
    g_signal_connect_object (commander, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  if (self->box != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMMANDER]);
}

static void
cm_command_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COMMANDER:
      g_value_set_object (value, CM_COMMAND_BAR (object)->commander);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_command_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_COMMANDER:
      set_commander (CM_COMMAND_BAR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_command_bar_dispose (GObject *object)
{
  CmCommandBar *self = CM_COMMAND_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  set_commander (self, NULL);

  G_OBJECT_CLASS (cm_command_bar_parent_class)->dispose (object);
}

static void
cm_command_bar_class_init (CmCommandBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_command_bar_get_property;
  object_class->set_property = cm_command_bar_set_property;
  object_class->dispose = cm_command_bar_dispose;

  properties[PROP_COMMANDER] =
    g_param_spec_object ("commander", NULL, NULL, CM_TYPE_COMMANDER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-command-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CmCommandBar, box);
  gtk_widget_class_bind_template_child (widget_class, CmCommandBar, label);
  gtk_widget_class_bind_template_child (widget_class, CmCommandBar, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_command_bar_init (CmCommandBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
