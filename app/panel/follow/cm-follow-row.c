/* cm-follow-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-row.h"

#include <glib/gi18n.h>

struct _CmFollowRow
{
  GtkListBoxRow parent_instance;

  CmFollowed    *followed;
  GBindingGroup *bindings;
  GtkSwitch     *enabled;
  GtkWidget     *edit;
};

enum
{
  PROP_0,
  PROP_FOLLOWED,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmFollowRow, cm_follow_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

static char **
dup_icon_classes (CmFollowRow *self,
                  const char  *state_class)
{
  return g_strdupv ((char *[]) { (char *) "state", (char *) state_class, NULL });
}

/* What is done is what the list then shows. */
static gboolean
switched_cb (CmFollowRow *self,
             gboolean     state)
{
  const char *name = cm_feed_config_get_name (cm_followed_get_config (self->followed));

  gtk_widget_activate_action (GTK_WIDGET (self), "app.follow-toggle", "s", name);

  return TRUE;
}

static void
set_label (GtkWidget  *widget,
           char       *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (widget, words);
  g_free (words);
}

static void
set_followed (CmFollowRow *self,
              CmFollowed  *followed)
{
  CmFeedConfig *config = cm_followed_get_config (followed);
  const char *name = cm_feed_config_get_name (config);

  g_set_object (&self->followed, followed);
  g_binding_group_set_source (self->bindings, followed);
  g_signal_handlers_block_by_func (self->enabled, switched_cb, self);
  gtk_switch_set_active (self->enabled, cm_feed_config_is_enabled (config));
  g_signal_handlers_unblock_by_func (self->enabled, switched_cb, self);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit), "s", name);
  /* Translators: of a switch; the name of a system */
  set_label (GTK_WIDGET (self->enabled), g_strdup_printf (_ ("Follow %s"), name));
  /* Translators: of a button; the name of a system */
  set_label (self->edit, g_strdup_printf (_ ("Edit %s"), name));
}

static void
cm_follow_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_FOLLOWED:
      g_value_set_object (value, CM_FOLLOW_ROW (object)->followed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_follow_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FOLLOWED:
      set_followed (CM_FOLLOW_ROW (object), g_value_get_object (value));
      break;
    case PROP_SENTENCE:
      if (g_value_get_string (value) != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (object), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        g_value_get_string (value), -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_follow_row_dispose (GObject *object)
{
  CmFollowRow *self = CM_FOLLOW_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->followed);

  G_OBJECT_CLASS (cm_follow_row_parent_class)->dispose (object);
}

static void
cm_follow_row_class_init (CmFollowRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_follow_row_get_property;
  object_class->set_property = cm_follow_row_set_property;
  object_class->dispose = cm_follow_row_dispose;

  properties[PROP_FOLLOWED] =
    g_param_spec_object ("followed", NULL, NULL, CM_TYPE_FOLLOWED,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-follow-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CmFollowRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, CmFollowRow, edit);
  gtk_widget_class_bind_template_callback (widget_class, dup_icon_classes);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
}

static void
cm_follow_row_init (CmFollowRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* As in cm-person-row.c, not an expression in the template. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);
}

GtkWidget *
cm_follow_row_new (CmFollowed *followed)
{
  return g_object_new (CM_TYPE_FOLLOW_ROW, "followed", followed, NULL);
}
