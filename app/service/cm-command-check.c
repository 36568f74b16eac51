/* cm-command-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "service/cm-input.h"
#include "service/cm-service.h"
#include "tracker/cm-tracker.h"

typedef struct
{
  const char *path;
  CmTracker  *tracker;
  guint64     n_events;
  guint64     n_faults;
  guint64     n_notes;
} Check;

static void
print_note (Check      *self,
            guint64     line,
            gboolean    applies,
            const char *note)
{
  if (!applies)
    return;

  self->n_notes++;
  g_printerr (_("%s:%" PRIu64 ": note: %s\n"), self->path, line, note);
}

/* What is no fault and yet worth knowing is what the tracker counts. */
static void
on_event (const CmEvent *event,
          guint64        line,
          gpointer       user_data)
{
  Check *self = user_data;
  const CmTrackerCounters *counters = cm_tracker_get_counters (self->tracker);
  CmTrackerCounters before = *counters;

  self->n_events++;
  cm_tracker_handle (self->tracker, event);

  print_note (self, line, counters->duplicates > before.duplicates, _("this source and seq were there already"));
  print_note (self, line, counters->gaps > before.gaps, _("events of this source are missing before it"));
  print_note (self, line, counters->clamped > before.clamped, _("the source’s clock goes back"));
  print_note (self, line, counters->unknown_events > before.unknown_events, _("an event that is not known"));
  print_note (self, line, counters->unknown_properties > before.unknown_properties, _("a property that is not known"));
  print_note (self, line, counters->unknown_values > before.unknown_values, _("a value that is not known"));
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  Check *self = user_data;

  self->n_faults++;
  cm_input_print_fault (self->path, fault);
}

/* By its name: what stands in it is what is to be found out. */
static int
check_config (const char *path)
{
  g_autoptr(CmServerConfig) config = cm_server_config_new ();
  int status = cm_service_read_config (path, config);

  if (status == CM_EXIT_OK)
    status = cm_service_check_secrets (path, config);
  if (status == CM_EXIT_OK)
    printf (_("%s: no faults\n"), path);

  return status;
}

static int
check_file (const char *path)
{
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  Check self = { path, tracker, 0, 0, 0 };
  g_autoptr(CmEventReader) reader = cm_event_reader_new (on_event, on_fault, &self);

  if (g_str_has_suffix (path, ".conf"))
    return check_config (path);

  if (!cm_input_read (path, reader))
    return CM_EXIT_UNREADABLE;

  printf (_("%s: %" PRIu64 " events, %" PRIu64 " faults, %" PRIu64 " notes\n"),
          path, self.n_events, self.n_faults, self.n_notes);

  return self.n_faults > 0 ? CM_EXIT_FAULTS : CM_EXIT_OK;
}

/**
 * cm_command_check:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Tells every line of a recording that would be skipped, and why.
 *
 * Returns: 0 where there is none, 1 where there are, 2 where a file cannot be
 *   read
 */
int
cm_command_check (int    argc,
                  char **argv)
{
  GOptionContext *context = g_option_context_new (_("FILE… — tell every fault of a recording"));
  int status = cm_command_parse (context, &argc, &argv);

  if (status != CM_EXIT_OK)
    return status;

  if (argc < 2)
    {
      g_printerr ("%s\n", _("conference-tracker: check needs a file; “-” is the standard input"));
      return CM_EXIT_FAULTS;
    }

  for (int i = 1; i < argc; i++)
    {
      int outcome = check_file (argv[i]);

      status = MAX (status, outcome);
    }

  return status;
}
