/* cm-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-private.h"

#include <glib/gi18n.h>

#include "core/cm-time.h"
#include "watch/cm-watch-enum-types.h"

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmWatch, cm_watch, G_TYPE_OBJECT)

/* How far the time must go before it is told again, ms. */
#define NOW_STEP 250

enum
{
  PROP_0,
  PROP_STATUS,
  PROP_NOW,
  PROP_N_SOURCES,
  PROP_UNSAVED,
  PROP_DELAY,
  PROP_SKEW,
  PROP_ERROR,
  PROP_MOMENT,
  PROP_PAST,
  PROP_HISTORY_START,
  PROP_HISTORY_END,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static CmWatchPrivate *
get_private (CmWatch *self)
{
  return cm_watch_get_instance_private (self);
}

static void
notify_history (CmWatch *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY_START]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY_END]);
}

static void
tell_now (CmWatch *self)
{
  CmWatchPrivate *priv = get_private (self);

  priv->told_now = priv->now;
  if (priv->moment == CM_TIME_NONE)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
  if (priv->past.history != NULL)
    notify_history (self);
}

static void
cm_watch_finalize (GObject *object)
{
  CmWatchPrivate *priv = get_private (CM_WATCH (object));

  cm_watch_past_clear (&priv->past);
  cm_viewer_list_clear (&priv->viewer);
  g_ptr_array_unref (priv->silent);
  g_free (priv->error);

  G_OBJECT_CLASS (cm_watch_parent_class)->finalize (object);
}

static void
cm_watch_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  CmWatchPrivate *priv = get_private (CM_WATCH (object));

  switch (prop_id)
    {
    case PROP_STATUS:
      g_value_set_enum (value, cm_watch_get_status (CM_WATCH (object)));
      break;
    case PROP_NOW:
      g_value_set_int64 (value, cm_watch_get_now (CM_WATCH (object)));
      break;
    case PROP_ERROR:
      g_value_set_string (value, priv->error);
      break;
    case PROP_MOMENT:
      g_value_set_int64 (value, priv->moment);
      break;
    case PROP_PAST:
      g_value_set_boolean (value, priv->moment != CM_TIME_NONE);
      break;
    case PROP_HISTORY_START:
      g_value_set_int64 (value, cm_watch_past_get_start (&priv->past));
      break;
    case PROP_HISTORY_END:
      g_value_set_int64 (value, cm_watch_past_get_end (&priv->past, priv->now));
      break;
    case PROP_N_SOURCES:
      g_value_set_uint (value, priv->n_sources);
      break;
    case PROP_UNSAVED:
      g_value_set_boolean (value, priv->is_unsaved);
      break;
    case PROP_DELAY:
      g_value_set_int64 (value, priv->delay);
      break;
    case PROP_SKEW:
      g_value_set_int64 (value, priv->skew);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_watch_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_MOMENT:
      cm_watch_set_moment (CM_WATCH (object), g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_history_properties (void)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_MOMENT] =
    g_param_spec_int64 ("moment", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE,
                        flags | G_PARAM_WRITABLE);
  properties[PROP_PAST] = g_param_spec_boolean ("past", NULL, NULL, FALSE, flags);
  properties[PROP_HISTORY_START] =
    g_param_spec_int64 ("history-start", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_HISTORY_END] =
    g_param_spec_int64 ("history-end", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
}

static void
install_clock_properties (void)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DELAY] =
    g_param_spec_int64 ("delay", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_SKEW] =
    g_param_spec_int64 ("skew", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
}

static void
cm_watch_class_init (CmWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_watch_finalize;
  object_class->get_property = cm_watch_get_property;
  object_class->set_property = cm_watch_set_property;

  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, CM_TYPE_WATCH_STATUS, CM_WATCH_CONNECTING,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SOURCES] =
    g_param_spec_uint ("n-sources", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_UNSAVED] =
    g_param_spec_boolean ("unsaved", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  install_clock_properties ();
  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  install_history_properties ();

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_watch_init (CmWatch *self)
{
  CmWatchPrivate *priv = get_private (self);

  cm_viewer_list_init (&priv->viewer);
  priv->silent = cm_silences_new ();
  cm_watch_past_init (&priv->past, &priv->viewer);
  priv->now = CM_TIME_NONE;
  priv->told_now = CM_TIME_NONE;
  priv->delay = CM_TIME_NONE;
  priv->skew = CM_TIME_NONE;
  priv->moment = CM_TIME_NONE;
}

/**
 * cm_watch_get_conversations:
 * @self: a watch
 *
 * Returns: (transfer none): what the tracker knows, always the same list
 */
CmConversationList *
cm_watch_get_conversations (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  return get_private (self)->viewer.list;
}

/**
 * cm_watch_get_status:
 * @self: a watch
 *
 * Returns: whether what is shown is so
 */
CmWatchStatus
cm_watch_get_status (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_WATCH_CONNECTING);

  return get_private (self)->moment == CM_TIME_NONE ? get_private (self)->status : CM_WATCH_PAUSED;
}

/**
 * cm_watch_get_now:
 * @self: a watch
 *
 * Returns: the tracker's time, or the moment that is shown, ms UTC; or %CM_TIME_NONE
 */
gint64
cm_watch_get_now (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_TIME_NONE);

  return get_private (self)->moment == CM_TIME_NONE ? get_private (self)->now
                                                    : get_private (self)->moment;
}

/**
 * cm_watch_get_actions:
 * @self: a watch
 * @leg: a leg's id
 *
 * Returns: what the leg's source takes as commands; what it does not take is not
 *   even offered
 */
CmActions
cm_watch_get_actions (CmWatch    *self,
                      const char *leg)
{
  g_return_val_if_fail (CM_IS_WATCH (self), 0);

  return CM_WATCH_GET_CLASS (self)->get_actions != NULL
    ? CM_WATCH_GET_CLASS (self)->get_actions (self, leg)
    : 0;
}

/**
 * cm_watch_why_not:
 * @self: a watch
 * @command: what is to be done
 *
 * Returns: (nullable) (transfer full): why it cannot be done now, as a translated
 *   sentence; %NULL where it can
 */
char *
cm_watch_why_not (CmWatch         *self,
                  const CmCommand *command)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  if (get_private (self)->moment != CM_TIME_NONE)
    return command->action == CM_ACTION_REJOIN
      ? g_strdup (_("This is the past: return to live to rejoin the call"))
      : g_strdup (_("This is the past: return to live to do that"));

  return CM_WATCH_GET_CLASS (self)->why_not (self, command);
}

/**
 * cm_watch_command_async:
 * @self: a watch
 * @command: what is to be done
 * @cancellable: (nullable): to give up waiting
 * @callback: (nullable): called when the source has taken the command, or refused it
 * @user_data: for @callback
 *
 * Asks the source that reported the leg. That it was done is only what the
 * conversation then shows.
 */
void
cm_watch_command_async (CmWatch             *self,
                        const CmCommand     *command,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autofree char *refusal = NULL;

  g_return_if_fail (CM_IS_WATCH (self));

  refusal = cm_watch_why_not (self, command);
  if (refusal == NULL && CM_WATCH_GET_CLASS (self)->command_async != NULL)
    CM_WATCH_GET_CLASS (self)->command_async (self, command, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, cm_watch_command_async, G_IO_ERROR,
                             G_IO_ERROR_NOT_SUPPORTED, "%s", refusal != NULL ? refusal : _("The source takes no commands"));
}

/**
 * cm_watch_command_finish:
 * @self: a watch
 * @result: what the callback got
 * @error: where the refusal goes, in words
 *
 * Returns: whether the command was taken
 */
gboolean
cm_watch_command_finish (CmWatch       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (CM_IS_WATCH (self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * cm_watch_set_status:
 * @self: a watch
 * @status: whether what is shown is so
 */
void
cm_watch_set_status (CmWatch       *self,
                     CmWatchStatus  status)
{
  CmWatchPrivate *priv = get_private (self);

  if (priv->status == status)
    return;

  priv->status = status;
  if (priv->told_now != priv->now)
    tell_now (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/**
 * cm_watch_set_now:
 * @self: a watch
 * @now: the tracker's time, ms UTC
 *
 * Tells it only now and then, and where the status changes: ages are shown in seconds.
 */
void
cm_watch_set_now (CmWatch *self,
                  gint64   now)
{
  CmWatchPrivate *priv = get_private (self);

  priv->now = now;
  cm_viewer_list_set_now (&priv->viewer, cm_watch_get_now (self));
  if (priv->told_now == CM_TIME_NONE || now < priv->told_now || now - priv->told_now >= NOW_STEP)
    tell_now (self);
}

/**
 * cm_watch_set_clock:
 * @self: a watch
 * @delay: ms from the tracker's word to its being shown, or %CM_TIME_NONE
 * @skew: how far the tracker's clock is ahead of this computer's, ms, or
 *   %CM_TIME_NONE where that is not known
 */
void
cm_watch_set_clock (CmWatch *self,
                    gint64   delay,
                    gint64   skew)
{
  CmWatchPrivate *priv = get_private (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (priv->delay != delay)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELAY]);
  if (priv->skew != skew)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SKEW]);
  priv->delay = delay;
  priv->skew = skew;
  g_object_thaw_notify (G_OBJECT (self));
}

/* Returns: ms from the tracker's word to its being shown, or %CM_TIME_NONE */
gint64
cm_watch_get_delay (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_TIME_NONE);

  return get_private (self)->delay;
}

/* Returns: how far the tracker's clock is ahead, ms, or %CM_TIME_NONE */
gint64
cm_watch_get_skew (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_TIME_NONE);

  return get_private (self)->skew;
}

/* For this class's other files. Returns: (transfer none): what a watch holds */
CmWatchPrivate *
cm_watch_get_private (CmWatch *self)
{
  return get_private (self);
}
