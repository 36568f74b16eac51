/* cm-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-http.h"

#include <glib/gi18n.h>

#define READ_SIZE (64 * 1024)

/* Whoever asks for more patience than this is asked again all the same, s. */
#define MAX_RETRY_AFTER 300

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

/**
 * cm_http_is_busy:
 * @status: of HTTP
 *
 * Returns: whether the system is there, and finds no fault with what it was asked, but
 *   does not answer it now: it has been asked too often (RFC 6585, section 4), or
 *   cannot (RFC 9110, section 15.6)
 */
gboolean
cm_http_is_busy (guint status)
{
  return status == 429 || (status >= 500 && status < 600);
}

/**
 * cm_http_get_retry_after:
 * @message: a request that has been answered
 *
 * "Retry-After" is a number of seconds or a date (RFC 9110, section 10.2.3).
 *
 * Returns: how long it is not to be asked again, ms; no longer than five minutes, and
 *   0 where the answer does not say
 */
guint
cm_http_get_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (guint) MIN (seconds, MAX_RETRY_AFTER) * 1000;

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;

  return (guint) CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0, MAX_RETRY_AFTER) * 1000;
}
