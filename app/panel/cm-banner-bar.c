/* cm-banner-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-banner-bar.h"

#include "panel/cm-cut-tip.h"
#include "panel/cm-popup.h"
#include "panel/cm-silence-popover.h"

struct _CmBannerBar
{
  GtkWidget parent_instance;

  CmBannerModel *model;
  GtkWidget     *revealer;
  GtkWidget     *box;
  GtkLabel      *label;
  GtkButton     *button;
};

enum
{
  PROP_0,
  PROP_MODEL,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmBannerBar, cm_banner_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
update_button (CmBannerBar *self,
               const char  *button,
               const char  *hint)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->button);

  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), hint == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), hint);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_accessible_update_property (accessible,
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, button != NULL ? button : "",
                                  -1);

  if (hint != NULL)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* While it slides out the banner keeps its words. */
static void
model_changed_cb (CmBannerBar *self)
{
  g_autofree char *words = NULL;
  g_autofree char *button = NULL;
  g_autofree char *hint = NULL;

  if (self->model != NULL)
    g_object_get (self->model, "words", &words, "button", &button, "hint", &hint, NULL);

  if (words != NULL)
    {
      gtk_widget_set_visible (self->revealer, TRUE);
      gtk_label_set_label (self->label, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->box),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      update_button (self, button, hint);
    }

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), words != NULL);
  if (words == NULL && !gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)))
    gtk_widget_set_visible (self->revealer, FALSE);
}

static void
child_revealed_cb (CmBannerBar *self)
{
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)) &&
      !gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)))
    gtk_widget_set_visible (self->revealer, FALSE);
}

static void
show_details (CmBannerBar *self)
{
  GtkWidget *popover = cm_silence_popover_new (cm_banner_model_get_silences (self->model));
  GdkRectangle place = { 0 };
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->button), GTK_WIDGET (self), &bounds))
    {
      place.x = (int) bounds.origin.x;
      place.y = (int) bounds.origin.y;
      place.width = (int) bounds.size.width;
      place.height = (int) bounds.size.height;
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (popover, GTK_ALIGN_END);
  cm_popup_show (popover, GTK_WIDGET (self));
}

static void
button_clicked_cb (CmBannerBar *self)
{
  if (self->model == NULL)
    return;

  if (cm_banner_model_get_action (self->model) == CM_BANNER_ACTION_DETAILS)
    show_details (self);
  else
    cm_banner_model_activate (self->model);
}

static void
set_model (CmBannerBar   *self,
           CmBannerModel *model)
{
  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, model_changed_cb, self);

  g_set_object (&self->model, model);

  if (model != NULL)
    g_signal_connect_object (model, "notify", G_CALLBACK (model_changed_cb), self,
                             G_CONNECT_SWAPPED);

  model_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static void
cm_banner_bar_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, CM_BANNER_BAR (object)->model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_banner_bar_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_MODEL:
      set_model (CM_BANNER_BAR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_banner_bar_dispose (GObject *object)
{
  CmBannerBar *self = CM_BANNER_BAR (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, model_changed_cb, self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_banner_bar_parent_class)->dispose (object);
}

static void
cm_banner_bar_class_init (CmBannerBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_banner_bar_get_property;
  object_class->set_property = cm_banner_bar_set_property;
  object_class->dispose = cm_banner_bar_dispose;

  properties[PROP_MODEL] =
    g_param_spec_object ("model", NULL, NULL, CM_TYPE_BANNER_MODEL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-banner-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CmBannerBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, CmBannerBar, box);
  gtk_widget_class_bind_template_child (widget_class, CmBannerBar, label);
  gtk_widget_class_bind_template_child (widget_class, CmBannerBar, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cm_cut_tip_query);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_banner_bar_init (CmBannerBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
