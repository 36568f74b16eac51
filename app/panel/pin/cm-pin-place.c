/* cm-pin-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/pin/cm-pin-place.h"

/* The order of _NET_WM_STRUT_PARTIAL (EWMH 1.5). */
enum
{
  STRUT_LEFT = 0,
  STRUT_RIGHT = 1,
  STRUT_LEFT_START_Y = 4,
  STRUT_LEFT_END_Y = 5,
  STRUT_RIGHT_START_Y = 6,
  STRUT_RIGHT_END_Y = 7,
};

static gboolean
overlap_vertically (const GdkRectangle *a,
                    const GdkRectangle *b)
{
  return a->y < b->y + b->height && b->y < a->y + a->height;
}

static gboolean
is_further_out (const GdkRectangle *monitor,
                const GdkRectangle *than,
                CmEdge              edge)
{
  if (edge == CM_EDGE_LEFT)
    return monitor->x + monitor->width <= than->x;

  return monitor->x >= than->x + than->width;
}

/**
 * cm_pin_place_find_outermost:
 * @monitors: where the monitors are
 * @n_monitors: how many
 * @monitor: the one that the window is on
 * @edge: where it is to go
 *
 * Room is kept from the edge of the screen, which all monitors are part of: between
 * two of them it would cost the whole outer one.
 *
 * Returns: the monitor to go to: @monitor, or the last one beside it
 */
guint
cm_pin_place_find_outermost (const GdkRectangle *monitors,
                             guint               n_monitors,
                             guint               monitor,
                             CmEdge              edge)
{
  guint outermost = monitor;

  for (guint i = 0; i < n_monitors; i++)
    {
      if (overlap_vertically (&monitors[i], &monitors[monitor]) &&
          is_further_out (&monitors[i], &monitors[outermost], edge))
        outermost = i;
    }

  return outermost;
}

/**
 * cm_pin_place_compute:
 * @self: (out caller-allocates): where the panel goes
 * @monitor: what it goes to the edge of
 * @work_area: what others leave of that while the panel is not there
 * @screen_width: of all monitors together
 * @edge: where it goes
 * @width: of the panel
 */
void
cm_pin_place_compute (CmPinPlace         *self,
                      const GdkRectangle *monitor,
                      const GdkRectangle *work_area,
                      int                 screen_width,
                      CmEdge              edge,
                      int                 width)
{
  GdkRectangle area;
  gboolean left = edge == CM_EDGE_LEFT;

  *self = (CmPinPlace) { 0 };
  if (!gdk_rectangle_intersect (monitor, work_area, &area))
    area = *monitor;

  self->panel = (GdkRectangle) {
    .x = left ? area.x : area.x + area.width - width,
    .y = area.y,
    .width = width,
    .height = area.height,
  };

  self->strut[left ? STRUT_LEFT : STRUT_RIGHT] =
    (gulong) (left ? self->panel.x + width : screen_width - self->panel.x);
  self->strut[left ? STRUT_LEFT_START_Y : STRUT_RIGHT_START_Y] = (gulong) area.y;
  self->strut[left ? STRUT_LEFT_END_Y : STRUT_RIGHT_END_Y] = (gulong) (area.y + area.height - 1);
}
