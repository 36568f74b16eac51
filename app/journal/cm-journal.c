/* cm-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-journal.h"

#include "journal/cm-checkpointer.h"
#include "journal/cm-journal-disk.h"

/* So much waits for a disk that is full before no more is taken. */
#define MAX_WAITING (64 * 1024 * 1024)

/* After a failure it is tried again so often, ms. */
#define RETRY 1000

/* What is too old goes so soon, also where nothing comes, s. */
#define TIDY_INTERVAL (15 * 60)

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
 *
 * Event lines on disk. What comes within some milliseconds is written by one call
 * and synchronised by another, on a thread.
 */
struct _CmJournal
{
  GObject     parent_instance;
  CmJournalDisk disk;
  CmCheckpointer *checkpointer; /* (nullable) */
  guint       commit;
  GByteArray *waiting;
  GByteArray *batch;
  guint64     appended;
  guint64     kept;
  GQueue      waiters;
  guint       commit_id;
  guint       tidy_id;
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

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  CmJournal *self = source_object;
  GError *error = NULL;

  if (cm_journal_disk_write (&self->disk, self->batch->data, self->batch->len, &error))
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

/* What is on disk may go into the checkpoint. */
static void
note_kept (CmJournal *self,
           guint64    size)
{
  const CmJournalPlace place = { self->disk.number, self->disk.used };

  if (self->checkpointer == NULL)
    return;

  cm_checkpointer_note (self->checkpointer, &place, size);
  if (self->disk.has_dropped)
    cm_checkpointer_forget (self->checkpointer);
  self->disk.has_dropped = FALSE;
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
      note_kept (self, self->batch->len);
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

/* An empty batch ends a file that is too old. */
static gboolean
on_tidy (gpointer user_data)
{
  CmJournal *self = user_data;

  if (self->is_writing || self->commit_id != 0)
    return G_SOURCE_CONTINUE;

  cm_journal_disk_drop (&self->disk, FALSE);
  commit (self);

  return G_SOURCE_CONTINUE;
}

static void
cm_journal_finalize (GObject *object)
{
  CmJournal *self = CM_JOURNAL (object);

  g_clear_handle_id (&self->commit_id, g_source_remove);
  g_clear_handle_id (&self->tidy_id, g_source_remove);
  g_clear_pointer (&self->checkpointer, cm_checkpointer_free);
  g_queue_clear_full (&self->waiters, g_free);
  g_byte_array_unref (self->waiting);
  g_byte_array_unref (self->batch);
  cm_journal_disk_clear (&self->disk);

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
  self->disk.fd = self->disk.lock_fd = -1;
  self->waiting = g_byte_array_new ();
  self->batch = g_byte_array_new ();
  g_queue_init (&self->waiters);
}

/* Returns: (nullable): what the checkpoint has; @place and @recovery go on from there */
static gpointer
read_checkpoint (CmJournal                 *self,
                 const CmJournalStateFuncs *funcs,
                 CmJournalPlace            *place,
                 CmJournalRecovery         *recovery)
{
  g_auto(CmCheckpoint) checkpoint = { 0 };
  g_autoptr(GError) error = NULL;
  gpointer state;

  if (cm_checkpoint_open (&checkpoint, self->disk.folder, &error))
    {
      state = funcs->create (funcs->user_data);
      if (funcs->read (state, checkpoint.pack) && cm_pack_reader_is_at_end (checkpoint.pack))
        {
          *place = checkpoint.place;
          recovery->kept = checkpoint.events;
          return state;
        }

      cm_checkpoint_fail (&error);
    }

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    recovery->checkpoint_fault = g_strdup (error->message);

  return NULL;
}

/* The same lines are read whether or not there is a checkpoint: only fewer. */
static gboolean
recover (CmJournal               *self,
         const CmJournalOptions  *options,
         CmJournalRecovery       *recovery,
         GError                 **error)
{
  g_autoptr(GArray) numbers = cm_journal_list (self->disk.folder, error);
  CmJournalReading reading = { .folder = self->disk.folder, .funcs = options->funcs, .close = CM_CHECKPOINTER_CLOSE };

  if (numbers == NULL || !cm_journal_cut (self->disk.folder, numbers, &recovery->torn, error))
    return FALSE;

  recovery->files = numbers->len;
  if (options->checkpoint > 0)
    recovery->state = read_checkpoint (self, options->funcs, &reading.place, recovery);
  if (recovery->state == NULL)
    recovery->state = options->funcs->create (options->funcs->user_data);

  reading.state = recovery->state;
  if (!cm_journal_read (&reading, numbers, error))
    return FALSE;

  cm_journal_forget_old (&reading, numbers);
  recovery->read = reading.events;
  recovery->faults = reading.faults;
  recovery->size = reading.size;

  return TRUE;
}

static void
start_checkpoints (CmJournal               *self,
                   const CmJournalOptions  *options,
                   const CmJournalRecovery *recovery)
{
  if (options->checkpoint == 0)
    return;

  self->checkpointer = cm_checkpointer_new (self->disk.folder, options->funcs, options->checkpoint);
  if (recovery->checkpoint_fault != NULL)
    cm_checkpointer_begin_anew (self->checkpointer);
  note_kept (self, recovery->size);
}

/**
 * cm_journal_open:
 * @options: where and how
 * @recovery: (out): what was found; its state and its texts are the caller's in any
 *   case
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the journal, ready to be appended to
 */
CmJournal *
cm_journal_open (const CmJournalOptions  *options,
                 CmJournalRecovery       *recovery,
                 GError                 **error)
{
  g_autoptr(CmJournal) self = g_object_new (CM_TYPE_JOURNAL, NULL);
  g_autoptr(GArray) numbers = NULL;
  guint last;

  *recovery = (CmJournalRecovery) { 0 };
  self->disk.folder = g_strdup (options->folder);
  self->disk.file_size = options->file_size;
  self->disk.keep = options->keep;
  self->disk.keep_size = options->keep_size;
  self->commit = options->commit;

  if (!cm_journal_disk_lock (&self->disk, error))
    return NULL;

  numbers = cm_journal_list (self->disk.folder, error);
  if (numbers == NULL)
    return NULL;

  /* What is no longer to be kept is not even read. */
  cm_checkpoint_tidy (self->disk.folder);
  cm_journal_disk_drop (&self->disk, TRUE);
  last = numbers->len > 0 ? g_array_index (numbers, guint, numbers->len - 1) : 0;
  if (!recover (self, options, recovery, error) ||
      !cm_journal_disk_open (&self->disk, last > 0 && cm_journal_has (self->disk.folder, last) ? last : last + 1, error))
    return NULL;

  start_checkpoints (self, options, recovery);
  self->tidy_id = g_timeout_add_seconds (TIDY_INTERVAL, on_tidy, self);

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

  self->disk.keep = keep;
  self->disk.keep_size = keep_size;
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
 * Writes what is left, and waits for it; not where the disk fails. What its lines come
 * to is of no more interest.
 */
void
cm_journal_close (CmJournal *self)
{
  g_clear_pointer (&self->checkpointer, cm_checkpointer_free);
  while (!self->is_failing && self->kept < self->appended)
    g_main_context_iteration (NULL, TRUE);
}
