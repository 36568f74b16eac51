/* cm-watch-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch-past.h"
#include "watch/cm-watch.h"

G_BEGIN_DECLS

/**
 * CmWatchPrivate:
 * @now: the tracker's time, ms UTC
 * @delay: ms from the tracker's word to its being shown, or %CM_TIME_NONE
 * @skew: how far the tracker's clock is ahead, ms, or %CM_TIME_NONE
 * @is_unsaved: the tracker cannot put on disk what comes
 * @error: (nullable): why there is no connection
 * @moment: of the past, ms UTC, or %CM_TIME_NONE
 */
typedef struct
{
  CmConversationList *conversations;
  CmWatchStatus       status;
  gint64              now;
  gint64              told_now; /* when it was notified last */
  gint64              delay;
  gint64              skew;
  guint               n_sources;
  gboolean            is_unsaved;
  char               *error;
  CmWatchPast         past;
  gint64              moment;
} CmWatchPrivate;

CmWatchPrivate *cm_watch_get_private (CmWatch *self);

G_END_DECLS
