/* cm-command-serve.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>

#include "service/cm-service.h"
#include "service/cm-systemd.h"
#include "watch/server/cm-server.h"

typedef struct
{
  CmServer   *server;
  GMainLoop  *loop;
  const char *path; /* (nullable): of the configuration */
} Serve;

static void
print_fault (guint       line,
             const char *reason,
             gpointer    user_data)
{
  const char *path = user_data;

  if (line > 0)
    g_printerr ("%s:%u: %s\n", path, line, reason);
  else
    g_printerr ("%s: %s\n", path, reason);
}

static gboolean
on_stop (gpointer user_data)
{
  Serve *self = user_data;

  cm_systemd_notify ("STOPPING=1");
  g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_reload (gpointer user_data)
{
  Serve *self = user_data;
  g_autoptr(CmServerConfig) config = cm_server_config_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *reloading = g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time ());

  cm_systemd_notify (reloading);

  if (self->path != NULL && cm_service_read_config (self->path, config) != CM_EXIT_OK)
    g_printerr ("%s\n", _("conference-tracker: the configuration has faults; all stays as it was"));
  else if (cm_server_reload (self->server, config, &error))
    g_printerr ("%s\n", _("conference-tracker: the configuration is read again"));
  else
    g_printerr (_("conference-tracker: not all could be read again: %s\n"), error->message);
  cm_systemd_notify ("READY=1");

  return G_SOURCE_CONTINUE;
}

static void
print_start (CmServer               *server,
             const CmServerRecovery *recovery)
{
  g_autofree char *places = cm_server_dup_places (server);

  if (recovery->events > 0)
    g_printerr (_("conference-tracker: the journal has %" PRIu64 " events\n"), recovery->events);
  if (recovery->checkpoint > 0)
    g_printerr (_("conference-tracker: %" PRIu64 " of them are in its checkpoint, and need not be read\n"), recovery->checkpoint);
  if (recovery->checkpoint_fault != NULL)
    g_printerr (_("conference-tracker: the journal’s checkpoint is not used, and all lines are read: %s\n"),
                recovery->checkpoint_fault);
  if (recovery->faults > 0)
    g_printerr (_("conference-tracker: %" PRIu64 " lines of the journal are skipped: they are no event lines\n"), recovery->faults);
  if (recovery->torn > 0)
    g_printerr (_("conference-tracker: %" PRIu64 " bytes at the journal’s end were not written whole, and are cut off\n"), recovery->torn);

  /* What stands on the standard output is for whoever waits for it. */
  g_print (_("conference-tracker: listening on %s\n"), places);
  cm_systemd_notify ("READY=1");
}

static int
serve (CmServerConfig *config,
       const char     *path)
{
  g_autoptr(GError) error = NULL;
  CmServerRecovery recovery;
  g_autoptr(CmServer) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Serve self = { NULL, loop, path };
  guint ids[3], watchdog_id;

  /* A journal that may not grow is as one whose disk is full. */
  signal (SIGXFSZ, SIG_IGN);
  config->sockets = cm_systemd_take_sockets (&error);
  if (config->sockets != NULL)
    self.server = server = cm_server_new (config, &recovery, &error);

  if (server == NULL)
    {
      g_printerr (_("conference-tracker: it cannot serve: %s\n"), error->message);
      return CM_EXIT_FAULTS;
    }

  ids[0] = g_unix_signal_add (SIGTERM, on_stop, &self);
  ids[1] = g_unix_signal_add (SIGINT, on_stop, &self);
  ids[2] = g_unix_signal_add (SIGHUP, on_reload, &self);
  print_start (server, &recovery);
  g_free (recovery.checkpoint_fault);
  watchdog_id = cm_systemd_start_watchdog ();
  g_main_loop_run (loop);
  g_clear_handle_id (&watchdog_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_source_remove (ids[i]);

  return CM_EXIT_OK;
}

/**
 * cm_service_read_config:
 * @path: a configuration
 * @config: what it changes
 *
 * Tells every fault with its line on the standard error.
 *
 * Returns: the exit status: 0, 1 where there are faults, 2 where it cannot be read
 */
int
cm_service_read_config (const char     *path,
                        CmServerConfig *config)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_printerr (_("conference-tracker: %s cannot be read: %s\n"), path, error->message);
      return CM_EXIT_UNREADABLE;
    }

  return cm_server_config_read (config, text, print_fault, (gpointer) path) ? CM_EXIT_OK : CM_EXIT_FAULTS;
}

/**
 * cm_service_check_secrets:
 * @path: a configuration
 * @config: what it says, without faults
 *
 * Tells every secret, certificate and file of tokens that cannot be used, with the line
 * that names its place.
 *
 * Returns: the exit status: 0, or 1 where there are any
 */
int
cm_service_check_secrets (const char     *path,
                          CmServerConfig *config)
{
  gboolean ok = cm_server_config_check_secrets (config, print_fault, (gpointer) path);

  return cm_server_check_files (config, print_fault, (gpointer) path) && ok ? CM_EXIT_OK : CM_EXIT_FAULTS;
}

/**
 * cm_command_serve:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Takes events in and tells subscribers what they come to, until it is stopped.
 *
 * Returns: the exit status
 */
int
cm_command_serve (int    argc,
                  char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr(CmServerConfig) config = cm_server_config_new ();
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &path, N_("Where it listens, and all else"), N_("FILE") },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("— take events in, and tell those who watch"));
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_command_parse (context, &argc, &argv);
  if (status == CM_EXIT_OK && path != NULL)
    status = cm_service_read_config (path, config);

  return status == CM_EXIT_OK ? serve (config, path) : status;
}
