/* cm-outbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-outbox.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "agent/cm-spool.h"

/* Room is made by whole files: so many are the limit. */
#define N_FILES 16

/* What is acknowledged is cut off when it is so much, bytes. */
#define TIDY_SIZE (256 * 1024)

/**
 * CmOutbox:
 * @spools: (element-type CmSpool): in the order of their lines
 * @head: up to here all is acknowledged; in the first of them
 * @size: of all files
 * @next: the number of the next file: none comes again, for places name them
 */
struct _CmOutbox
{
  char          *folder;
  CmNumbers     *numbers;
  GPtrArray     *spools;
  CmOutboxPlace  head;
  guint64        limit;
  guint64        size;
  guint64        next;
  int            lock;
};

/* A file that was made is only there for good when its folder is on disk. */
static gboolean
sync_folder (CmOutbox  *self,
             GError   **error)
{
  int fd = g_open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;
  gboolean result = is_synced || cm_spool_fail (self->folder, error);

  if (fd >= 0)
    close (fd);

  return result;
}

/* What the numbers of this line say; it was checked before it was written. */
static void
note_line (const char *line,
           gsize       size,
           GString    *out,
           gpointer    user_data)
{
  CmOutbox *self = user_data;

  cm_numbers_note_line (self->numbers, line, size - 1);
}

static CmSpool *
add_spool (CmOutbox  *self,
           guint64    number,
           GError   **error)
{
  CmSpool *spool = cm_spool_open (self->folder, number, error);

  if (spool == NULL)
    return NULL;

  g_ptr_array_add (self->spools, spool);
  self->next = number + 1;

  return spool;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
recover (CmOutbox  *self,
         GError   **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, error);

  if (dir == NULL)
    return FALSE;

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      if (strlen (name) == strlen ("0000000001.jsonl") && g_str_has_suffix (name, ".jsonl"))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      CmSpool *spool = add_spool (self, g_ascii_strtoull (g_ptr_array_index (names, i), NULL, 10), error);

      if (spool == NULL || !cm_spool_recover (spool, note_line, self, error))
        return FALSE;
      self->size += spool->size;
    }

  return TRUE;
}

/* Two who write into one outbox would give the same numbers. */
static gboolean
lock_folder (CmOutbox  *self,
             GError   **error)
{
  g_autofree char *path = g_build_filename (self->folder, "lock", NULL);

  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    return cm_spool_fail (self->folder, error);

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    return cm_spool_fail (path, error);
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _("another conference-agent uses the outbox %s; give each its own with --outbox"), self->folder);

  return FALSE;
}

static void
reset_head (CmOutbox *self)
{
  self->head = (CmOutboxPlace) { 0, 0, 0 };
  if (self->spools->len > 0)
    self->head.number = ((CmSpool *) g_ptr_array_index (self->spools, 0))->number;
}

/**
 * cm_outbox_open:
 * @folder: where it is, or will be
 * @limit: how many bytes it may keep
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the outbox with what was not acknowledged
 *   when the program last ended, however that was
 */
CmOutbox *
cm_outbox_open (const char  *folder,
                guint64      limit,
                GError     **error)
{
  g_autoptr(CmOutbox) self = g_new0 (CmOutbox, 1);
  g_autofree char *path = g_build_filename (folder, "numbers.json", NULL);

  self->folder = g_strdup (folder);
  self->limit = limit;
  self->lock = -1;
  self->spools = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_spool_free);
  if (!lock_folder (self, error))
    return NULL;

  self->numbers = cm_numbers_load (path, error);
  if (self->numbers == NULL || !recover (self, error))
    return NULL;
  reset_head (self);

  return g_steal_pointer (&self);
}

/**
 * cm_outbox_free:
 * @self: (transfer full): an outbox
 */
void
cm_outbox_free (CmOutbox *self)
{
  g_ptr_array_unref (self->spools);
  g_clear_pointer (&self->numbers, cm_numbers_free);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->folder);
  g_free (self);
}

/* Returns: (transfer none): the last numbers that were given */
CmNumbers *
cm_outbox_get_numbers (CmOutbox *self)
{
  return self->numbers;
}

static CmSpool *
get_last (CmOutbox *self)
{
  return self->spools->len > 0 ? g_ptr_array_index (self->spools, self->spools->len - 1) : NULL;
}

/* Returns: (nullable): the file that takes the next lines */
static CmSpool *
get_open (CmOutbox  *self,
          GError   **error)
{
  CmSpool *last = get_last (self);

  if (last != NULL && last->size < MAX (self->limit / N_FILES, TIDY_SIZE / 4))
    return last;

  last = add_spool (self, MAX (self->next, 1), error);
  if (last != NULL && self->spools->len == 1)
    reset_head (self);
  if (last != NULL && !sync_folder (self, error))
    return NULL;

  return last;
}

/**
 * cm_outbox_append:
 * @self: an outbox
 * @lines: whole lines
 * @n_lines: how many
 * @error: where the reason goes
 *
 * Returns: whether they are on disk; else nothing of them is there
 */
gboolean
cm_outbox_append (CmOutbox       *self,
                  const GString  *lines,
                  guint64         n_lines,
                  GError        **error)
{
  CmSpool *spool = get_open (self, error);

  if (spool == NULL)
    return FALSE;

  if (!cm_spool_append (spool, lines, n_lines, error))
    return FALSE;

  self->size += lines->len;

  return TRUE;
}

static void
drop_first (CmOutbox *self)
{
  CmSpool *first = g_ptr_array_index (self->spools, 0);

  self->size -= first->size;
  g_unlink (first->path);
  g_ptr_array_remove_index (self->spools, 0);
  reset_head (self);
}

/* Returns: whether that much more may be kept; one line may be as long as it may */
gboolean
cm_outbox_has_room (CmOutbox *self,
                    gsize     size)
{
  return cm_outbox_is_empty (self) || self->size + size <= self->limit;
}

/**
 * cm_outbox_make_room:
 * @self: an outbox
 * @size: what is to be kept
 *
 * Drops the oldest lines where there is no room for it.
 *
 * Returns: how many lines were dropped that nobody has acknowledged
 */
guint64
cm_outbox_make_room (CmOutbox *self,
                     gsize     size)
{
  guint64 dropped = 0;

  while (!cm_outbox_has_room (self, size))
    {
      dropped += ((CmSpool *) g_ptr_array_index (self->spools, 0))->lines - self->head.lines;
      drop_first (self);
    }

  return dropped;
}

/* Returns: where that begins which is not acknowledged */
CmOutboxPlace
cm_outbox_get_head (CmOutbox *self)
{
  return self->head;
}

/* Returns: whether all is acknowledged */
gboolean
cm_outbox_is_empty (CmOutbox *self)
{
  CmSpool *last = get_last (self);

  return last == NULL || (self->head.number == last->number && self->head.offset == last->size);
}

static CmSpool *
find_spool (CmOutbox *self,
            guint64   number)
{
  for (guint i = 0; i < self->spools->len; i++)
    {
      CmSpool *spool = g_ptr_array_index (self->spools, i);

      if (spool->number >= number)
        return spool;
    }

  return NULL;
}

/**
 * cm_outbox_read:
 * @self: an outbox
 * @place: (inout): from where, and then up to where
 * @size: how many bytes are enough; one line may be more
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the next whole lines, with a NUL behind
 *   them that is not counted; %NULL where there are none
 */
GBytes *
cm_outbox_read (CmOutbox       *self,
                CmOutboxPlace  *place,
                gsize           size,
                GError        **error)
{
  CmSpool *spool = find_spool (self, place->number);
  GBytes *bytes;

  while (spool != NULL && (spool->number != place->number || place->offset == spool->size))
    {
      if (spool->number == place->number && spool == get_last (self))
        return NULL;
      *place = (CmOutboxPlace) { spool->number > place->number ? spool->number : place->number + 1, 0, 0 };
      spool = find_spool (self, place->number);
    }
  if (spool == NULL)
    return NULL;

  bytes = cm_spool_read (spool, place->offset, size, &place->lines, error);
  if (bytes != NULL)
    place->offset += g_bytes_get_size (bytes);

  return bytes;
}

/**
 * cm_outbox_settle:
 * @self: an outbox
 * @place: up to where all is acknowledged
 * @error: where the reason goes
 *
 * What is acknowledged goes; its numbers stay.
 *
 * Returns: whether the numbers could be written, where they had to be
 */
gboolean
cm_outbox_settle (CmOutbox             *self,
                  const CmOutboxPlace  *place,
                  GError              **error)
{
  CmSpool *first = g_ptr_array_index (self->spools, 0);

  if (first->number < place->number && !cm_numbers_save (self->numbers, error))
    return FALSE;

  while (((CmSpool *) g_ptr_array_index (self->spools, 0))->number < place->number)
    drop_first (self);
  self->head = *place;

  return !cm_outbox_is_empty (self) || self->size < TIDY_SIZE || cm_outbox_tidy (self, error);
}

/**
 * cm_outbox_tidy:
 * @self: an outbox
 * @error: where the reason goes
 *
 * Writes the numbers, and cuts off what is acknowledged where that is all.
 *
 * Returns: whether that could be done
 */
gboolean
cm_outbox_tidy (CmOutbox  *self,
                GError   **error)
{
  CmSpool *last = get_last (self);

  if (!cm_numbers_save (self->numbers, error))
    return FALSE;
  if (last == NULL || !cm_outbox_is_empty (self))
    return TRUE;

  while (self->spools->len > 0)
    drop_first (self);
  self->size = 0;

  return TRUE;
}

/**
 * cm_outbox_rewrite:
 * @self: an outbox of which nothing was sent
 * @func: called with each line; it appends what is to stand there
 * @user_data: for it
 * @error: where the reason goes
 *
 * Returns: whether all could be written; a file is rewritten whole or not at all
 */
gboolean
cm_outbox_rewrite (CmOutbox     *self,
                   CmSpoolFunc   func,
                   gpointer      user_data,
                   GError      **error)
{
  for (guint i = 0; i < self->spools->len; i++)
    {
      CmSpool *spool = g_ptr_array_index (self->spools, i);
      gsize size = spool->size;

      if (!cm_spool_rewrite (spool, func, user_data, error))
        return FALSE;
      self->size += spool->size - size;
    }

  return TRUE;
}
