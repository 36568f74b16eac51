/* cm-playback-index.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-recording.h"
#include "journal/cm-history.h"
#include "journal/cm-timeline-set.h"

G_BEGIN_DECLS

/**
 * CmPlaybackIndex:
 * @history: all of the recording
 * @timelines: likewise
 * @attention: (element-type gint64): when something begins to need attention, ms
 *   UTC, ascending
 * @n_sources: how many sources report in it
 *
 * A recording that has been tracked to its end.
 */
typedef struct
{
  CmHistory     *history;
  CmTimelineSet *timelines;
  GArray        *attention;
  guint          n_sources;
} CmPlaybackIndex;

CmPlaybackIndex *cm_playback_index_new   (CmRecording  *recording,
                                          GCancellable *cancellable);
void             cm_playback_index_free  (CmPlaybackIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPlaybackIndex, cm_playback_index_free)

G_END_DECLS
