/* cm-playback-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/play/cm-playback-loader.h"
#include "watch/play/cm-playback.h"

G_BEGIN_DECLS

/* A long recording is read and tracked to its end beside the playing, and shown from
 * the history of that as far as that is. A short one is soon tracked anew. */
struct _CmPlayback
{
  CmLocalWatch  parent_instance;

  CmRecording  *recording;
  char         *title;
  guint         next;     /* the first event that has not been played */
  double        position; /* ms from the recording's start */
  double        wanted;   /* where to go when that is ready, or -1 */
  double        speed;
  gboolean      any_speed; /* it is ours to choose */
  gint64        ticked;   /* monotonic, µs */
  guint         tick_id;

  CmPlaybackLoader *loader; /* (nullable): as long as there is more to come */
  CmPlaybackIndex  *index;  /* (nullable) */
  char             *fault;  /* (nullable) */
  guint             poll_id;
  double            ready;  /* up to where it can be shown meanwhile, ms from its start */
  gboolean          leads;  /* the history does */
};

void   cm_playback_load         (CmPlayback      *self,
                                 CmRecordingFile *file);
void   cm_playback_choose_speed (CmPlayback      *self);
double cm_playback_get_lowest   (CmPlayback      *self);
void   cm_playback_move_to      (CmPlayback      *self,
                                 double           position);

G_END_DECLS
