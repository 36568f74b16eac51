/* cm-playback-index.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-recording.h"
#include "journal/cm-history.h"
#include "journal/cm-stage-times.h"
#include "journal/cm-timeline-set.h"

G_BEGIN_DECLS

/**
 * CmPlaybackIndex:
 * @history: what was tracked, within the bound of a history
 * @timelines: likewise; the indexer goes on with the same ones
 * @times: what the steps of escalations have taken
 * @attention: (element-type gint64): when something begins to need attention, ms
 *   UTC, ascending
 * @n_sources: how many sources report in it
 * @from: from when on it knows all, ms UTC; %CM_TIME_NONE where that is the beginning
 * @until: up to when it knows all, ms UTC
 *
 * A recording that has been tracked, to its end or so far.
 */
typedef struct
{
  CmHistory     *history;
  CmTimelineSet *timelines;
  CmStageTimes  *times;
  GArray        *attention;
  guint          n_sources;
  gint64         from;
  gint64         until;
} CmPlaybackIndex;

typedef struct _CmPlaybackIndexer CmPlaybackIndexer;

CmPlaybackIndex   *cm_playback_index_new      (CmRecording       *recording);
void               cm_playback_index_free     (CmPlaybackIndex   *self);

CmPlaybackIndexer *cm_playback_indexer_new    (CmRecording       *recording);
void               cm_playback_indexer_free   (CmPlaybackIndexer *self);
gboolean           cm_playback_indexer_go_on  (CmPlaybackIndexer *self,
                                               guint              n_events);
CmPlaybackIndex   *cm_playback_indexer_dup    (CmPlaybackIndexer *self);
CmPlaybackIndex   *cm_playback_indexer_finish (CmPlaybackIndexer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPlaybackIndex, cm_playback_index_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPlaybackIndexer, cm_playback_indexer_free)

G_END_DECLS
