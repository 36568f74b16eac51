/* cm-webhook-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

#define CM_TYPE_WEBHOOK_FEED (cm_webhook_feed_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmWebhookFeed, cm_webhook_feed, CM, WEBHOOK_FEED, CmFeed)

/**
 * CmWebhookFeedClass:
 * @decoder: the name of the decoder of what is posted
 * @refusal: the status for who does not know the secret
 * @check: whether the request is from one who knows @secret: over the raw bytes, in
 *   constant time; @now is ms UTC
 * @answer: (nullable): answers what is no event but a question of the system;
 *   returns whether it was one
 *
 * A system that posts what happens to us, and of which nothing is asked.
 */
struct _CmWebhookFeedClass
{
  CmFeedClass parent_class;

  const char *decoder;
  guint       refusal;
  gboolean (* check)  (CmWebhookFeed       *self,
                       const CmHookRequest *request,
                       const char          *secret,
                       gint64               now);
  gboolean (* answer) (CmWebhookFeed       *self,
                       const CmHookRequest *request,
                       const char          *secret,
                       CmHookAnswer        *answer);
};

GType cm_bigbluebutton_feed_get_type (void);
GType cm_graph_feed_get_type         (void);
GType cm_livekit_feed_get_type       (void);
GType cm_sdn_feed_get_type           (void);
GType cm_zoom_feed_get_type          (void);

G_END_DECLS
