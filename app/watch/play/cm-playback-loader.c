/* cm-playback-loader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-playback-loader.h"

/* After so many events somebody may break it off. */
#define SLICE 500

/* What is ready is handed over so often, µs. */
#define PAUSE (G_TIME_SPAN_SECOND / 2)

/* The thread has a share in it, as has whoever waits for it. */
struct _CmPlaybackLoader
{
  CmRecordingFile *file; /* the thread's */
  GCancellable    *cancellable;
  GMutex           mutex;
  CmPlaybackPart   part; /* what has not been taken yet; under the mutex */
};

static void
part_clear (CmPlaybackPart *part)
{
  g_clear_pointer (&part->recording, cm_recording_free);
  g_clear_pointer (&part->index, cm_playback_index_free);
  g_clear_pointer (&part->fault, g_free);
}

static void
loader_clear (gpointer data)
{
  CmPlaybackLoader *self = data;

  part_clear (&self->part);
  cm_recording_file_free (self->file);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
}

static void
give_recording (CmPlaybackLoader *self,
                CmRecording      *recording)
{
  g_mutex_lock (&self->mutex);
  self->part.recording = recording;
  g_mutex_unlock (&self->mutex);
}

static void
give_index (CmPlaybackLoader *self,
            CmPlaybackIndex  *index)
{
  CmPlaybackIndex *before;

  g_mutex_lock (&self->mutex);
  before = self->part.index;
  self->part.index = index;
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&before, cm_playback_index_free);
}

static void
give_end (CmPlaybackLoader *self,
          CmPlaybackIndex  *index,
          const GError     *error)
{
  give_index (self, index);

  g_mutex_lock (&self->mutex);
  self->part.fault = error != NULL ? g_strdup (error->message) : cm_recording_file_dup_fault (self->file);
  self->part.complete = TRUE;
  g_mutex_unlock (&self->mutex);
}

/* Returns: (nullable) (transfer full): the index, or %NULL where it was broken off */
static CmPlaybackIndex *
track (CmPlaybackLoader *self,
       CmRecording      *recording)
{
  g_autoptr(CmPlaybackIndexer) indexer = cm_playback_indexer_new (recording);
  gint64 given = g_get_monotonic_time ();

  while (cm_playback_indexer_go_on (indexer, SLICE))
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return NULL;
      if (g_get_monotonic_time () - given < PAUSE)
        continue;

      give_index (self, cm_playback_indexer_dup (indexer));
      given = g_get_monotonic_time ();
    }

  return cm_playback_indexer_finish (g_steal_pointer (&indexer));
}

/* Where the rest cannot be read, what was read before is all there is. */
static gpointer
load (gpointer user_data)
{
  CmPlaybackLoader *self = user_data;
  g_autoptr(GError) error = NULL;
  CmRecording *recording = cm_recording_file_read_rest (self->file, self->cancellable, &error);
  CmPlaybackIndex *index;

  if (recording == NULL)
    recording = cm_recording_file_dup_head (self->file);

  give_recording (self, cm_recording_copy (recording));
  index = track (self, recording);
  if (index != NULL)
    give_end (self, index, error);

  g_atomic_rc_box_release_full (self, loader_clear);

  return NULL;
}

/**
 * cm_playback_loader_new:
 * @file: (transfer full): a recording of which the beginning is there
 *
 * Returns: (transfer full): a loader that has not begun
 */
CmPlaybackLoader *
cm_playback_loader_new (CmRecordingFile *file)
{
  CmPlaybackLoader *self = g_atomic_rc_box_new0 (CmPlaybackLoader);

  self->file = file;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);

  return self;
}

/**
 * cm_playback_loader_start:
 * @self: a loader that has not begun
 *
 * Reads and tracks the recording to its end, in a thread.
 */
void
cm_playback_loader_start (CmPlaybackLoader *self)
{
  g_thread_unref (g_thread_new ("recording", load, g_atomic_rc_box_acquire (self)));
}

/**
 * cm_playback_loader_free:
 * @self: (transfer full): a loader, that is broken off
 */
void
cm_playback_loader_free (CmPlaybackLoader *self)
{
  g_cancellable_cancel (self->cancellable);
  g_atomic_rc_box_release_full (self, loader_clear);
}

/**
 * cm_playback_loader_take:
 * @self: a loader
 * @part: (out caller-allocates): what there is; whoever takes it frees it
 *
 * Returns: whether there is anything that has not been taken yet
 */
gboolean
cm_playback_loader_take (CmPlaybackLoader *self,
                         CmPlaybackPart   *part)
{
  g_mutex_lock (&self->mutex);
  *part = self->part;
  self->part = (CmPlaybackPart) { 0 };
  g_mutex_unlock (&self->mutex);

  return part->recording != NULL || part->index != NULL || part->complete;
}
