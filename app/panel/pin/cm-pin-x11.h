/* cm-pin-x11.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/pin/cm-pin.h"

G_BEGIN_DECLS

#define CM_TYPE_PIN_X11 (cm_pin_x11_get_type ())

G_DECLARE_FINAL_TYPE (CmPinX11, cm_pin_x11, CM, PIN_X11, CmPin)

/* Pins by what the window managers of X11 agree on (EWMH 1.5). */
gboolean cm_pin_x11_is_possible (GdkDisplay *display);

G_END_DECLS
