/* cm-order.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange.h"
#include "model/cm-command.h"

G_BEGIN_DECLS

/**
 * CmOrder:
 * @room: what the exchange calls the room
 * @handle: (nullable): what it calls the member that the order is about
 * @number: (nullable): whom it is to dial
 * @context: (nullable): with @extension: what leads others to the room
 * @job: (nullable): by what the exchange tells how the dialling goes
 *
 * A command in the exchange's own terms, and how it comes out.
 */
typedef struct
{
  CmAction  action;
  char     *place;
  char     *room;
  char     *address;
  char     *handle;
  char     *number;
  char     *context;
  char     *extension;
  char     *job;
  guint     since;
} CmOrder;

/**
 * CmOutcome:
 * @CM_OUTCOME_PENDING: nothing tells yet
 * @CM_OUTCOME_DONE: what was ordered is so
 * @CM_OUTCOME_FAILED: it cannot be any more
 */
typedef enum
{
  CM_OUTCOME_PENDING,
  CM_OUTCOME_DONE,
  CM_OUTCOME_FAILED,
} CmOutcome;

CmOrder   *cm_order_new        (CmExchange       *exchange,
                                const char       *source,
                                const CmCommand  *command,
                                GError          **error);
void       cm_order_free       (CmOrder          *self);
gboolean   cm_order_dials      (const CmOrder    *self);
CmOutcome  cm_order_judge      (const CmOrder    *self,
                                CmExchange       *exchange,
                                GError          **error);
void       cm_order_set_failed (GError          **error,
                                guint32           status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmOrder, cm_order_free)

G_END_DECLS
