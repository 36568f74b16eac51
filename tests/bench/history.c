/* history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-simulator.h"
#include "journal/cm-history.h"
#include "watch/play/cm-playback-index.h"

#include <time.h>

/* A shift: 12 h, a million events. */
#define N_EVENTS 1000000
#define SHIFT (12 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define START G_GINT64_CONSTANT (1320829200000)
#define N_MOVES 200u
#define MAX_MOVE 200.0

static GBytes *
simulate (void)
{
  const CmSimulatorOptions options = {
    .stations = 400,
    .first_station = 1,
    .conversations = 300,
    .rate = N_EVENTS / (SHIFT / 1000.0),
    .seed = 1,
    .start = START,
    .renews = TRUE,
  };
  CmSimulator *simulator = cm_simulator_new (&options);
  GString *lines = g_string_new (NULL);
  CmTimeCache cache = { 0 };
  CmEvent event;

  for (guint i = 0; i < N_EVENTS && cm_simulator_next (simulator, &event); i++)
    cm_event_write (lines, &cache, &event);
  cm_simulator_free (simulator);

  return g_string_free_to_bytes (lines);
}

/* Returns: the processor time of this thread, ms: other programs have none of it */
static double
get_used (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1000.0 + (double) time.tv_nsec / 1e6;
}

static void
count (const char       *id,
       const CmDocument *document,
       gpointer          user_data)
{
  (*(guint *) user_data)++;
}

int
main (void)
{
  g_autoptr(GBytes) bytes = simulate ();
  g_autoptr(CmRecording) recording = cm_recording_new_for_bytes (bytes, NULL);
  g_autoptr(CmPlaybackIndex) index = cm_playback_index_new (recording);
  g_autoptr(CmHistoryCursor) cursor = cm_history_cursor_new (index->history);
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  gint64 start = cm_history_get_start (index->history);
  gint64 end = cm_history_get_end (index->history);
  double worst = 0, used = get_used ();
  guint n = 0;

  g_print ("%u events of %.1f h tracked in %.1f s of the processor; the history takes %.1f MiB\n",
           cm_recording_get_n_events (recording), (double) (end - start) / 3600000.0,
           used / 1000.0,
           (double) cm_history_get_size (index->history) / 1048576.0);

  for (guint i = 0; i < N_MOVES; i++)
    {
      gint64 time = start + (gint64) (g_rand_double (random) * (double) (end - start));

      used = get_used ();
      cm_history_cursor_move (cursor, time, count, &n);
      worst = MAX (worst, get_used () - used);
    }

  g_print ("%u moves at random: the slowest took %.1f ms of the processor, at most %.0f; %u changes\n", N_MOVES, worst,
           MAX_MOVE, n);

  return worst <= MAX_MOVE ? 0 : 1;
}
