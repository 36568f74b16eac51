/* cm-steady-label.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-steady-label.h"

/* As little of it is to be seen at least, in digits. */
#define MIN_CHARS 3

struct _CmSteadyLabel
{
  GtkWidget parent_instance;

  GtkInscription *inscription;
  char           *label;
  int             width; /* of all of the text, px; -1 where it is not known */
};

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_XALIGN,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmSteadyLabel, cm_steady_label, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static int
measure_text (CmSteadyLabel *self)
{
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (self->inscription), self->label);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

static int
get_width (CmSteadyLabel *self)
{
  if (self->width < 0)
    self->width = measure_text (self);

  return self->width;
}

static void
set_label (CmSteadyLabel *self,
           const char    *label)
{
  int before = self->width;

  if (g_strcmp0 (self->label, label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  gtk_inscription_set_text (self->inscription, label);
  self->width = before >= 0 ? measure_text (self) : -1;
  if (self->width != before)
    gtk_widget_queue_resize (GTK_WIDGET (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
cm_steady_label_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  CmSteadyLabel *self = CM_STEADY_LABEL (widget);

  gtk_widget_measure (GTK_WIDGET (self->inscription), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  *natural = get_width (self);
  *minimum = MIN (*minimum, *natural);
}

static void
cm_steady_label_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  gtk_widget_allocate (GTK_WIDGET (CM_STEADY_LABEL (widget)->inscription), width, height, baseline, NULL);
}

/* Another font, or another size of it. */
static void
cm_steady_label_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  CM_STEADY_LABEL (widget)->width = -1;

  GTK_WIDGET_CLASS (cm_steady_label_parent_class)->css_changed (widget, change);
}

static void
cm_steady_label_system_setting_changed (GtkWidget        *widget,
                                        GtkSystemSetting  setting)
{
  CM_STEADY_LABEL (widget)->width = -1;

  GTK_WIDGET_CLASS (cm_steady_label_parent_class)->system_setting_changed (widget, setting);
}

static gboolean
cm_steady_label_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  CmSteadyLabel *self = CM_STEADY_LABEL (widget);

  if (self->label == NULL || get_width (self) <= gtk_widget_get_width (widget))
    return FALSE;

  gtk_tooltip_set_text (tooltip, self->label);

  return TRUE;
}

static void
cm_steady_label_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CmSteadyLabel *self = CM_STEADY_LABEL (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_XALIGN:
      g_value_set_float (value, gtk_inscription_get_xalign (self->inscription));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_steady_label_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CmSteadyLabel *self = CM_STEADY_LABEL (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      set_label (self, g_value_get_string (value));
      break;
    case PROP_XALIGN:
      gtk_inscription_set_xalign (self->inscription, g_value_get_float (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_steady_label_dispose (GObject *object)
{
  CmSteadyLabel *self = CM_STEADY_LABEL (object);

  if (self->inscription != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->inscription)));

  G_OBJECT_CLASS (cm_steady_label_parent_class)->dispose (object);
}

static void
cm_steady_label_finalize (GObject *object)
{
  g_free (CM_STEADY_LABEL (object)->label);

  G_OBJECT_CLASS (cm_steady_label_parent_class)->finalize (object);
}

static void
cm_steady_label_class_init (CmSteadyLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_steady_label_get_property;
  object_class->set_property = cm_steady_label_set_property;
  object_class->dispose = cm_steady_label_dispose;
  object_class->finalize = cm_steady_label_finalize;
  widget_class->measure = cm_steady_label_measure;
  widget_class->size_allocate = cm_steady_label_size_allocate;
  widget_class->css_changed = cm_steady_label_css_changed;
  widget_class->system_setting_changed = cm_steady_label_system_setting_changed;
  widget_class->query_tooltip = cm_steady_label_query_tooltip;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0, 1, 0.5f, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_steady_label_init (CmSteadyLabel *self)
{
  self->width = -1;
  self->inscription = g_object_new (GTK_TYPE_INSCRIPTION,
                                    "min-chars", MIN_CHARS,
                                    "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                    "xalign", 0.5,
                                    NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->inscription), GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* Returns: (nullable) (transfer none): the text, valid until it is another one */
const char *
cm_steady_label_get_label (CmSteadyLabel *self)
{
  g_return_val_if_fail (CM_IS_STEADY_LABEL (self), NULL);

  return self->label;
}
