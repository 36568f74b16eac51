/* cm-journal-recovery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE (1024 * 1024)

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const guint *first = a;
  const guint *second = b;

  return *first < *second ? -1 : *first > *second;
}

static gboolean
fail (const char  *path,
      GError     **error)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));

  return FALSE;
}

/* Returns: how many bytes there are up to the last line's end, or -1. */
static off_t
measure_whole (int   fd,
               off_t size)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);

  while (size > 0)
    {
      gsize chunk = (gsize) MIN (size, BUFFER_SIZE);
      gssize got = pread (fd, buffer, chunk, size - (off_t) chunk);
      const char *feed;

      if (got != (gssize) chunk)
        return -1;

      feed = memrchr (buffer, '\n', chunk);
      if (feed != NULL)
        return size - (off_t) chunk + (feed - buffer) + 1;
      size -= (off_t) chunk;
    }

  return 0;
}

/* What was being written when the power went was never acknowledged. */
static gboolean
cut_torn_tail (const char         *path,
               CmJournalRecovery  *recovery,
               GError            **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  struct stat status = { 0 };
  off_t whole;
  gboolean ok;

  if (fd < 0)
    return fail (path, error);

  ok = fstat (fd, &status) == 0;
  whole = ok ? measure_whole (fd, status.st_size) : -1;
  ok = ok && whole >= 0;
  if (ok && whole < status.st_size)
    {
      recovery->torn += (guint64) (status.st_size - whole);
      ok = ftruncate (fd, whole) == 0 && fdatasync (fd) == 0;
    }

  if (!ok)
    fail (path, error);
  close (fd);

  return ok;
}

static gboolean
read_events (const char     *path,
             CmEventReader  *reader,
             GError        **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gssize size;

  if (fd < 0)
    return fail (path, error);

  while ((size = read (fd, buffer, BUFFER_SIZE)) > 0)
    cm_event_reader_push (reader, buffer, (gsize) size);
  cm_event_reader_finish (reader);
  if (size < 0)
    fail (path, error);
  close (fd);

  return size == 0;
}

/**
 * cm_journal_dup_path:
 * @folder: a journal's folder
 * @number: the number of one of its files
 *
 * Returns: (transfer full): where it is
 */
char *
cm_journal_dup_path (const char *folder,
                     guint       number)
{
  g_autofree char *name = g_strdup_printf ("%010u.jsonl", number);

  return g_build_filename (folder, name, NULL);
}

/**
 * cm_journal_list:
 * @folder: a journal's folder
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full) (element-type guint): the numbers of its
 *   files, oldest first
 */
GArray *
cm_journal_list (const char  *folder,
                 GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, error);
  GArray *numbers;
  const char *name;

  if (dir == NULL)
    return NULL;

  numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      guint number = (guint) g_ascii_strtoull (name, NULL, 10);
      g_autofree char *expected = g_strdup_printf ("%010u.jsonl", number);

      if (number > 0 && g_str_equal (name, expected))
        g_array_append_val (numbers, number);
    }
  g_array_sort (numbers, compare_numbers);

  return numbers;
}

/**
 * cm_journal_recover:
 * @folder: a journal's folder
 * @event_func: called for every event that was kept
 * @user_data: for @event_func
 * @recovery: (out): what was found
 * @last: (out): the number of the last file, 0 where there is none
 * @error: where the reason goes
 *
 * Returns: %FALSE where a file cannot be read
 */
gboolean
cm_journal_recover (const char         *folder,
                    CmEventFunc         event_func,
                    gpointer            user_data,
                    CmJournalRecovery  *recovery,
                    guint              *last,
                    GError            **error)
{
  g_autoptr(GArray) numbers = cm_journal_list (folder, error);

  *recovery = (CmJournalRecovery) { 0 };
  *last = 0;
  if (numbers == NULL)
    return FALSE;

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autoptr(CmEventReader) reader = cm_event_reader_new (event_func, NULL, user_data);
      g_autofree char *path = NULL;

      *last = g_array_index (numbers, guint, i);
      path = cm_journal_dup_path (folder, *last);
      if (!cut_torn_tail (path, recovery, error) || !read_events (path, reader, error))
        return FALSE;

      recovery->files++;
      recovery->faults += cm_event_reader_get_faults (reader);
      recovery->events += cm_event_reader_get_lines (reader) - cm_event_reader_get_faults (reader);
    }

  return TRUE;
}
