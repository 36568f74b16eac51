/* cm-pin-layer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/pin/cm-pin-layer.h"

#include <gdk/wayland/gdkwayland.h>
#include <gtk4-layer-shell.h>

/* What the compositor's own settings may know the panel by. */
#define NAMESPACE "conference-monitor"

/* From this version of the protocol on a layer gets the keyboard by a click. */
#define KEYBOARD_VERSION 4

struct _CmPinLayer
{
  CmPin parent_instance;
};

G_DEFINE_FINAL_TYPE (CmPinLayer, cm_pin_layer, CM_TYPE_PIN)

static void
cm_pin_layer_place (CmPin *pin)
{
  GtkWindow *window = cm_pin_get_window (pin);
  gboolean left = cm_pin_get_edge (pin) == CM_EDGE_LEFT;

  gtk_layer_set_anchor (window, GTK_LAYER_SHELL_EDGE_LEFT, left);
  gtk_layer_set_anchor (window, GTK_LAYER_SHELL_EDGE_RIGHT, !left);
  gtk_window_set_default_size (window, cm_pin_get_width (pin), -1);
}

/* A layer is not decorated, and what is not has no title bar: that goes in above the
 * rest. */
static void
keep_title_bar (GtkWindow *window)
{
  GtkWidget *titlebar = gtk_window_get_titlebar (window);
  GtkWidget *child = gtk_window_get_child (window);
  GtkWidget *box;

  if (titlebar == NULL || child == NULL)
    return;

  g_object_ref (titlebar);
  g_object_ref (child);
  gtk_window_set_titlebar (window, NULL);
  gtk_window_set_child (window, NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (GTK_WIDGET (window), "layer");
  gtk_box_append (GTK_BOX (box), titlebar);
  gtk_box_append (GTK_BOX (box), child);
  gtk_window_set_child (window, box);
  g_object_unref (titlebar);
  g_object_unref (child);
}

/* The height is the compositor's: from the top to the bottom. */
static void
cm_pin_layer_prepare (CmPin *pin)
{
  GtkWindow *window = cm_pin_get_window (pin);

  keep_title_bar (window);
  gtk_layer_init_for_window (window);
  gtk_layer_set_namespace (window, NAMESPACE);
  gtk_layer_set_layer (window, GTK_LAYER_SHELL_LAYER_TOP);
  gtk_layer_set_keyboard_mode (window, GTK_LAYER_SHELL_KEYBOARD_MODE_ON_DEMAND);
  gtk_layer_set_anchor (window, GTK_LAYER_SHELL_EDGE_TOP, TRUE);
  gtk_layer_set_anchor (window, GTK_LAYER_SHELL_EDGE_BOTTOM, TRUE);
  gtk_layer_auto_exclusive_zone_enable (window);
  cm_pin_layer_place (pin);
}

/* What a surface of Wayland is it stays: another window has to take its place. */
static void
cm_pin_layer_start (CmPin    *pin,
                    gboolean  live)
{
  if (!gtk_layer_is_layer_window (cm_pin_get_window (pin)))
    cm_pin_renew (pin);
}

static void
cm_pin_layer_stop (CmPin *pin)
{
  cm_pin_renew (pin);
}

static void
cm_pin_layer_class_init (CmPinLayerClass *klass)
{
  CmPinClass *pin_class = CM_PIN_CLASS (klass);

  pin_class->prepare = cm_pin_layer_prepare;
  pin_class->start = cm_pin_layer_start;
  pin_class->place = cm_pin_layer_place;
  pin_class->stop = cm_pin_layer_stop;
}

static void
cm_pin_layer_init (CmPinLayer *self)
{
}

gboolean
cm_pin_layer_is_possible (GdkDisplay *display)
{
  return GDK_IS_WAYLAND_DISPLAY (display) && gtk_layer_is_supported () &&
         gtk_layer_get_protocol_version () >= KEYBOARD_VERSION;
}
