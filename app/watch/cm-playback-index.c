/* cm-playback-index.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-playback-index.h"

#include "tracker/cm-tracker.h"

/* What time alone changes between two events is looked for so often, ms. */
#define STEP 1000

/* How often somebody may break it off, in events. */
#define BREAK 1000

typedef struct
{
  CmPlaybackIndex *index;
  CmTracker       *tracker;
} Build;

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
  Build *build = user_data;
  CmPlaybackIndex *index = build->index;
  gint64 now = cm_tracker_get_now (build->tracker);
  GArray *times = index->attention;

  cm_history_add (index->history, now, id, before, after);
  cm_timeline_set_take (index->timelines, now, id, after);

  if (begins_attention (before, after) &&
      (times->len == 0 || g_array_index (times, gint64, times->len - 1) != now))
    g_array_append_val (times, now);
}

static void
advance (Build  *build,
         gint64  now)
{
  gint64 before = cm_tracker_get_now (build->tracker);

  if (before != CM_TIME_NONE && before > 0)
    for (gint64 step = before + STEP; step < now; step += STEP)
      {
        cm_tracker_advance (build->tracker, step);
        cm_tracker_flush (build->tracker, note_change, build);
      }

  cm_tracker_advance (build->tracker, now);
  cm_tracker_flush (build->tracker, note_change, build);
}

/**
 * cm_playback_index_new:
 * @recording: nobody else may use it meanwhile
 * @cancellable: (nullable): to break it off
 *
 * Returns: (nullable) (transfer full): the index, or %NULL where it was broken off
 */
CmPlaybackIndex *
cm_playback_index_new (CmRecording  *recording,
                       GCancellable *cancellable)
{
  g_autoptr(CmPlaybackIndex) self = g_new0 (CmPlaybackIndex, 1);
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  Build build = { self, tracker };

  self->history = cm_history_new (G_MAXINT64, G_MAXSIZE);
  self->timelines = cm_timeline_set_new ();
  self->attention = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < cm_recording_get_n_events (recording); i++)
    {
      CmEvent event;

      if (i % BREAK == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;

      cm_recording_get_event (recording, i, &event);
      advance (&build, event.at);
      cm_tracker_handle (tracker, &event);
      cm_tracker_flush (tracker, note_change, &build);
    }

  self->n_sources = cm_tracker_get_n_sources (tracker);

  return g_steal_pointer (&self);
}

void
cm_playback_index_free (CmPlaybackIndex *self)
{
  g_clear_pointer (&self->history, cm_history_unref);
  g_clear_pointer (&self->timelines, cm_timeline_set_free);
  g_array_unref (self->attention);
  g_free (self);
}
