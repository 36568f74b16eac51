/* cm-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch.h"

#include "core/cm-time.h"
#include "watch/cm-watch-enum-types.h"

typedef struct
{
  CmConversationList *conversations;
  CmWatchStatus       status;
  gint64              now;
  guint               n_sources;
} CmWatchPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmWatch, cm_watch, G_TYPE_OBJECT)

/* How far the time must go before it is told again, ms. */
#define NOW_STEP 250

enum
{
  PROP_0,
  PROP_STATUS,
  PROP_NOW,
  PROP_N_SOURCES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static CmWatchPrivate *
get_private (CmWatch *self)
{
  return cm_watch_get_instance_private (self);
}

static void
cm_watch_finalize (GObject *object)
{
  CmWatchPrivate *priv = get_private (CM_WATCH (object));

  g_object_unref (priv->conversations);

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
      g_value_set_enum (value, priv->status);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, priv->now);
      break;
    case PROP_N_SOURCES:
      g_value_set_uint (value, priv->n_sources);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_watch_class_init (CmWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_watch_finalize;
  object_class->get_property = cm_watch_get_property;

  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, CM_TYPE_WATCH_STATUS, CM_WATCH_CONNECTING,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SOURCES] =
    g_param_spec_uint ("n-sources", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_watch_init (CmWatch *self)
{
  CmWatchPrivate *priv = get_private (self);

  priv->conversations = cm_conversation_list_new ();
  priv->now = CM_TIME_NONE;
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

  return get_private (self)->conversations;
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

  return get_private (self)->status;
}

/**
 * cm_watch_get_now:
 * @self: a watch
 *
 * Returns: the tracker's time, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_watch_get_now (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_TIME_NONE);

  return get_private (self)->now;
}

/**
 * cm_watch_get_n_sources:
 * @self: a watch
 *
 * Returns: how many sources report to the tracker
 */
guint
cm_watch_get_n_sources (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), 0);

  return get_private (self)->n_sources;
}

/**
 * cm_watch_why_not_rejoin:
 * @self: a watch
 * @leg: a leg's id
 *
 * Returns: (nullable) (transfer full): why the leg cannot be rejoined, as a
 *   translated sentence; %NULL where it can
 */
char *
cm_watch_why_not_rejoin (CmWatch    *self,
                         const char *leg)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  return CM_WATCH_GET_CLASS (self)->why_not_rejoin (self, leg);
}

/**
 * cm_watch_rejoin_async:
 * @self: a watch
 * @leg: a leg's id
 * @cancellable: (nullable): to give up waiting
 * @callback: called when the source has taken the command, or refused it
 * @user_data: for @callback
 *
 * Asks the source that reported the leg to join its call again. That it did is
 * only what the conversation then shows.
 */
void
cm_watch_rejoin_async (CmWatch             *self,
                       const char          *leg,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (CM_IS_WATCH (self));

  CM_WATCH_GET_CLASS (self)->rejoin_async (self, leg, cancellable, callback, user_data);
}

/**
 * cm_watch_rejoin_finish:
 * @self: a watch
 * @result: what the callback got
 * @error: where the refusal goes, in words
 *
 * Returns: whether the command was taken
 */
gboolean
cm_watch_rejoin_finish (CmWatch       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (CM_IS_WATCH (self), FALSE);

  return CM_WATCH_GET_CLASS (self)->rejoin_finish (self, result, error);
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/**
 * cm_watch_set_now:
 * @self: a watch
 * @now: the tracker's time, ms UTC
 *
 * Tells it only now and then: ages are shown in seconds.
 */
void
cm_watch_set_now (CmWatch *self,
                  gint64   now)
{
  CmWatchPrivate *priv = get_private (self);

  if (priv->now != CM_TIME_NONE && now >= priv->now && now - priv->now < NOW_STEP)
    return;

  priv->now = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

/**
 * cm_watch_set_n_sources:
 * @self: a watch
 * @n_sources: how many sources report to the tracker
 */
void
cm_watch_set_n_sources (CmWatch *self,
                        guint    n_sources)
{
  CmWatchPrivate *priv = get_private (self);

  if (priv->n_sources == n_sources)
    return;

  priv->n_sources = n_sources;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SOURCES]);
}
