/* cm-errand.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-errand.h"

#include <glib/gi18n.h>
#include <string.h>

/* A program that takes longer is ended, s. */
#define PATIENCE 30

/* Of what it says the first line is told, bytes. */
#define MAX_REASON 200

/**
 * CmErrand:
 * @said: the begin of what it has said on its standard error
 * @cancellable: cancelled where nobody waits for it any more
 *
 * A program that was started for one command.
 */
typedef struct
{
  GSubprocess  *process;
  GCancellable *cancellable;
  GString      *said;
  guint         timeout_id;
  guint         read_id;
  gboolean      is_late;
  CmErrandFunc  func;
  gpointer      user_data;
} CmErrand;

static void
errand_free (CmErrand *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_string_free (self->said, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmErrand, errand_free)

/* Reads what is there; all that goes beyond a reason is read too, or the program
 * would wait. Returns: whether there may be more */
static gboolean
read_some (CmErrand *self)
{
  GInputStream *stream = g_subprocess_get_stderr_pipe (self->process);
  g_autoptr(GError) error = NULL;
  char bytes[4096];

  while (TRUE)
    {
      gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), bytes, sizeof bytes,
                                                           NULL, &error);

      if (n <= 0)
        return n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
      if (self->said->len < MAX_REASON)
        g_string_append_len (self->said, bytes, n);
    }
}

static gboolean
on_readable (GObject  *stream,
             gpointer  user_data)
{
  CmErrand *self = user_data;

  if (read_some (self))
    return G_SOURCE_CONTINUE;

  self->read_id = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout (gpointer user_data)
{
  CmErrand *self = user_data;

  self->timeout_id = 0;
  self->is_late = TRUE;
  g_subprocess_force_exit (self->process);

  return G_SOURCE_REMOVE;
}

/* The first line, whole characters of it. */
static char *
dup_said (CmErrand *self)
{
  g_autofree char *text = g_utf8_make_valid (self->said->str, (gssize) self->said->len);
  gsize size = MIN (strcspn (text, "\r\n"), MAX_REASON);
  const char *end;

  g_utf8_validate_len (text, size, &end);

  return g_strndup (text, (gsize) (end - text));
}

static char *
dup_reason (CmErrand *self)
{
  g_autofree char *said = NULL;

  if (self->is_late)
    return g_strdup_printf (_("the program did not end within %d seconds"), PATIENCE);
  if (g_subprocess_get_successful (self->process))
    return NULL;

  said = dup_said (self);
  if (said[0] != '\0')
    return g_steal_pointer (&said);

  return g_strdup (_("the program did not do it, and did not say why"));
}

static void
on_ended (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CmErrand) self = user_data;
  g_autofree char *reason = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  g_subprocess_wait_finish (self->process, result, NULL);
  read_some (self);
  reason = dup_reason (self);
  self->func (reason, self->user_data);
}

/* A program that does not read what it is told may still have done it. */
static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  g_output_stream_close_async (G_OUTPUT_STREAM (object), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
give_text (CmErrand   *self,
           const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  GOutputStream *stream = g_subprocess_get_stdin_pipe (self->process);
  gsize size = strlen (line);

  /* The stream keeps the line until it is written. */
  g_object_set_data_full (G_OBJECT (stream), "line", line, g_free);
  g_output_stream_write_all_async (stream, g_steal_pointer (&line), size, G_PRIORITY_DEFAULT, self->cancellable,
                                   on_written, NULL);
}

/**
 * cm_errand_run:
 * @argv: a program and its arguments
 * @text: what it is given on its standard input, as one line
 * @cancellable: cancelled where the answer is no longer wanted
 * @func: called once, perhaps before this returns
 * @user_data: for it
 *
 * Has a program do what was asked. That it ends with 0 means it has taken it.
 */
void
cm_errand_run (const char *const *argv,
               const char        *text,
               GCancellable      *cancellable,
               CmErrandFunc       func,
               gpointer           user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSource) source = NULL;
  GInputStream *stream;
  CmErrand *self;
  GSubprocess *process = g_subprocess_newv (argv,
                                            G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                            G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  if (process == NULL)
    {
      func (error->message, user_data);
      return;
    }

  self = g_new0 (CmErrand, 1);
  self->process = process;
  self->cancellable = g_object_ref (cancellable);
  self->said = g_string_new (NULL);
  self->func = func;
  self->user_data = user_data;
  self->timeout_id = g_timeout_add_seconds (PATIENCE, on_timeout, self);
  stream = g_subprocess_get_stderr_pipe (process);
  source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (stream), NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_readable), self, NULL);
  self->read_id = g_source_attach (source, NULL);
  give_text (self, text);
  g_subprocess_wait_async (process, cancellable, on_ended, self);
}
