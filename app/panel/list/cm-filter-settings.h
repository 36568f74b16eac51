/* cm-filter-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-call-order.h"

G_BEGIN_DECLS

/* What the list shows and in which order, as the user left it. */
void     cm_filter_settings_bind    (GSettings   *settings,
                                     CmCallOrder *order);
void     cm_filter_settings_reset   (GSettings   *settings);
gboolean cm_filter_settings_is_none (GSettings   *settings);

G_END_DECLS
