/* cm-panes.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_PANES (cm_panes_get_type ())

G_DECLARE_FINAL_TYPE (CmPanes, cm_panes, CM, PANES, GtkWidget)

/* From a window of so many pixels on both panes are seen. */
#define CM_PANES_MIN_UNFOLDED 600

/* From so many on there is a third one beside them. */
#define CM_PANES_MIN_WIDE 900

/* Two panes, side by side where there is room, else one of them. Which it is
 * depends on the width alone, so that it cannot swing.
 *
 * Properties: "list", "page" "side" (GtkWidget, rw: the panes), "folded" (gboolean,
 * read-only: only one is seen), "wide" (gboolean, read-only: the side is seen), "show-page" (gboolean, rw: which one that is). */
gboolean cm_panes_get_folded    (CmPanes  *self);
gboolean cm_panes_get_show_page (CmPanes  *self);
void     cm_panes_set_show_page (CmPanes  *self,
                                 gboolean  show_page);
void     cm_panes_toggle_side   (CmPanes  *self);

G_END_DECLS
