/* cm-conversation-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-conversation.h"

G_BEGIN_DECLS

#define CM_TYPE_CONVERSATION_ROW (cm_conversation_row_get_type ())

G_DECLARE_FINAL_TYPE (CmConversationRow, cm_conversation_row, CM, CONVERSATION_ROW, GtkWidget)

/* A conversation in the list. Properties, rw: "conversation" (CmConversation), "clock"
 * (a GObject with "now": what ages are counted by while the row is seen). */
GtkWidget *cm_conversation_row_new (GObject *clock);

G_END_DECLS
