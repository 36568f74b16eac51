/* cm-webhook-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"
#include "feeds/webhook/cm-webhook-look.h"

G_BEGIN_DECLS

#define CM_TYPE_WEBHOOK_FEED (cm_webhook_feed_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmWebhookFeed, cm_webhook_feed, CM, WEBHOOK_FEED, CmFeed)

/**
 * CmWebhookFeedClass:
 * @decoder: the name of the decoder of what is posted
 * @refusal: the status for who does not know the secret
 * @check: %CM_HOOK_TAKEN where the request is from one who knows @secret: over the
 *   raw bytes, in constant time; @now is ms UTC
 * @answer: (nullable): answers what is no event but a question of the system;
 *   returns whether it was one
 * @open: (nullable): the records in a request that has passed @check, of which parts
 *   may be encrypted; %NULL where they cannot be had, and then the answer says why.
 *   Without it the body is one
 * @wants_look: (nullable): whether what was posted calls for a look at once
 * @ask: (nullable): the next question of a look at all that is so now; %NULL where
 *   all is asked, or after cm_webhook_feed_pause()
 * @hear: takes the answer to it; returns whether it is one
 * @settle: what was heard is so, at a time in ms UTC of the system's own clock
 * @forget: what was heard is not needed any more
 * @has_our_clock: what is posted has no time of its own
 * @knows_some: what is asked is not all: what is not mentioned goes on
 *
 * A system that posts what happens to us. Of one that can be asked, and whose
 * "address" is given, all is asked at first, after each loss, and every
 * "snapshot-seconds".
 */
struct _CmWebhookFeedClass
{
  CmFeedClass parent_class;

  const char *decoder;
  guint       refusal;
  gboolean    has_our_clock;
  gboolean    knows_some;
  CmHookOutcome (* check)  (CmWebhookFeed       *self,
                            const CmHookRequest *request,
                            const char          *secret,
                            gint64               now);
  gboolean      (* answer) (CmWebhookFeed       *self,
                            const CmHookRequest *request,
                            const char          *secret,
                            CmHookAnswer        *answer);
  GPtrArray *   (* open)   (CmWebhookFeed       *self,
                            const CmHookRequest *request,
                            CmHookAnswer        *answer);
  gboolean      (* wants_look) (CmWebhookFeed   *self);
  SoupMessage * (* ask)    (CmWebhookFeed       *self,
                            const char          *secret);
  gboolean      (* hear)   (CmWebhookFeed       *self,
                            SoupMessage         *message,
                            GBytes              *answer,
                            GError             **error);
  void          (* settle) (CmWebhookFeed       *self,
                            CmDecoder           *decoder,
                            gint64               at);
  void          (* forget) (CmWebhookFeed       *self);
};

/* What a feed can be told of which all can be asked. */
#define CM_WEBHOOK_SECRET_OPTION \
  { "secret", CM_FEED_OPTION_SECRET, TRUE, NULL, 0, 0, NULL, NULL, N_("Secret"), NULL }
#define CM_WEBHOOK_SNAPSHOT_OPTION                                                                  \
  { "snapshot-seconds", CM_FEED_OPTION_NUMBER, FALSE, "60", 1, 3600, NULL, NULL,                    \
    N_("Seconds between looks"), NULL }
#define CM_WEBHOOK_LOOK_OPTIONS                                                                     \
  { "address", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_webhook_look_check_address,         \
    N_("Address"), NULL },                                                                          \
  CM_WEBHOOK_SNAPSHOT_OPTION,                                                                       \
  { "join-link", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, NULL, N_("Join link"), NULL }

const char *cm_webhook_feed_get_text    (CmWebhookFeed *self,
                                         const char    *key);
CmDecoder  *cm_webhook_feed_get_decoder (CmWebhookFeed *self);
void        cm_webhook_feed_pause       (CmWebhookFeed *self);
void        cm_webhook_feed_go_on       (CmWebhookFeed *self,
                                         const GError  *error);

GType cm_sdn_feed_get_type  (void);
GType cm_zoom_feed_get_type (void);

G_END_DECLS
