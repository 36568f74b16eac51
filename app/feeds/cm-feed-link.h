/* cm-feed-link.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* No more than this waits to be sent, bytes: a system that does not take it has
 * stopped. */
#define CM_FEED_LINK_MAX_QUEUE (1024 * 1024)

/**
 * CmFeedLinkFuncs:
 * @connected: there is a connection, and a stream that begins
 * @received: what has come, cut anywhere
 * @lost: it is gone, or could not be made; it is tried again by itself
 *
 * What a feed does with its link. Each may stop it; none may free it.
 */
typedef struct
{
  void (* connected) (gpointer      user_data);
  void (* received)  (const char   *bytes,
                      gsize         size,
                      gpointer      user_data);
  void (* lost)      (const GError *error,
                      gpointer      user_data);
} CmFeedLinkFuncs;

/**
 * CmFeedLink:
 *
 * A stream of bytes from and to a system that comes back after each loss, over
 * TCP, TLS or a unix socket.
 */
typedef struct _CmFeedLink CmFeedLink;

CmFeedLink *cm_feed_link_new    (GSocketConnectable     *address,
                                 gboolean                use_tls,
                                 const CmFeedLinkFuncs  *funcs,
                                 gpointer                user_data);
void        cm_feed_link_free   (CmFeedLink             *self);
void        cm_feed_link_set_authority (CmFeedLink      *self,
                                 const char             *authority);
void        cm_feed_link_start  (CmFeedLink             *self);
void        cm_feed_link_stop   (CmFeedLink             *self);
void        cm_feed_link_send   (CmFeedLink             *self,
                                 const char             *bytes,
                                 gsize                   size);
void        cm_feed_link_lose   (CmFeedLink             *self,
                                 const GError           *error);
void        cm_feed_link_accept (CmFeedLink             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmFeedLink, cm_feed_link_free)

G_END_DECLS
