/* cm-command-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "model/cm-document-words.h"
#include "service/cm-remote-arguments.h"
#include "service/cm-service.h"
#include "watch/remote/cm-remote-watch.h"

/* A table that changes more often is not read, ms. */
#define TABLE_INTERVAL 500

typedef struct
{
  CmRemoteWatch *watch;
  GMainLoop     *loop;
  gboolean       is_dirty;
  CmWatchStatus  told;
} Watch;

static void
print_row (const CmDocument *document)
{
  g_autofree char *title = cm_document_dup_title (document);
  g_autofree char *state = cm_document_dup_state (document, NULL);
  g_autofree char *counts = cm_document_dup_counts (document);

  printf ("%-40s  %-32s  %s\n", title, state, counts);
}

static void
print_table (Watch *self)
{
  g_autoptr(GPtrArray) documents = cm_remote_watch_dup_documents (self->watch);

  if (isatty (STDOUT_FILENO))
    fputs ("\033[H\033[2J", stdout);

  printf (ngettext ("%u conversation\n", "%u conversations\n", documents->len), documents->len);
  for (guint i = 0; i < documents->len; i++)
    print_row (g_ptr_array_index (documents, i));
  fflush (stdout);
}

static gboolean
on_table (gpointer user_data)
{
  Watch *self = user_data;

  if (self->is_dirty)
    print_table (self);
  self->is_dirty = FALSE;

  return G_SOURCE_CONTINUE;
}

static void
on_message_for_table (CmRemoteWatch *watch,
                      const char    *type,
                      GBytes        *text,
                      gpointer       user_data)
{
  Watch *self = user_data;

  self->is_dirty |= g_str_equal (type, "live") || g_str_equal (type, "update");
}

static void
on_message_for_changes (CmRemoteWatch *watch,
                        const char    *type,
                        GBytes        *text,
                        gpointer       user_data)
{
  Watch *self = user_data;
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);

  if (g_str_equal (type, "alive"))
    return;

  if (fwrite (bytes, 1, size, stdout) != size || putchar ('\n') == EOF || fflush (stdout) != 0)
    g_main_loop_quit (self->loop);
}

static void
on_status (CmWatch    *watch,
           GParamSpec *pspec,
           gpointer    user_data)
{
  Watch *self = user_data;
  CmWatchStatus status = cm_watch_get_status (watch);
  const char *error = cm_watch_get_error (CM_WATCH (self->watch));

  if (status == self->told)
    return;

  self->told = status;
  if (status == CM_WATCH_LOST)
    g_printerr (_("conference-tracker: not connected: %s\n"), error != NULL ? error : "");
  else if (status == CM_WATCH_LIVE)
    g_printerr ("%s\n", _("conference-tracker: connected"));
}

static gboolean
on_stop (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static int
watch_remote (CmRemoteWatch *watch,
              gboolean       changes)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch self = { watch, loop, FALSE, CM_WATCH_CONNECTING };
  guint ids[3] = { 0 };

  g_signal_connect (watch, "message",
                    changes ? G_CALLBACK (on_message_for_changes) : G_CALLBACK (on_message_for_table), &self);
  g_signal_connect (watch, "notify::status", G_CALLBACK (on_status), &self);
  ids[0] = g_unix_signal_add (SIGTERM, on_stop, loop);
  ids[1] = g_unix_signal_add (SIGINT, on_stop, loop);
  ids[2] = g_timeout_add (TABLE_INTERVAL, on_table, &self);
  g_main_loop_run (loop);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_source_remove (ids[i]);
  g_signal_handlers_disconnect_by_data (watch, &self);

  return ferror (stdout) ? CM_EXIT_UNREADABLE : CM_EXIT_OK;
}

/**
 * cm_command_watch:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Shows what a tracker knows, until it is stopped.
 *
 * Returns: the exit status
 */
int
cm_command_watch (int    argc,
                  char **argv)
{
  g_autofree char *output = NULL;
  g_auto(CmRemoteArguments) arguments = { 0 };
  g_autoptr(CmRemoteWatch) watch = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_STRING, &output, N_("What to print: table (the default) or changes"), N_("WHAT") },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("watch [ADDRESS] — show what a tracker knows"));
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_remote_arguments_parse (&arguments, context, &argc, &argv);
  if (status != CM_EXIT_OK)
    return status;

  if (output != NULL && !g_str_equal (output, "changes") && !g_str_equal (output, "table"))
    {
      g_printerr (_("conference-tracker: the output “%s” is none of table, changes\n"), output);
      return CM_EXIT_FAULTS;
    }

  watch = cm_remote_arguments_connect (&arguments);

  return watch != NULL ? watch_remote (watch, g_strcmp0 (output, "changes") == 0) : CM_EXIT_FAULTS;
}
