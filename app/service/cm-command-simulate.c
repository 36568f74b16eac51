/* cm-command-simulate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "feeds/cm-simulator.h"
#include "service/cm-service.h"

/* 2011-11-09T09:00:00Z: the same day for every run, since the same seed must
 * give the same bytes. */
#define START G_GINT64_CONSTANT (1320829200000)

#define MAX_COUNT 1000000
#define MAX_RATE 10000000.0
#define CHUNK (256 * 1024)

static gboolean
write_chunk (GString *out)
{
  gboolean ok = fwrite (out->str, 1, out->len, stdout) == out->len;

  g_string_truncate (out, 0);

  return ok;
}

static int
simulate (const CmSimulatorOptions *options,
          gint64                    duration)
{
  g_autoptr(CmSimulator) simulator = cm_simulator_new (options);
  g_autoptr(GString) out = g_string_sized_new (CHUNK + 4096);
  CmTimeCache cache = { 0 };
  CmEvent event;
  gboolean ok = TRUE;

  while (ok && cm_simulator_next (simulator, &event))
    {
      if (options->renews && event.at - options->start >= duration)
        break;
      cm_event_write (out, &cache, &event);
      if (out->len >= CHUNK)
        ok = write_chunk (out);
    }

  ok = ok && write_chunk (out) && fflush (stdout) == 0;
  if (ok)
    return CM_EXIT_OK;

  g_printerr (_("conference-tracker: the events cannot be written: %s\n"), g_strerror (errno));

  return CM_EXIT_UNREADABLE;
}

static gboolean
is_in_range (const char *name,
             double      value,
             double      max)
{
  if (value > 0 && value <= max)
    return TRUE;

  g_printerr (_("conference-tracker: --%s must be more than 0 and at most %.0f\n"), name, max);

  return FALSE;
}

/**
 * cm_command_simulate:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Prints event lines of stations at work. The same seed gives the same bytes.
 * With a duration, in seconds of the simulated time, conversations go on and on;
 * without one each has its life and that is all.
 *
 * Returns: the exit status
 */
int
cm_command_simulate (int    argc,
                     char **argv)
{
  int stations = 10, conversations = 10;
  gint64 seed = 1;
  double rate = 10, duration = -1;
  const GOptionEntry entries[] = {
    { "stations", 0, 0, G_OPTION_ARG_INT, &stations, N_("How many stations report"), N_("N") },
    { "conversations", 0, 0, G_OPTION_ARG_INT, &conversations, N_("How many conversations there are at a time"), N_("N") },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &rate, N_("Events a second, of the simulated time"), N_("N") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_("The same seed gives the same events"), N_("N") },
    { "duration", 0, 0, G_OPTION_ARG_DOUBLE, &duration, N_("Seconds of simulated time; without it each conversation has one life"), N_("S") },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("— print event lines of a desk at work"));
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_command_parse (context, &argc, &argv);
  if (status != CM_EXIT_OK)
    return status;

  if (!is_in_range ("stations", stations, MAX_COUNT) || !is_in_range ("conversations", conversations, MAX_COUNT) ||
      !is_in_range ("rate", rate, MAX_RATE))
    return CM_EXIT_FAULTS;

  return simulate (&(CmSimulatorOptions) {
                     .stations = (guint) stations,
                     .first_station = 1,
                     .conversations = (guint) conversations,
                     .rate = rate,
                     .seed = (guint32) seed,
                     .start = START,
                     .renews = duration >= 0,
                   }, (gint64) (duration * 1000));
}
