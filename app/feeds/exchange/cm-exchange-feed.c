/* cm-exchange-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-exchange-feed.h"

#include <glib/gi18n.h>

#include "feeds/cm-feed-link.h"
#include "feeds/exchange/cm-order-list.h"

/* Between two looks, two lists while nothing is left untold, and how long it may
 * be quiet before the exchange is asked whether it is there, seconds. */
#define LOOK 1
#define LIST 60
#define QUIET 10

/* What may pass at most until the exchange lets us in, and without a word from
 * it; and for how long one is left alone that has refused the password, seconds. */
#define MAX_LOGIN 20
#define MAX_SILENCE 30
#define PATIENCE 30

/* After an event that leaves something untold the lists are asked for once it is
 * quiet, but no more often than this, ms. */
#define SETTLE 300
#define MIN_LIST 1000

typedef struct
{
  CmFeedLink  *link;
  CmDecoder   *decoder;
  CmOrderList *orders;
  guint        look_id;
  guint        list_id;
  gint64       opened_at; /* monotonic, µs; 0 while there is no connection */
  gint64       heard_at;
  gint64       pinged_at;
  gint64       listed_at;
  gint64       resume_at; /* 0 unless the exchange is left alone */
  gboolean     announced;
} CmExchangeFeedPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmExchangeFeed, cm_exchange_feed, CM_TYPE_FEED)

static CmExchangeFeedPrivate *
get_private (CmExchangeFeed *self)
{
  return cm_exchange_feed_get_instance_private (self);
}

static gboolean
is_live (CmExchangeFeed *self)
{
  return cm_feed_get_status (CM_FEED (self)) == CM_FEED_LIVE;
}

static CmExchange *
get_exchange (CmExchangeFeed *self)
{
  return CM_EXCHANGE_FEED_GET_CLASS (self)->get_exchange (get_private (self)->decoder);
}

static void
emit_status (CmExchangeFeed *self,
             CmSourceStatus  status,
             const char     *reason)
{
  CmEvent event = {
    .kind = CM_EVENT_SOURCE_STATUS_CHANGED,
    .at = g_get_real_time () / 1000,
    .source_status = { CM_VALUE_ENUM, TRUE, status, CM_TEXT_NONE },
    .reason = cm_text_from_string (reason),
  };

  cm_decoder_emit (get_private (self)->decoder, &event);
}

static void
list_now (CmExchangeFeed *self)
{
  CmExchangeFeedPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->list_id, g_source_remove);
  priv->listed_at = g_get_monotonic_time ();
  CM_EXCHANGE_FEED_GET_CLASS (self)->list (self);
}

static gboolean
on_list (gpointer user_data)
{
  get_private (user_data)->list_id = 0;
  list_now (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_event (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  CmExchangeFeed *self = user_data;
  CmExchangeFeedClass *klass = CM_EXCHANGE_FEED_GET_CLASS (self);

  cm_feed_emit (CM_FEED (self), event);
  if (event->kind == CM_EVENT_SOURCE_STATUS_CHANGED || !is_live (self))
    return;

  if (klass->is_timed)
    cm_feed_set_lag (CM_FEED (self), MAX (0, g_get_real_time () / 1000 - event->at));
  if (klass->lists_again (event))
    cm_exchange_feed_list_soon (self);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  cm_feed_fault (user_data, fault);
}

static void
on_connected (gpointer user_data)
{
  CmExchangeFeed *self = user_data;
  CmExchangeFeedPrivate *priv = get_private (self);

  priv->opened_at = priv->heard_at = g_get_monotonic_time ();
  cm_decoder_restart (priv->decoder);
  cm_feed_note_reached (CM_FEED (self));
  CM_EXCHANGE_FEED_GET_CLASS (self)->opened (self);
}

static void
on_received (const char *bytes,
             gsize       size,
             gpointer    user_data)
{
  g_autoptr(CmExchangeFeed) self = g_object_ref (user_data);
  CmExchangeFeedPrivate *priv = get_private (self);
  g_autoptr(CmDecoder) decoder = g_object_ref (priv->decoder);

  priv->heard_at = g_get_monotonic_time ();
  cm_decoder_set_arrival (decoder, g_get_real_time () / 1000);
  cm_decoder_push (decoder, bytes, size);
  if (priv->decoder != NULL)
    cm_order_list_settle (priv->orders, get_exchange (self));
}

static void
note_lost (CmExchangeFeed *self,
           const char     *reason)
{
  CmExchangeFeedPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->list_id, g_source_remove);
  priv->opened_at = 0;
  CM_EXCHANGE_FEED_GET_CLASS (self)->closed (self);
  cm_order_list_give_up (priv->orders, _("The connection was lost before the exchange said that it was done"));
  if (is_live (self))
    emit_status (self, CM_SOURCE_STATUS_LOST, reason);
  cm_feed_set_lag (CM_FEED (self), -1);
  cm_feed_set_status (CM_FEED (self), priv->announced ? CM_FEED_LOST : CM_FEED_CONNECTING, reason);
}

static void
on_lost (const GError *error,
         gpointer      user_data)
{
  note_lost (user_data, error->message);
}

static gboolean
has_passed (gint64 since,
            gint64 seconds)
{
  return g_get_monotonic_time () - since >= seconds * G_USEC_PER_SEC;
}

/* The lists are what the exchange itself takes to be so: they put right whatever
 * was missed, and their coming shows that it is there. */
static void
look_at_connection (CmExchangeFeed *self)
{
  CmExchangeFeedPrivate *priv = get_private (self);

  if (!is_live (self) && has_passed (priv->opened_at, MAX_LOGIN))
    cm_exchange_feed_fail (self, _("The exchange does not answer"));
  else if (has_passed (priv->heard_at, MAX_SILENCE))
    cm_exchange_feed_fail (self, _("Nothing has come from the exchange for too long"));
  else if (is_live (self) && has_passed (priv->listed_at, LIST))
    list_now (self);
  else if (is_live (self) && has_passed (priv->heard_at, QUIET) && has_passed (priv->pinged_at, QUIET))
    {
      priv->pinged_at = g_get_monotonic_time ();
      CM_EXCHANGE_FEED_GET_CLASS (self)->ping (self);
    }
}

static gboolean
on_look (gpointer user_data)
{
  CmExchangeFeed *self = user_data;
  CmExchangeFeedPrivate *priv = get_private (self);

  cm_order_list_settle (priv->orders, get_exchange (self));
  if (priv->opened_at != 0)
    look_at_connection (self);
  else if (priv->resume_at != 0 && has_passed (priv->resume_at, 0))
    {
      priv->resume_at = 0;
      cm_feed_link_start (priv->link);
    }

  return G_SOURCE_CONTINUE;
}

static CmFeedLink *
new_link (CmExchangeFeed *self)
{
  static const CmFeedLinkFuncs funcs = { on_connected, on_received, on_lost };
  CmFeedConfig *config = cm_feed_get_config (CM_FEED (self));
  g_autoptr(GSocketConnectable) address =
    g_network_address_new (cm_feed_config_get_text (config, "host"), (guint16) cm_feed_config_get_number (config, "port"));
  CmFeedLink *link = cm_feed_link_new (address, cm_feed_config_get_flag (config, "tls"), &funcs, self);

  cm_feed_link_set_authority (link, cm_feed_config_get_text (config, "authority"));

  return link;
}

static void
cm_exchange_feed_start (CmFeed *feed)
{
  CmExchangeFeed *self = CM_EXCHANGE_FEED (feed);
  CmExchangeFeedPrivate *priv = get_private (self);

  priv->announced = FALSE;
  priv->resume_at = 0;
  priv->decoder = cm_decoder_new_for_name (CM_EXCHANGE_FEED_GET_CLASS (self)->decoder, cm_feed_get_source (feed));
  cm_decoder_set_sink (priv->decoder, on_event, on_fault, self);
  CM_EXCHANGE_FEED_GET_CLASS (self)->listen (self, priv->decoder);
  priv->look_id = g_timeout_add_seconds (LOOK, on_look, self);
  priv->link = new_link (self);
  cm_feed_link_start (priv->link);
}

/* A running callback of the link may have led here: it is stopped now, and freed
 * with the feed, or by the next start. */
static void
cm_exchange_feed_stop (CmFeed *feed)
{
  CmExchangeFeed *self = CM_EXCHANGE_FEED (feed);
  CmExchangeFeedPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->look_id, g_source_remove);
  g_clear_handle_id (&priv->list_id, g_source_remove);
  cm_feed_link_stop (priv->link);
  priv->opened_at = 0;
  CM_EXCHANGE_FEED_GET_CLASS (self)->closed (self);
  cm_order_list_give_up (priv->orders, _("The source is no longer followed"));
  g_clear_object (&priv->decoder);
  g_clear_pointer (&priv->link, cm_feed_link_free);
}

static CmActions
cm_exchange_feed_get_actions (CmFeed *feed)
{
  CmFeedConfig *config = cm_feed_get_config (feed);
  CmActions actions = 1u << CM_ACTION_MUTE | 1u << CM_ACTION_UNMUTE | 1u << CM_ACTION_REMOVE |
                      1u << CM_ACTION_LOCK | 1u << CM_ACTION_UNLOCK | 1u << CM_ACTION_END |
                      1u << CM_ACTION_MUTE_ALL | 1u << CM_ACTION_UNMUTE_ALL;

  if (!cm_feed_config_get_flag (config, "commands"))
    return 0;
  if (cm_feed_config_get_text (config, "dial") != NULL)
    actions |= 1u << CM_ACTION_INVITE | 1u << CM_ACTION_REJOIN;

  return actions;
}

static CmOrder *
new_order (CmExchangeFeed   *self,
           const CmCommand  *command,
           GError          **error)
{
  if (!is_live (self))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("The exchange cannot be reached at the moment"));
  else if (cm_order_list_get_size (get_private (self)->orders) >= CM_ORDER_LIST_MAX)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _("Too much is asked of the exchange at once"));
  else
    return cm_order_new (get_exchange (self), cm_feed_get_source (CM_FEED (self)), command, error);

  return NULL;
}

static void
cm_exchange_feed_command_async (CmFeed              *feed,
                                const CmCommand     *command,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  CmExchangeFeed *self = CM_EXCHANGE_FEED (feed);
  CmExchangeFeedClass *klass = CM_EXCHANGE_FEED_GET_CLASS (self);
  g_autoptr(GTask) task = g_task_new (feed, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CmOrder) order = new_order (self, command, &error);
  g_autofree char *text = order != NULL ? klass->dup_order (self, order, &error) : NULL;

  g_task_set_source_tag (task, cm_exchange_feed_command_async);
  if (text == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    klass->give (self, cm_order_list_add (get_private (self)->orders, g_steal_pointer (&order), task), text);
}

static gboolean
cm_exchange_feed_command_finish (CmFeed        *feed,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cm_exchange_feed_dispose (GObject *object)
{
  cm_feed_stop (CM_FEED (object));

  G_OBJECT_CLASS (cm_exchange_feed_parent_class)->dispose (object);
}

static void
cm_exchange_feed_finalize (GObject *object)
{
  cm_order_list_free (get_private (CM_EXCHANGE_FEED (object))->orders);

  G_OBJECT_CLASS (cm_exchange_feed_parent_class)->finalize (object);
}

static void
cm_exchange_feed_class_init (CmExchangeFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmFeedClass *feed_class = CM_FEED_CLASS (klass);

  object_class->dispose = cm_exchange_feed_dispose;
  object_class->finalize = cm_exchange_feed_finalize;

  feed_class->start = cm_exchange_feed_start;
  feed_class->stop = cm_exchange_feed_stop;
  feed_class->get_actions = cm_exchange_feed_get_actions;
  feed_class->command_async = cm_exchange_feed_command_async;
  feed_class->command_finish = cm_exchange_feed_command_finish;
}

static void
cm_exchange_feed_init (CmExchangeFeed *self)
{
  get_private (self)->orders = cm_order_list_new ();
}

/**
 * cm_exchange_feed_send:
 * @self: a feed
 * @text: what goes to the exchange; it is not kept, and in no log
 */
void
cm_exchange_feed_send (CmExchangeFeed *self,
                       const char     *text)
{
  cm_feed_link_send (get_private (self)->link, text, strlen (text));
}

/**
 * cm_exchange_feed_begin:
 * @self: a feed that was let in
 *
 * The first time all that the exchange has is announced; after a loss only what
 * has changed meanwhile.
 */
void
cm_exchange_feed_begin (CmExchangeFeed *self)
{
  CmExchangeFeedPrivate *priv = get_private (self);

  if (!priv->announced)
    emit_status (self, CM_SOURCE_STATUS_RESYNC, NULL);
  priv->announced = TRUE;
}

/**
 * cm_exchange_feed_set_live:
 * @self: a feed that has the lists
 */
void
cm_exchange_feed_set_live (CmExchangeFeed *self)
{
  CmExchangeFeedPrivate *priv = get_private (self);

  if (is_live (self))
    return;

  cm_feed_link_accept (priv->link);
  priv->listed_at = g_get_monotonic_time ();
  emit_status (self, CM_SOURCE_STATUS_CONNECTED, NULL);
  cm_feed_set_status (CM_FEED (self), CM_FEED_LIVE, NULL);
}

/**
 * cm_exchange_feed_list_soon:
 * @self: a feed
 *
 * Asks for the lists again once it is quiet: the exchange does not tell all that
 * has come about.
 */
void
cm_exchange_feed_list_soon (CmExchangeFeed *self)
{
  CmExchangeFeedPrivate *priv = get_private (self);
  gint64 since = (g_get_monotonic_time () - priv->listed_at) / 1000;

  if (priv->list_id == 0 && is_live (self))
    priv->list_id = g_timeout_add ((guint) MAX (SETTLE, MIN_LIST - since), on_list, self);
}

/**
 * cm_exchange_feed_fail:
 * @self: a feed
 * @reason: one sentence without a secret
 *
 * Gives the connection up; it is tried again soon.
 */
void
cm_exchange_feed_fail (CmExchangeFeed *self,
                       const char     *reason)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, reason);

  cm_feed_link_lose (get_private (self)->link, error);
}

/**
 * cm_exchange_feed_forbid:
 * @self: a feed that was not let in
 * @words: why, in the exchange's own
 *
 * It is tried again, since somebody may set the account right, but not soon: who
 * asks too often is shut out.
 */
void
cm_exchange_feed_forbid (CmExchangeFeed *self,
                         const char     *words)
{
  CmExchangeFeedPrivate *priv = get_private (self);
  /* Translators: %s is what the exchange has said, in its own words. */
  g_autofree char *reason = g_strdup_printf (_("The exchange does not let us in: %s"), words);

  cm_feed_link_stop (priv->link);
  priv->resume_at = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  note_lost (self, reason);
}

/**
 * cm_exchange_feed_accept:
 * @self: a feed
 * @number: of an order
 * @job: (nullable): by what the exchange tells how the dialling goes
 */
void
cm_exchange_feed_accept (CmExchangeFeed *self,
                         guint           number,
                         const char     *job)
{
  cm_order_list_accept (get_private (self)->orders, number, job);
}

/**
 * cm_exchange_feed_refuse:
 * @self: a feed
 * @number: of an order
 * @words: why not, in the exchange's own; what is known by events goes before
 */
void
cm_exchange_feed_refuse (CmExchangeFeed *self,
                         guint           number,
                         const char     *words)
{
  cm_order_list_settle (get_private (self)->orders, get_exchange (self));
  cm_order_list_refuse (get_private (self)->orders, number, words);
}
