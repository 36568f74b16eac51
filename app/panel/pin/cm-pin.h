/* cm-pin.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/pin/cm-pin-place.h"

G_BEGIN_DECLS

#define CM_TYPE_PIN (cm_pin_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmPin, cm_pin, CM, PIN, GObject)

/**
 * CmPinClass:
 * @prepare: (nullable): makes a side panel of the window before it is on the screen
 * @start: makes a side panel of the window, which is on the screen; @live unless
 *   it has only just come there
 * @place: puts the side panel where it belongs, after the edge, the width or the
 *   screen has changed
 * @stop: makes an ordinary window of it again
 *
 * A window that can be pinned to an edge of the screen. One of this class itself is
 * for desktops where no window can.
 *
 * Property, notified: "pinned" (gboolean, rw). Edge and width are GSettings, and
 * what is changed there acts at once.
 *
 * Signal "renew": only another window can be what this one is to be, with a pin of
 * its own.
 */
struct _CmPinClass
{
  GObjectClass parent_class;

  void (* prepare) (CmPin    *self);
  void (* start)   (CmPin    *self,
                    gboolean  live);
  void (* place)   (CmPin    *self);
  void (* stop)    (CmPin    *self);
};

CmPin      *cm_pin_new          (GtkWindow *window,
                                 GSettings *settings);
gboolean    cm_pin_is_possible  (CmPin     *self);
char       *cm_pin_dup_tip      (CmPin     *self);
gboolean    cm_pin_get_pinned   (CmPin     *self);
void        cm_pin_set_pinned   (CmPin     *self,
                                 gboolean   pinned);
void        cm_pin_add_width    (CmPin     *self,
                                 int        more);

/* For subclasses. */
GtkWindow  *cm_pin_get_window   (CmPin     *self);
CmEdge      cm_pin_get_edge     (CmPin     *self);
int         cm_pin_get_width    (CmPin     *self);
void        cm_pin_queue_place  (CmPin     *self);
void        cm_pin_renew        (CmPin     *self);

G_END_DECLS
