/* cm-conversation-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-conversation.h"

G_BEGIN_DECLS

#define CM_TYPE_CONVERSATION_LIST (cm_conversation_list_get_type ())

G_DECLARE_FINAL_TYPE (CmConversationList, cm_conversation_list, CM, CONVERSATION_LIST, GObject)

/* A GListModel of CmConversation, in the order in which they first came. */
CmConversationList *cm_conversation_list_new    (void);
CmConversation     *cm_conversation_list_lookup (CmConversationList *self,
                                                 const char         *id);
void                cm_conversation_list_update (CmConversationList *self,
                                                 CmDocument         *document);
void                cm_conversation_list_remove (CmConversationList *self,
                                                 const char         *id);
void                cm_conversation_list_clear  (CmConversationList *self);
void                cm_conversation_list_commit (CmConversationList *self);

void cm_conversation_list_set_disguised (CmConversationList *self,
                                         gboolean            disguised);

G_END_DECLS
