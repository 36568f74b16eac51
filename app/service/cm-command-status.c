/* cm-command-status.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "service/cm-remote-arguments.h"
#include "service/cm-service.h"

/* How long it waits for an answer, ms. */
#define PATIENCE 3500

#define EXIT_LIVE 0
#define EXIT_STALE 1
#define EXIT_UNREACHABLE 2

typedef struct
{
  GMainLoop *loop;
  gboolean   was_connected;
  gboolean   is_alive;
} Status;

/* Live is a tracker that has said all, and that it is alive. */
static void
on_message (CmRemoteWatch *watch,
            const char    *type,
            GBytes        *text,
            gpointer       user_data)
{
  Status *self = user_data;

  self->was_connected = TRUE;
  self->is_alive |= g_str_equal (type, "alive");
  if (self->is_alive && cm_watch_get_status (CM_WATCH (watch)) == CM_WATCH_LIVE)
    g_main_loop_quit (self->loop);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
print_live (CmRemoteWatch *watch)
{
  g_autoptr(GPtrArray) documents = cm_remote_watch_dup_documents (watch);
  guint n_live = 0, n_attention = 0;

  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);

      n_live += document->live;
      n_attention += document->attention->len > 0;
    }

  g_print (_("live: %u conversations, %u need attention, %u sources\n"), n_live, n_attention,
           cm_watch_get_n_sources (CM_WATCH (watch)));
}

static int
print_status (CmRemoteWatch *watch,
              const Status  *self)
{
  const char *error = cm_watch_get_error (CM_WATCH (watch));

  if (self->is_alive && cm_watch_get_status (CM_WATCH (watch)) == CM_WATCH_LIVE)
    {
      print_live (watch);
      return EXIT_LIVE;
    }

  if (self->was_connected)
    {
      g_print ("%s\n", _("stale: the tracker says nothing"));
      return EXIT_STALE;
    }

  g_print (_("unreachable: %s\n"), error != NULL ? error : _("the tracker does not answer"));

  return EXIT_UNREACHABLE;
}

/**
 * cm_command_status:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Tells in one line how a tracker is.
 *
 * Returns: 0 where it is live, 1 where it is stale, 2 where it is not reached
 */
int
cm_command_status (int    argc,
                   char **argv)
{
  g_auto(CmRemoteArguments) arguments = { 0 };
  g_autoptr(CmRemoteWatch) watch = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GOptionContext *context = g_option_context_new (_("status [ADDRESS] — tell in one line how a tracker is"));
  Status self = { loop, FALSE, FALSE };
  guint timeout_id;

  if (cm_remote_arguments_parse (&arguments, context, &argc, &argv) != CM_EXIT_OK)
    return EXIT_UNREACHABLE;

  watch = cm_remote_arguments_connect (&arguments);
  if (watch == NULL)
    return EXIT_UNREACHABLE;

  g_signal_connect (watch, "message", G_CALLBACK (on_message), &self);
  timeout_id = g_timeout_add (PATIENCE, on_timeout, loop);
  g_main_loop_run (loop);
  g_source_remove (timeout_id);
  g_signal_handlers_disconnect_by_data (watch, &self);

  return print_status (watch, &self);
}
