/* cm-call-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-call-entry.h"
#include "model/cm-call-slots.h"

G_BEGIN_DECLS

/**
 * CmCallStore:
 * @updated: connected to each conversation, with @owner
 * @entries: #CmCallEntry by conversation
 * @source: the entries in the order of @model
 * @sorted: all of them in this one, by what was published last
 * @shown: those that are in the list
 * @changed: those to be published anew
 * @ended: those that leave the list by time alone
 *
 * What a #CmCallOrder has to arrange. An own file only because it is much.
 */
typedef struct
{
  gpointer        owner;
  GCallback       updated;
  GListModel     *model;
  GHashTable     *entries;
  GPtrArray      *source;
  GPtrArray      *sorted;
  GPtrArray      *shown;
  GPtrArray      *changed;
  GPtrArray      *ended;
  CmCallFilter    filter;
  char          **words;
  CmCallSort      sort;
  CmConversation *kept;
  CmConversation *holds[CM_CALL_ORDER_N_HELD];
  gboolean        own;
  gint64          now;
  gboolean        model_changed;
  gboolean        sort_changed;
  gboolean        filter_changed;
  guint           next_number;
  guint           counts[CM_N_CALL_COUNTS];
} CmCallStore;

void       cm_call_store_init       (CmCallStore       *self,
                                     gpointer           owner,
                                     GCallback          updated);
void       cm_call_store_clear      (CmCallStore       *self);
gboolean   cm_call_store_is_changed (const CmCallStore *self);
gboolean   cm_call_store_note       (CmCallStore       *self,
                                     CmConversation    *conversation);
gboolean   cm_call_store_set_now    (CmCallStore       *self,
                                     gint64             now);
GPtrArray *cm_call_store_arrange    (CmCallStore       *self,
                                     CmCallSlot         held[static CM_CALL_ORDER_N_HELD]);

G_END_DECLS
