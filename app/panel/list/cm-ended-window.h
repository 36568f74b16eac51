/* cm-ended-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-conversation-list.h"

G_BEGIN_DECLS

#define CM_TYPE_ENDED_WINDOW (cm_ended_window_get_type ())

G_DECLARE_FINAL_TYPE (CmEndedWindow, cm_ended_window, CM, ENDED_WINDOW, GtkWindow)

GtkWidget *cm_ended_window_new (GtkWindow          *parent,
                                CmConversationList *conversations,
                                GListModel         *ended);

G_END_DECLS
