/* cm-playback-lines.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-playback.h"

static gint64
get_start (CmPlayback *self)
{
  return cm_recording_get_time (cm_playback_get_recording (self), 0);
}

static gint64
get_time (CmPlayback *self)
{
  return get_start (self) + cm_playback_get_position (self);
}

/**
 * cm_playback_step:
 * @self: a recording
 * @back: whether to the event before, not the next one
 *
 * Pauses at another event. Events of the same time are one step.
 */
void
cm_playback_step (CmPlayback *self,
                  gboolean    back)
{
  CmRecording *recording;
  guint i;

  g_return_if_fail (CM_IS_PLAYBACK (self));

  recording = cm_playback_get_recording (self);
  cm_playback_set_playing (self, FALSE);
  i = cm_recording_find (recording, back ? get_time (self) - 1 : get_time (self));
  if (back && i > 0)
    i--;
  if (i < cm_recording_get_n_events (recording))
    cm_playback_set_position (self, cm_recording_get_time (recording, i) - get_start (self));
}

/**
 * cm_playback_go_to_attention:
 * @self: a recording
 *
 * Pauses where the next time something begins to need attention.
 *
 * Returns: whether there is such a place from here on
 */
gboolean
cm_playback_go_to_attention (CmPlayback *self)
{
  GArray *times;

  g_return_val_if_fail (CM_IS_PLAYBACK (self), FALSE);

  times = cm_playback_get_attention (self);
  for (guint i = 0; times != NULL && i < times->len; i++)
    {
      gint64 time = g_array_index (times, gint64, i);

      if (time <= get_time (self))
        continue;

      cm_playback_set_playing (self, FALSE);
      cm_playback_set_position (self, time - get_start (self));
      return TRUE;
    }

  return FALSE;
}

/**
 * cm_playback_get_duration:
 * @self: a recording
 *
 * Returns: how long it is, ms
 */
gint64
cm_playback_get_duration (CmPlayback *self)
{
  guint n;

  g_return_val_if_fail (CM_IS_PLAYBACK (self), 0);

  n = cm_recording_get_n_events (cm_playback_get_recording (self));

  return cm_recording_get_time (cm_playback_get_recording (self), n - 1) - get_start (self);
}

/**
 * cm_playback_get_n_faults:
 * @self: a recording
 *
 * Returns: how many of its lines were skipped
 */
guint
cm_playback_get_n_faults (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), 0);

  return (guint) MIN (cm_recording_get_n_faults (cm_playback_get_recording (self)), G_MAXUINT);
}

/**
 * cm_playback_dup_fault:
 * @self: a recording
 * @i: a fault
 *
 * Returns: (nullable) (transfer full): which line was skipped and why, in words;
 *   %NULL where only the number is known
 */
char *
cm_playback_dup_fault (CmPlayback *self,
                       guint       i)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), NULL);

  return g_strdup (cm_recording_get_fault (cm_playback_get_recording (self), i));
}
