/* cm-history-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "watch/cm-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_HISTORY_BAR (cm_history_bar_get_type ())

G_DECLARE_FINAL_TYPE (CmHistoryBar, cm_history_bar, CM, HISTORY_BAR, GtkWidget)

/* A slider over what was. Property: "watch" (CmWatch, rw). */
void cm_history_bar_toggle (CmHistoryBar *self);

G_END_DECLS
