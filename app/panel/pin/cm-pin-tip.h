/* cm-pin-tip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cm_pin_tip_dup (const char *desktop);

G_END_DECLS
