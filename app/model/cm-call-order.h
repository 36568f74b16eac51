/* cm-call-order.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-call-filter.h"
#include "model/cm-conversation-list.h"

G_BEGIN_DECLS

typedef enum
{
  CM_CALL_SORT_ATTENTION, /* as they came */
  CM_CALL_SORT_NEWEST,
  CM_CALL_SORT_LONGEST,
  CM_CALL_SORT_SIZE,
} CmCallSort;

/* A call that has ended leaves the list so long after, ms. */
#define CM_CALL_ENDED_SHOWN_TIME 5000

/* Rows that are under the pointer and that have the focus. */
#define CM_CALL_ORDER_N_HELD 2

/**
 * CmCallArranged:
 * @in: (element-type CmConversation): what is in the list and came, or is new in what it
 *   is placed by: its reasons for attention too
 * @out: (element-type CmConversation): what left the list
 *
 * What filter or search let through, or no longer do, is among them only where it needs
 * attention: there may be a hundred thousand of them.
 */
typedef struct
{
  GPtrArray *in;
  GPtrArray *out;
} CmCallArranged;

#define CM_TYPE_CALL_ORDER (cm_call_order_get_type ())

G_DECLARE_FINAL_TYPE (CmCallOrder, cm_call_order, CM, CALL_ORDER, GObject)

/* A GListModel of the CmConversations of another one: in a calm order, with what
 * needs attention on top, and only what the filter and the search let through.
 *
 * Whatever changes within 250 ms makes one items-changed, or none. A row that is held
 * keeps its position: the others go around it.
 *
 * Properties, read-only and notified: "n-items", "n-attention" (of the list),
 * "n-hidden-attention" (what needs attention and is not in the list), "n-total" (how
 * many would be in the list without filter and search).
 *
 * Signal "arranging": the order is about to change; who knows what is to be held says
 * so now, see cm_call_order_hold(). Signal "arranged" (#CmCallArranged): it has changed, or may have. */
CmCallOrder        *cm_call_order_new         (void);
void                cm_call_order_set_model   (CmCallOrder        *self,
                                               CmConversationList *model);
void                cm_call_order_set_own     (CmCallOrder        *self,
                                               gboolean            own);
void                cm_call_order_set_now     (CmCallOrder        *self,
                                               gint64              now);
void                cm_call_order_set_kept    (CmCallOrder        *self,
                                               CmConversation     *kept);
void                cm_call_order_flush       (CmCallOrder        *self);
void                cm_call_order_set_search  (CmCallOrder        *self,
                                               const char         *text);
void                cm_call_order_set_filter  (CmCallOrder        *self,
                                               const CmCallFilter *filter);
const CmCallFilter *cm_call_order_get_filter  (CmCallOrder        *self);
void                cm_call_order_set_sort    (CmCallOrder        *self,
                                               CmCallSort          sort);
void                cm_call_order_hold        (CmCallOrder        *self,
                                               guint               which,
                                               CmConversation     *conversation);
const char         *cm_call_order_get_heading (CmCallOrder        *self,
                                               CmConversation     *conversation);
char               *cm_call_order_dup_found   (CmCallOrder        *self,
                                               CmConversation     *conversation);
gboolean            cm_call_order_find        (CmCallOrder        *self,
                                               CmConversation     *conversation,
                                               guint              *position);
gboolean            cm_call_order_has         (CmCallOrder        *self,
                                               CmConversation     *conversation);

G_END_DECLS
