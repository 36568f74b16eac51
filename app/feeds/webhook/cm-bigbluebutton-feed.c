/* cm-bigbluebutton-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton-feed.h"

#include <glib/gi18n.h>

#include "feeds/webhook/cm-bigbluebutton-list.h"
#include "feeds/webhook/cm-bigbluebutton.h"
#include "feeds/webhook/cm-webhook-check.h"

#define CALL "getMeetings"

struct _CmBigbluebuttonFeed
{
  CmWebhookFeed  parent_instance;

  GPtrArray     *meetings; /* (nullable) before they are known */
};

G_DEFINE_FINAL_TYPE (CmBigbluebuttonFeed, cm_bigbluebutton_feed, CM_TYPE_WEBHOOK_FEED)

static const CmFeedOption options[] = {
  CM_WEBHOOK_SECRET_OPTION,
  { "callback-url", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, NULL, NULL, NULL },
  { "checksum", CM_FEED_OPTION_CHOICE, FALSE, "sha256", 0, 0, "sha256|sha1", NULL,
    /* Translators: how what is asked is signed */
    N_("Checksum"), NULL },
  CM_WEBHOOK_LOOK_OPTIONS,
  { NULL }
};

static CmHookOutcome
cm_bigbluebutton_feed_check (CmWebhookFeed       *feed,
                             const CmHookRequest *request,
                             const char          *secret,
                             gint64               now)
{
  return cm_webhook_check_bigbluebutton (request, cm_webhook_feed_get_text (feed, "callback-url"), secret);
}

/* The hash of the call, its parameters and the secret (BigBlueButton, "API
 * security model"); it has no parameters. */
static SoupMessage *
cm_bigbluebutton_feed_ask (CmWebhookFeed *feed,
                           const char    *secret)
{
  gboolean old = g_str_equal (cm_webhook_feed_get_text (feed, "checksum"), "sha1");
  g_autoptr(GChecksum) checksum = g_checksum_new (old ? G_CHECKSUM_SHA1 : G_CHECKSUM_SHA256);
  g_autofree char *place = NULL, *address = NULL;

  if (CM_BIGBLUEBUTTON_FEED (feed)->meetings != NULL)
    return NULL;

  g_checksum_update (checksum, (const guchar *) CALL, -1);
  g_checksum_update (checksum, (const guchar *) secret, -1);
  place = cm_webhook_look_dup_place (cm_webhook_feed_get_text (feed, "address"), "/" CALL);
  address = g_strconcat (place, "?checksum=", g_checksum_get_string (checksum), NULL);

  return soup_message_new (SOUP_METHOD_GET, address);
}

static gboolean
cm_bigbluebutton_feed_hear (CmWebhookFeed  *feed,
                            SoupMessage    *message,
                            GBytes         *answer,
                            GError        **error)
{
  CmBigbluebuttonFeed *self = CM_BIGBLUEBUTTON_FEED (feed);
  guint status = soup_message_get_status (message);
  gsize size;
  const char *bytes = g_bytes_get_data (answer, &size);

  if (status == SOUP_STATUS_OK)
    self->meetings = cm_bigbluebutton_list_parse (bytes, size, error);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the address answers with HTTP status %u"), status);

  return self->meetings != NULL;
}

static void
cm_bigbluebutton_feed_settle (CmWebhookFeed *feed,
                              CmDecoder     *decoder,
                              gint64         at)
{
  cm_bigbluebutton_take_meetings (CM_BIGBLUEBUTTON (decoder), at, CM_BIGBLUEBUTTON_FEED (feed)->meetings);
}

static void
cm_bigbluebutton_feed_forget (CmWebhookFeed *feed)
{
  g_clear_pointer (&CM_BIGBLUEBUTTON_FEED (feed)->meetings, g_ptr_array_unref);
}

static void
cm_bigbluebutton_feed_constructed (GObject *object)
{
  CmWebhookFeed *feed = CM_WEBHOOK_FEED (object);

  G_OBJECT_CLASS (cm_bigbluebutton_feed_parent_class)->constructed (object);

  cm_bigbluebutton_set_link (CM_BIGBLUEBUTTON (cm_webhook_feed_get_decoder (feed)),
                             cm_webhook_feed_get_text (feed, "join-link"));
}

static void
cm_bigbluebutton_feed_class_init (CmBigbluebuttonFeedClass *klass)
{
  CmWebhookFeedClass *webhook_class = CM_WEBHOOK_FEED_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = cm_bigbluebutton_feed_constructed;
  CM_FEED_CLASS (klass)->options = options;
  webhook_class->decoder = "bigbluebutton";
  /* A 401 would count as delivered there. */
  webhook_class->refusal = 403;
  webhook_class->check = cm_bigbluebutton_feed_check;
  webhook_class->ask = cm_bigbluebutton_feed_ask;
  webhook_class->hear = cm_bigbluebutton_feed_hear;
  webhook_class->settle = cm_bigbluebutton_feed_settle;
  webhook_class->forget = cm_bigbluebutton_feed_forget;
}

static void
cm_bigbluebutton_feed_init (CmBigbluebuttonFeed *self)
{
}
