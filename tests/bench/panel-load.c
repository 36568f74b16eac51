/* panel-load.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench/cm-load-watch.h"
#include "panel/cm-application.h"
#include "panel/cm-window.h"

#include <stdlib.h>
#include <time.h>

/* The whole program, with a hundred thousand conversations and what a big day brings:
 * how busy it is, how long it ever is away, and how even its frames are. Each figure stands
 * beside its goal; what the processor was busy of it tells how much of a figure that is
 * missed other programs have caused. */

#define MAX_CPU 15.0
#define MAX_BLOCK 50.0
#define MAX_FRAME 25.0
#define MAX_SEARCH 50.0
#define MAX_ARRIVAL 100.0

/* So long each part, s, after so much to settle; CM_BENCH_SECONDS makes it another. */
#define SECONDS 8.0
#define SETTLE 2

/* What is later than that, µs, is not made up for: somebody has to draw too. */
#define LATEST 100000

typedef struct
{
  GApplication *application;
  GtkWindow    *window;
  CmLoadWatch  *watch;
  GSource      *frame;     /* the next one of the tracker */
  guint         n_updates;
  GArray       *frames;    /* of double: from one to the next, ms */
  GArray       *busy;      /* of double: of which the processor was busy */
  gint64        last_frame;
  gint64        last_busy;
  gboolean      failed;
} Bench;

/* The longest that the main loop was away, and the most that it was busy then: on a
 * machine that others use as well the two are not the same. GLib's poll function has no
 * data. µs. */
static struct
{
  gint64 since;
  gint64 longest;
  gint64 busy_since;
  gint64 busiest;
} block;

static gint64
get_busy (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static int
poll_cb (GPollFD *fds,
         guint    n,
         int      timeout)
{
  int result;

  if (block.since != 0)
    {
      block.longest = MAX (block.longest, g_get_monotonic_time () - block.since);
      block.busiest = MAX (block.busiest, get_busy () - block.busy_since);
    }

  result = g_poll (fds, n, timeout);
  block.since = g_get_monotonic_time ();
  block.busy_since = get_busy ();

  return result;
}

static double
get_cpu (Bench *bench)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);

  return (double) spent.tv_sec + (double) spent.tv_nsec / 1e9 -
         cm_load_watch_get_foreign (bench->watch);
}

static void
check (Bench      *bench,
       const char *what,
       double      value,
       double      most,
       const char *unit)
{
  gboolean good = value <= most;

  g_print ("%s %s: %.1f %s (goal %.0f)\n", good ? "ok    " : "MISSED", what, value, unit, most);
  bench->failed |= !good;
}

static double
get_seconds (void)
{
  const char *seconds = g_getenv ("CM_BENCH_SECONDS");

  return seconds != NULL ? g_ascii_strtod (seconds, NULL) : SECONDS;
}

static void
check_block (Bench      *bench,
             const char *what,
             double      most)
{
  check (bench, what, (double) block.longest / 1000, most, "ms");
  g_print ("       of which busy: %.1f ms\n", (double) block.busiest / 1000);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return *first < *second ? -1 : *first > *second;
}

/* What is late is made up for, so that as much is done in a second on any machine. */
static gboolean
run_cb (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 due = g_source_get_ready_time (bench->frame) + CM_LOAD_FRAME * 1000;

  g_source_set_ready_time (bench->frame, MAX (due, g_get_monotonic_time () - LATEST));
  bench->n_updates += cm_load_watch_run (bench->watch);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_frame (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

/* As a tracker's frames come, nothing wakes the program between two of them. */
static void
start_frames (Bench *bench)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_frame };

  bench->frame = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (bench->frame, run_cb, bench, NULL);
  g_source_set_ready_time (bench->frame, g_get_monotonic_time ());
  g_source_attach (bench->frame, NULL);
}

static void
stop_frames (Bench *bench)
{
  g_source_destroy (bench->frame);
  g_clear_pointer (&bench->frame, g_source_unref);
}

static gboolean
set_flag (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_for (double seconds)
{
  gboolean over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time ();
  double frame = (double) (now - bench->last_frame) / 1000;
  double busy = (double) (get_busy () - bench->last_busy) / 1000;

  if (bench->last_frame != 0)
    {
      g_array_append_val (bench->frames, frame);
      g_array_append_val (bench->busy, busy);
    }
  bench->last_frame = now;
  bench->last_busy = get_busy ();

  return G_SOURCE_CONTINUE;
}

static void
bench_load (Bench *bench)
{
  double cpu = get_cpu (bench), wall;
  gint64 begin = g_get_monotonic_time ();

  block.longest = block.busiest = 0;
  bench->n_updates = 0;
  wait_for (get_seconds ());
  wall = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  cpu = get_cpu (bench) - cpu;

  g_print ("%d conversations, %.0f updates and moves a second\n", CM_LOAD_CALLS,
           bench->n_updates / wall);
  check (bench, "of a core", cpu / wall * 100, MAX_CPU, "%");
  check_block (bench, "longest block of the main loop", MAX_BLOCK);
}

/* Returns: what so great a share of @times is not above */
static double
get_share (GArray *times,
           double  share)
{
  g_array_sort (times, compare_times);

  return g_array_index (times, double, (guint) (times->len * share));
}

/* All of them at once, as they are there when a tracker's snapshot has come. */
static void
bench_arrival (Bench *bench)
{
  gint64 since = g_get_monotonic_time (), busy = get_busy ();

  cm_session_set_watch (cm_window_get_session (CM_WINDOW (bench->window)), CM_WATCH (bench->watch));
  block.longest = g_get_monotonic_time () - since;
  block.busiest = get_busy () - busy;
  check_block (bench, "to show all of them at first", MAX_ARRIVAL);
}

/* As when something moves all the time: each frame is wanted. */
static void
bench_frames (Bench *bench)
{
  guint id = gtk_widget_add_tick_callback (GTK_WIDGET (bench->window), tick_cb, bench, NULL);

  wait_for (get_seconds ());
  gtk_widget_remove_tick_callback (GTK_WIDGET (bench->window), id);

  if (bench->frames->len == 0)
    {
      g_print ("MISSED 99 of 100 frames: there were none\n");
      bench->failed = TRUE;
      return;
    }

  g_print ("%u frames, median %.1f ms\n", bench->frames->len,
           get_share (bench->frames, 0.5));
  check (bench, "99 of 100 frames", get_share (bench->frames, 0.99), MAX_FRAME, "ms");
  g_print ("       of which busy: %.1f ms\n", get_share (bench->busy, 0.99));
}

typedef struct
{
  CmCallOrder *order;
  const char  *text;
} Typed;

static gboolean
type_cb (gpointer user_data)
{
  Typed *typed = user_data;

  cm_call_order_set_search (typed->order, typed->text);

  return G_SOURCE_REMOVE;
}

/* By the main loop, as what is typed comes. */
static void
bench_search (Bench *bench)
{
  static const char * const texts[] = { "m", "me", "ben.777", "meeting 4", "nobody", NULL };
  Typed typed = { .order = cm_session_get_order (cm_window_get_session (CM_WINDOW (bench->window))) };

  block.longest = block.busiest = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      typed.text = texts[i];
      g_idle_add_full (G_PRIORITY_DEFAULT, type_cb, &typed, NULL);
      wait_for (0.5);
    }

  check_block (bench, "longest block while typing a search", MAX_SEARCH);
}

static gboolean
start_cb (gpointer user_data)
{
  Bench *bench = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (bench->application));

  bench->window = window;
  bench->watch = CM_LOAD_WATCH (cm_load_watch_new ());
  bench_arrival (bench);
  start_frames (bench);

  wait_for (SETTLE);
  bench_load (bench);
  bench_frames (bench);
  bench_search (bench);

  stop_frames (bench);
  g_application_quit (bench->application);

  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (CmApplication) application = cm_application_new ();
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (double));
  Bench bench = { .application = G_APPLICATION (application), .frames = frames, .busy = busy };

  g_main_context_set_poll_func (NULL, poll_cb);
  g_timeout_add (1000, start_cb, &bench);
  g_application_run (G_APPLICATION (application), argc, argv);
  g_clear_object (&bench.watch);

  return bench.failed ? 1 : 0;
}
