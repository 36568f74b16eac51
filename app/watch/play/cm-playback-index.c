/* cm-playback-index.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-playback-index.h"

#include "tracker/cm-tracker.h"

struct _CmPlaybackIndexer
{
  CmPlaybackIndex *index;
  CmRecording     *recording;
  CmTracker       *tracker;
  guint            next; /* the first event that is not in it */
};

static gboolean
has_rule (const CmDocument  *document,
          const CmAttention *attention)
{
  for (guint i = 0; document != NULL && i < document->attention->len; i++)
    {
      const CmAttention *other = g_ptr_array_index (document->attention, i);

      if (g_str_equal (other->rule, attention->rule) && g_strcmp0 (other->leg, attention->leg) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
begins_attention (const CmDocument *before,
                  const CmDocument *after)
{
  for (guint i = 0; after != NULL && i < after->attention->len; i++)
    {
      if (!has_rule (before, g_ptr_array_index (after->attention, i)))
        return TRUE;
    }

  return FALSE;
}

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  CmPlaybackIndexer *self = user_data;
  CmPlaybackIndex *index = self->index;
  gint64 now = cm_tracker_get_now (self->tracker);
  GArray *times = index->attention;

  cm_history_add (index->history, now, id, before, after);
  cm_timeline_set_take (index->timelines, now, id, after);
  cm_stage_times_take (index->times, now, before, after);

  if (begins_attention (before, after) &&
      (times->len == 0 || g_array_index (times, gint64, times->len - 1) != now))
    g_array_append_val (times, now);
}

static void
advance (CmPlaybackIndexer *self,
         gint64             now)
{
  gint64 due;

  while ((due = cm_tracker_get_due (self->tracker)) != CM_TIME_NONE && due < now)
    {
      cm_tracker_advance (self->tracker, due);
      cm_tracker_flush (self->tracker, note_change, self);
    }

  cm_tracker_advance (self->tracker, now);
  cm_tracker_flush (self->tracker, note_change, self);
}

/* All of them: (transfer full) */
static CmPlaybackIndex *
create_index (CmHistory     *history,
              CmTimelineSet *timelines,
              CmStageTimes  *times)
{
  CmPlaybackIndex *self = g_new0 (CmPlaybackIndex, 1);

  self->history = history;
  self->timelines = timelines;
  self->times = times;
  self->from = CM_TIME_NONE;
  self->attention = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

/**
 * cm_playback_index_new:
 * @recording: nobody else may use it meanwhile
 *
 * Returns: (transfer full): the index of all of it
 */
CmPlaybackIndex *
cm_playback_index_new (CmRecording *recording)
{
  CmPlaybackIndexer *indexer = cm_playback_indexer_new (cm_recording_copy (recording));

  cm_playback_indexer_go_on (indexer, cm_recording_get_n_events (recording));

  return cm_playback_indexer_finish (indexer);
}

void
cm_playback_index_free (CmPlaybackIndex *self)
{
  g_clear_pointer (&self->history, cm_history_unref);
  g_clear_pointer (&self->timelines, cm_timeline_set_unref);
  g_clear_pointer (&self->times, cm_stage_times_free);
  g_array_unref (self->attention);
  g_free (self);
}

/**
 * cm_playback_indexer_new:
 * @recording: (transfer full): what to track
 *
 * Returns: (transfer full): an indexer at the recording's start
 */
CmPlaybackIndexer *
cm_playback_indexer_new (CmRecording *recording)
{
  CmPlaybackIndexer *self = g_new0 (CmPlaybackIndexer, 1);

  self->recording = recording;
  self->tracker = cm_tracker_new ();
  self->index = create_index (cm_history_new (G_MAXINT64, CM_HISTORY_MAX_SIZE), cm_timeline_set_new (),
                              cm_stage_times_new ());

  return self;
}

void
cm_playback_indexer_free (CmPlaybackIndexer *self)
{
  g_clear_pointer (&self->index, cm_playback_index_free);
  cm_recording_free (self->recording);
  g_object_unref (self->tracker);
  g_free (self);
}

/**
 * cm_playback_indexer_go_on:
 * @self: an indexer
 * @n_events: so many more
 *
 * Returns: whether there is more
 */
gboolean
cm_playback_indexer_go_on (CmPlaybackIndexer *self,
                           guint              n_events)
{
  guint n = cm_recording_get_n_events (self->recording);
  guint end = self->next + MIN (n_events, n - self->next);

  while (self->next < end)
    {
      CmEvent event;

      cm_recording_get_event (self->recording, self->next++, &event);
      advance (self, event.at);
      cm_tracker_handle (self->tracker, &event);
      cm_tracker_flush (self->tracker, note_change, self);
    }

  self->index->n_sources = cm_tracker_get_n_sources (self->tracker);
  /* An event of the same time may be still to come. */
  self->index->until = cm_recording_get_time (self->recording, end > 0 ? end - 1 : 0);
  if (end < n)
    self->index->until--;
  if (cm_history_has_forgotten (self->index->history))
    {
      self->index->from = cm_history_get_start (self->index->history);
      cm_timeline_set_forget (self->index->timelines, self->index->from);
    }

  return end < n;
}

/**
 * cm_playback_indexer_dup:
 * @self: an indexer
 *
 * Returns: (transfer full): what there is so far, for another thread
 */
CmPlaybackIndex *
cm_playback_indexer_dup (CmPlaybackIndexer *self)
{
  CmPlaybackIndex *copy = create_index (cm_history_copy (self->index->history),
                                        cm_timeline_set_ref (self->index->timelines),
                                        cm_stage_times_copy (self->index->times));
  const GArray *attention = self->index->attention;

  g_array_append_vals (copy->attention, attention->data, attention->len);
  copy->n_sources = self->index->n_sources;
  copy->from = self->index->from;
  copy->until = self->index->until;

  return copy;
}

/**
 * cm_playback_indexer_finish:
 * @self: (transfer full): an indexer that is at its end
 *
 * Returns: (transfer full): the index
 */
CmPlaybackIndex *
cm_playback_indexer_finish (CmPlaybackIndexer *self)
{
  CmPlaybackIndex *index = g_steal_pointer (&self->index);

  cm_playback_indexer_free (self);

  return index;
}
