/* cm-conversation-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_CONVERSATION_PAGE (cm_conversation_page_get_type ())

G_DECLARE_FINAL_TYPE (CmConversationPage, cm_conversation_page, CM, CONVERSATION_PAGE, GtkWidget)

/* One conversation in full: the one that is selected. Properties: "session"
 * (CmSession, rw), "conversation" (CmConversation, rw), "now" (gint64: the session's
 * while the page is seen, and never later than the end of the conversation). */

G_END_DECLS
