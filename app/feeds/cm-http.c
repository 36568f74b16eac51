/* cm-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-http.h"

#include <glib/gi18n.h>

#define READ_SIZE (64 * 1024)

typedef struct
{
  GByteArray *body;
  gsize       max_size;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_byte_array_unref (self->body);
  g_free (self);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_bytes_get_size (bytes) == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&reading->body)),
                             (GDestroyNotify) g_bytes_unref);
      reading->body = g_byte_array_new ();
      return;
    }

  if (reading->body->len + g_bytes_get_size (bytes) > reading->max_size)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("an answer is longer than it may be"));
      return;
    }

  g_byte_array_append (reading->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), READ_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    g_task_return_error (task, error);
  else
    g_input_stream_read_bytes_async (stream, READ_SIZE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read,
                                     g_object_ref (task));
}

/**
 * cm_http_send_async:
 * @session: whose connections are used
 * @message: a request; redirects are not followed: what a secret in it is for is
 *   only where it was sent
 * @max_size: how long the answer may be, bytes
 * @cancellable: (nullable): to give up waiting
 * @callback: called when all of the answer is there
 * @user_data: for @callback
 */
void
cm_http_send_async (SoupSession         *session,
                    SoupMessage         *message,
                    gsize                max_size,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (message, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->body = g_byte_array_new ();
  reading->max_size = max_size;
  g_task_set_task_data (task, reading, reading_free);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, on_sent, task);
}

/**
 * cm_http_send_finish:
 * @result: what the callback got
 * @error: where the reason goes
 *
 * Returns: (transfer full) (nullable): the body of the answer, whatever its status
 */
GBytes *
cm_http_send_finish (GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
