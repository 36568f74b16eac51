/* cm-journal-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-journal-files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cm-pack-sum.h"

#define BUFFER_SIZE (1024 * 1024)

/* So much of what is before a place tells whether it is the same. */
#define HASH_SIZE 4096

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const guint *first = a;
  const guint *second = b;

  return *first < *second ? -1 : *first > *second;
}

/**
 * cm_journal_fail:
 * @path: what it is about
 * @error: where the system's last error goes
 *
 * Returns: %FALSE
 */
gboolean
cm_journal_fail (const char  *path,
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
cut_torn_tail (const char  *path,
               guint64     *torn,
               GError     **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  struct stat status = { 0 };
  off_t whole;
  gboolean ok;

  if (fd < 0)
    return cm_journal_fail (path, error);

  ok = fstat (fd, &status) == 0;
  whole = ok ? measure_whole (fd, status.st_size) : -1;
  ok = ok && whole >= 0;
  if (ok && whole < status.st_size)
    {
      *torn += (guint64) (status.st_size - whole);
      ok = ftruncate (fd, whole) == 0 && fdatasync (fd) == 0;
    }

  if (!ok)
    cm_journal_fail (path, error);
  close (fd);

  return ok;
}

static void
take_event (const CmEvent *event,
            guint64        line,
            gpointer       user_data)
{
  CmJournalReading *reading = user_data;

  reading->funcs->take (reading->state, event, reading->left <= reading->close);
}

static gboolean
is_cancelled (const CmJournalReading *reading)
{
  return reading->is_cancelled != NULL && g_atomic_int_get (reading->is_cancelled) != 0;
}

/* Reads on in the file at the place, up to @end, or to the file's. */
static gboolean
read_events (CmJournalReading  *reading,
             int                fd,
             guint64            end,
             GError           **error)
{
  g_autoptr(CmEventReader) reader = cm_event_reader_new (take_event, NULL, reading);
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gssize size = 1;

  while (size > 0 && reading->place.offset < end && !is_cancelled (reading))
    {
      gsize wanted = (gsize) MIN (end - reading->place.offset, BUFFER_SIZE);

      size = pread (fd, buffer, wanted, (off_t) reading->place.offset);
      if (size <= 0)
        break;

      cm_event_reader_push (reader, buffer, (gsize) size);
      reading->place.offset += (guint64) size;
      reading->size += (guint64) size;
      reading->left -= MIN (reading->left, (guint64) size);
    }

  cm_event_reader_finish (reader);
  reading->faults += cm_event_reader_get_faults (reader);
  reading->events += cm_event_reader_get_lines (reader) - cm_event_reader_get_faults (reader);

  return size >= 0;
}

static gboolean
read_file (CmJournalReading  *reading,
           guint              number,
           GError           **error)
{
  g_autofree char *path = cm_journal_dup_path (reading->folder, number);
  guint64 end = reading->end != NULL && number == reading->end->number ? reading->end->offset : G_MAXUINT64;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return cm_journal_fail (path, error);

  if (number != reading->place.number)
    reading->place = (CmJournalPlace) { number, 0 };
  ok = read_events (reading, fd, end, error) || cm_journal_fail (path, error);
  close (fd);
  if (!ok || !is_cancelled (reading))
    return ok;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", path);

  return FALSE;
}

static gboolean
is_meant (const CmJournalReading *reading,
          guint                   number)
{
  return number >= reading->place.number && (reading->end == NULL || number <= reading->end->number);
}

static guint64
measure (const CmJournalReading *reading,
         GArray                 *numbers)
{
  guint64 size = 0;

  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      g_autofree char *path = cm_journal_dup_path (reading->folder, number);
      struct stat status;

      if (!is_meant (reading, number))
        continue;
      if (reading->end != NULL && number == reading->end->number)
        size += reading->end->offset;
      else if (stat (path, &status) == 0)
        size += (guint64) status.st_size;
    }

  return size - MIN (size, reading->place.offset);
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
 * cm_journal_has:
 * @folder: a journal's folder
 * @number: a number
 *
 * Returns: whether there is a file of this number
 */
gboolean
cm_journal_has (const char *folder,
                guint       number)
{
  g_autofree char *path = cm_journal_dup_path (folder, number);

  return access (path, F_OK) == 0;
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
 * cm_journal_cut:
 * @folder: a journal's folder
 * @numbers: (element-type guint): those of its files
 * @torn: (out): how many bytes were cut off
 * @error: where the reason goes
 *
 * Cuts off what was not written whole.
 *
 * Returns: %FALSE where a file cannot be changed
 */
gboolean
cm_journal_cut (const char  *folder,
                GArray      *numbers,
                guint64     *torn,
                GError     **error)
{
  *torn = 0;

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *path = cm_journal_dup_path (folder, g_array_index (numbers, guint, i));

      if (!cut_torn_tail (path, torn, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * cm_journal_read:
 * @reading: what is read, and into what; its place is then behind what was read
 * @numbers: (element-type guint): the numbers of the files that there are
 * @error: where the reason goes
 *
 * Returns: %FALSE where a file cannot be read, or it is cancelled
 */
gboolean
cm_journal_read (CmJournalReading  *reading,
                 GArray            *numbers,
                 GError           **error)
{
  reading->left = measure (reading, numbers);

  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);

      if (is_meant (reading, number) && !read_file (reading, number, error))
        return FALSE;
    }

  return TRUE;
}

static void
note_first (const CmEvent *event,
            guint64        line,
            gpointer       user_data)
{
  gint64 *begin = user_data;

  if (*begin == CM_TIME_NONE)
    *begin = event->at;
}

/**
 * cm_journal_get_begin:
 * @folder: a journal's folder
 * @number: the number of one of its files
 *
 * Returns: the time of its first event, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_journal_get_begin (const char *folder,
                      guint       number)
{
  g_autofree char *path = cm_journal_dup_path (folder, number);
  g_autofree char *buffer = g_malloc (CM_EVENT_MAX_LINE);
  gint64 begin = CM_TIME_NONE;
  g_autoptr(CmEventReader) reader = cm_event_reader_new (note_first, NULL, &begin);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize size;

  if (fd < 0)
    return CM_TIME_NONE;

  size = pread (fd, buffer, CM_EVENT_MAX_LINE, 0);
  close (fd);
  if (size > 0)
    cm_event_reader_push (reader, buffer, (gsize) size);

  return begin;
}

/**
 * cm_journal_forget_old:
 * @reading: what was read
 * @numbers: (element-type guint): the numbers of the files that there are
 *
 * Where lines are no longer kept, what they came to must not be kept in their place.
 */
void
cm_journal_forget_old (CmJournalReading *reading,
                       GArray           *numbers)
{
  guint first = numbers->len > 0 ? g_array_index (numbers, guint, 0) : 1;
  gint64 begin = first > 1 ? cm_journal_get_begin (reading->folder, first) : CM_TIME_NONE;

  if (begin != CM_TIME_NONE)
    reading->funcs->forget (reading->state, begin);
}

/**
 * cm_journal_hash:
 * @folder: a journal's folder
 * @place: a place in it
 * @hash: (out): of what is just before it
 *
 * Tells whether this is still the same journal.
 *
 * Returns: %FALSE where there is no such place
 */
gboolean
cm_journal_hash (const char           *folder,
                 const CmJournalPlace *place,
                 guint64              *hash)
{
  g_autofree char *path = cm_journal_dup_path (folder, place->number);
  gsize wanted = (gsize) MIN (place->offset, HASH_SIZE);
  guint8 bytes[HASH_SIZE];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize size;

  if (fd < 0)
    return FALSE;

  size = pread (fd, bytes, wanted, (off_t) (place->offset - wanted));
  close (fd);
  *hash = cm_pack_sum (CM_PACK_SUM_START, bytes, wanted);

  return size == (gssize) wanted;
}
