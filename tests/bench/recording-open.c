/* recording-open.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-simulator.h"
#include "model/cm-conversation.h"
#include "watch/play/cm-playback.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Opens a recording of a million lines, and goes about in it while it is read and
 * tracked: how long the main loop does nothing else, at the longest. */
#define N_EVENTS 1000000
#define START G_GINT64_CONSTANT (1320829200000)
#define MAX_BLOCK 50.0

/* What one asks for from time to time, µs. */
#define PAUSE (G_TIME_SPAN_SECOND / 5)

static void
write_recording (int fd)
{
  const CmSimulatorOptions options = {
    .stations = 400, .first_station = 1, .conversations = 300, .rate = N_EVENTS / 43200.0,
    .seed = 1, .start = START, .renews = TRUE,
  };
  CmSimulator *simulator = cm_simulator_new (&options);
  g_autoptr(GString) lines = g_string_new (NULL);
  CmTimeCache cache = { 0 };
  CmEvent event;

  for (guint i = 0; i < N_EVENTS && cm_simulator_next (simulator, &event); i++)
    {
      cm_event_write (lines, &cache, &event);
      if (lines->len < 1024 * 1024 && i + 1 < N_EVENTS)
        continue;

      if (write (fd, lines->str, lines->len) != (gssize) lines->len)
        g_error ("The recording cannot be written");
      g_string_truncate (lines, 0);
    }
  cm_simulator_free (simulator);
}

/* Returns: the processor time of this thread, ms: other programs have none of it */
static double
get_used (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1000.0 + (double) time.tv_nsec / 1e6;
}

static double
get_now (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

static int
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmRSS:");

  return line != NULL ? atoi (line + strlen ("VmRSS:")) / 1024 : 0;
}

/* Somewhere in what is ready, and what a window asks for there. */
static void
go_about (CmPlayback *playback,
          GRand      *random)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (CM_WATCH (playback)));
  gint64 ready = cm_playback_get_position (playback) + cm_playback_get_duration (playback) / 20;
  g_autoptr(CmConversation) conversation = NULL;

  cm_playback_set_position (playback, (gint64) (g_rand_double (random) * (double) ready));
  conversation = g_list_model_get_item (list, 0);
  if (conversation != NULL)
    cm_watch_get_timeline (CM_WATCH (playback), cm_conversation_get_id (conversation));
}

int
main (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("open-XXXXXX.jsonl", &path, NULL);
  g_autoptr(GFile) file = NULL;
  g_autoptr(CmPlayback) playback = NULL;
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  double used, began, block = 0, move = 0;
  gint64 moved = 0;

  if (fd < 0)
    return 2;

  write_recording (fd);
  g_print ("%.0f MB, %d lines\n", (double) lseek (fd, 0, SEEK_END) / 1e6, N_EVENTS);
  close (fd);
  file = g_file_new_for_path (path);

  began = get_now ();
  used = get_used ();
  playback = cm_playback_new (file, 1, NULL);
  cm_playback_set_playing (playback, FALSE);
  block = get_used () - used;
  g_print ("opened after %.1f ms (%.1f ms of the processor)\n", get_now () - began, block);

  while (cm_playback_is_loading (playback))
    {
      used = get_used ();
      g_main_context_iteration (NULL, TRUE);
      block = MAX (block, get_used () - used);

      if (g_get_monotonic_time () - moved < PAUSE)
        continue;

      moved = g_get_monotonic_time ();
      used = get_used ();
      go_about (playback, random);
      move = MAX (move, get_used () - used);
    }

  cm_playback_set_position (playback, cm_playback_get_duration (playback));
  g_print ("%u calls have ended by its end\n", g_list_model_get_n_items (cm_watch_get_ended (CM_WATCH (playback))));
  g_unlink (path);
  g_print ("all of it after %.1f s, %d MiB; a move took at most %.1f ms of the processor\n",
           (get_now () - began) / 1000, get_memory (), move);
  g_print ("%s the main loop was blocked for at most %.1f ms of the processor (goal %.0f)\n",
           block <= MAX_BLOCK ? "ok    " : "MISSED", block, MAX_BLOCK);

  return block <= MAX_BLOCK ? 0 : 1;
}
