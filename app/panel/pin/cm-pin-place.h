/* cm-pin-place.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef enum
{
  CM_EDGE_LEFT,
  CM_EDGE_RIGHT,
} CmEdge;

/* What _NET_WM_STRUT_PARTIAL has, in its order. */
#define CM_STRUT_LENGTH 12

/**
 * CmPinPlace:
 * @panel: where the panel goes
 * @strut: the room that it keeps, as in _NET_WM_STRUT_PARTIAL
 *
 * All in the units that the monitors were given in.
 */
typedef struct
{
  GdkRectangle panel;
  gulong       strut[CM_STRUT_LENGTH];
} CmPinPlace;

guint cm_pin_place_find_outermost (const GdkRectangle *monitors,
                                   guint               n_monitors,
                                   guint               monitor,
                                   CmEdge              edge);
void  cm_pin_place_compute        (CmPinPlace         *self,
                                   const GdkRectangle *monitor,
                                   const GdkRectangle *work_area,
                                   int                 screen_width,
                                   CmEdge              edge,
                                   int                 width);

G_END_DECLS
