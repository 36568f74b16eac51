/* cm-local-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracker.h"
#include "watch/cm-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_LOCAL_WATCH (cm_local_watch_get_type ())

/**
 * CmLocalWatchClass:
 * @changed: (nullable): a conversation has changed, as it was noted; %NULL for one
 *   that is no more
 * @is_shown: (nullable): whether a conversation belongs into the list; without it
 *   each does
 * @get_n_sources: (nullable): how many sources there are; without it all that the
 *   tracker has ever heard of
 *
 * A watch whose tracker runs in this process. Subclasses feed it.
 */
G_DECLARE_DERIVABLE_TYPE (CmLocalWatch, cm_local_watch, CM, LOCAL_WATCH, CmWatch)

struct _CmLocalWatchClass
{
  CmWatchClass parent_class;

  void  (* changed)       (CmLocalWatch     *self,
                           const char       *id,
                           const CmDocument *after);
  gboolean (* is_shown)   (CmLocalWatch     *self,
                           const CmDocument *document);
  guint (* get_n_sources) (CmLocalWatch     *self);
};

CmTracker *cm_local_watch_get_tracker (CmLocalWatch *self);
void       cm_local_watch_reset       (CmLocalWatch *self);
void       cm_local_watch_review      (CmLocalWatch *self);
void       cm_local_watch_look        (CmLocalWatch *self);
void       cm_local_watch_queue_flush (CmLocalWatch *self);
void       cm_local_watch_flush       (CmLocalWatch *self);

G_END_DECLS
