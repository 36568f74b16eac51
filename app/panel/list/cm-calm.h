/* cm-calm.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-call-order.h"

G_BEGIN_DECLS

#define CM_TYPE_CALM (cm_calm_get_type ())

G_DECLARE_FINAL_TYPE (CmCalm, cm_calm, CM, CALM, GObject)

/* What keeps a list view of CmConversationRow calm while the order behind it changes:
 * tells the order which rows are under the pointer and have the focus, and sees to it
 * that they stay where they are on the screen. */
CmCalm *cm_calm_new       (GtkListView    *list);
void    cm_calm_set_order (CmCalm         *self,
                           CmCallOrder    *order);
void    cm_calm_bind      (CmCalm         *self,
                           CmConversation *conversation,
                           GtkWidget      *row);
void    cm_calm_unbind    (CmCalm         *self,
                           GtkWidget      *row);

G_END_DECLS
