/* cm-playback-load.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-playback-private.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

/* A recording of some minutes is at its end after so long, ms. */
#define USUAL_LENGTH 20000.0

/* What is ready of a long recording is looked for so often, ms. */
#define POLL 50

static void
take_recording (CmPlayback  *self,
                CmRecording *recording)
{
  cm_recording_free (self->recording);
  self->recording = recording;
  cm_playback_choose_speed (self);
  g_object_notify (G_OBJECT (self), "duration");
  g_object_notify (G_OBJECT (self), "n-faults");
}

static void
take_index (CmPlayback      *self,
            CmPlaybackIndex *index)
{
  g_clear_pointer (&self->index, cm_playback_index_free);
  self->index = index;
  cm_watch_keep_history (CM_WATCH (self), g_steal_pointer (&index->history),
                         g_steal_pointer (&index->timelines), g_steal_pointer (&index->times));
  cm_watch_set_n_sources (CM_WATCH (self), index->n_sources);
  self->ready = (double) MAX (index->until - cm_recording_get_time (self->recording, 0), 0);
  self->leads = TRUE;
}

static void
go_where_wanted (CmPlayback *self)
{
  double wanted = self->wanted;

  if (wanted <= self->ready || self->loader == NULL)
    self->wanted = -1;
  cm_playback_move_to (self, wanted >= 0 ? wanted : self->position);
}

static gboolean
on_poll (gpointer user_data)
{
  CmPlayback *self = user_data;
  CmPlaybackPart part;

  if (!cm_playback_loader_take (self->loader, &part))
    return G_SOURCE_CONTINUE;

  g_object_freeze_notify (G_OBJECT (self));
  if (part.recording != NULL)
    take_recording (self, part.recording);
  if (part.index != NULL)
    take_index (self, part.index);
  if (part.complete)
    {
      self->poll_id = 0;
      self->fault = part.fault;
      g_clear_pointer (&self->loader, cm_playback_loader_free);
      g_object_notify (G_OBJECT (self), "indexed");
    }
  if (self->leads)
    go_where_wanted (self);
  g_object_notify (G_OBJECT (self), "loading");
  g_object_thaw_notify (G_OBJECT (self));

  return part.complete ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* For this class's other file: where nobody has chosen a speed, one is found. */
void
cm_playback_choose_speed (CmPlayback *self)
{
  double duration = (double) cm_playback_get_duration (self);

  if (!self->any_speed)
    return;

  cm_playback_set_speed (self, MAX (duration / USUAL_LENGTH, 1.0));
  self->any_speed = TRUE;
}

static gboolean
on_idle (gpointer user_data)
{
  CmPlayback *self = user_data;

  cm_playback_loader_start (self->loader);
  self->poll_id = g_timeout_add (POLL, on_poll, self);

  return G_SOURCE_REMOVE;
}

/* For this class's other file. @file: (transfer full): what has more to come. Where its
 * beginning is about to be shown for the first time, the rest waits for that: two threads
 * that work as hard as they can share the processor. */
void
cm_playback_load (CmPlayback      *self,
                  CmRecordingFile *file)
{
  self->ready = (double) cm_playback_get_duration (self);
  self->loader = cm_playback_loader_new (file);
  self->poll_id = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/* For this class's other file. Returns: from where on it can be shown, ms from its
 * start: a history forgets what was first where it is too much */
double
cm_playback_get_lowest (CmPlayback *self)
{
  gint64 from = self->leads ? self->index->from : CM_TIME_NONE;

  return from != CM_TIME_NONE ? (double) MAX (from - cm_recording_get_time (self->recording, 0), 0) : 0;
}

static char *
dup_kept (CmPlayback *self)
{
  gint64 lowest = (gint64) cm_playback_get_lowest (self);
  g_autofree char *age = cm_words_dup_age (lowest);

  /* Translators: minutes and seconds from the start of a recording */
  return lowest > 0 ? g_strdup_printf (_("kept from %s on"), age) : NULL;
}

static char *
dup_ready (CmPlayback *self)
{
  g_autofree char *ready = NULL, *duration = NULL;

  if (self->loader == NULL)
    return NULL;
  if (!self->leads)
    return g_strdup (_("the rest is being read"));

  ready = cm_words_dup_age ((gint64) self->ready);
  duration = cm_words_dup_age (cm_playback_get_duration (self));

  /* Translators: minutes and seconds from the start of a recording, and its length */
  return g_strdup_printf (_("ready up to %s of %s"), ready, duration);
}

/**
 * cm_playback_dup_loading:
 * @self: a recording
 *
 * Returns: (nullable) (transfer full): how much of it can be shown by now, and what became
 *   of its file meanwhile, in words; %NULL where there is nothing to say
 */
char *
cm_playback_dup_loading (CmPlayback *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *words[3];

  g_return_val_if_fail (CM_IS_PLAYBACK (self), NULL);

  words[0] = dup_ready (self);
  words[1] = dup_kept (self);
  words[2] = g_strdup (self->fault);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i] != NULL)
        g_ptr_array_add (parts, words[i]);
    }

  return parts->len > 0 ? cm_words_dup_join (parts, " · ") : NULL;
}

/* Returns: whether there is more of it to come */
gboolean
cm_playback_is_loading (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), FALSE);

  return self->loader != NULL;
}
