/* cm-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* So much waits for a disk that is full before no more is taken. */
#define MAX_WAITING (64 * 1024 * 1024)

/* After a failure it is tried again so often, ms. */
#define RETRY 1000

typedef struct
{
  guint64       end; /* called when so much is kept */
  CmJournalFunc func;
  gpointer      user_data;
} Waiter;

/**
 * CmJournal:
 * @appended: bytes that were appended since the start
 * @kept: bytes of them that are on disk
 * @waiting: what is not yet being written
 * @batch: what is being written, by the thread alone
 * @retry_at: monotonic µs
 * @file_used: how much of the file is good; what is behind it is cut off before
 *   the next try
 *
 * Event lines on disk. What comes within some milliseconds is written by one call
 * and synchronised by another, on a thread.
 */
struct _CmJournal
{
  GObject     parent_instance;
  char       *folder;
  guint       commit;
  guint64     file_size;
  gint64      keep;
  guint64     keep_size;
  int         lock_fd;
  int         fd;
  guint       number;
  guint64     file_used;
  GByteArray *waiting;
  GByteArray *batch;
  guint64     appended;
  guint64     kept;
  GQueue      waiters;
  guint       commit_id;
  gint64      retry_at;
  gboolean    is_writing;
  gboolean    is_failing;
};

G_DEFINE_FINAL_TYPE (CmJournal, cm_journal, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_IS_FAILING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
fail (const char  *path,
      GError     **error)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));

  return FALSE;
}

static gboolean
write_all (int         fd,
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

/* The name of a new file is on disk only when its folder is. */
static gboolean
open_file (CmJournal  *self,
           guint       number,
           GError    **error)
{
  g_autofree char *path = cm_journal_dup_path (self->folder, number);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct stat status;

  if (fd < 0)
    return fail (path, error);

  if (fstat (fd, &status) != 0 || fsync (self->lock_fd) != 0)
    {
      fail (path, error);
      close (fd);
      return FALSE;
    }

  if (self->fd >= 0)
    close (self->fd);
  self->fd = fd;
  self->number = number;
  self->file_used = (guint64) status.st_size;

  return TRUE;
}

/* The newest first: what is too old, or beyond what may be kept, goes. An age of the
 * file is an age of its last event; the newest stays. */
static void
drop_old_files (CmJournal *self)
{
  g_autoptr(GArray) numbers = cm_journal_list (self->folder, NULL);
  gint64 oldest = g_get_real_time () / 1000 - self->keep;
  guint64 size = 0;

  for (guint i = numbers != NULL ? numbers->len : 0; i-- > 0;)
    {
      g_autofree char *path = cm_journal_dup_path (self->folder, g_array_index (numbers, guint, i));
      GStatBuf status;

      if (g_stat (path, &status) != 0)
        continue;

      size += (guint64) status.st_size;
      if (i + 1 < numbers->len &&
          ((self->keep > 0 && status.st_mtime * G_GINT64_CONSTANT (1000) < oldest) ||
           (self->keep_size > 0 && size > self->keep_size)))
        g_unlink (path);
    }
}

static gboolean
write_batch (CmJournal  *self,
             GError    **error)
{
  if (self->file_used >= self->file_size)
    {
      if (!open_file (self, self->number + 1, error))
        return FALSE;
      drop_old_files (self);
    }

  if (!write_all (self->fd, self->batch->data, self->batch->len) || fdatasync (self->fd) != 0)
    {
      fail (self->folder, error);
      /* A part of it may be there: the same is written again. */
      if (ftruncate (self->fd, (off_t) self->file_used) != 0)
        g_prefix_error (error, "its end cannot be cut off: ");
      return FALSE;
    }

  self->file_used += self->batch->len;

  return TRUE;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_batch (source_object, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_is_failing (CmJournal *self,
                gboolean   is_failing)
{
  if (self->is_failing == is_failing)
    return;

  self->is_failing = is_failing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_FAILING]);
}

static void
call_waiters (CmJournal *self)
{
  Waiter *waiter;

  while ((waiter = g_queue_peek_head (&self->waiters)) != NULL && waiter->end <= self->kept)
    {
      g_queue_pop_head (&self->waiters);
      waiter->func (waiter->user_data);
      g_free (waiter);
    }
}

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  CmJournal *self = CM_JOURNAL (object);
  g_autoptr(GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  self->is_writing = FALSE;
  if (ok)
    {
      self->kept += self->batch->len;
      g_byte_array_set_size (self->batch, 0);
    }
  else if (!self->is_failing)
    {
      g_message ("The journal cannot be written, and is tried again: %s", error->message);
    }

  if (ok && self->is_failing)
    g_message ("The journal is written again; nothing is missing in it");

  self->retry_at = ok ? 0 : g_get_monotonic_time () + RETRY * G_GINT64_CONSTANT (1000);
  set_is_failing (self, !ok);
  call_waiters (self);
}

static void
commit (CmJournal *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, on_written, NULL);

  /* What failed goes first, and alone. */
  if (self->batch->len == 0)
    {
      GByteArray *empty = self->batch;

      self->batch = self->waiting;
      self->waiting = empty;
    }

  self->is_writing = TRUE;
  g_task_run_in_thread (task, write_in_thread);
}

/* Goes on for as long as there is anything to write. */
static gboolean
on_commit (gpointer user_data)
{
  CmJournal *self = user_data;

  if (self->is_writing)
    return G_SOURCE_CONTINUE;

  if (self->batch->len + self->waiting->len == 0)
    {
      self->commit_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (g_get_monotonic_time () >= self->retry_at)
    commit (self);

  return G_SOURCE_CONTINUE;
}

static void
cm_journal_finalize (GObject *object)
{
  CmJournal *self = CM_JOURNAL (object);

  g_clear_handle_id (&self->commit_id, g_source_remove);
  g_queue_clear_full (&self->waiters, g_free);
  g_byte_array_unref (self->waiting);
  g_byte_array_unref (self->batch);
  g_free (self->folder);
  if (self->fd >= 0)
    close (self->fd);
  if (self->lock_fd >= 0)
    close (self->lock_fd);

  G_OBJECT_CLASS (cm_journal_parent_class)->finalize (object);
}

static void
cm_journal_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CmJournal *self = CM_JOURNAL (object);

  switch (prop_id)
    {
    case PROP_IS_FAILING:
      g_value_set_boolean (value, self->is_failing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_journal_class_init (CmJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_journal_finalize;
  object_class->get_property = cm_journal_get_property;

  properties[PROP_IS_FAILING] =
    g_param_spec_boolean ("is-failing", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_journal_init (CmJournal *self)
{
  self->fd = -1;
  self->lock_fd = -1;
  self->waiting = g_byte_array_new ();
  self->batch = g_byte_array_new ();
  g_queue_init (&self->waiters);
}

/* Two that write the same journal would spoil it. */
static gboolean
lock_folder (CmJournal  *self,
             GError    **error)
{
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    return fail (self->folder, error);

  self->lock_fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->lock_fd < 0)
    return fail (self->folder, error);

  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s: another tracker keeps its journal there", self->folder);

  return FALSE;
}

/**
 * cm_journal_open:
 * @options: where and how
 * @event_func: called for every event that was kept, before this returns
 * @user_data: for @event_func
 * @recovery: (out): what was found
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the journal, ready to be appended to
 */
CmJournal *
cm_journal_open (const CmJournalOptions  *options,
                 CmEventFunc              event_func,
                 gpointer                 user_data,
                 CmJournalRecovery       *recovery,
                 GError                 **error)
{
  g_autoptr(CmJournal) self = g_object_new (CM_TYPE_JOURNAL, NULL);
  guint last;

  self->folder = g_strdup (options->folder);
  self->commit = options->commit;
  self->file_size = options->file_size;
  self->keep = options->keep;
  self->keep_size = options->keep_size;

  if (!lock_folder (self, error))
    return NULL;

  /* What is no longer to be kept is not even read. */
  drop_old_files (self);
  if (!cm_journal_recover (self->folder, event_func, user_data, recovery, &last, error) ||
      !open_file (self, MAX (last, 1), error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * cm_journal_can_take:
 * @self: a journal
 *
 * Returns: %FALSE where too much waits for the disk already
 */
gboolean
cm_journal_can_take (CmJournal *self)
{
  return self->waiting->len < MAX_WAITING;
}

/**
 * cm_journal_append:
 * @self: a journal
 * @line: (array length=size): an event line without its line end
 * @size: how many bytes
 */
void
cm_journal_append (CmJournal  *self,
                   const char *line,
                   gsize       size)
{
  g_return_if_fail (CM_IS_JOURNAL (self));

  g_byte_array_append (self->waiting, (const guint8 *) line, (guint) size);
  g_byte_array_append (self->waiting, (const guint8 *) "\n", 1);
  self->appended += size + 1;
  if (self->commit_id == 0)
    self->commit_id = g_timeout_add (self->commit, on_commit, self);
}

/**
 * cm_journal_when_kept:
 * @self: a journal
 * @func: called when all that was appended so far is on disk; at once where it is
 * @user_data: for @func
 */
void
cm_journal_when_kept (CmJournal     *self,
                      CmJournalFunc  func,
                      gpointer       user_data)
{
  Waiter *waiter;

  g_return_if_fail (CM_IS_JOURNAL (self));

  waiter = g_new (Waiter, 1);
  *waiter = (Waiter) { self->appended, func, user_data };
  g_queue_push_tail (&self->waiters, waiter);
  call_waiters (self);
}

/* From the next file on others hold; see #CmJournalOptions. */
void
cm_journal_set_keep (CmJournal *self,
                     gint64     keep,
                     guint64    keep_size)
{
  g_return_if_fail (CM_IS_JOURNAL (self));

  self->keep = keep;
  self->keep_size = keep_size;
}

/**
 * cm_journal_get_is_failing:
 * @self: a journal
 *
 * Returns: whether what came last could not be written
 */
gboolean
cm_journal_get_is_failing (CmJournal *self)
{
  return self->is_failing;
}

/**
 * cm_journal_close:
 * @self: a journal
 *
 * Writes what is left, and waits for it; not where the disk fails.
 */
void
cm_journal_close (CmJournal *self)
{
  while (!self->is_failing && self->kept < self->appended)
    g_main_context_iteration (NULL, TRUE);
}
