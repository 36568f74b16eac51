/* cm-filter-popover.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_FILTER_POPOVER (cm_filter_popover_get_type ())

/* What the list shows and in which order. It writes settings and nothing else.
 * Property: "session" (CmSession), whose sources can be chosen. */
G_DECLARE_FINAL_TYPE (CmFilterPopover, cm_filter_popover, CM, FILTER_POPOVER, GtkPopover)

G_END_DECLS
