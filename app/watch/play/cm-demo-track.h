/* cm-demo-track.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-recording.h"
#include "tracker/cm-tracker.h"
#include "watch/play/cm-demo-answers.h"

G_BEGIN_DECLS

typedef struct _CmDemoTrack CmDemoTrack;

CmDemoTrack *cm_demo_track_new   (const char    *name,
                                  gint64         begin);
void         cm_demo_track_free  (CmDemoTrack   *self);
gboolean     cm_demo_track_play  (CmDemoTrack   *self,
                                  CmTracker     *tracker,
                                  CmDemoAnswers *answers,
                                  gint64         round,
                                  gint64         start,
                                  gint64         now);
void         cm_demo_track_close (CmDemoTrack   *self,
                                  CmTracker     *tracker,
                                  gint64         round,
                                  gint64         now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmDemoTrack, cm_demo_track_free)

G_END_DECLS
