/* cm-recording-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-recording.h"

G_BEGIN_DECLS

typedef struct _CmRecordingFile CmRecordingFile;

CmRecordingFile *cm_recording_file_open      (GFile            *file,
                                              GError          **error);
void             cm_recording_file_free      (CmRecordingFile  *self);
CmRecording     *cm_recording_file_dup_head  (CmRecordingFile  *self);
gboolean         cm_recording_file_is_whole  (CmRecordingFile  *self);
CmRecording     *cm_recording_file_read_rest (CmRecordingFile  *self,
                                              GCancellable     *cancellable,
                                              GError          **error);
char            *cm_recording_file_dup_fault (CmRecordingFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRecordingFile, cm_recording_file_free)

G_END_DECLS
