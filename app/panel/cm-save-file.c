/* cm-save-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-save-file.h"

/**
 * cm_save_file_open:
 * @file: what the user wants to have it in; a file that is there stays as it is until
 *   cm_save_file_close()
 * @cancellable: (nullable): to break it off
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): where to write
 */
GOutputStream *
cm_save_file_open (GFile         *file,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE,
                                          G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE,
                                          cancellable, error));
}

/**
 * cm_save_file_close:
 * @stream: what cm_save_file_open() gave
 * @whole: whether all of it was written
 * @cancellable: (nullable): to break it off
 * @error: where the reason goes; of what is not whole there is none
 *
 * Puts what was written in the place of the file, or throws it away: a stream that is
 * closed while it is cancelled does that, and any other replaces the file, whatever was
 * written (g_file_replace() in GIO's manual). g_file_replace_contents() does not care.
 *
 * Returns: whether all of it is in the file; else that is as it was before
 */
gboolean
cm_save_file_close (GOutputStream  *stream,
                    gboolean        whole,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  if (whole)
    return g_output_stream_close (stream, cancellable, error);

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);

  return FALSE;
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = cm_save_file_open (G_FILE (source), cancellable, &error);
  gsize size;
  gconstpointer text = g_bytes_get_data (data, &size);
  gboolean whole = stream != NULL && g_output_stream_write_all (stream, text, size, NULL, cancellable, &error);

  if (stream != NULL && cm_save_file_close (stream, whole, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * cm_save_file_text_async:
 * @file: where to
 * @text: what is to be in it
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
cm_save_file_text_async (GFile               *file,
                         GBytes              *text,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (file, NULL, callback, user_data);

  g_task_set_source_tag (task, cm_save_file_text_async);
  g_task_set_task_data (task, g_bytes_ref (text), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, save_thread);
}

/* Returns: whether all of it is in the file; else that is as it was before */
gboolean
cm_save_file_text_finish (GFile         *file,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
