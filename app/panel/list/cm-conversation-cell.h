/* cm-conversation-cell.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-conversation.h"

G_BEGIN_DECLS

#define CM_TYPE_CONVERSATION_CELL (cm_conversation_cell_get_type ())

G_DECLARE_FINAL_TYPE (CmConversationCell, cm_conversation_cell, CM, CONVERSATION_CELL, GtkWidget)

/* What can be seen of a CmConversationRow. Properties, rw: "conversation" (CmConversation),
 * "clock" (a GObject with "now": what ages are counted by while it is seen), "heading",
 * "found". */
GtkWidget *cm_conversation_cell_new      (GObject            *clock);
GtkWidget *cm_conversation_cell_get_body (CmConversationCell *self);

G_END_DECLS
