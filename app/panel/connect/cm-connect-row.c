/* cm-connect-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-row.h"

struct _CmConnectRow
{
  GtkListBoxRow parent_instance;

  CmConnectStep *step;
  GBindingGroup *bindings;
};

enum
{
  PROP_0,
  PROP_STEP,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmConnectRow, cm_connect_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

static char **
dup_icon_classes (CmConnectRow *self,
                  const char   *state_class)
{
  return g_strdupv ((char *[]) { (char *) "state", (char *) state_class, NULL });
}

static gboolean
has_text (CmConnectRow *self,
          const char   *text)
{
  return text != NULL;
}

static void
cm_connect_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_STEP:
      g_value_set_object (value, CM_CONNECT_ROW (object)->step);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_connect_row_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CmConnectRow *self = CM_CONNECT_ROW (object);

  switch (prop_id)
    {
    case PROP_STEP:
      if (!g_set_object (&self->step, g_value_get_object (value)))
        break;
      g_binding_group_set_source (self->bindings, self->step);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SENTENCE:
      if (g_value_get_string (value) != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (object),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string (value),
                                        -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_connect_row_dispose (GObject *object)
{
  CmConnectRow *self = CM_CONNECT_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->step);

  G_OBJECT_CLASS (cm_connect_row_parent_class)->dispose (object);
}

static void
cm_connect_row_class_init (CmConnectRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_connect_row_get_property;
  object_class->set_property = cm_connect_row_set_property;
  object_class->dispose = cm_connect_row_dispose;

  properties[PROP_STEP] =
    g_param_spec_object ("step", NULL, NULL, CM_TYPE_CONNECT_STEP,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-connect-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, dup_icon_classes);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
}

static void
cm_connect_row_init (CmConnectRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* As in cm-person-row.c, not an expression in the template. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);
}

GtkWidget *
cm_connect_row_new (CmConnectStep *step)
{
  return g_object_new (CM_TYPE_CONNECT_ROW, "step", step, NULL);
}
