/* cm-recording.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/cm-event.h"

G_BEGIN_DECLS

#define CM_RECORDING_ERROR (cm_recording_error_quark ())

/* So many faults are kept in words; all are counted. */
#define CM_RECORDING_MAX_FAULTS 1000

typedef enum
{
  CM_RECORDING_ERROR_EMPTY,
  CM_RECORDING_ERROR_TOO_LARGE,
} CmRecordingError;

typedef struct _CmRecording CmRecording;

GQuark       cm_recording_error_quark   (void);
CmRecording *cm_recording_new_for_bytes (GBytes        *bytes,
                                         GError       **error);
CmRecording *cm_recording_copy          (CmRecording   *self);
void         cm_recording_free          (CmRecording   *self);
guint        cm_recording_get_n_events  (CmRecording   *self);
gint64       cm_recording_get_time      (CmRecording   *self,
                                         guint          i);
void         cm_recording_get_event     (CmRecording   *self,
                                         guint          i,
                                         CmEvent       *event);
guint        cm_recording_find          (CmRecording   *self,
                                         gint64         time);
char        *cm_recording_dup_line      (CmRecording   *self,
                                         guint          i);
guint64      cm_recording_get_n_faults  (CmRecording   *self);
const char  *cm_recording_get_fault     (CmRecording   *self,
                                         guint          i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRecording, cm_recording_free)

G_END_DECLS
