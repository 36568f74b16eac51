/* window-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <X11/Xlib.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>

/* window-watch PROGRAM [ARGUMENT…]: how long it takes until a program has a window, ms,
 * and what it then keeps of memory, KiB. There must not be a window manager: it would
 * take the time that it likes. The program finds when it was started, in µs of the
 * monotonic clock, in CM_BENCH_STARTED. */

/* Smaller ones are not what is meant, px. */
#define LEAST 100

/* So long a program has to come to rest, s. */
#define REST 3

static gboolean
is_window (const XMapEvent *event,
           Display         *display)
{
  XWindowAttributes attributes;

  return !event->override_redirect &&
         XGetWindowAttributes (display, event->window, &attributes) &&
         attributes.width >= LEAST && attributes.height >= LEAST;
}

static void
wait_for_window (Display *display)
{
  XEvent event;

  do
    XNextEvent (display, &event);
  while (event.type != MapNotify || !is_window (&event.xmap, display));
}

static char *
dup_memory (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "status", NULL);
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents (path, &status, NULL, NULL))
    return NULL;

  line = strstr (status, "VmRSS:");

  return line != NULL ? g_strdup_printf ("%d", atoi (line + strlen ("VmRSS:"))) : NULL;
}

int
main (int    argc,
      char **argv)
{
  Display *display = XOpenDisplay (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *started = NULL;
  gint64 begin, end;

  if (display == NULL || argc < 2)
    {
      g_printerr ("Usage: window-watch PROGRAM [ARGUMENT…], on a display\n");
      return 2;
    }

  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  begin = g_get_monotonic_time ();
  started = g_strdup_printf ("%" G_GINT64_FORMAT, begin);
  g_setenv ("CM_BENCH_STARTED", started, TRUE);
  child = g_subprocess_newv ((const char * const *) argv + 1, G_SUBPROCESS_FLAGS_NONE, &error);
  if (child == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  wait_for_window (display);
  end = g_get_monotonic_time ();
  g_usleep (REST * G_USEC_PER_SEC);
  memory = dup_memory (g_subprocess_get_identifier (child));
  g_print ("window %.1f memory %s\n", (double) (end - begin) / 1000, memory);

  g_subprocess_send_signal (child, SIGTERM);
  g_subprocess_wait (child, NULL, NULL);
  XCloseDisplay (display);

  return memory != NULL ? 0 : 1;
}
