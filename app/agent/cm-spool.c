/* cm-spool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "core/cm-event.h"

/**
 * cm_spool_fail:
 * @path: what could not be done with, as errno says
 * @error: where the reason goes
 *
 * Returns: %FALSE
 */
gboolean
cm_spool_fail (const char  *path,
               GError     **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));

  return FALSE;
}

static gboolean
read_bytes (const CmSpool  *self,
            gsize           offset,
            char           *bytes,
            gsize           size,
            GError        **error)
{
  for (gsize done = 0; done < size;)
    {
      gssize n = pread (self->fd, bytes + done, size - done, (off_t) (offset + done));

      if (n == 0)
        errno = EIO;
      if (n == 0 || (n < 0 && errno != EINTR))
        return cm_spool_fail (self->path, error);
      done += (gsize) MAX (n, 0);
    }

  return TRUE;
}

static char *
read_all (const CmSpool  *self,
          GError        **error)
{
  g_autofree char *bytes = g_malloc (self->size + 1);

  return read_bytes (self, 0, bytes, self->size, error) ? g_steal_pointer (&bytes) : NULL;
}

static void
each_line (const char  *bytes,
           gsize        size,
           CmSpoolFunc  func,
           GString     *out,
           gpointer     user_data)
{
  for (const char *end; size > 0 && (end = memchr (bytes, '\n', size)) != NULL;)
    {
      gsize length = (gsize) (end - bytes) + 1;

      func (bytes, length, out, user_data);
      bytes += length;
      size -= length;
    }
}

static guint64
count_lines (const char *bytes,
             gsize       size)
{
  guint64 lines = 0;

  for (gsize i = 0; i < size; i++)
    lines += bytes[i] == '\n';

  return lines;
}

static gsize
measure_whole (const char *bytes,
               gsize       size)
{
  while (size > 0 && bytes[size - 1] != '\n')
    size--;

  return size;
}

/**
 * cm_spool_open:
 * @folder: where it is, or will be
 * @number: of the file
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the file
 */
CmSpool *
cm_spool_open (const char  *folder,
               guint64      number,
               GError     **error)
{
  g_autofree char *name = g_strdup_printf ("%010" G_GUINT64_FORMAT ".jsonl", number);
  CmSpool *self = g_new0 (CmSpool, 1);

  self->number = number;
  self->path = g_build_filename (folder, name, NULL);
  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd >= 0)
    return self;

  cm_spool_fail (self->path, error);
  cm_spool_free (self);

  return NULL;
}

/**
 * cm_spool_free:
 * @self: (transfer full): a file
 */
void
cm_spool_free (CmSpool *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * cm_spool_recover:
 * @self: a file that was there before
 * @func: called with each of its lines, without an @out
 * @user_data: for it
 * @error: where the reason goes
 *
 * Cuts off a torn last line: nobody was told that it is kept.
 *
 * Returns: whether it could be read
 */
gboolean
cm_spool_recover (CmSpool      *self,
                  CmSpoolFunc   func,
                  gpointer      user_data,
                  GError      **error)
{
  off_t size = lseek (self->fd, 0, SEEK_END);
  g_autofree char *bytes = NULL;
  gsize whole;

  self->size = (gsize) MAX (size, 0);
  bytes = read_all (self, error);
  if (bytes == NULL)
    return FALSE;

  whole = measure_whole (bytes, self->size);
  if (whole < self->size && ftruncate (self->fd, (off_t) whole) != 0)
    return cm_spool_fail (self->path, error);

  self->size = whole;
  self->lines = count_lines (bytes, whole);
  each_line (bytes, whole, func, NULL, user_data);

  return TRUE;
}

static gboolean
write_bytes (const CmSpool *self,
             const char    *bytes,
             gsize          size)
{
  while (size > 0)
    {
      gssize n = write (self->fd, bytes, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      bytes += MAX (n, 0);
      size -= (gsize) MAX (n, 0);
    }

  return fdatasync (self->fd) == 0;
}

/**
 * cm_spool_append:
 * @self: a file
 * @lines: whole lines
 * @n_lines: how many
 * @error: where the reason goes
 *
 * Returns: whether they are on disk; else nothing of them is there
 */
gboolean
cm_spool_append (CmSpool        *self,
                 const GString  *lines,
                 guint64         n_lines,
                 GError        **error)
{
  if (!write_bytes (self, lines->str, lines->len))
    {
      cm_spool_fail (self->path, error);
      if (ftruncate (self->fd, (off_t) self->size) != 0)
        g_prefix_error (error, "%s", _("what was half written cannot be cut off again: "));
      return FALSE;
    }

  self->size += lines->len;
  self->lines += n_lines;

  return TRUE;
}

/**
 * cm_spool_read:
 * @self: a file
 * @offset: where a line begins
 * @size: how many bytes are enough; one line may be more
 * @n_lines: (inout): the number of lines that were read is added
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): whole lines, with a NUL behind them that
 *   is not counted
 */
GBytes *
cm_spool_read (CmSpool  *self,
               gsize     offset,
               gsize     size,
               guint64  *n_lines,
               GError  **error)
{
  gsize enough = MIN (self->size - offset, size);
  gsize most = MIN (self->size - offset, size + CM_EVENT_MAX_LINE);
  g_autofree char *bytes = g_malloc (most + 1);
  gsize whole;

  if (!read_bytes (self, offset, bytes, enough, error))
    return NULL;

  whole = measure_whole (bytes, enough);
  if (whole == 0)
    {
      if (!read_bytes (self, offset, bytes, most, error))
        return NULL;
      whole = (gsize) ((char *) memchr (bytes, '\n', most) - bytes) + 1;
    }

  bytes[whole] = '\0';
  *n_lines += count_lines (bytes, whole);

  return g_bytes_new_take (g_steal_pointer (&bytes), whole);
}

/**
 * cm_spool_rewrite:
 * @self: a file
 * @func: called with each line
 * @user_data: for it
 * @error: where the reason goes
 *
 * Returns: whether it is rewritten; if not it is as it was
 */
gboolean
cm_spool_rewrite (CmSpool      *self,
                  CmSpoolFunc   func,
                  gpointer      user_data,
                  GError      **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *bytes = read_all (self, error);

  if (bytes == NULL)
    return FALSE;

  each_line (bytes, self->size, func, out, user_data);
  if (!g_file_set_contents_full (self->path, out->str, (gssize) out->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return FALSE;

  close (self->fd);
  self->fd = g_open (self->path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  self->size = out->len;

  return self->fd >= 0 || cm_spool_fail (self->path, error);
}
