/* cm-recording-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-recording-file.h"

#include <glib/gi18n.h>
#include <string.h>

/* The whole recording is in memory while it plays. */
#define MAX_SIZE (1024u * 1024 * 1024)

/* So much is read and indexed within a frame or two: what is shown first. */
#define HEAD_SIZE (256u * 1024)

/* The rest is read in pieces, so that somebody may break it off. */
#define PIECE_SIZE (1024u * 1024)

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_ETAG_VALUE "," G_FILE_ATTRIBUTE_ID_FILE

struct _CmRecordingFile
{
  GFile            *file;
  GFileInputStream *stream; /* it goes on behind @bytes */
  GFileInfo        *info;   /* of the file when it was opened */
  GByteArray       *bytes;
  CmRecording      *head;
  gboolean          whole;
};

static gboolean
check_size (goffset   size,
            GError  **error)
{
  if (size <= MAX_SIZE)
    return TRUE;

  g_set_error_literal (error, CM_RECORDING_ERROR, CM_RECORDING_ERROR_TOO_LARGE,
                       _("It is larger than 1 GiB."));

  return FALSE;
}

/* Reads @size more bytes, or up to the end. */
static gboolean
read_more (CmRecordingFile  *self,
           gsize             size,
           GCancellable     *cancellable,
           GError          **error)
{
  guint before = self->bytes->len;
  gsize n;

  g_byte_array_set_size (self->bytes, before + (guint) size);
  if (!g_input_stream_read_all (G_INPUT_STREAM (self->stream), self->bytes->data + before, size, &n,
                                cancellable, error))
    return FALSE;

  g_byte_array_set_size (self->bytes, before + (guint) n);
  self->whole = n < size;

  return check_size (self->bytes->len, error);
}

/* Whole lines only, where more is to come. */
static GBytes *
dup_lines (CmRecordingFile *self)
{
  gsize size = self->bytes->len;

  while (!self->whole && size > 0 && self->bytes->data[size - 1] != '\n')
    size--;

  return g_bytes_new (self->bytes->data, size);
}

/* A file that begins with what are no events is read on until there is one. */
static gboolean
read_head (CmRecordingFile  *self,
           GError          **error)
{
  for (gsize size = HEAD_SIZE; self->head == NULL; size *= 4)
    {
      g_autoptr(GBytes) lines = NULL;

      if (!read_more (self, size, NULL, error))
        return FALSE;

      lines = dup_lines (self);
      self->head = cm_recording_new_for_bytes (lines, self->whole ? error : NULL);
      if (self->whole)
        return self->head != NULL;
    }

  return TRUE;
}

/**
 * cm_recording_file_open:
 * @file: a file of event lines
 * @error: where the reason goes
 *
 * Reads no more of it than can be shown at once.
 *
 * Returns: (transfer full): the file, or %NULL where it cannot be read or no line of
 *   it is an event
 */
CmRecordingFile *
cm_recording_file_open (GFile   *file,
                        GError **error)
{
  g_autoptr(CmRecordingFile) self = g_new0 (CmRecordingFile, 1);

  self->file = g_object_ref (file);
  self->bytes = g_byte_array_new ();
  /* Not mapped: a file that somebody cuts off must not take us along. */
  self->stream = g_file_read (file, NULL, error);
  if (self->stream == NULL)
    return NULL;

  self->info = g_file_input_stream_query_info (self->stream, ATTRIBUTES, NULL, error);
  if (self->info == NULL || !check_size (g_file_info_get_size (self->info), error))
    return NULL;

  return read_head (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * cm_recording_file_free:
 * @self: (transfer full): a file
 */
void
cm_recording_file_free (CmRecordingFile *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->info);
  g_clear_pointer (&self->head, cm_recording_free);
  g_object_unref (self->file);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* Returns: (transfer full): what was read at once */
CmRecording *
cm_recording_file_dup_head (CmRecordingFile *self)
{
  return cm_recording_copy (self->head);
}

/* Returns: whether that is all of it */
gboolean
cm_recording_file_is_whole (CmRecordingFile *self)
{
  return self->whole;
}

/**
 * cm_recording_file_read_rest:
 * @self: a file; nobody else may use it meanwhile
 * @cancellable: (nullable): to break it off
 * @error: where the reason goes
 *
 * For a thread. What is read is that file which was opened, even if its name is
 * another's by now.
 *
 * Returns: (transfer full): the whole recording, or %NULL where it cannot be read
 */
CmRecording *
cm_recording_file_read_rest (CmRecordingFile  *self,
                             GCancellable     *cancellable,
                             GError          **error)
{
  g_autoptr(GBytes) bytes = NULL;

  while (!self->whole)
    {
      if (!read_more (self, PIECE_SIZE, cancellable, error))
        return NULL;
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  self->bytes = g_byte_array_new ();

  return cm_recording_new_for_bytes (bytes, error);
}

/* Within the grain of the clock, the time alone does not tell. */
static gboolean
is_same (GFileInfo *a,
         GFileInfo *b)
{
  return g_strcmp0 (g_file_info_get_etag (a), g_file_info_get_etag (b)) == 0 &&
         g_file_info_get_size (a) == g_file_info_get_size (b) &&
         g_strcmp0 (g_file_info_get_attribute_string (a, G_FILE_ATTRIBUTE_ID_FILE),
                    g_file_info_get_attribute_string (b, G_FILE_ATTRIBUTE_ID_FILE)) == 0;
}

/**
 * cm_recording_file_dup_fault:
 * @self: a file that has been read
 *
 * Returns: (nullable) (transfer full): what became of the file since it was opened, in
 *   words; %NULL where it is still what was read
 */
char *
cm_recording_file_dup_fault (CmRecordingFile *self)
{
  g_autoptr(GFileInfo) info = g_file_query_info (self->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info == NULL)
    /* Translators: of a file that is shown */
    return g_strdup (_("The file has been removed since"));
  if (!is_same (info, self->info))
    /* Translators: of a file that is shown */
    return g_strdup (_("The file has been changed since"));

  return NULL;
}
