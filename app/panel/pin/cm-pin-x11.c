/* cm-pin-x11.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/pin/cm-pin-x11.h"

#include <X11/Xatom.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

/* _NET_WM_STATE of EWMH 1.5. */
#define STATE_REMOVE 0
#define STATE_ADD 1
#define SOURCE_APPLICATION 1
#define MOVERESIZE_ALL 0x0F00
#define ALL_DESKTOPS 0xFFFFFFFFL

/* Managers place a window once more after it has changed its kind, and a busy one
 * does so late: it is looked at in this interval, ms, until it was where it belongs so
 * many times. More often than the last a manager is not argued with. */
#define RESTORE_TIME 150
#define N_RESTORED 3
#define MAX_RESTORES 60

struct _CmPinX11
{
  CmPin parent_instance;

  GdkMonitor *monitor;   /* what it was pinned on */
  int         insets[2]; /* by CmEdge: what others took there then; logical pixels */
  gboolean    listens;   /* whether clicks are listened to */

  /* What the window was before, to become that again. */
  gboolean was_maximized;
  gboolean was_placed; /* whether it had a place of its own */
  int      width, height; /* logical pixels */
  int      x, y; /* device pixels */
  guint    restore_id;
  guint    n_restores, n_restored;
};

G_DEFINE_FINAL_TYPE (CmPinX11, cm_pin_x11, CM_TYPE_PIN)

static GdkSurface *
get_surface (CmPinX11 *self)
{
  return gtk_native_get_surface (GTK_NATIVE (cm_pin_get_window (CM_PIN (self))));
}

static Display *
get_x_display (CmPinX11 *self)
{
  return gdk_x11_display_get_xdisplay (gdk_surface_get_display (get_surface (self)));
}

static Window
get_xid (CmPinX11 *self)
{
  return gdk_x11_surface_get_xid (get_surface (self));
}

static Atom
get_atom (CmPinX11   *self,
          const char *name)
{
  return gdk_x11_get_xatom_by_name_for_display (gdk_surface_get_display (get_surface (self)),
                                                name);
}

static void
set_property (CmPinX11     *self,
              const char   *name,
              Atom          type,
              const gulong *values,
              int           n_values)
{
  XChangeProperty (get_x_display (self), get_xid (self), get_atom (self, name), type, 32,
                   PropModeReplace, (const guchar *) values, n_values);
}

/* Returns: whether the property is there; @values are as many as were asked for */
static gboolean
get_property (CmPinX11   *self,
              Window      window,
              const char *name,
              gulong     *values,
              gulong      n_values)
{
  Atom type;
  int format;
  gulong n = 0, rest;
  guchar *data = NULL;
  gboolean good;

  good = XGetWindowProperty (get_x_display (self), window, get_atom (self, name), 0,
                             (glong) n_values, False, XA_CARDINAL, &type, &format, &n, &rest,
                             &data) == Success &&
         format == 32 && n == n_values;

  /* Xlib hands 32 bits out as longs. */
  for (gulong i = 0; good && i < n_values; i++)
    values[i] = ((const gulong *) (gconstpointer) data)[i];
  if (data != NULL)
    XFree (data);

  return good;
}

static void
tell_manager (CmPinX11   *self,
              const char *message,
              const long  data[static 5])
{
  XClientMessageEvent event = {
    .type = ClientMessage,
    .window = get_xid (self),
    .message_type = get_atom (self, message),
    .format = 32,
    .data.l = { data[0], data[1], data[2], data[3], data[4] },
  };

  XSendEvent (get_x_display (self), DefaultRootWindow (get_x_display (self)), False,
              SubstructureRedirectMask | SubstructureNotifyMask, (XEvent *) &event);
}

static void
tell_states (CmPinX11 *self,
             int       what)
{
  static const char * const states[] = { "_NET_WM_STATE_ABOVE", "_NET_WM_STATE_STICKY",
                                         "_NET_WM_STATE_SKIP_TASKBAR",
                                         "_NET_WM_STATE_SKIP_PAGER" };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    tell_manager (self, "_NET_WM_STATE",
                  (long[]) { what, (long) get_atom (self, states[i]), 0, SOURCE_APPLICATION, 0 });
}

static void
tell_desktop (CmPinX11 *self,
              gulong    desktop)
{
  tell_manager (self, "_NET_WM_DESKTOP",
                (long[]) { (long) desktop, SOURCE_APPLICATION, 0, 0, 0 });
}

static void
set_window_type (CmPinX11   *self,
                 const char *type)
{
  gulong atom = get_atom (self, type);

  set_property (self, "_NET_WM_WINDOW_TYPE", XA_ATOM, &atom, 1);
}

/* GDK counts in logical pixels, X in those of the device. */
static GdkRectangle
scale (GdkRectangle rectangle,
       int          factor)
{
  return (GdkRectangle) {
    .x = rectangle.x * factor,
    .y = rectangle.y * factor,
    .width = rectangle.width * factor,
    .height = rectangle.height * factor,
  };
}

static void
get_root_size (CmPinX11 *self,
               guint    *width)
{
  Window root;
  int x, y;
  guint height, border, depth;

  /* What Xlib keeps of the screen is as old as the connection. */
  XGetGeometry (get_x_display (self), DefaultRootWindow (get_x_display (self)), &root, &x, &y,
                width, &height, &border, &depth);
}

static GdkMonitor *
find_monitor (CmPinX11 *self)
{
  GdkDisplay *display = gdk_surface_get_display (get_surface (self));
  GListModel *list = gdk_display_get_monitors (display);
  guint n = g_list_model_get_n_items (list);
  GdkMonitor *own = gdk_display_get_monitor_at_surface (display, get_surface (self));
  g_autofree GdkRectangle *monitors = g_new0 (GdkRectangle, n + 1);
  guint current = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (list, i);

      gdk_monitor_get_geometry (monitor, &monitors[i]);
      if (monitor == own)
        current = i;
    }

  return g_list_model_get_item (list, cm_pin_place_find_outermost (
    monitors, n, current, cm_pin_get_edge (CM_PIN (self))));
}

/* What others leave free at the sides cannot be asked for while the panel takes room
 * there itself. */
static void
read_insets (CmPinX11 *self)
{
  GdkRectangle geometry, area;

  memset (self->insets, 0, sizeof self->insets);
  if (self->monitor == NULL)
    return;

  gdk_monitor_get_geometry (self->monitor, &geometry);
  gdk_x11_monitor_get_workarea (self->monitor, &area);
  self->insets[CM_EDGE_LEFT] = MAX (area.x - geometry.x, 0);
  self->insets[CM_EDGE_RIGHT] = MAX (geometry.x + geometry.width - area.x - area.width, 0);
}

/* Above and below, what others leave free is as it is now. */
static GdkRectangle
get_work_area (CmPinX11           *self,
               GdkMonitor         *monitor,
               const GdkRectangle *geometry)
{
  GdkRectangle area;
  gboolean same = monitor == self->monitor;
  int left = same ? self->insets[CM_EDGE_LEFT] : 0;
  int right = same ? self->insets[CM_EDGE_RIGHT] : 0;

  gdk_x11_monitor_get_workarea (monitor, &area);
  area.x = geometry->x + left;
  area.width = geometry->width - left - right;

  return area;
}

/* Openbox takes a window that moves to 0,0 for a lost one and puts it beside the
 * struts, unless the message asks for it; others do not know the message. */
static void
move_resize (CmPinX11           *self,
             const GdkRectangle *to)
{
  XMoveResizeWindow (get_x_display (self), get_xid (self), to->x, to->y, (guint) to->width,
                     (guint) to->height);
  tell_manager (self, "_NET_MOVERESIZE_WINDOW",
                (long[]) { MOVERESIZE_ALL | SOURCE_APPLICATION << 12, to->x, to->y, to->width,
                           to->height });
}

static void
push_traps (CmPinX11 *self)
{
  gdk_x11_display_error_trap_push (gdk_surface_get_display (get_surface (self)));
}

static void
pop_traps (CmPinX11 *self)
{
  gdk_x11_display_error_trap_pop_ignored (gdk_surface_get_display (get_surface (self)));
}

static void
put (CmPinX11 *self)
{
  int factor = gdk_surface_get_scale_factor (get_surface (self));
  g_autoptr (GdkMonitor) monitor = find_monitor (self);
  GdkRectangle geometry, area;
  CmPinPlace place;
  guint root_width = 0;
  int width;

  if (monitor == NULL)
    return;

  push_traps (self);
  gdk_monitor_get_geometry (monitor, &geometry);
  width = MIN (cm_pin_get_width (CM_PIN (self)), geometry.width);
  area = get_work_area (self, monitor, &geometry);
  geometry = scale (geometry, factor);
  area = scale (area, factor);
  get_root_size (self, &root_width);
  cm_pin_place_compute (&place, &geometry, &area, (int) root_width,
                        cm_pin_get_edge (CM_PIN (self)), width * factor);

  set_property (self, "_NET_WM_STRUT_PARTIAL", XA_CARDINAL, place.strut, CM_STRUT_LENGTH);
  set_property (self, "_NET_WM_STRUT", XA_CARDINAL, place.strut, 4);
  gtk_window_set_default_size (cm_pin_get_window (CM_PIN (self)), width,
                               place.panel.height / factor);
  move_resize (self, &place.panel);
  pop_traps (self);
}

/* Where the window is together with its frame, device pixels. */
static void
get_position (CmPinX11 *self,
              int      *x,
              int      *y)
{
  gulong frame[4] = { 0 };
  Window child;

  get_property (self, get_xid (self), "_NET_FRAME_EXTENTS", frame, G_N_ELEMENTS (frame));
  XTranslateCoordinates (get_x_display (self), get_xid (self),
                         DefaultRootWindow (get_x_display (self)), 0, 0, x, y, &child);
  *x -= (int) frame[0];
  *y -= (int) frame[2];
}

static void
remember_window (CmPinX11 *self,
                 gboolean  live)
{
  GtkWindow *window = cm_pin_get_window (CM_PIN (self));

  self->was_maximized = gtk_window_is_maximized (window);
  gtk_window_get_default_size (window, &self->width, &self->height);
  self->was_placed = live;
  if (live)
    get_position (self, &self->x, &self->y);
}

/* A dock never gets the keyboard from its manager. */
static void
pressed_cb (CmPinX11   *self,
            int         n_press,
            double      x,
            double      y,
            GtkGesture *gesture)
{
  if (cm_pin_get_pinned (CM_PIN (self)))
    gdk_toplevel_focus (GDK_TOPLEVEL (get_surface (self)),
                        gtk_event_controller_get_current_event_time (
                          GTK_EVENT_CONTROLLER (gesture)));
}

static void
listen_to_clicks (CmPinX11 *self)
{
  GtkWidget *window = GTK_WIDGET (cm_pin_get_window (CM_PIN (self)));
  GtkGesture *click;

  if (self->listens)
    return;

  self->listens = TRUE;
  click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (click));
}

/* A window that came up pinned never had another place. */
static void
find_place (CmPinX11 *self)
{
  int factor = gdk_surface_get_scale_factor (get_surface (self));
  GdkRectangle area;

  if (self->was_placed || self->monitor == NULL)
    return;

  gdk_x11_monitor_get_workarea (self->monitor, &area);
  self->x = (area.x + MAX (area.width - self->width, 0) / 2) * factor;
  self->y = (area.y + MAX (area.height - self->height, 0) / 2) * factor;
}

static gboolean
restore_cb (gpointer user_data)
{
  CmPinX11 *self = CM_PIN_X11 (user_data);
  GtkWindow *window = cm_pin_get_window (CM_PIN (self));
  int x = 0, y = 0;
  gboolean placed, sized;

  if (window == NULL || get_surface (self) == NULL)
    {
      self->restore_id = 0;
      return G_SOURCE_REMOVE;
    }

  push_traps (self);
  get_position (self, &x, &y);
  placed = x == self->x && y == self->y;
  sized = gtk_widget_get_width (GTK_WIDGET (window)) == self->width &&
          gtk_widget_get_height (GTK_WIDGET (window)) == self->height;
  self->n_restored = placed && sized ? self->n_restored + 1 : 0;
  if (!sized)
    gtk_window_set_default_size (window, self->width, self->height);
  if (!placed)
    XMoveWindow (get_x_display (self), get_xid (self), self->x, self->y);
  pop_traps (self);

  if (self->n_restored < N_RESTORED && ++self->n_restores < MAX_RESTORES)
    return G_SOURCE_CONTINUE;

  self->restore_id = 0;
  if (self->was_maximized)
    gtk_window_maximize (window);

  return G_SOURCE_REMOVE;
}

static void
cm_pin_x11_start (CmPin    *pin,
                  gboolean  live)
{
  CmPinX11 *self = CM_PIN_X11 (pin);

  push_traps (self);
  g_clear_handle_id (&self->restore_id, g_source_remove);
  remember_window (self, live);
  if (self->was_maximized)
    gtk_window_unmaximize (cm_pin_get_window (pin));

  self->monitor = find_monitor (self);
  read_insets (self);

  set_window_type (self, "_NET_WM_WINDOW_TYPE_DOCK");
  put (self);
  tell_states (self, STATE_ADD);
  tell_desktop (self, ALL_DESKTOPS);
  pop_traps (self);

  listen_to_clicks (self);
  cm_pin_queue_place (pin);
}

static void
cm_pin_x11_place (CmPin *pin)
{
  put (CM_PIN_X11 (pin));
}

static void
cm_pin_x11_stop (CmPin *pin)
{
  CmPinX11 *self = CM_PIN_X11 (pin);
  gulong desktop = 0;

  push_traps (self);
  XDeleteProperty (get_x_display (self), get_xid (self), get_atom (self, "_NET_WM_STRUT_PARTIAL"));
  XDeleteProperty (get_x_display (self), get_xid (self), get_atom (self, "_NET_WM_STRUT"));
  set_window_type (self, "_NET_WM_WINDOW_TYPE_NORMAL");
  tell_states (self, STATE_REMOVE);
  if (get_property (self, DefaultRootWindow (get_x_display (self)), "_NET_CURRENT_DESKTOP",
                    &desktop, 1))
    tell_desktop (self, desktop);

  find_place (self);
  gtk_window_set_default_size (cm_pin_get_window (pin), self->width, self->height);
  XMoveWindow (get_x_display (self), get_xid (self), self->x, self->y);
  pop_traps (self);

  g_clear_object (&self->monitor);
  self->n_restores = self->n_restored = 0;
  self->restore_id = g_timeout_add (RESTORE_TIME, restore_cb, self);
}

static void
cm_pin_x11_dispose (GObject *object)
{
  CmPinX11 *self = CM_PIN_X11 (object);

  g_clear_handle_id (&self->restore_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (cm_pin_x11_parent_class)->dispose (object);
}

static void
cm_pin_x11_class_init (CmPinX11Class *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmPinClass *pin_class = CM_PIN_CLASS (klass);

  object_class->dispose = cm_pin_x11_dispose;
  pin_class->start = cm_pin_x11_start;
  pin_class->place = cm_pin_x11_place;
  pin_class->stop = cm_pin_x11_stop;
}

static void
cm_pin_x11_init (CmPinX11 *self)
{
}

gboolean
cm_pin_x11_is_possible (GdkDisplay *display)
{
  return GDK_IS_X11_DISPLAY (display);
}
