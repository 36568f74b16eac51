/* cm-watch-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-silence.h"
#include "watch/cm-watch-past.h"
#include "watch/cm-watch.h"

G_BEGIN_DECLS

/**
 * CmWatchPrivate:
 * @viewer: what is shown, and what the viewer wants of the attention rules
 * @now: the tracker's time, ms UTC
 * @delay: ms from the tracker's word to its being shown, or %CM_TIME_NONE
 * @skew: how far the tracker's clock is ahead, ms, or %CM_TIME_NONE
 * @is_unsaved: the tracker cannot put on disk what comes
 * @error: (nullable): why there is no connection
 * @silent: (element-type CmSilence): which sources do not answer now
 * @moment: of the past, ms UTC, or %CM_TIME_NONE
 */
typedef struct
{
  CmViewerList        viewer;
  CmWatchStatus       status;
  gint64              now;
  gint64              told_now; /* when it was notified last */
  gint64              delay;
  gint64              skew;
  guint               n_sources;
  gboolean            is_unsaved;
  char               *error;
  GPtrArray          *silent;
  CmWatchPast         past;
  gint64              moment;
} CmWatchPrivate;

CmWatchPrivate *cm_watch_get_private (CmWatch *self);

G_END_DECLS
