/* cm-playback-loader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-recording-file.h"
#include "watch/play/cm-playback-index.h"

G_BEGIN_DECLS

typedef struct _CmPlaybackLoader CmPlaybackLoader;

/**
 * CmPlaybackPart:
 * @recording: (nullable): the whole of it, when it has been read
 * @index: (nullable): what is ready of it by now
 * @fault: (nullable): what became of the file, in words
 * @complete: there is nothing more to come
 *
 * What a loader has that it had not before.
 */
typedef struct
{
  CmRecording     *recording;
  CmPlaybackIndex *index;
  char            *fault;
  gboolean         complete;
} CmPlaybackPart;

CmPlaybackLoader *cm_playback_loader_new   (CmRecordingFile  *file);
void              cm_playback_loader_free  (CmPlaybackLoader *self);
void              cm_playback_loader_start (CmPlaybackLoader *self);
gboolean          cm_playback_loader_take  (CmPlaybackLoader *self,
                                            CmPlaybackPart   *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPlaybackLoader, cm_playback_loader_free)

G_END_DECLS
