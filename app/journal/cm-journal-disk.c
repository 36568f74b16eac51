/* cm-journal-disk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-journal-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where lines are kept for so long, a file is ended after such a part of it: all of a
 * file goes at once, and its first lines must not wait for its last. */
#define FILE_PART 8

static gint64
get_now (void)
{
  return g_get_real_time () / 1000;
}

/**
 * cm_journal_write_all:
 * @fd: a file
 * @bytes: (array length=size): what goes there
 * @size: how many bytes
 *
 * Returns: %FALSE where not all of it could be written; see errno
 */
gboolean
cm_journal_write_all (int         fd,
                      const void *bytes,
                      gsize       size)
{
  const char *next = bytes;

  while (size > 0)
    {
      gssize written = write (fd, next, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      next += written;
      size -= (gsize) written;
    }

  return TRUE;
}

/**
 * cm_journal_disk_lock:
 * @self: where a journal is to be
 * @error: where the reason goes
 *
 * Two that write the same journal would spoil it.
 *
 * Returns: %FALSE where another one does
 */
gboolean
cm_journal_disk_lock (CmJournalDisk  *self,
                      GError        **error)
{
  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    self->lock_fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->lock_fd < 0)
    {
      cm_journal_fail (self->folder, error);
      g_prefix_error (error, "the journal needs a folder in which this user can write: ");
      return FALSE;
    }

  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s: another tracker keeps its journal there", self->folder);

  return FALSE;
}

/* Of an empty file the first line is yet to come. */
static gint64
get_begin (const CmJournalDisk *self,
           guint                number)
{
  gint64 begin = self->used > 0 ? cm_journal_get_begin (self->folder, number) : CM_TIME_NONE;

  return begin != CM_TIME_NONE ? begin : get_now ();
}

/**
 * cm_journal_disk_open:
 * @self: where a journal is
 * @number: which of its files is written to from now on
 * @error: where the reason goes
 *
 * Returns: %FALSE where it cannot be
 */
gboolean
cm_journal_disk_open (CmJournalDisk  *self,
                      guint           number,
                      GError        **error)
{
  g_autofree char *path = cm_journal_dup_path (self->folder, number);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct stat status;

  if (fd < 0)
    return cm_journal_fail (path, error);

  /* The name of a new file is on disk only when its folder is. */
  if (fstat (fd, &status) != 0 || fsync (self->lock_fd) != 0)
    {
      cm_journal_fail (path, error);
      close (fd);
      return FALSE;
    }

  if (self->fd >= 0)
    close (self->fd);
  self->fd = fd;
  self->number = number;
  self->used = (guint64) status.st_size;
  self->begun = get_begin (self, number);

  return TRUE;
}

/**
 * cm_journal_disk_drop:
 * @self: where a journal is
 * @all: the newest may go too, where it is too old
 *
 * What is too old, or beyond what may be kept, goes. An age of the file is an age of
 * its last event.
 */
void
cm_journal_disk_drop (CmJournalDisk *self,
                      gboolean       all)
{
  g_autoptr(GArray) numbers = cm_journal_list (self->folder, NULL);
  gint64 oldest = get_now () - self->keep;
  guint64 size = 0;

  for (guint i = numbers != NULL ? numbers->len : 0; i-- > 0;)
    {
      g_autofree char *path = cm_journal_dup_path (self->folder, g_array_index (numbers, guint, i));
      gboolean is_newest = i + 1 == numbers->len;
      GStatBuf status;

      if (g_stat (path, &status) != 0)
        continue;

      size += (guint64) status.st_size;
      if ((self->keep > 0 && (all || !is_newest) && status.st_mtime * G_GINT64_CONSTANT (1000) < oldest) ||
          (self->keep_size > 0 && !is_newest && size > self->keep_size))
        self->has_dropped |= g_unlink (path) == 0;
    }
}

static gboolean
is_full (const CmJournalDisk *self)
{
  return self->used >= self->file_size ||
         (self->keep > 0 && self->used > 0 && get_now () - self->begun > self->keep / FILE_PART);
}

/**
 * cm_journal_disk_write:
 * @self: where a journal is
 * @bytes: (array length=size): whole lines, or none
 * @size: how many bytes
 * @error: where the reason goes
 *
 * Ends the file before where it is large or old enough, and lets go what is no longer
 * to be kept.
 *
 * Returns: whether they are on disk; if not, none of them is in the file
 */
gboolean
cm_journal_disk_write (CmJournalDisk  *self,
                       const void     *bytes,
                       gsize           size,
                       GError        **error)
{
  if (is_full (self) && !cm_journal_disk_open (self, self->number + 1, error))
    return FALSE;

  if (!cm_journal_write_all (self->fd, bytes, size) || fdatasync (self->fd) != 0)
    {
      cm_journal_fail (self->folder, error);
      /* A part of it may be there: the same is written again. */
      if (ftruncate (self->fd, (off_t) self->used) != 0)
        g_prefix_error (error, "its end cannot be cut off: ");
      return FALSE;
    }

  if (self->used == 0)
    {
      self->begun = get_now ();
      cm_journal_disk_drop (self, FALSE);
    }
  self->used += size;

  return TRUE;
}

/**
 * cm_journal_disk_clear:
 * @self: where a journal is
 */
void
cm_journal_disk_clear (CmJournalDisk *self)
{
  g_clear_pointer (&self->folder, g_free);
  if (self->fd >= 0)
    close (self->fd);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->fd = self->lock_fd = -1;
}
