/* cm-exchange-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange.h"

G_BEGIN_DECLS

struct _CmExchange
{
  CmDecoder  *decoder; /* borrowed: it owns the exchange */
  gint64      now;
  GHashTable *places;  /* id → CmPlace */
  GHashTable *routes;  /* what was dialled → the room's name */
  GHashTable *closed;  /* ids of rooms that are over */
  GQueue     *closed_ids;
  GHashTable *calls;   /* id → CmCall */
  GQueue     *ended;   /* CmCall, borrowed, the oldest first */
  guint       changes;
};

gboolean cm_exchange_is_id          (const char *id);
char    *cm_call_dup_address        (const CmCall *self);
void     cm_exchange_attach         (CmExchange *self,
                                     CmCall     *call,
                                     CmPlace    *place);
void     cm_exchange_detach         (CmExchange *self,
                                     CmCall     *call);
CmPlace *cm_exchange_open_talk      (CmExchange *self,
                                     const char *id,
                                     const char *inviter);
void     cm_exchange_settle_talk    (CmExchange *self,
                                     CmPlace    *place);
void     cm_exchange_settle         (CmExchange *self,
                                     CmPlace    *place);
void     cm_exchange_refresh_person (CmExchange *self,
                                     CmPlace    *place,
                                     const char *address,
                                     guint32     status);

G_END_DECLS
