/* cm-order-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-order.h"

G_BEGIN_DECLS

/* So many orders may be under way at once. */
#define CM_ORDER_LIST_MAX 64

/**
 * CmOrderList:
 *
 * Orders that were given, each with the task that waits for its outcome.
 */
typedef struct _CmOrderList CmOrderList;

CmOrderList *cm_order_list_new      (void);
void         cm_order_list_free     (CmOrderList *self);
guint        cm_order_list_get_size (CmOrderList *self);
guint        cm_order_list_add      (CmOrderList *self,
                                     CmOrder     *order,
                                     GTask       *task);
void         cm_order_list_accept   (CmOrderList *self,
                                     guint        number,
                                     const char  *job);
void         cm_order_list_refuse   (CmOrderList *self,
                                     guint        number,
                                     const char  *words);
void         cm_order_list_settle   (CmOrderList *self,
                                     CmExchange  *exchange);
void         cm_order_list_give_up  (CmOrderList *self,
                                     const char  *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmOrderList, cm_order_list_free)

G_END_DECLS
