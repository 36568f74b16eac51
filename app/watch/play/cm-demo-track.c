/* cm-demo-track.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-demo-track.h"

#include "data/cm-recordings.h"

/* Nothing happens for at most so long, ms: who watches a demo does not wait for
 * the end of a five minutes' talk. */
#define LONGEST_PAUSE 1200

struct _CmDemoTrack
{
  CmRecording *recording;
  gint64       begin; /* ms from the beginning of a round */
  gint64      *times; /* of each event, ms from @begin */
  guint        next;
  GHashTable  *open;  /* source TAB conversation, as it is recorded */
};

static void
hurry (CmDemoTrack *self)
{
  guint n = cm_recording_get_n_events (self->recording);
  gint64 time = 0;

  self->times = g_new0 (gint64, n);
  for (guint i = 1; i < n; i++)
    {
      gint64 pause = cm_recording_get_time (self->recording, i) -
                     cm_recording_get_time (self->recording, i - 1);

      time += MIN (pause, LONGEST_PAUSE);
      self->times[i] = time;
    }
}

/**
 * cm_demo_track_new:
 * @name: one of the recordings that come with the program
 * @begin: when in each round it begins, ms
 *
 * Returns: (transfer full): that recording, hurried
 */
CmDemoTrack *
cm_demo_track_new (const char *name,
                   gint64      begin)
{
  CmDemoTrack *self = g_new0 (CmDemoTrack, 1);
  g_autofree char *path = g_strconcat ("/org/conferencemonitor/Monitor/recordings/", name, ".jsonl", NULL);
  g_autoptr(GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (cm_recordings_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);

  self->recording = cm_recording_new_for_bytes (bytes, NULL);
  self->begin = begin;
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  hurry (self);

  return self;
}

/**
 * cm_demo_track_free:
 * @self: (transfer full): a track
 */
void
cm_demo_track_free (CmDemoTrack *self)
{
  cm_recording_free (self->recording);
  g_hash_table_unref (self->open);
  g_free (self->times);
  g_free (self);
}

/* A station is in several recordings, and calls its conversations the same in each. */
static char *
dup_conversation (CmDemoTrack *self,
                  CmText       conversation,
                  gint64       round)
{
  return g_strdup_printf ("%.*s-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, (int) conversation.size,
                          conversation.bytes, self->begin, round);
}

static void
note_open (CmDemoTrack   *self,
           const CmEvent *event)
{
  char *key;

  if (event->conversation.bytes == NULL)
    return;

  key = g_strdup_printf ("%.*s\t%.*s", (int) event->source.size, event->source.bytes,
                         (int) event->conversation.size, event->conversation.bytes);
  if (event->kind == CM_EVENT_CONVERSATION_REMOVED)
    {
      g_hash_table_remove (self->open, key);
      g_free (key);
    }
  else
    g_hash_table_add (self->open, key);
}

/* Each round has conversations of its own, and the demo's time. */
static void
play_event (CmDemoTrack   *self,
            CmTracker     *tracker,
            CmDemoAnswers *answers,
            gint64         round,
            gint64         at)
{
  g_autofree char *conversation = NULL;
  CmEvent event;

  cm_recording_get_event (self->recording, self->next, &event);
  note_open (self, &event);
  event.at = at;
  event.has_seq = FALSE;
  if (event.conversation.bytes != NULL)
    {
      conversation = dup_conversation (self, event.conversation, round);
      event.conversation = cm_text_from_string (conversation);
    }

  if (!cm_demo_answers_is_over (answers, &event))
    cm_tracker_handle (tracker, &event);
}

/**
 * cm_demo_track_play:
 * @self: a track
 * @tracker: what gets the events
 * @answers: what commands have done to the calls of the recording
 * @round: which round it is
 * @start: when the round began, ms UTC
 * @now: ms UTC
 *
 * Plays what has happened by now.
 *
 * Returns: whether that was anything
 */
gboolean
cm_demo_track_play (CmDemoTrack   *self,
                    CmTracker     *tracker,
                    CmDemoAnswers *answers,
                    gint64         round,
                    gint64         start,
                    gint64         now)
{
  guint n = cm_recording_get_n_events (self->recording);
  guint first = self->next;

  for (; self->next < n; self->next++)
    {
      gint64 at = start + self->begin + self->times[self->next];

      if (at > now)
        break;
      play_event (self, tracker, answers, round, at);
    }

  return self->next > first;
}

/**
 * cm_demo_track_close:
 * @self: a track
 * @tracker: what gets the events
 * @round: which round it is
 * @now: ms UTC
 *
 * Ends what the recording leaves open, and goes back to its beginning.
 */
void
cm_demo_track_close (CmDemoTrack *self,
                     CmTracker   *tracker,
                     gint64       round,
                     gint64       now)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto(GStrv) parts = g_strsplit (key, "\t", 2);
      g_autofree char *conversation = dup_conversation (self, cm_text_from_string (parts[1]), round);
      CmEvent event = {
        .at = now,
        .source = cm_text_from_string (parts[0]),
        .conversation = cm_text_from_string (conversation),
        .kind = CM_EVENT_CONVERSATION_REMOVED,
      };

      cm_tracker_handle (tracker, &event);
    }

  g_hash_table_remove_all (self->open);
  self->next = 0;
}
