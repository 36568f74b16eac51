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

/* A conversation in the list. A list view has two hundred rows and shows twenty: only
 * those that are, or were, in view have something in them, a CmConversationCell, and only
 * those that are follow their conversation.
 *
 * Properties, rw: "conversation" (CmConversation), "heading" (what stands above it, or
 * NULL), "found" (the person because of whom it was found, or NULL). */
GtkWidget *cm_conversation_row_new  (GObject           *clock);
void       cm_conversation_row_name (CmConversationRow *self,
                                     const char        *name);

G_END_DECLS
