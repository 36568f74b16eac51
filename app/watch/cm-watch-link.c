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
