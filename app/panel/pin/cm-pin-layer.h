/* cm-pin-layer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/pin/cm-pin.h"

G_BEGIN_DECLS

#define CM_TYPE_PIN_LAYER (cm_pin_layer_get_type ())

G_DECLARE_FINAL_TYPE (CmPinLayer, cm_pin_layer, CM, PIN_LAYER, CmPin)

/* Pins by the layer shell of Wayland (wlr-layer-shell, version 4 for the keyboard). */
gboolean cm_pin_layer_is_possible (GdkDisplay *display);

G_END_DECLS
