/* cm-history-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-history-bar.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "watch/play/cm-playback.h"

/* A key moves the slider by so much, ms. */
#define STEP 1000
#define PAGE 60000

/* So near to the end is the end, ms. */
#define AT_END 500

struct _CmHistoryBar
{
  GtkWidget parent_instance;

  CmWatch  *watch;
  gboolean  open;
  gboolean  updating; /* the slider is moved by us */

  GtkWidget     *box;
  GtkScale      *scale;
  GtkAdjustment *position;
  GtkLabel      *words;
  GtkWidget     *live_button;
};

enum
{
  PROP_0,
  PROP_WATCH,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmHistoryBar, cm_history_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* A recording has a slider of its own. */
static gboolean
has_history (CmHistoryBar *self)
{
  gint64 start = CM_TIME_NONE;

  if (self->watch != NULL && !CM_IS_PLAYBACK (self->watch))
    g_object_get (self->watch, "history-start", &start, NULL);

  return start != CM_TIME_NONE;
}

static char *
dup_words (gint64 moment)
{
  g_autofree char *clock = NULL;

  if (moment == CM_TIME_NONE)
    return g_strdup (_ ("Live"));

  clock = cm_words_dup_clock (moment);

  /* Translators: the time of day of the past that is shown */
  return g_strdup_printf (_ ("Showing %s"), clock);
}

/* Within a double the ms of a day count exactly; those since 1970 do as well. */
static void
update (CmHistoryBar *self)
{
  gint64 start = CM_TIME_NONE, end = CM_TIME_NONE, moment = CM_TIME_NONE;
  g_autofree char *words = NULL;
  gboolean shown = self->open && has_history (self);

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;

  g_object_get (self->watch, "history-start", &start, "history-end", &end, "moment", &moment, NULL);
  words = dup_words (moment);
  self->updating = TRUE;
  gtk_adjustment_configure (self->position, (double) (moment != CM_TIME_NONE ? moment : end),
                            (double) start, (double) end, STEP, PAGE, 0);
  self->updating = FALSE;
  gtk_label_set_label (self->words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
  gtk_widget_set_sensitive (self->live_button, moment != CM_TIME_NONE);
  if (moment != CM_TIME_NONE)
    gtk_widget_add_css_class (self->box, "past");
  else
    gtk_widget_remove_css_class (self->box, "past");
}

static void
moved_cb (CmHistoryBar *self)
{
  double value = gtk_adjustment_get_value (self->position);
  double upper = gtk_adjustment_get_upper (self->position);

  if (!self->updating && self->watch != NULL)
    cm_watch_set_moment (self->watch, value >= upper - AT_END ? CM_TIME_NONE : (gint64) value);
}

static void
live_clicked_cb (CmHistoryBar *self)
{
  if (self->watch != NULL)
    cm_watch_set_moment (self->watch, CM_TIME_NONE);
}

static void
close_clicked_cb (CmHistoryBar *self)
{
  self->open = FALSE;
  live_clicked_cb (self);
  update (self);
}

static void
set_watch (CmHistoryBar *self,
           CmWatch      *watch)
{
  if (self->watch == watch)
    return;

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_func (self->watch, update, self);

  g_set_object (&self->watch, watch);
  if (watch != NULL)
    {
      g_signal_connect_object (watch, "notify::moment", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (watch, "notify::history-end", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WATCH]);
}

static void
cm_history_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_WATCH:
      g_value_set_object (value, CM_HISTORY_BAR (object)->watch);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_history_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_WATCH:
      set_watch (CM_HISTORY_BAR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_history_bar_dispose (GObject *object)
{
  CmHistoryBar *self = CM_HISTORY_BAR (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_func (self->watch, update, self);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_history_bar_parent_class)->dispose (object);
}

static void
cm_history_bar_class_init (CmHistoryBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_history_bar_get_property;
  object_class->set_property = cm_history_bar_set_property;
  object_class->dispose = cm_history_bar_dispose;

  properties[PROP_WATCH] =
    g_param_spec_object ("watch", NULL, NULL, CM_TYPE_WATCH,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-history-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CmHistoryBar, box);
  gtk_widget_class_bind_template_child (widget_class, CmHistoryBar, live_button);
  gtk_widget_class_bind_template_child (widget_class, CmHistoryBar, position);
  gtk_widget_class_bind_template_child (widget_class, CmHistoryBar, scale);
  gtk_widget_class_bind_template_child (widget_class, CmHistoryBar, words);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, live_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_history_bar_init (CmHistoryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * cm_history_bar_toggle:
 * @self: a bar
 *
 * Shows it, or hides it and returns to what is now.
 */
void
cm_history_bar_toggle (CmHistoryBar *self)
{
  g_return_if_fail (CM_IS_HISTORY_BAR (self));

  if (self->open)
    {
      close_clicked_cb (self);
      return;
    }

  self->open = TRUE;
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->scale));
}
