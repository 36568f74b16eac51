/* cm-snooze-menu.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-conversation.h"
#include "watch/cm-watch.h"

G_BEGIN_DECLS

/* How long a reason is quiet, ms. */
#define CM_SNOOZE_TIME (15 * 60 * 1000)

/* Actions: calls.snooze, calls.wake (ss: a conversation's id or "" for all calls, and a
 * rule or "" for all of the conversation's). */
GMenuModel *cm_snooze_menu_new   (CmConversation *conversation,
                                  CmWatch        *watch);
void        cm_snooze_menu_popup (GtkWidget      *parent,
                                  GMenuModel     *menu,
                                  double          x,
                                  double          y);
void        cm_snooze_menu_act   (CmWatch        *watch,
                                  GVariant       *target,
                                  gint64          until);

G_END_DECLS
