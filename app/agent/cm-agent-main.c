/* cm-agent-main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-agent-main.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/cm-agent-options.h"
#include "agent/cm-errand.h"
#include "agent/cm-input-lines.h"
#include "agent/cm-post.h"

/* So many programs may be at work for commands. */
#define MAX_ERRANDS 8

/**
 * Program:
 * @n_errands: how many commands a program is at work for
 * @has_ended: nothing more is given
 */
typedef struct
{
  CmAgentOptions  options;
  CmOutbox       *outbox;
  CmInputLines   *input;
  CmPost         *post;
  GMainLoop      *loop;
  GCancellable   *cancellable;
  guint64         told_kept;
  guint           n_errands;
  guint           linger_id;
  int             status;
  gboolean        has_ended;
} Program;

typedef struct
{
  Program *program;
  char    *id;
} Asked;

static void
stop_if_done (Program *self)
{
  if (self->has_ended && cm_outbox_is_empty (self->outbox))
    g_main_loop_quit (self->loop);
}

static void
tell_dropped (Program *self)
{
  guint64 dropped = cm_input_lines_take_dropped (self->input);

  if (dropped > 0)
    g_printerr (_("conference-agent: %" PRIu64 " lines were dropped while the tracker was away\n"), dropped);
}

static gboolean
may_wait (gpointer user_data)
{
  Program *self = user_data;

  return cm_post_is_connected (self->post);
}

/* Whoever gives lines learns which he need not give again. */
static void
on_kept (gpointer user_data)
{
  Program *self = user_data;
  guint64 kept = cm_input_lines_get_kept (self->input);

  if (self->options.tells_kept && kept > self->told_kept)
    {
      printf ("%" PRIu64 "\n", kept);
      fflush (stdout);
    }
  self->told_kept = kept;
  cm_post_push (self->post);
}

static gboolean
on_linger (gpointer user_data)
{
  Program *self = user_data;

  self->linger_id = 0;
  g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

static void
on_ended (gboolean failed,
          gpointer user_data)
{
  Program *self = user_data;

  self->has_ended = TRUE;
  if (failed)
    self->status = CM_AGENT_EXIT_UNREADABLE;
  if (self->options.linger >= 0)
    self->linger_id = g_timeout_add_seconds ((guint) self->options.linger, on_linger, self);
  stop_if_done (self);
}

static gboolean
number_all (gpointer user_data)
{
  Program *self = user_data;
  g_autoptr(GError) error = NULL;

  if (cm_input_lines_number_all (self->input, &error))
    return TRUE;

  g_printerr ("conference-agent: %s\n", error->message);
  self->status = CM_AGENT_EXIT_UNREADABLE;
  g_main_loop_quit (self->loop);

  return FALSE;
}

static void
on_moved (gpointer user_data)
{
  Program *self = user_data;

  if (cm_post_is_connected (self->post))
    tell_dropped (self);
  cm_input_lines_go_on (self->input);
  stop_if_done (self);
}

static void
on_errand (const char *reason,
           gpointer    user_data)
{
  Asked *asked = user_data;

  asked->program->n_errands--;
  if (reason != NULL)
    cm_post_refuse (asked->program->post, asked->id, reason);
  g_free (asked->id);
  g_free (asked);
}

static void
on_command (const char *id,
            const char *text,
            gpointer    user_data)
{
  Program *self = user_data;
  Asked *asked;

  if (self->options.argv == NULL)
    {
      cm_post_refuse (self->post, id, _("this agent takes no commands"));
      return;
    }
  if (self->n_errands >= MAX_ERRANDS)
    {
      cm_post_refuse (self->post, id, _("too many commands are at work; try again later"));
      return;
    }

  asked = g_new (Asked, 1);
  *asked = (Asked) { self, g_strdup (id) };
  self->n_errands++;
  cm_errand_run ((const char *const *) self->options.argv, text, self->cancellable, on_errand, asked);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

/* A named pipe is held open for writing too: that its writers come and go ends
 * nothing. */
static int
open_input (const char *path)
{
  struct stat info;
  gboolean is_pipe;
  int fd;

  if (path == NULL)
    return STDIN_FILENO;

  is_pipe = stat (path, &info) == 0 && S_ISFIFO (info.st_mode);
  fd = g_open (path, (is_pipe ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0)
    g_printerr (_("conference-agent: %s cannot be read; make it first, for example with mkfifo\n"), path);

  return fd;
}

static gboolean
set_up (Program *self,
        int      fd)
{
  const CmInputLinesFuncs input_funcs = { may_wait, on_kept, on_ended };
  const CmPostFuncs post_funcs = { number_all, on_moved, on_command };
  const CmPostOptions options = {
    .remote = { self->options.address, self->options.token, self->options.authority, TRUE },
    .sources = (const char *const *) self->options.sources,
    .actions = self->options.actions,
    .heartbeat = (guint) self->options.heartbeat
  };
  g_autoptr(GError) error = NULL;

  self->outbox = cm_outbox_open (self->options.outbox, (guint64) self->options.keep_mib * 1024 * 1024, &error);
  if (self->outbox != NULL)
    self->post = cm_post_new (&options, self->outbox, &post_funcs, self, &error);
  if (self->post == NULL)
    {
      g_printerr ("conference-agent: %s\n", error->message);
      self->status = self->outbox != NULL ? CM_AGENT_EXIT_USAGE : CM_AGENT_EXIT_UNREADABLE;
      return FALSE;
    }
  self->input = cm_input_lines_new (fd, self->outbox, options.sources, &input_funcs, self);
  cm_input_lines_go_on (self->input);

  return TRUE;
}

static void
run (Program *self)
{
  guint ids[] = {
    g_unix_signal_add (SIGTERM, on_signal, self->loop),
    g_unix_signal_add (SIGINT, on_signal, self->loop)
  };
  g_autoptr(GError) error = NULL;

  g_main_loop_run (self->loop);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_source_remove (ids[i]);
  g_clear_handle_id (&self->linger_id, g_source_remove);
  tell_dropped (self);

  if (!cm_outbox_tidy (self->outbox, &error))
    {
      g_printerr ("conference-agent: %s\n", error->message);
      self->status = CM_AGENT_EXIT_UNREADABLE;
    }
  if (self->has_ended && !cm_outbox_is_empty (self->outbox))
    {
      g_printerr (_("conference-agent: not all could be brought to the tracker; the rest waits in %s\n"),
                  self->options.outbox);
      self->status = CM_AGENT_EXIT_UNREADABLE;
    }
}

static int
run_program (Program *self)
{
  int fd = open_input (self->options.input);

  if (fd < 0)
    return CM_AGENT_EXIT_UNREADABLE;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  if (set_up (self, fd))
    run (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->post, cm_post_free);
  g_clear_pointer (&self->input, cm_input_lines_free);
  g_clear_pointer (&self->outbox, cm_outbox_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  if (fd != STDIN_FILENO)
    close (fd);

  return self->status;
}

/**
 * cm_agent_main:
 * @argc: how many arguments
 * @argv: the arguments
 *
 * The program conference-agent.
 *
 * Returns: its exit status
 */
int
cm_agent_main (int    argc,
               char **argv)
{
  Program self = { .status = CM_AGENT_EXIT_OK };
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  status = cm_agent_options_parse (&self.options, argc, argv);
  if (status == CM_AGENT_EXIT_OK && self.options.is_version)
    g_print ("conference-agent %s\n", PACKAGE_VERSION);
  else if (status == CM_AGENT_EXIT_OK)
    status = run_program (&self);
  cm_agent_options_clear (&self.options);

  return status;
}
