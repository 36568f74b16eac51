/* cm-webhook-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-webhook-feed.h"

#include <glib/gi18n.h>

#include "feeds/decode/cm-decoder.h"
#include "feeds/cm-retry.h"
#include "feeds/cm-secret.h"
#include "feeds/webhook/cm-seen.h"
#include "feeds/webhook/cm-webhook-check.h"

/* The key of what the system and we know, and nobody else. */
#define SECRET "secret"

/* So long a look may be late, s. */
#define MAX_LATE 15

/* So many requests are remembered, at least. */
#define MAX_SEEN 50000

typedef struct
{
  CmDecoder     *decoder;
  CmSeen        *seen;       /* digests of the requests that were taken */
  CmWebhookLook *look;       /* (nullable) where nothing is asked */
  CmRetry        retry;
  guint          tick_id;
  guint          silence_id;
  gboolean       is_due;     /* a look is wanted before its time */
  gboolean       was_all;    /* all was known once, and what is posted goes on from there */
  char          *unlisted;   /* (nullable): why the system tells no list now */
  char          *unread;     /* (nullable): why no post can be checked */
  gint64         heard;      /* when a list or a post came last, monotonic µs, or 0 */
} CmWebhookFeedPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmWebhookFeed, cm_webhook_feed, CM_TYPE_FEED)

static CmWebhookFeedPrivate *
get_private (CmWebhookFeed *self)
{
  return cm_webhook_feed_get_instance_private (self);
}

static void
forget (CmWebhookFeed *self)
{
  CmWebhookFeedClass *klass = CM_WEBHOOK_FEED_GET_CLASS (self);

  if (klass->forget != NULL)
    klass->forget (self);
}

static SoupMessage *
on_ask (gpointer   user_data,
        GError   **error)
{
  CmWebhookFeed *self = user_data;
  char *secret = cm_feed_config_read_secret (cm_feed_get_config (CM_FEED (self)), SECRET, error);
  SoupMessage *message;

  if (secret == NULL)
    return NULL;

  message = CM_WEBHOOK_FEED_GET_CLASS (self)->ask (self, secret);
  cm_secret_free (secret);

  return message;
}

static gboolean
on_hear (SoupMessage  *message,
         GBytes       *answer,
         gpointer      user_data,
         GError      **error)
{
  CmWebhookFeed *self = user_data;

  cm_feed_note_reached (CM_FEED (self));

  return CM_WEBHOOK_FEED_GET_CLASS (self)->hear (self, message, answer, error);
}

static guint64
get_interval (CmWebhookFeed *self)
{
  return cm_feed_config_get_number (cm_feed_get_config (CM_FEED (self)), "snapshot-seconds");
}

static void
set_live (CmWebhookFeed *self)
{
  CmWebhookFeedPrivate *priv = get_private (self);
  /* Translators: %s is why the system does not tell who else is there */
  g_autofree char *words =
    priv->unlisted != NULL ? g_strdup_printf (_("only what is posted is known: %s"), priv->unlisted) : NULL;

  cm_feed_set_status (CM_FEED (self), CM_FEED_LIVE, priv->unread != NULL ? priv->unread : words);
}

static gboolean
on_silence (gpointer user_data)
{
  CmWebhookFeedPrivate *priv = get_private (user_data);

  priv->silence_id = 0;
  cm_feed_set_status (user_data, CM_FEED_LOST, priv->unlisted);

  return G_SOURCE_REMOVE;
}

/* A system that tells no list is not lost while it posts, where all was known once or
 * never is. Between two looks it is taken to be there as well: so long, and as long as
 * a look may be late, nothing has to be heard of it. */
static void
follow_posts (CmWebhookFeed *self)
{
  CmWebhookFeedPrivate *priv = get_private (self);
  guint64 patience = get_interval (self) + MIN (get_interval (self), MAX_LATE);
  gint64 left = priv->heard + (gint64) patience * G_USEC_PER_SEC - g_get_monotonic_time ();

  g_clear_handle_id (&priv->silence_id, g_source_remove);
  if (priv->heard == 0 || left <= 0 || !(priv->was_all || CM_WEBHOOK_FEED_GET_CLASS (self)->knows_some))
    {
      cm_feed_set_status (CM_FEED (self), CM_FEED_LOST, priv->unlisted);
      return;
    }

  set_live (self);
  priv->silence_id = g_timeout_add ((guint) (left / 1000) + 1, on_silence, self);
}

static void
look (gpointer user_data)
{
  CmWebhookFeed *self = user_data;

  get_private (self)->is_due = FALSE;
  forget (self);
  cm_webhook_look_start (get_private (self)->look);
}

static gboolean
on_tick (gpointer user_data)
{
  get_private (user_data)->tick_id = 0;
  look (user_data);

  return G_SOURCE_REMOVE;
}

/* One that is wanted soon takes in what else comes with it. */
static void
wait_for_look (CmWebhookFeed *self)
{
  CmWebhookFeedPrivate *priv = get_private (self);
  guint64 seconds = priv->is_due ? 1 : get_interval (self);

  priv->tick_id = g_timeout_add_seconds ((guint) seconds, on_tick, self);
}

/* At first, and after a loss, what was known before is said once more; what was
 * heard changes it, and what is not mentioned is over. */
static void
settle (CmWebhookFeed *self,
        gint64         at)
{
  CmWebhookFeedPrivate *priv = get_private (self);
  gboolean live = cm_feed_get_status (CM_FEED (self)) == CM_FEED_LIVE;

  if (!live && !CM_WEBHOOK_FEED_GET_CLASS (self)->knows_some)
    {
      cm_feed_begin_resync (CM_FEED (self));
      cm_decoder_announce (priv->decoder, at);
    }
  CM_WEBHOOK_FEED_GET_CLASS (self)->settle (self, priv->decoder, at);
  priv->was_all = TRUE;
  priv->heard = g_get_monotonic_time ();
  set_live (self);
}

static void
fail (CmWebhookFeed *self,
      const GError  *error)
{
  CmWebhookFeedPrivate *priv = get_private (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    {
      priv->unlisted = g_strdup (error->message);
      follow_posts (self);
    }
  else
    cm_feed_set_status (CM_FEED (self), CM_FEED_LOST, error->message);

  cm_retry_after (&priv->retry, cm_webhook_look_get_wait (priv->look), look, self);
}

static void
on_done (gint64        at,
         const GError *error,
         gpointer      user_data)
{
  CmWebhookFeed *self = user_data;
  CmWebhookFeedPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->silence_id, g_source_remove);
  g_clear_pointer (&priv->unlisted, g_free);
  if (error != NULL)
    {
      fail (self, error);
      return;
    }

  settle (self, at);
  forget (self);
  cm_retry_reset (&priv->retry);
  wait_for_look (self);
}

static gboolean
can_ask (CmWebhookFeed *self)
{
  return CM_WEBHOOK_FEED_GET_CLASS (self)->ask != NULL && cm_webhook_feed_get_text (self, "address") != NULL;
}

/* Where all can be asked it need not be remembered. */
static void
cm_webhook_feed_recall (CmFeed             *feed,
                        const char         *conversation,
                        const char * const *persons)
{
  CmWebhookFeed *self = CM_WEBHOOK_FEED (feed);

  if (!can_ask (self) || CM_WEBHOOK_FEED_GET_CLASS (self)->knows_some)
    cm_decoder_recall (get_private (self)->decoder, conversation, persons);
}

/* Where nothing can be asked it waits for what comes: there is nobody to reach. */
static void
cm_webhook_feed_start (CmFeed *feed)
{
  CmWebhookFeed *self = CM_WEBHOOK_FEED (feed);
  const CmWebhookLookFuncs funcs = { on_ask, on_hear, on_done, CM_WEBHOOK_FEED_GET_CLASS (self)->has_our_clock };

  if (!can_ask (self))
    {
      cm_feed_set_status (feed, CM_FEED_LIVE, NULL);
      return;
    }

  get_private (self)->look = cm_webhook_look_new (&funcs, self);
  look (self);
}

static void
cm_webhook_feed_stop (CmFeed *feed)
{
  CmWebhookFeedPrivate *priv = get_private (CM_WEBHOOK_FEED (feed));

  cm_retry_cancel (&priv->retry);
  g_clear_handle_id (&priv->tick_id, g_source_remove);
  g_clear_handle_id (&priv->silence_id, g_source_remove);
  g_clear_pointer (&priv->unlisted, g_free);
  g_clear_pointer (&priv->unread, g_free);
  priv->was_all = FALSE;
  priv->heard = 0;
  g_clear_pointer (&priv->look, cm_webhook_look_free);
  forget (CM_WEBHOOK_FEED (feed));
}

/* Where one goes on already, or is tried again, the next follows it. */
static void
look_soon (CmWebhookFeed *self)
{
  CmWebhookFeedPrivate *priv = get_private (self);

  if (priv->is_due)
    return;

  priv->is_due = TRUE;
  if (priv->tick_id == 0)
    return;

  g_clear_handle_id (&priv->tick_id, g_source_remove);
  wait_for_look (self);
}

static GPtrArray *
open_request (CmWebhookFeed       *self,
              const CmHookRequest *request,
              CmHookAnswer        *answer)
{
  GPtrArray *records;

  if (CM_WEBHOOK_FEED_GET_CLASS (self)->open != NULL)
    return CM_WEBHOOK_FEED_GET_CLASS (self)->open (self, request, answer);

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (records, g_bytes_ref (request->body));

  return records;
}

static void
take_records (CmWebhookFeed *self,
              GPtrArray     *records)
{
  CmDecoder *decoder = get_private (self)->decoder;

  cm_decoder_set_time (decoder, g_get_real_time () / 1000);
  for (guint i = 0; i < records->len; i++)
    {
      gsize size;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (records, i), &size);

      cm_decoder_push_record (decoder, bytes, size);
    }
  if (CM_WEBHOOK_FEED_GET_CLASS (self)->wants_look != NULL && CM_WEBHOOK_FEED_GET_CLASS (self)->wants_look (self))
    look_soon (self);
}

static void
take (CmWebhookFeed       *self,
      const CmHookRequest *request,
      const char          *secret,
      CmHookAnswer        *answer)
{
  CmWebhookFeedClass *klass = CM_WEBHOOK_FEED_GET_CLASS (self);
  g_autoptr(GPtrArray) records = NULL;
  CmHookOutcome outcome;

  if (klass->answer != NULL && klass->answer (self, request, secret, answer))
    {
      answer->outcome = CM_HOOK_ANSWERED;
      return;
    }

  outcome = klass->check (self, request, secret, g_get_real_time () / 1000);
  if (outcome != CM_HOOK_TAKEN)
    {
      cm_hook_answer_set (answer, klass->refusal, outcome == CM_HOOK_OLD
                          ? "it was signed too long ago, or by a clock that is ahead"
                          : "the signature is not one that the secret of the configuration makes");
      answer->outcome = outcome;
      return;
    }

  cm_hook_answer_set (answer, 200, NULL);
  records = open_request (self, request, answer);
  if (records == NULL)
    return;

  get_private (self)->heard = g_get_monotonic_time ();
  /* The same once more: sent again since our answer was lost, or by somebody who has
   * seen it. Neither changes anything. */
  if (cm_seen_add (get_private (self)->seen, cm_webhook_check_dup_digest (request)))
    take_records (self, records);
  else
    answer->outcome = CM_HOOK_REPLAYED;
}

static void
cm_webhook_feed_hook (CmFeed              *feed,
                      const CmHookRequest *request,
                      CmHookAnswer        *answer)
{
  CmWebhookFeedPrivate *priv = get_private (CM_WEBHOOK_FEED (feed));
  g_autoptr(GError) error = NULL;
  char *secret;

  if (!g_str_equal (request->method, "POST"))
    {
      cm_hook_answer_set (answer, 405, "events are posted");
      return;
    }

  secret = cm_feed_config_read_secret (cm_feed_get_config (feed), SECRET, &error);
  if (secret != NULL)
    take (CM_WEBHOOK_FEED (feed), request, secret, answer);
  else
    cm_hook_answer_set (answer, 503, "the secret of this feed cannot be read here");
  cm_secret_free (secret);

  g_free (priv->unread);
  priv->unread = error != NULL ? g_strdup (error->message) : NULL;
  if (priv->unlisted != NULL)
    follow_posts (CM_WEBHOOK_FEED (feed));
  /* Where it is lost, the reason is another one. */
  else if (cm_feed_get_status (feed) == CM_FEED_LIVE)
    set_live (CM_WEBHOOK_FEED (feed));
}

static void
cm_webhook_feed_constructed (GObject *object)
{
  CmWebhookFeedPrivate *priv = get_private (CM_WEBHOOK_FEED (object));
  CmFeed *feed = CM_FEED (object);

  G_OBJECT_CLASS (cm_webhook_feed_parent_class)->constructed (object);

  priv->decoder = cm_decoder_new_for_name (CM_WEBHOOK_FEED_GET_CLASS (object)->decoder, cm_feed_get_source (feed));
  cm_feed_take_decoder (feed, priv->decoder);
}

static void
cm_webhook_feed_dispose (GObject *object)
{
  cm_feed_stop (CM_FEED (object));

  G_OBJECT_CLASS (cm_webhook_feed_parent_class)->dispose (object);
}

static void
cm_webhook_feed_finalize (GObject *object)
{
  CmWebhookFeedPrivate *priv = get_private (CM_WEBHOOK_FEED (object));

  g_object_unref (priv->decoder);
  cm_seen_free (priv->seen);

  G_OBJECT_CLASS (cm_webhook_feed_parent_class)->finalize (object);
}

static void
cm_webhook_feed_class_init (CmWebhookFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmFeedClass *feed_class = CM_FEED_CLASS (klass);

  object_class->constructed = cm_webhook_feed_constructed;
  object_class->dispose = cm_webhook_feed_dispose;
  object_class->finalize = cm_webhook_feed_finalize;

  feed_class->start = cm_webhook_feed_start;
  feed_class->stop = cm_webhook_feed_stop;
  feed_class->recall = cm_webhook_feed_recall;
  feed_class->hook = cm_webhook_feed_hook;

  klass->refusal = 401;
}

static void
cm_webhook_feed_init (CmWebhookFeed *self)
{
  get_private (self)->seen = cm_seen_new (MAX_SEEN);
}

/* Returns: (nullable) (transfer none): what the configuration says */
const char *
cm_webhook_feed_get_text (CmWebhookFeed *self,
                          const char    *key)
{
  return cm_feed_config_get_text (cm_feed_get_config (CM_FEED (self)), key);
}

/* Returns: (transfer none): what turns its records into events */
CmDecoder *
cm_webhook_feed_get_decoder (CmWebhookFeed *self)
{
  return get_private (self)->decoder;
}

/**
 * cm_webhook_feed_pause:
 * @self: a feed that is asked for its next question
 *
 * There will be one, after cm_webhook_feed_go_on().
 */
void
cm_webhook_feed_pause (CmWebhookFeed *self)
{
  cm_webhook_look_pause (get_private (self)->look);
}

/**
 * cm_webhook_feed_go_on:
 * @self: a feed that pauses
 * @error: (nullable): why there is no next question
 */
void
cm_webhook_feed_go_on (CmWebhookFeed *self,
                       const GError  *error)
{
  cm_webhook_look_go_on (get_private (self)->look, error);
}
