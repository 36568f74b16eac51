/* test-pin-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/pin/cm-pin-place.h"

/* Two side by side, and one below the left one. */
static const GdkRectangle monitors[] = {
  { 0, 0, 1280, 800 },
  { 1280, 0, 1920, 1080 },
  { 0, 1080, 1280, 800 },
};

static void
test_outermost (void)
{
  g_assert_cmpuint (cm_pin_place_find_outermost (monitors, 3, 0, CM_EDGE_RIGHT), ==, 1);
  g_assert_cmpuint (cm_pin_place_find_outermost (monitors, 3, 0, CM_EDGE_LEFT), ==, 0);
  g_assert_cmpuint (cm_pin_place_find_outermost (monitors, 3, 1, CM_EDGE_LEFT), ==, 0);
  /* What is above or below is not beside. */
  g_assert_cmpuint (cm_pin_place_find_outermost (monitors, 3, 2, CM_EDGE_RIGHT), ==, 2);
}

static void
test_left (void)
{
  CmPinPlace place;

  /* 30 pixels above belong to a bar. */
  cm_pin_place_compute (&place, &monitors[0], &(GdkRectangle) { 0, 30, 1280, 770 }, 3200,
                        CM_EDGE_LEFT, 360);
  g_assert_true (gdk_rectangle_equal (&place.panel, &(GdkRectangle) { 0, 30, 360, 770 }));
  g_assert_cmpuint (place.strut[0], ==, 360);
  g_assert_cmpuint (place.strut[1], ==, 0);
  g_assert_cmpuint (place.strut[4], ==, 30);
  g_assert_cmpuint (place.strut[5], ==, 799);
}

/* Struts count from the edge of the screen, not of the monitor: the lower one ends
 * 1920 before it. */
static void
test_right (void)
{
  CmPinPlace place;

  cm_pin_place_compute (&place, &monitors[2], &monitors[2], 3200, CM_EDGE_RIGHT, 400);
  g_assert_true (gdk_rectangle_equal (&place.panel, &(GdkRectangle) { 880, 1080, 400, 800 }));
  g_assert_cmpuint (place.strut[1], ==, 2320);
  g_assert_cmpuint (place.strut[6], ==, 1080);
  g_assert_cmpuint (place.strut[7], ==, 1879);
}

static void
test_beside_another_bar (void)
{
  CmPinPlace place;

  cm_pin_place_compute (&place, &monitors[0], &(GdkRectangle) { 48, 0, 1232, 800 }, 3200,
                        CM_EDGE_LEFT, 360);
  g_assert_cmpint (place.panel.x, ==, 48);
  g_assert_cmpuint (place.strut[0], ==, 408);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/panel/pin-place/outermost", test_outermost);
  g_test_add_func ("/panel/pin-place/left", test_left);
  g_test_add_func ("/panel/pin-place/right", test_right);
  g_test_add_func ("/panel/pin-place/beside-another-bar", test_beside_another_bar);

  return g_test_run ();
}
