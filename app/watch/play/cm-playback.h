/* cm-playback.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-recording.h"
#include "watch/cm-local-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_PLAYBACK (cm_playback_get_type ())

/* A recording, played through the real tracker.
 *
 * Properties, all notified: "playing" (gboolean, rw), "speed" (gdouble, rw,
 * 0.5-60; 1 is the recording's own), "position" (gint64, ms from the recording's
 * start, rw: setting it seeks), "duration" (gint64, ms), "n-faults" (guint: the
 * lines that were skipped), "title" (the file's name), "indexed" (gboolean: it has
 * been tracked to its end, so that any moment is reached at once), "loading" (utf8: how much of it can be
 * shown by now, and what became of its file, in words). Playing on from the end starts
 * over. */
G_DECLARE_FINAL_TYPE (CmPlayback, cm_playback, CM, PLAYBACK, CmLocalWatch)

#define CM_PLAYBACK_MIN_SPEED 0.5
#define CM_PLAYBACK_MAX_SPEED 60.0

CmPlayback *cm_playback_new          (GFile       *file,
                                      double       speed,
                                      GError     **error);
gboolean    cm_playback_get_playing  (CmPlayback  *self);
void        cm_playback_set_playing  (CmPlayback  *self,
                                      gboolean     playing);
double      cm_playback_get_speed    (CmPlayback  *self);
void        cm_playback_set_speed    (CmPlayback  *self,
                                      double       speed);
gint64      cm_playback_get_position (CmPlayback  *self);
void        cm_playback_set_position (CmPlayback  *self,
                                      gint64       position);
gint64      cm_playback_get_duration (CmPlayback  *self);
void        cm_playback_step         (CmPlayback  *self,
                                      gboolean     back);
gboolean    cm_playback_go_to_attention
                                     (CmPlayback  *self);
GArray     *cm_playback_get_attention (CmPlayback *self);
CmRecording *cm_playback_get_recording (CmPlayback *self);
guint       cm_playback_get_n_faults (CmPlayback  *self);
char       *cm_playback_dup_fault    (CmPlayback  *self,
                                      guint        i);
char       *cm_playback_dup_loading  (CmPlayback  *self);
gboolean    cm_playback_is_loading   (CmPlayback  *self);

G_END_DECLS
