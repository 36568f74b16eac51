/* cm-rules-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

/* The rules' thresholds as the user wants them. */
void cm_rules_settings_bind (GSettings *settings,
                             CmWatch   *watch);

G_END_DECLS
