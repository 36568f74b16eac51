/* cm-conversation-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-conversation.h"
#include "model/cm-disguise.h"

G_BEGIN_DECLS

#define CM_TYPE_CONVERSATION_LIST (cm_conversation_list_get_type ())

G_DECLARE_FINAL_TYPE (CmConversationList, cm_conversation_list, CM, CONVERSATION_LIST, GObject)

/**
 * CmConversationChanges:
 * @added: (element-type CmConversation): those that have come
 * @removed: (element-type CmConversation): those that have gone
 * @updated: (element-type CmConversation): those that may be others now; one may be
 *   there more than once, and may be among the others
 *
 * What a commit has changed.
 */
typedef struct
{
  GPtrArray *added;
  GPtrArray *removed;
  GPtrArray *updated;
} CmConversationChanges;

/* A GListModel of CmConversation, in the order in which they first came.
 *
 * Signal "committed" (const CmConversationChanges *): what came, went and changed, once
 * it is all there. Who follows all of a hundred thousand conversations does so here.
 *
 * Properties, read-only and notified by a commit: "n-items", "n-attention", "n-left",
 * "n-silent" (guint: those with a source that does not answer; notified whenever what
 * cm_conversation_list_dup_silences() returns changes). */
CmConversationList *cm_conversation_list_new    (void);
CmConversation     *cm_conversation_list_lookup (CmConversationList *self,
                                                 const char         *id);
void                cm_conversation_list_set_silent
                                                (CmConversationList *self,
                                                 GPtrArray          *sources);
GPtrArray          *cm_conversation_list_dup_silences
                                                (CmConversationList *self);
void                cm_conversation_list_update (CmConversationList *self,
                                                 CmDocument         *document);
void                cm_conversation_list_remove (CmConversationList *self,
                                                 const char         *id);
void                cm_conversation_list_commit (CmConversationList *self);

CmDisguise *cm_conversation_list_get_disguise (CmConversationList *self);
void cm_conversation_list_set_disguised (CmConversationList *self,
                                         gboolean            disguised);

G_END_DECLS
