/* cm-exchange-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange.h"
#include "feeds/cm-feed.h"
#include "feeds/exchange/cm-order.h"

G_BEGIN_DECLS

#define CM_TYPE_EXCHANGE_FEED (cm_exchange_feed_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmExchangeFeed, cm_exchange_feed, CM, EXCHANGE_FEED, CmFeed)

/**
 * CmExchangeFeedClass:
 * @decoder: the name of its decoder
 * @is_timed: whether events say when they were
 * @get_exchange: what the decoder knows
 * @listen: has the decoder tell what it takes, for the answers to what is sent
 * @opened: there is a connection: signs in, subscribes and asks for the lists
 * @closed: it is gone: no answer comes any more
 * @list: asks for the lists again
 * @ping: says something to which there is an answer
 * @dup_order: the text of an order, or why there is none
 * @give: sends the text of the order of that number
 * @lists_again: whether an event of that kind may leave something untold
 *
 * A telephone exchange that is followed over a stream of bytes. What it has in
 * common with others: the link, the decoder, and orders that are done when events
 * say so.
 */
struct _CmExchangeFeedClass
{
  CmFeedClass parent_class;

  const char  *decoder;
  gboolean     is_timed;
  CmExchange *(* get_exchange) (CmDecoder       *decoder);
  void        (* listen)       (CmExchangeFeed  *self,
                                CmDecoder       *decoder);
  void        (* opened)       (CmExchangeFeed  *self);
  void        (* closed)       (CmExchangeFeed  *self);
  void        (* list)         (CmExchangeFeed  *self);
  void        (* ping)         (CmExchangeFeed  *self);
  char       *(* dup_order)    (CmExchangeFeed  *self,
                                const CmOrder   *order,
                                GError         **error);
  void        (* give)         (CmExchangeFeed  *self,
                                guint            number,
                                const char      *text);
  gboolean    (* lists_again)  (const CmEvent   *event);
};

/* For subclasses. */
void cm_exchange_feed_send     (CmExchangeFeed *self,
                                const char     *text);
void cm_exchange_feed_begin    (CmExchangeFeed *self);
void cm_exchange_feed_set_live (CmExchangeFeed *self);
void cm_exchange_feed_list_soon (CmExchangeFeed *self);
void cm_exchange_feed_fail     (CmExchangeFeed *self,
                                const char     *reason);
void cm_exchange_feed_forbid   (CmExchangeFeed *self,
                                const char     *words);
void cm_exchange_feed_accept   (CmExchangeFeed *self,
                                guint           number,
                                const char     *job);
void cm_exchange_feed_refuse   (CmExchangeFeed *self,
                                guint           number,
                                const char     *words);

G_END_DECLS
