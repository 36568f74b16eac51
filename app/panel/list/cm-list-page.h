/* cm-list-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_LIST_PAGE (cm_list_page_get_type ())

G_DECLARE_FINAL_TYPE (CmListPage, cm_list_page, CM, LIST_PAGE, GtkWidget)

/* The conversations. Properties, rw: "session" (CmSession), "folded" (gboolean: the
 * page stands alone, and has the banner). Signal "opened": the selected conversation
 * is to be shown. */

G_END_DECLS
