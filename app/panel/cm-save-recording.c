/* cm-save-recording.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-save-recording.h"

#include "journal/cm-line-mask.h"
#include "journal/cm-line-writer.h"
#include "panel/cm-save-file.h"
#include "watch/play/cm-playback.h"

/* So much is written at a time, bytes. */
#define CHUNK (64 * 1024)

/**
 * Saving:
 * @recording: (nullable): what is played
 * @history: (nullable): what was seen of anything else
 * @until: the last moment that counts, ms UTC
 * @mask: (nullable): replaces names and numbers
 * @text: what is not written yet
 * @error: why nothing more can be written
 */
typedef struct
{
  CmRecording   *recording;
  CmHistory     *history;
  gint64         until;
  GFile         *file;
  CmLineMask    *mask;
  CmLineWriter  *writer;
  GOutputStream *stream;
  GCancellable  *cancellable;
  GString       *text;
  GError        *error;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_clear_pointer (&self->recording, cm_recording_free);
  g_clear_pointer (&self->history, cm_history_unref);
  g_clear_pointer (&self->mask, cm_line_mask_free);
  g_clear_pointer (&self->writer, cm_line_writer_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_object_unref (self->file);
  g_string_free (self->text, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
write_text (Saving     *self,
            const char *text,
            gsize       size)
{
  return g_output_stream_write_all (self->stream, text, size, NULL, self->cancellable, &self->error);
}

/* Line by line where names are replaced. */
static gboolean
write_lines (Saving *self)
{
  g_auto (GStrv) lines = NULL;
  gboolean good = TRUE;

  if (self->mask == NULL)
    {
      good = write_text (self, self->text->str, self->text->len);
      g_string_truncate (self->text, 0);
      return good;
    }

  lines = g_strsplit (self->text->str, "\n", -1);
  g_string_truncate (self->text, 0);
  for (guint i = 0; good && lines[i] != NULL; i++)
    {
      g_autofree char *masked = *lines[i] != '\0' ? cm_line_mask_dup (self->mask, lines[i]) : NULL;

      if (masked != NULL)
        good = write_text (self, masked, strlen (masked)) && write_text (self, "\n", 1);
    }

  return good;
}

static gboolean
save_recording (Saving *self)
{
  guint n = cm_recording_find (self->recording, self->until);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = cm_recording_dup_line (self->recording, i);

      g_string_append (self->text, line);
      g_string_append_c (self->text, '\n');
      if (self->text->len >= CHUNK && !write_lines (self))
        return FALSE;
    }

  return write_lines (self);
}

static gboolean
take_change (gint64            at,
             const char       *id,
             const CmDocument *after,
             gpointer          user_data)
{
  Saving *self = user_data;

  cm_line_writer_take (self->writer, at, id, after);
  cm_line_writer_drain (self->writer, self->text);

  return self->text->len < CHUNK || write_lines (self);
}

/* What a tracker has told is documents: the lines say the same. */
static gboolean
save_history (Saving *self)
{
  if (!cm_history_walk (self->history, self->until, take_change, self))
    return FALSE;

  cm_line_writer_finish (self->writer);
  cm_line_writer_drain (self->writer, self->text);

  return write_lines (self);
}

static gboolean
save (Saving *self)
{
  gboolean whole;

  self->stream = cm_save_file_open (self->file, self->cancellable, &self->error);
  if (self->stream == NULL)
    return FALSE;

  whole = self->recording != NULL ? save_recording (self) : save_history (self);

  return cm_save_file_close (self->stream, whole, self->cancellable, &self->error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Saving *self = data;

  if (save (self))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&self->error));
}

/* Returns: whether anything of it was kept that can be saved */
gboolean
cm_save_recording_can (CmWatch *watch)
{
  gint64 start = CM_TIME_NONE;

  if (CM_IS_PLAYBACK (watch))
    return TRUE;
  if (watch != NULL)
    g_object_get (watch, "history-start", &start, NULL);

  return start != CM_TIME_NONE;
}

/**
 * cm_save_recording_async:
 * @watch: something that cm_save_recording_can()
 * @file: where to
 * @masked: whether names, addresses and numbers are replaced, each always by the same
 * @cancellable: (nullable): to break it off
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves what was seen up to the moment that is shown as event lines: of a recording
 * its own, of anything else lines that give the same documents.
 */
void
cm_save_recording_async (CmWatch             *watch,
                         GFile               *file,
                         gboolean             masked,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (watch, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  g_return_if_fail (cm_save_recording_can (watch));

  if (CM_IS_PLAYBACK (watch))
    saving->recording = cm_recording_copy (cm_playback_get_recording (CM_PLAYBACK (watch)));
  else
    saving->history = cm_watch_dup_history (watch);
  saving->until = cm_watch_get_now (watch);
  saving->file = g_object_ref (file);
  saving->mask = masked ? cm_line_mask_new () : NULL;
  saving->writer = cm_line_writer_new ();
  saving->text = g_string_new (NULL);
  g_set_object (&saving->cancellable, cancellable);

  g_task_set_source_tag (task, cm_save_recording_async);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_thread);
}

/**
 * cm_save_recording_finish:
 * @watch: what was saved
 * @result: what the callback got
 * @error: where the reason goes
 *
 * Returns: whether all of it is in the file; else that is as it was before
 */
gboolean
cm_save_recording_finish (CmWatch       *watch,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
