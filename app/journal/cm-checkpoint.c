/* cm-checkpoint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "journal/cm-journal-disk.h"

#define NAME "checkpoint"

/* What is not finished. */
#define NEW_NAME "checkpoint.new"

#define MAGIC "conference-tracker checkpoint"

/* Of what stands before the state, which has a version of its own. */
#define VERSION 1

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);

  return FALSE;
}

/**
 * cm_checkpoint_fail:
 * @error: where it goes
 *
 * Says that a state could not be read.
 */
void
cm_checkpoint_fail (GError **error)
{
  refuse (error, "it was written by another version");
}

static gboolean
read_head (CmCheckpoint  *self,
           const char    *folder,
           GError       **error)
{
  CmPackReader *pack = self->pack;
  guint64 hash, found;

  if (!cm_pack_reader_is_good (pack))
    return refuse (error, "it is damaged");
  if (!cm_text_equal (cm_pack_reader_text (pack), CM_TEXT (MAGIC)) ||
      cm_pack_reader_number (pack, G_MININT64, G_MAXINT64) != VERSION)
    {
      cm_checkpoint_fail (error);
      return FALSE;
    }

  self->place.number = (guint) cm_pack_reader_number (pack, 1, G_MAXUINT);
  self->place.offset = (guint64) cm_pack_reader_number (pack, 0, G_MAXINT64);
  hash = (guint64) cm_pack_reader_number (pack, G_MININT64, G_MAXINT64);
  self->events = (guint64) cm_pack_reader_number (pack, 0, G_MAXINT64);
  if (!cm_pack_reader_is_good (pack) || !cm_journal_hash (folder, &self->place, &found) || found != hash)
    return refuse (error, "it is not one of these files");

  return TRUE;
}

/**
 * cm_checkpoint_open:
 * @self: (out caller-allocates): what was found, to be cleared in any case
 * @folder: a journal's folder
 * @error: where the reason goes; %G_IO_ERROR_NOT_FOUND where there is none
 *
 * Returns: whether there is one of this journal, whole
 */
gboolean
cm_checkpoint_open (CmCheckpoint  *self,
                    const char    *folder,
                    GError       **error)
{
  g_autofree char *path = g_build_filename (folder, NAME, NULL);

  *self = (CmCheckpoint) { 0 };
  if (g_access (path, F_OK) != 0 && errno == ENOENT)
    return cm_journal_fail (path, error);

  self->file = g_mapped_file_new (path, FALSE, error);
  if (self->file == NULL)
    return FALSE;

  self->size = g_mapped_file_get_length (self->file);
  self->pack = cm_pack_reader_new ((const guint8 *) g_mapped_file_get_contents (self->file), self->size);

  return read_head (self, folder, error);
}

/**
 * cm_checkpoint_tidy:
 * @folder: a journal's folder
 *
 * Takes away what was not finished.
 */
void
cm_checkpoint_tidy (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, NEW_NAME, NULL);

  g_unlink (path);
}

/**
 * cm_checkpoint_clear:
 * @self: a checkpoint that was opened, or not
 */
void
cm_checkpoint_clear (CmCheckpoint *self)
{
  g_clear_pointer (&self->pack, cm_pack_reader_free);
  g_clear_pointer (&self->file, g_mapped_file_unref);
}

typedef struct
{
  int   fd;
  gsize size;
} Output;

static gboolean
write_bytes (const guint8 *bytes,
             gsize         size,
             gpointer      user_data)
{
  Output *output = user_data;

  output->size += size;

  return cm_journal_write_all (output->fd, bytes, size);
}

static gboolean
write_state (CmCheckpoint              *self,
             guint64                    hash,
             const CmJournalStateFuncs *funcs,
             gpointer                   state,
             int                        fd)
{
  Output output = { fd, 0 };
  g_autoptr(CmPackWriter) pack = cm_pack_writer_new (write_bytes, &output);
  gboolean ok;

  cm_pack_writer_text (pack, MAGIC);
  cm_pack_writer_number (pack, VERSION);
  cm_pack_writer_number (pack, self->place.number);
  cm_pack_writer_number (pack, (gint64) self->place.offset);
  cm_pack_writer_number (pack, (gint64) hash);
  cm_pack_writer_number (pack, (gint64) self->events);
  funcs->write (state, pack);

  ok = cm_pack_writer_finish (pack);
  self->size = output.size;

  return ok && fsync (fd) == 0;
}

static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);

  return ok;
}

/**
 * cm_checkpoint_write:
 * @self: of which place it is, and of how many events; its size is filled in
 * @folder: a journal's folder
 * @funcs: how @state is written
 * @state: what the lines before have come to
 * @error: where the reason goes
 *
 * The one before is there until this one is whole, and on disk.
 *
 * Returns: %FALSE where it cannot be written; then the one before stays
 */
gboolean
cm_checkpoint_write (CmCheckpoint               *self,
                     const char                 *folder,
                     const CmJournalStateFuncs  *funcs,
                     gpointer                    state,
                     GError                    **error)
{
  g_autofree char *path = g_build_filename (folder, NAME, NULL);
  g_autofree char *new_path = g_build_filename (folder, NEW_NAME, NULL);
  guint64 hash;
  gboolean ok;
  int fd;

  if (!cm_journal_hash (folder, &self->place, &hash))
    return refuse (error, "the file that it is of is gone");

  fd = open (new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    return cm_journal_fail (new_path, error);

  ok = write_state (self, hash, funcs, state, fd) || cm_journal_fail (new_path, error);
  close (fd);
  if (ok && (rename (new_path, path) != 0 || !sync_folder (folder)))
    ok = cm_journal_fail (path, error);
  if (!ok)
    g_unlink (new_path);

  return ok;
}
