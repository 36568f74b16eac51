/* cm-call-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-call-entry.h"
#include "model/cm-call-slots.h"
#include "model/cm-conversation-list.h"

G_BEGIN_DECLS

/**
 * CmCallStore:
 * @entries: #CmCallEntry by conversation
 * @sorted: all of them, by what was published last
 * @listed: those of them that filter and search let through
 * @shown: the same with what is held in its place
 * @spare: (nullable): what was shown before, to be filled again: it is long
 * @changed: those to be published anew
 * @ended: those that leave the list by time alone
 * @arranged: what was arranged last
 *
 * What a #CmCallOrder has to arrange. An own file only because it is much.
 */
typedef struct
{
  GHashTable     *entries;
  GPtrArray      *sorted;
  GPtrArray      *listed;
  GPtrArray      *shown;
  GPtrArray      *spare;
  GPtrArray      *changed;
  GPtrArray      *ended;
  CmCallArranged  arranged;
  CmCallFilter    filter;
  char          **words;
  CmCallSort      sort;
  CmConversation *kept;
  CmConversation *holds[CM_CALL_ORDER_N_HELD];
  gboolean        own;
  gint64          now;
  gboolean        sort_changed;
  gboolean        filter_changed;
  guint           next_number;
  guint           counts[CM_N_CALL_COUNTS];
} CmCallStore;

void       cm_call_store_init       (CmCallStore                 *self);
void       cm_call_store_clear      (CmCallStore                 *self);
gboolean   cm_call_store_is_changed (const CmCallStore           *self);
void       cm_call_store_set_model  (CmCallStore                 *self,
                                     GListModel                  *model);
gboolean   cm_call_store_take       (CmCallStore                 *self,
                                     const CmConversationChanges *changes);
gboolean   cm_call_store_set_now    (CmCallStore                 *self,
                                     gint64                       now);
GPtrArray *cm_call_store_arrange    (CmCallStore                 *self,
                                     CmCallSlot                   held[static CM_CALL_ORDER_N_HELD]);
gboolean   cm_call_store_show       (CmCallStore                 *self,
                                     GPtrArray                   *shown,
                                     guint                       *first,
                                     guint                       *n_removed,
                                     guint                       *n_added);

G_END_DECLS
