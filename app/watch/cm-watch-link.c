/* cm-watch-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-private.h"

/**
 * cm_watch_has_link:
 * @self: a watch
 *
 * Returns: whether the tracker is elsewhere, and can be lost
 */
gboolean
cm_watch_has_link (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), FALSE);

  return CM_WATCH_GET_CLASS (self)->reconnect != NULL;
}

/**
 * cm_watch_reconnect:
 * @self: a watch
 *
 * Tries at once, and does not wait until the next try is due; nothing where there
 * is a connection, or none is needed.
 */
void
cm_watch_reconnect (CmWatch *self)
{
  g_return_if_fail (CM_IS_WATCH (self));

  if (cm_watch_has_link (self))
    CM_WATCH_GET_CLASS (self)->reconnect (self);
}

/**
 * cm_watch_get_error:
 * @self: a watch
 *
 * Returns: (nullable) (transfer none): why there is no connection to the tracker, in
 *   words; %NULL while there is one, or none is needed
 */
const char *
cm_watch_get_error (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), NULL);

  return cm_watch_get_private (self)->error;
}

/**
 * cm_watch_set_error:
 * @self: a watch
 * @error: (nullable): why there is no connection to the tracker
 */
void
cm_watch_set_error (CmWatch    *self,
                    const char *error)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (g_strcmp0 (priv->error, error) == 0)
    return;

  g_free (priv->error);
  priv->error = g_strdup (error);
  g_object_notify (G_OBJECT (self), "error");
}

/* Returns: how many sources report to the tracker */
guint
cm_watch_get_n_sources (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), 0);

  return cm_watch_get_private (self)->n_sources;
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
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->n_sources == n_sources)
    return;

  priv->n_sources = n_sources;
  g_object_notify (G_OBJECT (self), "n-sources");
}

/* Returns: whether the tracker cannot put on disk what comes; it is as live as ever */
gboolean
cm_watch_get_unsaved (CmWatch *self)
{
  g_return_val_if_fail (CM_IS_WATCH (self), FALSE);

  return cm_watch_get_private (self)->is_unsaved;
}

/**
 * cm_watch_set_unsaved:
 * @self: a watch
 * @is_unsaved: the tracker has said that it cannot put on disk what comes
 */
void
cm_watch_set_unsaved (CmWatch  *self,
                      gboolean  is_unsaved)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  if (priv->is_unsaved == is_unsaved)
    return;

  priv->is_unsaved = is_unsaved;
  g_object_notify (G_OBJECT (self), "unsaved");
}
