/* cm-snooze-menu.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-conversation.h"

G_BEGIN_DECLS

/* How long a reason is quiet, ms. */
#define CM_SNOOZE_TIME (15 * 60 * 1000)

/* Actions: calls.snooze (ss: a conversation's id, and a rule or "" for all of its). */
GMenuModel *cm_snooze_menu_new   (CmConversation *conversation);
void        cm_snooze_menu_popup (GtkWidget      *parent,
                                  CmConversation *conversation,
                                  double          x,
                                  double          y);

G_END_DECLS
