/* cm-state-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-state-line.h"

#include "panel/cm-steady-label.h"
#include "panel/cm-text-side.h"

#define SPACING 12

/* The least of the state that is seen however long the counts are. */
#define MIN_CHARS 8

struct _CmStateLine
{
  GtkWidget parent_instance;

  GtkWidget   *state;
  GtkWidget   *words;
  GtkWidget   *brief;
  PangoLayout *layout; /* of the state: an inscription does not tell how long its text is */
  gboolean     short_of_room;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_WORDS,
  PROP_BRIEF,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmStateLine, cm_state_line, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static gboolean
has_text (GtkWidget *label)
{
  const char *text = cm_steady_label_get_label (CM_STEADY_LABEL (label));

  return text != NULL && *text != '\0';
}

/* Once there was no room it takes more to have the words back: a count that goes up and
 * down by one does not turn the line to and fro. A line is about as high as two figures
 * are wide. */
static gboolean
have_words_room (CmStateLine *self)
{
  int least, length;

  if (!has_text (self->words))
    return FALSE;

  gtk_widget_measure (self->words, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &least, NULL, NULL);
  pango_layout_get_pixel_size (self->layout, &length, NULL);
  least += SPACING + length;
  if (self->short_of_room)
    least += gtk_widget_get_height (GTK_WIDGET (self));

  return least <= gtk_widget_get_width (GTK_WIDGET (self));
}

static void
cm_state_line_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  CmStateLine *self = CM_STATE_LINE (widget);
  int least, wanted;

  gtk_widget_measure (self->state, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      gtk_widget_measure (self->words, orientation, -1, &least, NULL, NULL, NULL);
      gtk_widget_measure (self->brief, orientation, -1, &wanted, NULL, NULL, NULL);
      *minimum = *natural = MAX (*minimum, MAX (least, wanted));
    }
  else if (has_text (self->brief))
    {
      gtk_widget_measure (self->brief, orientation, -1, &least, &wanted, NULL, NULL);
      *minimum += SPACING + least;
      *natural += SPACING + wanted;
    }
}

static void
allocate_side (GtkWidget *child,
               gboolean   left,
               int        child_width,
               int        width,
               int        height)
{
  GtkAllocation allocation = { left ? 0 : width - child_width, 0, child_width, height };

  gtk_widget_size_allocate (child, &allocation, -1);
}

/* The label that is shown has what it wants, as long as the state keeps its least. */
static int
get_counts_width (CmStateLine *self,
                  GtkWidget   *label,
                  int          width)
{
  int least, wanted, state;

  gtk_widget_measure (self->state, GTK_ORIENTATION_HORIZONTAL, -1, &state, NULL, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);

  return MAX (MIN (wanted, width - SPACING - state), least);
}

static void
cm_state_line_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  CmStateLine *self = CM_STATE_LINE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean wordy = have_words_room (self);
  GtkWidget *label = wordy ? self->words : self->brief;
  int left = 0;

  self->short_of_room = !wordy;
  gtk_widget_set_child_visible (self->words, wordy);
  gtk_widget_set_child_visible (self->brief, !wordy && has_text (self->brief));

  if (has_text (label))
    {
      int counts = get_counts_width (self, label, width);

      allocate_side (label, rtl, counts, width, height);
      left = counts + SPACING;
    }
  allocate_side (self->state, !rtl, width - left, width, height);
}

/* The state may tick, which its widget takes without a new layout of the window; only
 * when that turns the counts to another form these are placed again. */
static void
set_state (CmStateLine *self,
           const char  *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (self->state)), text) == 0)
    return;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->state), text);
  pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  if (have_words_room (self) == self->short_of_room)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_label (CmStateLine *self,
           GtkWidget   *label,
           const char  *text,
           GParamSpec  *pspec)
{
  if (g_strcmp0 (cm_steady_label_get_label (CM_STEADY_LABEL (label)), text) == 0)
    return;

  g_object_set (label, "label", text, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
cm_state_line_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CmStateLine *self = CM_STATE_LINE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_string (value, gtk_inscription_get_text (GTK_INSCRIPTION (self->state)));
      break;
    case PROP_WORDS:
      g_value_set_string (value, cm_steady_label_get_label (CM_STEADY_LABEL (self->words)));
      break;
    case PROP_BRIEF:
      g_value_set_string (value, cm_steady_label_get_label (CM_STEADY_LABEL (self->brief)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_state_line_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CmStateLine *self = CM_STATE_LINE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      set_state (self, g_value_get_string (value));
      break;
    case PROP_WORDS:
      set_label (self, self->words, g_value_get_string (value), pspec);
      break;
    case PROP_BRIEF:
      set_label (self, self->brief, g_value_get_string (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_state_line_dispose (GObject *object)
{
  CmStateLine *self = CM_STATE_LINE (object);

  g_clear_pointer (&self->state, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_pointer (&self->brief, gtk_widget_unparent);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (cm_state_line_parent_class)->dispose (object);
}

static void
cm_state_line_class_init (CmStateLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_state_line_get_property;
  object_class->set_property = cm_state_line_set_property;
  object_class->dispose = cm_state_line_dispose;
  widget_class->measure = cm_state_line_measure;
  widget_class->size_allocate = cm_state_line_size_allocate;

  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_BRIEF] = g_param_spec_string ("brief", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* The row's sentence has them in words. */
static GtkWidget *
new_counts (CmStateLine *self)
{
  GtkWidget *label = g_object_new (CM_TYPE_STEADY_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "xalign", 1.0,
                                   "css-classes", (const char *[]) { "second", "figures", NULL },
                                   NULL);

  gtk_widget_set_child_visible (label, FALSE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
cm_state_line_init (CmStateLine *self)
{
  self->state = g_object_new (GTK_TYPE_INSCRIPTION,
                              "min-chars", MIN_CHARS,
                              "nat-chars", MIN_CHARS,
                              "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                              "css-classes", (const char *[]) { "second", "state-text", NULL },
                              NULL);
  cm_text_side_follow (GTK_INSCRIPTION (self->state));
  gtk_widget_set_parent (self->state, GTK_WIDGET (self));
  self->layout = gtk_widget_create_pango_layout (self->state, NULL);
  self->words = new_counts (self);
  self->brief = new_counts (self);
}

GtkWidget *
cm_state_line_new (void)
{
  return g_object_new (CM_TYPE_STATE_LINE, NULL);
}
