/* cm-leg-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-leg-row.h"

#include "panel/cm-cut-tip.h"

struct _CmLegRow
{
  GtkListBoxRow parent_instance;

  CmLegItem     *leg;
  GBindingGroup *bindings;
};

enum
{
  PROP_0,
  PROP_LEG,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmLegRow, cm_leg_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

static char **
dup_icon_classes (CmLegRow   *self,
                  const char *state_class)
{
  char **classes = g_new0 (char *, 3);

  classes[0] = g_strdup ("state");
  classes[1] = g_strdup (state_class != NULL ? state_class : "idle");

  return classes;
}

static void
cm_leg_row_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LEG:
      g_value_set_object (value, CM_LEG_ROW (object)->leg);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_leg_row_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CmLegRow *self = CM_LEG_ROW (object);

  switch (prop_id)
    {
    case PROP_LEG:
      if (!g_set_object (&self->leg, g_value_get_object (value)))
        break;
      g_binding_group_set_source (self->bindings, self->leg);
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
cm_leg_row_dispose (GObject *object)
{
  CmLegRow *self = CM_LEG_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->leg);

  G_OBJECT_CLASS (cm_leg_row_parent_class)->dispose (object);
}

static void
cm_leg_row_class_init (CmLegRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_leg_row_get_property;
  object_class->set_property = cm_leg_row_set_property;
  object_class->dispose = cm_leg_row_dispose;

  properties[PROP_LEG] =
    g_param_spec_object ("leg", NULL, NULL, CM_TYPE_LEG_ITEM,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-leg-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, cm_cut_tip_query);
  gtk_widget_class_bind_template_callback (widget_class, dup_icon_classes);
}

static void
cm_leg_row_init (CmLegRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* As in cm-person-row.c, not an expression in the template. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);
}

GtkWidget *
cm_leg_row_new (CmLegItem *leg)
{
  return g_object_new (CM_TYPE_LEG_ROW, "leg", leg, NULL);
}

/* Returns: (transfer none) */
CmLegItem *
cm_leg_row_get_leg (CmLegRow *self)
{
  g_return_val_if_fail (CM_IS_LEG_ROW (self), NULL);

  return self->leg;
}
