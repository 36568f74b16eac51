/* cm-retry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-retry.h"

static gboolean
on_time (gpointer user_data)
{
  CmRetry *self = user_data;

  self->id = 0;
  self->func (self->user_data);

  return G_SOURCE_REMOVE;
}

/**
 * cm_retry_after:
 * @self: what has failed
 * @least: not sooner than this, ms: so long the other side wants to be left alone
 * @func: tries again
 * @user_data: for @func
 *
 * Calls @func once, after a time that grows with each failure.
 */
void
cm_retry_after (CmRetry     *self,
                guint        least,
                CmRetryFunc  func,
                gpointer     user_data)
{
  guint delay;

  if (self->id != 0)
    return;

  self->func = func;
  self->user_data = user_data;
  self->delay = CLAMP (self->delay * 2, CM_RETRY_MIN, CM_RETRY_MAX);
  delay = (guint) g_random_int_range ((gint32) self->delay / 2, (gint32) self->delay + 1);
  self->id = g_timeout_add (least + MAX (delay, CM_RETRY_MIN), on_time, self);
}

/* As cm_retry_after(), where the other side does not say how long. */
void
cm_retry_later (CmRetry     *self,
                CmRetryFunc  func,
                gpointer     user_data)
{
  cm_retry_after (self, 0, func, user_data);
}

/**
 * cm_retry_reset:
 * @self: what has come about
 *
 * After the next failure it is tried again soon.
 */
void
cm_retry_reset (CmRetry *self)
{
  self->delay = 0;
}

/**
 * cm_retry_cancel:
 * @self: what is to be tried no more
 */
void
cm_retry_cancel (CmRetry *self)
{
  g_clear_handle_id (&self->id, g_source_remove);
  self->delay = 0;
}
