/* cm-playback-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-playback-bar.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "panel/cm-cut-tip.h"
#include "panel/cm-popup.h"

/* What the keys move the position by, ms. */
#define STEP 1000
#define PAGE 10000

struct _CmPlaybackBar
{
  GtkWidget parent_instance;

  CmPlayback    *playback;
  GBindingGroup *bindings;

  GtkWidget     *box;
  GtkButton     *play_button;
  GtkAdjustment *position;
  GtkMenuButton *speed_button;
  GMenuModel    *speeds;
};

enum
{
  PROP_0,
  PROP_PLAYBACK,
  PROP_PLAYING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmPlaybackBar, cm_playback_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
dup_times (CmPlaybackBar *self,
           gint64         position,
           gint64         duration)
{
  g_autofree char *at = cm_words_dup_age (position);
  g_autofree char *of = cm_words_dup_age (duration);

  /* Translators: a position and the whole length: “05:12 / 08:24” */
  return g_strdup_printf (_ ("%s / %s"), at, of);
}

static char *
dup_speed (CmPlaybackBar *self,
           double         speed)
{
  /* Translators: how many times as fast as it was recorded */
  return g_strdup_printf (_ ("%.3g ×"), speed);
}

static void
play_clicked_cb (CmPlaybackBar *self)
{
  cm_playback_bar_toggle (self);
}

static void
speed_activated (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CmPlaybackBar *self = CM_PLAYBACK_BAR (widget);

  if (self->playback != NULL)
    cm_playback_set_speed (self->playback, g_variant_get_double (parameter));
}

static void
set_playing (CmPlaybackBar *self,
             gboolean       playing)
{
  const char *label = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic"
                                                       : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static gboolean
to_double (GBinding     *binding,
           const GValue *from,
           GValue       *to,
           gpointer      user_data)
{
  g_value_set_double (to, (double) g_value_get_int64 (from));

  return TRUE;
}

static gboolean
to_int64 (GBinding     *binding,
          const GValue *from,
          GValue       *to,
          gpointer      user_data)
{
  g_value_set_int64 (to, (gint64) g_value_get_double (from));

  return TRUE;
}

static void
set_playback (CmPlaybackBar *self,
              CmPlayback    *playback)
{
  if (!g_set_object (&self->playback, playback))
    return;

  gtk_widget_set_visible (GTK_WIDGET (self), playback != NULL);
  g_binding_group_set_source (self->bindings, playback);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYBACK]);
}

static void
cm_playback_bar_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PLAYBACK:
      g_value_set_object (value, CM_PLAYBACK_BAR (object)->playback);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_playback_bar_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CmPlaybackBar *self = CM_PLAYBACK_BAR (object);

  switch (prop_id)
    {
    case PROP_PLAYBACK:
      set_playback (self, g_value_get_object (value));
      break;
    case PROP_PLAYING:
      set_playing (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_playback_bar_dispose (GObject *object)
{
  CmPlaybackBar *self = CM_PLAYBACK_BAR (object);

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->playback);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_playback_bar_parent_class)->dispose (object);
}

static void
cm_playback_bar_class_init (CmPlaybackBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_playback_bar_get_property;
  object_class->set_property = cm_playback_bar_set_property;
  object_class->dispose = cm_playback_bar_dispose;

  properties[PROP_PLAYBACK] =
    g_param_spec_object ("playback", NULL, NULL, CM_TYPE_PLAYBACK,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PLAYING] =
    g_param_spec_boolean ("playing", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "playback.speed", "d", speed_activated);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-playback-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CmPlaybackBar, box);
  gtk_widget_class_bind_template_child (widget_class, CmPlaybackBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, CmPlaybackBar, position);
  gtk_widget_class_bind_template_child (widget_class, CmPlaybackBar, speed_button);
  gtk_widget_class_bind_template_child (widget_class, CmPlaybackBar, speeds);
  gtk_widget_class_bind_template_callback (widget_class, cm_cut_tip_query);
  gtk_widget_class_bind_template_callback (widget_class, dup_times);
  gtk_widget_class_bind_template_callback (widget_class, dup_speed);
  gtk_widget_class_bind_template_callback (widget_class, play_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_playback_bar_init (CmPlaybackBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cm_popup_set_menu (self->speed_button, self->speeds);
  gtk_adjustment_set_step_increment (self->position, STEP);
  gtk_adjustment_set_page_increment (self->position, PAGE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind_full (self->bindings, "duration", self->position, "upper",
                             G_BINDING_SYNC_CREATE, to_double, NULL, NULL, NULL);
  g_binding_group_bind_full (self->bindings, "position", self->position, "value",
                             G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, to_double, to_int64,
                             NULL, NULL);
  g_binding_group_bind (self->bindings, "playing", self, "playing", G_BINDING_SYNC_CREATE);
}

/**
 * cm_playback_bar_toggle:
 * @self: a bar
 *
 * Plays what is paused and pauses what plays.
 */
void
cm_playback_bar_toggle (CmPlaybackBar *self)
{
  g_return_if_fail (CM_IS_PLAYBACK_BAR (self));

  if (self->playback != NULL)
    cm_playback_set_playing (self->playback, !cm_playback_get_playing (self->playback));
}
