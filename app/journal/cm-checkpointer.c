/* cm-checkpointer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-checkpointer.h"

#include <errno.h>
#include <sys/resource.h>

/* After such a time a smaller part is enough too; and so long it takes until what has
 * failed is tried again, ms. */
#define INTERVAL (60 * 1000)
#define LOOK_INTERVAL 5000
#define SMALL_PART 16

/* Where the state is large, so is what is worth writing it again. */
#define STATE_PART 2

/* Whoever is watching goes before. */
#define NICENESS 10

/**
 * Job:
 * @state: (nullable): what is made of the lines
 * @is_unread: the checkpoint that was there could not be read
 * @checkpoint: what was written in the end
 * @done: is called in the main thread after that
 */
typedef struct
{
  char                      *folder;
  const CmJournalStateFuncs *funcs;
  gpointer                   state;
  CmJournalPlace             end;
  CmCheckpoint               checkpoint;
  gboolean                   is_anew;
  gboolean                   is_unread;
  gint                       is_cancelled;
  GSource                   *done;
  GError                    *error;
} Job;

/**
 * CmCheckpointer:
 * @size: how much comes until there is a new one, bytes
 * @place: what is on disk ends there
 * @pending: how much of it is not in the checkpoint, bytes
 * @started: how much of that is being put into the next one
 * @state_size: how large the last one is, bytes
 * @is_anew: the one that is there is not to be gone on from
 * @is_due: there has to be a new one in any case
 * @look_id: runs while anything is pending
 * @retry_at: monotonic ms
 *
 * Writes checkpoints of a journal while it goes on. What whoever watches looks at is
 * not touched for it: another state goes on from the last checkpoint, by the lines that
 * are on disk since, as it does at a start. So a checkpoint is what a start would come
 * to without it, by the same code.
 */
struct _CmCheckpointer
{
  char                      *folder;
  const CmJournalStateFuncs *funcs;
  guint64                    size;
  CmJournalPlace             place;
  guint64                    pending;
  guint64                    started;
  guint64                    state_size;
  gboolean                   is_anew;
  gboolean                   is_due;
  gboolean                   has_failed;
  gint64                     retry_at;
  guint                      look_id;
  GThread                   *thread;
  Job                       *job;
};

static gint64
get_time (void)
{
  return g_get_monotonic_time () / 1000;
}

/* What is read half is freed by whoever reads it. */
static gboolean
read_checkpoint (Job *job)
{
  g_auto(CmCheckpoint) found = { 0 };
  gboolean ok;

  if (job->is_anew || !cm_checkpoint_open (&found, job->folder, NULL))
    return TRUE;

  ok = job->funcs->read (job->state, found.pack) && cm_pack_reader_is_at_end (found.pack);
  if (!ok)
    {
      job->state = NULL;
      job->is_unread = TRUE;
      cm_checkpoint_fail (&job->error);
      return FALSE;
    }

  job->checkpoint.place = found.place;
  job->checkpoint.events = found.events;

  return TRUE;
}

static gboolean
write_checkpoint (Job *job)
{
  g_autoptr(GArray) numbers = cm_journal_list (job->folder, &job->error);
  CmJournalReading reading = {
    .folder = job->folder,
    .place = job->checkpoint.place,
    .end = &job->end,
    .is_cancelled = &job->is_cancelled,
    .close = CM_CHECKPOINTER_CLOSE,
    .funcs = job->funcs,
    .state = job->state,
  };

  if (numbers == NULL || numbers->len == 0 || !cm_journal_read (&reading, numbers, &job->error))
    return FALSE;

  job->checkpoint.place = reading.place;
  job->checkpoint.events += reading.events;
  cm_journal_forget_old (&reading, numbers);

  return cm_checkpoint_write (&job->checkpoint, job->folder, job->funcs, job->state, &job->error);
}

static gpointer
run (gpointer data)
{
  Job *job = data;

  /* On Linux a thread has a niceness of its own. */
  if (setpriority (PRIO_PROCESS, 0, NICENESS) != 0)
    g_debug ("The checkpoint is written with the same priority as all else: %s", g_strerror (errno));

  if (read_checkpoint (job))
    write_checkpoint (job);
  /* It is large, and the main thread has others to serve. */
  g_clear_pointer (&job->state, job->funcs->free);
  g_source_attach (job->done, NULL);

  return NULL;
}

static void
job_free (Job *job)
{
  g_source_destroy (job->done);
  g_source_unref (job->done);
  g_clear_error (&job->error);
  g_free (job->folder);
  g_free (job);
}

static void
end_job (CmCheckpointer *self)
{
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->job, job_free);
}

static gboolean
on_done (gpointer user_data)
{
  CmCheckpointer *self = user_data;
  g_autoptr(GError) error = g_steal_pointer (&self->job->error);

  if (error == NULL)
    {
      self->pending -= self->started;
      self->state_size = self->job->checkpoint.size;
      self->is_anew = FALSE;
    }
  else
    {
      /* One that was not read may not be readable. */
      self->is_anew = self->is_anew || self->job->is_unread;
      self->is_due = TRUE;
      self->retry_at = get_time () + INTERVAL;
      if (!self->has_failed)
        g_message ("The checkpoint of the journal cannot be written, and is tried again: %s", error->message);
    }

  if (error == NULL && self->has_failed)
    g_message ("The checkpoint of the journal is written again");
  self->has_failed = error != NULL;
  end_job (self);

  return G_SOURCE_REMOVE;
}

static void
start (CmCheckpointer *self)
{
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (self->folder);
  job->funcs = self->funcs;
  job->state = self->funcs->create (self->funcs->user_data);
  job->end = self->place;
  job->is_anew = self->is_anew;
  job->done = g_idle_source_new ();
  g_source_set_callback (job->done, on_done, self, NULL);

  self->job = job;
  self->is_due = FALSE;
  self->started = self->pending;
  self->retry_at = get_time () + INTERVAL;
  self->thread = g_thread_new ("checkpoint", run, job);
}

/* A little that has waited for long is worth it too. */
static gboolean
is_worth_it (const CmCheckpointer *self)
{
  if (!self->has_failed && self->pending >= MAX (self->size, self->state_size / STATE_PART))
    return TRUE;

  return get_time () >= self->retry_at && (self->is_due || self->pending >= self->size / SMALL_PART);
}

static void
look (CmCheckpointer *self)
{
  if (self->thread == NULL && is_worth_it (self))
    start (self);
}

static gboolean
on_look (gpointer user_data)
{
  CmCheckpointer *self = user_data;

  look (self);
  if (self->pending > 0 || self->is_due)
    return G_SOURCE_CONTINUE;

  self->look_id = 0;

  return G_SOURCE_REMOVE;
}

static void
keep_looking (CmCheckpointer *self)
{
  look (self);
  if (self->look_id == 0)
    self->look_id = g_timeout_add (LOOK_INTERVAL, on_look, self);
}

/**
 * cm_checkpointer_new:
 * @folder: a journal's folder
 * @funcs: what its lines come to; it has to be there until the checkpointer is freed
 * @size: so many bytes come until there is a new checkpoint
 *
 * Returns: (transfer full): what writes a journal's checkpoints, for the main context
 */
CmCheckpointer *
cm_checkpointer_new (const char                *folder,
                     const CmJournalStateFuncs *funcs,
                     guint64                    size)
{
  CmCheckpointer *self = g_new0 (CmCheckpointer, 1);

  self->folder = g_strdup (folder);
  self->funcs = funcs;
  self->size = size;

  return self;
}

/**
 * cm_checkpointer_free:
 * @self: (transfer full): a checkpointer; what it has begun is given up
 */
void
cm_checkpointer_free (CmCheckpointer *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->thread != NULL)
    {
      g_atomic_int_set (&self->job->is_cancelled, 1);
      end_job (self);
    }

  g_free (self->folder);
  g_free (self);
}

/**
 * cm_checkpointer_note:
 * @self: a checkpointer
 * @place: what is on disk ends there
 * @size: so much of it has come since the last time, bytes
 */
void
cm_checkpointer_note (CmCheckpointer       *self,
                      const CmJournalPlace *place,
                      guint64               size)
{
  self->place = *place;
  self->pending += size;
  if (self->pending > 0 || self->is_due)
    keep_looking (self);
}

/**
 * cm_checkpointer_begin_anew:
 * @self: a checkpointer
 *
 * The checkpoint that there is cannot be read: the next is made of all lines.
 */
void
cm_checkpointer_begin_anew (CmCheckpointer *self)
{
  self->is_anew = TRUE;
  self->is_due = TRUE;
}

/**
 * cm_checkpointer_forget:
 * @self: a checkpointer
 *
 * Lines are gone: what they came to may not stay in the checkpoint.
 */
void
cm_checkpointer_forget (CmCheckpointer *self)
{
  self->is_due = TRUE;
  keep_looking (self);
}
