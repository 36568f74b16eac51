/* cm-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feed.h"

#include <glib/gi18n.h>

#include "feeds/cm-feed-enum-types.h"

typedef struct
{
  CmFeedConfig     *config;
  char             *source;
  CmFeedStatus      status;
  char             *error;
  gint64            lag;
  CmEventFunc       event_func;
  CmEventFaultFunc  fault_func;
  gpointer          user_data;
} CmFeedPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmFeed, cm_feed, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CONFIG,
  PROP_NAME,
  PROP_SOURCE,
  PROP_STATUS,
  PROP_LAG,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static CmFeedPrivate *
get_private (CmFeed *self)
{
  return cm_feed_get_instance_private (self);
}

static void
cm_feed_finalize (GObject *object)
{
  CmFeedPrivate *priv = get_private (CM_FEED (object));

  g_clear_pointer (&priv->config, cm_feed_config_unref);
  g_free (priv->source);
  g_free (priv->error);

  G_OBJECT_CLASS (cm_feed_parent_class)->finalize (object);
}

static void
cm_feed_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  CmFeedPrivate *priv = get_private (CM_FEED (object));

  switch (prop_id)
    {
    case PROP_CONFIG:
      g_value_set_boxed (value, priv->config);
      break;
    case PROP_NAME:
      g_value_set_string (value, cm_feed_config_get_name (priv->config));
      break;
    case PROP_SOURCE:
      g_value_set_string (value, priv->source);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, priv->status);
      break;
    case PROP_LAG:
      g_value_set_int64 (value, priv->lag);
      break;
    case PROP_ERROR:
      g_value_set_string (value, priv->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_feed_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  CmFeedPrivate *priv = get_private (CM_FEED (object));

  switch (prop_id)
    {
    case PROP_CONFIG:
      priv->config = g_value_dup_boxed (value);
      priv->source = cm_feed_config_dup_source (priv->config);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_feed_class_init (CmFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags bindable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = cm_feed_finalize;
  object_class->get_property = cm_feed_get_property;
  object_class->set_property = cm_feed_set_property;

  properties[PROP_CONFIG] = g_param_spec_boxed ("config", NULL, NULL, CM_TYPE_FEED_CONFIG, construct);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, bindable);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, bindable);
  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, CM_TYPE_FEED_STATUS, CM_FEED_OFF, bindable);
  properties[PROP_LAG] = g_param_spec_int64 ("lag", NULL, NULL, -1, G_MAXINT64, -1, bindable);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, bindable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_feed_init (CmFeed *self)
{
  get_private (self)->lag = -1;
}

/* Returns: (transfer none): what it was told */
CmFeedConfig *
cm_feed_get_config (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), NULL);

  return get_private (self)->config;
}

/* Returns: (transfer none): its name in the configuration */
const char *
cm_feed_get_name (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), NULL);

  return cm_feed_config_get_name (get_private (self)->config);
}

/* Returns: (transfer none): the id of the source that its events come from */
const char *
cm_feed_get_source (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), NULL);

  return get_private (self)->source;
}

CmFeedStatus
cm_feed_get_status (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), CM_FEED_OFF);

  return get_private (self)->status;
}

/* Returns: how old an event was when it came, ms; -1 where that is not known */
gint64
cm_feed_get_lag (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), -1);

  return get_private (self)->lag;
}

/* Returns: (nullable) (transfer none): why it is not live, one sentence */
const char *
cm_feed_get_error (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), NULL);

  return get_private (self)->error;
}

/**
 * cm_feed_set_sink:
 * @self: a feed
 * @event_func: (nullable): called for each event, in order; the event is good for
 *   the call only
 * @fault_func: (nullable): called for each record that is skipped
 * @user_data: for both
 */
void
cm_feed_set_sink (CmFeed           *self,
                  CmEventFunc       event_func,
                  CmEventFaultFunc  fault_func,
                  gpointer          user_data)
{
  CmFeedPrivate *priv = get_private (self);

  priv->event_func = event_func;
  priv->fault_func = fault_func;
  priv->user_data = user_data;
}

/**
 * cm_feed_emit:
 * @self: a feed that is not off
 * @event: an event, whole
 */
void
cm_feed_emit (CmFeed        *self,
              const CmEvent *event)
{
  CmFeedPrivate *priv = get_private (self);

  if (priv->status != CM_FEED_OFF && priv->event_func != NULL)
    priv->event_func (event, 0, priv->user_data);
}

static void
emit_status (CmFeed         *self,
             CmSourceStatus  status,
             const char     *reason)
{
  CmEvent event = {
    .at = g_get_real_time () / 1000,
    .source = cm_text_from_string (get_private (self)->source),
    .kind = CM_EVENT_SOURCE_STATUS_CHANGED,
    .source_status = { CM_VALUE_ENUM, TRUE, status, CM_TEXT_NONE },
    .reason = cm_text_from_string (reason),
  };

  cm_feed_emit (self, &event);
}

/**
 * cm_feed_start:
 * @self: a feed that is off
 *
 * Connects, and connects again after each loss, until cm_feed_stop().
 */
void
cm_feed_start (CmFeed *self)
{
  g_return_if_fail (CM_IS_FEED (self));

  if (get_private (self)->status != CM_FEED_OFF)
    return;

  cm_feed_set_status (self, CM_FEED_CONNECTING, NULL);
  CM_FEED_GET_CLASS (self)->start (self);
}

/**
 * cm_feed_stop:
 * @self: a feed
 *
 * Lets the system go. No event comes after this.
 */
void
cm_feed_stop (CmFeed *self)
{
  g_return_if_fail (CM_IS_FEED (self));

  if (get_private (self)->status == CM_FEED_OFF)
    return;

  CM_FEED_GET_CLASS (self)->stop (self);
  if (get_private (self)->status == CM_FEED_LIVE)
    emit_status (self, CM_SOURCE_STATUS_LOST, "it is no longer followed");
  cm_feed_set_status (self, CM_FEED_OFF, NULL);
}

/* Returns: what the system can be asked to do */
CmActions
cm_feed_get_actions (CmFeed *self)
{
  g_return_val_if_fail (CM_IS_FEED (self), 0);

  return CM_FEED_GET_CLASS (self)->get_actions != NULL ? CM_FEED_GET_CLASS (self)->get_actions (self) : 0;
}

/**
 * cm_feed_command_async:
 * @self: a feed
 * @command: what is to be done
 * @cancellable: (nullable): to give up waiting
 * @callback: called when the system has taken the command, or refused it
 * @user_data: for @callback
 */
void
cm_feed_command_async (CmFeed              *self,
                       const CmCommand     *command,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (CM_IS_FEED (self));

  if (cm_actions_contain (cm_feed_get_actions (self), command->action))
    CM_FEED_GET_CLASS (self)->command_async (self, command, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, cm_feed_command_async, G_IO_ERROR,
                             G_IO_ERROR_NOT_SUPPORTED, "%s", _("The source does not take this command"));
}

/**
 * cm_feed_command_finish:
 * @self: a feed
 * @result: what the callback got
 * @error: where the refusal goes, in the system's own words
 *
 * Returns: whether the system has taken the command
 */
gboolean
cm_feed_command_finish (CmFeed        *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (CM_IS_FEED (self), FALSE);

  if (g_async_result_is_tagged (result, cm_feed_command_async))
    return g_task_propagate_boolean (G_TASK (result), error);

  return CM_FEED_GET_CLASS (self)->command_finish (self, result, error);
}

static void
tell_status (CmFeed       *self,
             CmFeedStatus  status)
{
  if (status == CM_FEED_LIVE)
    emit_status (self, CM_SOURCE_STATUS_CONNECTED, NULL);
  else if (status == CM_FEED_LOST)
    emit_status (self, CM_SOURCE_STATUS_LOST, get_private (self)->error);
}

/**
 * cm_feed_begin_resync:
 * @self: a feed that is about to say all that the system knows
 *
 * What is not mentioned before %CM_FEED_LIVE is set is over.
 */
void
cm_feed_begin_resync (CmFeed *self)
{
  emit_status (self, CM_SOURCE_STATUS_RESYNC, NULL);
}

/**
 * cm_feed_set_status:
 * @self: a feed
 * @status: how it is
 * @error: (nullable): why it is not live, one sentence without a secret
 *
 * Those who watch are told by an event as well.
 */
void
cm_feed_set_status (CmFeed       *self,
                    CmFeedStatus  status,
                    const char   *error)
{
  CmFeedPrivate *priv = get_private (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (priv->error, error) != 0)
    {
      g_free (priv->error);
      priv->error = g_strdup (error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  if (priv->status != status)
    {
      priv->status = status;
      tell_status (self, status);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * cm_feed_note_reached:
 * @self: a feed
 *
 * Something answers where the system is to be. After a loss that says nothing new:
 * only that it is live again does.
 */
void
cm_feed_note_reached (CmFeed *self)
{
  if (get_private (self)->status == CM_FEED_CONNECTING)
    cm_feed_set_status (self, CM_FEED_REACHED, NULL);
}

/**
 * cm_feed_set_lag:
 * @self: a feed
 * @lag: how old the last event was when it came, ms; -1 where that is not known
 */
void
cm_feed_set_lag (CmFeed *self,
                 gint64  lag)
{
  CmFeedPrivate *priv = get_private (self);

  lag = MAX (lag, -1);
  if (priv->lag == lag)
    return;

  priv->lag = lag;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAG]);
}

/**
 * cm_feed_fault:
 * @self: a feed
 * @fault: a record that is skipped, and why
 */
void
cm_feed_fault (CmFeed             *self,
               const CmEventFault *fault)
{
  CmFeedPrivate *priv = get_private (self);

  if (priv->fault_func != NULL)
    priv->fault_func (fault, priv->user_data);
}

/* A source that is followed here loses no events on the way, and a number of its
 * own would begin anew with each start. */
static void
on_event (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  CmEvent unnumbered = *event;

  unnumbered.has_seq = FALSE;
  cm_feed_set_lag (user_data, MAX (g_get_real_time () / 1000 - event->at, 0));
  cm_feed_emit (user_data, &unnumbered);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  cm_feed_fault (user_data, fault);
}

/**
 * cm_feed_take_decoder:
 * @self: a feed
 * @decoder: what turns the system's records into events; it must not outlive
 *   the feed
 *
 * Whatever the decoder says is said by the feed from here on.
 */
void
cm_feed_take_decoder (CmFeed    *self,
                      CmDecoder *decoder)
{
  cm_decoder_set_sink (decoder, on_event, on_fault, self);
}
