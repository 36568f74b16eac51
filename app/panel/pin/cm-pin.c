/* cm-pin.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/pin/cm-pin.h"

#ifdef HAVE_LAYER_SHELL
#include "panel/pin/cm-pin-layer.h"
#endif
#include "panel/pin/cm-pin-tip.h"
#ifdef HAVE_X11
#include "panel/pin/cm-pin-x11.h"
#endif

#define MIN_WIDTH 320

/* The screen changes in several steps, and managers take a moment to follow; ms. */
#define SETTLE_TIME 100

/* So near to the free edge the pointer takes hold of it, logical pixels. */
#define GRIP 6

enum
{
  PROP_0,
  PROP_PINNED,
  N_PROPS,
};

enum
{
  SIGNAL_RENEW,
  N_SIGNALS,
};

typedef struct
{
  GtkWindow  *window;   /* borrowed: cleared when it goes */
  GSettings  *settings;
  GListModel *monitors;
  GPtrArray  *watched;  /* the monitors whose changes are listened to */
  gboolean    pinned;
  gboolean    started;
  guint       place_id;
  int         grip_width; /* when the drag began */
} CmPinPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (CmPin, cm_pin, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static CmPinPrivate *
get_private (CmPin *self)
{
  return cm_pin_get_instance_private (self);
}

static gboolean
place_cb (gpointer user_data)
{
  CmPin *self = CM_PIN (user_data);
  CmPinPrivate *priv = get_private (self);

  priv->place_id = 0;
  if (priv->started)
    CM_PIN_GET_CLASS (self)->place (self);

  return G_SOURCE_REMOVE;
}

static void
settings_changed_cb (CmPin *self)
{
  if (get_private (self)->started)
    CM_PIN_GET_CLASS (self)->place (self);
}

static void
watch_monitors (CmPin *self)
{
  CmPinPrivate *priv = get_private (self);

  for (guint i = 0; i < priv->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (priv->watched, i), self);
  g_ptr_array_set_size (priv->watched, 0);

  for (guint i = 0; i < g_list_model_get_n_items (priv->monitors); i++)
    {
      GdkMonitor *monitor = g_list_model_get_item (priv->monitors, i);

      g_signal_connect_swapped (monitor, "notify::geometry", G_CALLBACK (cm_pin_queue_place), self);
      g_signal_connect_swapped (monitor, "notify::scale-factor", G_CALLBACK (cm_pin_queue_place),
                                self);
      g_ptr_array_add (priv->watched, monitor);
    }

  cm_pin_queue_place (self);
}

static void
update_controls (CmPin *self)
{
  CmPinPrivate *priv = get_private (self);
  GtkWidget *titlebar = gtk_window_get_titlebar (priv->window);

  /* A panel is neither maximized nor minimized. */
  if (GTK_IS_HEADER_BAR (titlebar))
    gtk_header_bar_set_decoration_layout (GTK_HEADER_BAR (titlebar),
                                          priv->started ? ":close" : NULL);

  if (priv->started)
    gtk_widget_add_css_class (GTK_WIDGET (priv->window), "pinned");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (priv->window), "pinned");
}

static void
update_started (CmPin    *self,
                gboolean  live)
{
  CmPinPrivate *priv = get_private (self);
  gboolean start = priv->pinned && priv->window != NULL &&
                   gtk_widget_get_mapped (GTK_WIDGET (priv->window));

  if (priv->started == start || priv->window == NULL)
    return;

  priv->started = start;
  update_controls (self);
  if (start)
    CM_PIN_GET_CLASS (self)->start (self, live);
  else
    CM_PIN_GET_CLASS (self)->stop (self);
}

static void
mapped_cb (CmPin *self)
{
  update_started (self, FALSE);
}

static gboolean
is_at_grip (CmPin  *self,
            double  x)
{
  CmPinPrivate *priv = get_private (self);

  if (!priv->started)
    return FALSE;
  if (cm_pin_get_edge (self) == CM_EDGE_RIGHT)
    return x < GRIP;

  return x >= gtk_widget_get_width (GTK_WIDGET (priv->window)) - GRIP;
}

static void
drag_begin_cb (CmPin          *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  gboolean mine = is_at_grip (self, x);

  get_private (self)->grip_width = cm_pin_get_width (self);
  gtk_gesture_set_state (GTK_GESTURE (gesture),
                         mine ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
}

/* At the right edge the window moves with what the offset is counted from. */
static void
drag_update_cb (CmPin          *self,
                double          x,
                double          y,
                GtkGestureDrag *gesture)
{
  CmPinPrivate *priv = get_private (self);

  if (cm_pin_get_edge (self) == CM_EDGE_RIGHT)
    cm_pin_add_width (self, -(int) x);
  else
    cm_pin_add_width (self, priv->grip_width + (int) x - cm_pin_get_width (self));
}

static void
motion_cb (CmPin  *self,
           double  x,
           double  y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (get_private (self)->window),
                                   is_at_grip (self, x) ? "ew-resize" : NULL);
}

static void
add_grip (CmPin *self)
{
  GtkWidget *widget = GTK_WIDGET (get_private (self)->window);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, motion);
}

static void
set_window (CmPin     *self,
            GtkWindow *window)
{
  CmPinPrivate *priv = get_private (self);

  g_set_weak_pointer (&priv->window, window);
  g_signal_connect_object (window, "map", G_CALLBACK (mapped_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  priv->monitors = g_object_ref (gdk_display_get_monitors (
    gtk_widget_get_display (GTK_WIDGET (window))));
  g_signal_connect_object (priv->monitors, "items-changed", G_CALLBACK (watch_monitors), self,
                           G_CONNECT_SWAPPED);
  watch_monitors (self);
  add_grip (self);
}

static void
set_settings (CmPin     *self,
              GSettings *settings)
{
  get_private (self)->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::panel-edge", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::panel-width", G_CALLBACK (settings_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
cm_pin_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  g_value_set_boolean (value, cm_pin_get_pinned (CM_PIN (object)));
}

static void
cm_pin_set_property (GObject      *object,
                     guint         prop_id,
                     const GValue *value,
                     GParamSpec   *pspec)
{
  cm_pin_set_pinned (CM_PIN (object), g_value_get_boolean (value));
}

static void
cm_pin_dispose (GObject *object)
{
  CmPinPrivate *priv = get_private (CM_PIN (object));

  g_clear_handle_id (&priv->place_id, g_source_remove);
  for (guint i = 0; i < priv->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (priv->watched, i), object);
  g_ptr_array_set_size (priv->watched, 0);
  g_clear_object (&priv->monitors);
  g_clear_object (&priv->settings);
  g_clear_weak_pointer (&priv->window);

  G_OBJECT_CLASS (cm_pin_parent_class)->dispose (object);
}

static void
cm_pin_finalize (GObject *object)
{
  g_ptr_array_unref (get_private (CM_PIN (object))->watched);

  G_OBJECT_CLASS (cm_pin_parent_class)->finalize (object);
}

static void
cm_pin_class_init (CmPinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_pin_get_property;
  object_class->set_property = cm_pin_set_property;
  object_class->dispose = cm_pin_dispose;
  object_class->finalize = cm_pin_finalize;

  properties[PROP_PINNED] =
    g_param_spec_boolean ("pinned", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RENEW] =
    g_signal_new ("renew", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
cm_pin_init (CmPin *self)
{
  get_private (self)->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * cm_pin_new:
 * @window: what may be pinned
 * @settings: where edge and width are
 *
 * Returns: (transfer full): what pins it, in the way of the window's desktop
 */
CmPin *
cm_pin_new (GtkWindow *window,
            GSettings *settings)
{
  GType type = CM_TYPE_PIN;
  CmPin *self;

#ifdef HAVE_LAYER_SHELL
  if (cm_pin_layer_is_possible (gtk_widget_get_display (GTK_WIDGET (window))))
    type = CM_TYPE_PIN_LAYER;
#endif
#ifdef HAVE_X11
  if (cm_pin_x11_is_possible (gtk_widget_get_display (GTK_WIDGET (window))))
    type = CM_TYPE_PIN_X11;
#endif

  self = g_object_new (type, NULL);
  set_settings (self, settings);
  set_window (self, window);

  return self;
}

gboolean
cm_pin_is_possible (CmPin *self)
{
  g_return_val_if_fail (CM_IS_PIN (self), FALSE);

  return CM_PIN_GET_CLASS (self)->start != NULL;
}

/* Returns: (nullable) (transfer full): where it is not possible, why, and what to do */
char *
cm_pin_dup_tip (CmPin *self)
{
  g_return_val_if_fail (CM_IS_PIN (self), NULL);

  return cm_pin_is_possible (self) ? NULL : cm_pin_tip_dup (g_getenv ("XDG_CURRENT_DESKTOP"));
}

gboolean
cm_pin_get_pinned (CmPin *self)
{
  g_return_val_if_fail (CM_IS_PIN (self), FALSE);

  return get_private (self)->pinned;
}

/* A window that is not on the screen yet is pinned once it is. */
void
cm_pin_set_pinned (CmPin    *self,
                   gboolean  pinned)
{
  CmPinPrivate *priv;

  g_return_if_fail (CM_IS_PIN (self));

  priv = get_private (self);
  if (priv->pinned == pinned || !cm_pin_is_possible (self))
    return;

  priv->pinned = pinned;
  if (pinned && CM_PIN_GET_CLASS (self)->prepare != NULL &&
      !gtk_widget_get_realized (GTK_WIDGET (priv->window)))
    CM_PIN_GET_CLASS (self)->prepare (self);
  update_started (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PINNED]);
}

/**
 * cm_pin_add_width:
 * @self: a pin
 * @more: logical pixels; negative makes the panel narrower
 *
 * The width is remembered.
 */
void
cm_pin_add_width (CmPin *self,
                  int    more)
{
  CmPinPrivate *priv;

  g_return_if_fail (CM_IS_PIN (self));

  priv = get_private (self);
  if (priv->started && more != 0)
    g_settings_set_int (priv->settings, "panel-width",
                        MAX (cm_pin_get_width (self) + more, MIN_WIDTH));
}

/* Returns: (nullable) (transfer none) */
GtkWindow *
cm_pin_get_window (CmPin *self)
{
  return get_private (self)->window;
}

CmEdge
cm_pin_get_edge (CmPin *self)
{
  return g_settings_get_enum (get_private (self)->settings, "panel-edge");
}

/* Returns: how wide the panel is to be, logical pixels */
int
cm_pin_get_width (CmPin *self)
{
  return MAX (g_settings_get_int (get_private (self)->settings, "panel-width"), MIN_WIDTH);
}

/* Places the panel once what is going on has settled. */
void
cm_pin_queue_place (CmPin *self)
{
  CmPinPrivate *priv = get_private (self);

  if (priv->place_id == 0 && priv->started)
    priv->place_id = g_timeout_add (SETTLE_TIME, place_cb, self);
}

/* Asks for another window in the place of this one. */
void
cm_pin_renew (CmPin *self)
{
  g_signal_emit (self, signals[SIGNAL_RENEW], 0);
}
