/* cm-escalation-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-escalation-bar.h"

#include <glib/gi18n.h>

#include "model/cm-document-words.h"
#include "panel/cm-compat.h"

#define HEIGHT 6
#define GAP 3
#define MIN_SEGMENT 6

/* A tracker may say any number: more than this is not drawn. */
#define MAX_STEPS 32

/* How much of the colour is left where a step has not been reached. */
#define REST_ALPHA 0.2f

struct _CmEscalationBar
{
  GtkWidget parent_instance;

  guint      step;
  guint      steps;
  char      *text;
  gboolean   picture;
  GtkWidget *progress;
};

enum
{
  PROP_0,
  PROP_STEP,
  PROP_STEPS,
  PROP_TEXT,
  PROP_PICTURE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmEscalationBar, cm_escalation_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* GTK 4.8 gives values to screen readers of its own widgets only: one that draws
 * nothing stands here for the drawing. */
static void
update_progress (CmEscalationBar *self)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->progress);
  const char *text = self->text != NULL ? self->text : "";

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 (double) MIN (self->step, self->steps) / MAX (self->steps, 1));
  gtk_accessible_update_property (accessible,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
append_segment (GtkSnapshot   *snapshot,
                const GdkRGBA *color,
                float          x,
                float          width)
{
  GskRoundedRect outline;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, 0, width, HEIGHT);

  gsk_rounded_rect_init_from_rect (&outline, &bounds, HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
cm_escalation_bar_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  CmEscalationBar *self = CM_ESCALATION_BAR (widget);
  guint steps = MAX (self->steps, 1);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float segment = (width - (float) (steps - 1) * GAP) / (float) steps;
  GdkRGBA reached, rest;

  cm_compat_get_color (widget, &reached);
  rest = reached;
  rest.alpha *= REST_ALPHA;

  for (guint i = 0; i < steps; i++)
    {
      float x = (float) i * (segment + GAP);

      append_segment (snapshot, i < self->step ? &reached : &rest,
                      rtl ? width - x - segment : x, segment);
    }
}

static void
cm_escalation_bar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  CmEscalationBar *self = CM_ESCALATION_BAR (widget);

  int least = 0;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    least = HEIGHT;
  else
    least = (int) MAX (self->steps, 1) * (MIN_SEGMENT + GAP);

  gtk_widget_measure (self->progress, orientation, -1, minimum, NULL, NULL, NULL);
  *minimum = *natural = MAX (*minimum, least);
}

static void
cm_escalation_bar_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  CmEscalationBar *self = CM_ESCALATION_BAR (widget);
  GtkAllocation allocation = { 0, 0, width, height };

  if (gtk_widget_should_layout (self->progress))
    gtk_widget_size_allocate (self->progress, &allocation, -1);
}

static void
set_count (CmEscalationBar *self,
           guint           *count,
           guint            value,
           guint            prop)
{
  if (*count == value)
    return;

  *count = value;
  update_progress (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_text (CmEscalationBar *self,
          const char      *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  update_progress (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
cm_escalation_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CmEscalationBar *self = CM_ESCALATION_BAR (object);

  switch (prop_id)
    {
    case PROP_STEP:
      g_value_set_uint (value, self->step);
      break;
    case PROP_STEPS:
      g_value_set_uint (value, self->steps);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PICTURE:
      g_value_set_boolean (value, self->picture);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_escalation_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  CmEscalationBar *self = CM_ESCALATION_BAR (object);

  switch (prop_id)
    {
    case PROP_STEP:
      set_count (self, &self->step, g_value_get_uint (value), prop_id);
      break;
    case PROP_STEPS:
      set_count (self, &self->steps, g_value_get_uint (value), prop_id);
      break;
    case PROP_TEXT:
      set_text (self, g_value_get_string (value));
      break;
    case PROP_PICTURE:
      self->picture = g_value_get_boolean (value);
      gtk_widget_set_visible (self->progress, !self->picture);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_escalation_bar_dispose (GObject *object)
{
  g_clear_pointer (&CM_ESCALATION_BAR (object)->progress, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_escalation_bar_parent_class)->dispose (object);
}

static void
cm_escalation_bar_finalize (GObject *object)
{
  g_clear_pointer (&CM_ESCALATION_BAR (object)->text, g_free);

  G_OBJECT_CLASS (cm_escalation_bar_parent_class)->finalize (object);
}

static void
cm_escalation_bar_class_init (CmEscalationBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_escalation_bar_get_property;
  object_class->set_property = cm_escalation_bar_set_property;
  object_class->dispose = cm_escalation_bar_dispose;
  object_class->finalize = cm_escalation_bar_finalize;
  widget_class->snapshot = cm_escalation_bar_snapshot;
  widget_class->measure = cm_escalation_bar_measure;
  widget_class->size_allocate = cm_escalation_bar_size_allocate;

  properties[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, MAX_STEPS, 0, flags);
  properties[PROP_STEPS] = g_param_spec_uint ("steps", NULL, NULL, 0, MAX_STEPS, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_PICTURE] = g_param_spec_boolean ("picture", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "escalationbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_escalation_bar_init (CmEscalationBar *self)
{
  self->progress = gtk_progress_bar_new ();
  gtk_widget_set_parent (self->progress, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Escalation"),
                                  -1);
  update_progress (self);
}

GtkWidget *
cm_escalation_bar_new (void)
{
  return g_object_new (CM_TYPE_ESCALATION_BAR, NULL);
}

/**
 * cm_escalation_bar_dup_classes:
 * @escalation: a #CmEscalationState
 *
 * Returns: (transfer full): the classes that give a bar its colour, in the list and on
 *   the page
 */
char **
cm_escalation_bar_dup_classes (guint escalation)
{
  const char *classes[] = { "escalating", NULL };

  if (escalation == CM_ESCALATION_FAILED)
    classes[0] = "failed";
  else if (escalation == CM_ESCALATION_COMPLETED)
    classes[0] = "live";

  return g_strdupv ((char **) classes);
}
