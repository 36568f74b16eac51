/* cm-load-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench/cm-load-watch.h"

#include <string.h>
#include <time.h>

/* A watch that much happens on. What it tells is made on a thread of its own: with a
 * real watch it is another program that knows it, and what it costs is not the panel's. */

/* So many of the calls need attention all the time, and are what is in view. */
#define N_HOT 100

/* One of so many updates is theirs, holds or retrieves a call, gives it a name. */
#define HOT_SHARE 50
#define HOLD_SHARE 200
#define RENAME_SHARE 20

/* So many batches are ready before they are needed. */
#define N_AHEAD 4

/* So many are read at once: what is read stays in the cache until it is used. */
#define N_RECEIVED 25

struct _CmLoadWatch
{
  CmWatch parent_instance;

  GPtrArray   *documents;
  GAsyncQueue *batches;
  GAsyncQueue *wanted;
  GThread     *thread;
  gint64       spent; /* by the thread, µs; atomic */
  gint64       read;  /* the time of receive(), µs */
  gsize        sum;   /* what that has read */
  gint64       now;
};

G_DEFINE_FINAL_TYPE (CmLoadWatch, cm_load_watch, CM_TYPE_WATCH)

static void
add_person (CmDocument *document,
            guint       number,
            guint       which)
{
  static const char * const names[] = { "Ana", "Ben", "Carla" };
  g_autofree char *address = g_strdup_printf ("sip:%s.%u@contoso.com", names[which], number);
  g_autofree char *name = g_strdup_printf ("%s Number %u", names[which], number);
  CmPerson *person = cm_document_add_person (document, address);

  person->name = g_ref_string_new (name);
  person->role = which < 2 ? CM_ROLE_PRESENTER : CM_ROLE_ATTENDEE;
  person->state = g_ref_string_new ("Connected");
  person->is_self = which == 0;
  person->joined = CM_LOAD_NOW;
  person->confirmed = TRUE;
}

static void
add_leg (CmDocument *document,
         guint       number)
{
  g_autofree char *source = g_strdup_printf ("lync/ana.%u@contoso.com", number % 400);
  g_autofree char *id = g_strdup_printf ("%s#c%u", source, number);
  CmLeg *leg = cm_document_add_leg (document, id);

  leg->source = g_ref_string_new (source);
  leg->conversation = g_ref_string_new (id);
  leg->phase = document->phase;
  leg->state = g_ref_string_new ("Active");
  leg->audio_video = g_ref_string_new ("Connected");
  leg->confirmed = TRUE;
}

static void
hold (CmDocument *document,
      guint       number,
      guint       version)
{
  CmLeg *leg = cm_document_edit_leg (document, 0);
  CmAttention *attention;

  document->phase = leg->phase = CM_PHASE_ON_HOLD;
  leg->timing.hold_since = CM_LOAD_NOW;
  if (document->attention->len > 0)
    return;

  attention = cm_document_add_attention (document);
  attention->rule = g_ref_string_new ("on-hold");
  attention->level = number < N_HOT ? CM_LEVEL_WARNING : CM_LEVEL_NOTICE;
  attention->since = CM_LOAD_NOW + version;
  attention->leg = g_ref_string_acquire (leg->id);
}

static void
retrieve (CmDocument *document)
{
  CmLeg *leg = cm_document_edit_leg (document, 0);

  document->phase = leg->phase = CM_PHASE_IN_CONFERENCE;
  leg->timing.hold_since = CM_TIME_NONE;
  cm_document_clear_attention (document);
}

static char *
dup_id (guint number)
{
  return g_strdup_printf ("conf:ana.%u@contoso.com/%08x", number, number);
}

/* Returns: (transfer full): a conference of three */
static CmDocument *
document_new (guint number)
{
  g_autofree char *id = dup_id (number);
  g_autofree char *subject = g_strdup_printf ("Meeting %u of many", number);
  CmDocument *document = cm_document_new (id);

  document->kind = CM_KIND_CONFERENCE;
  document->phase = CM_PHASE_IN_CONFERENCE;
  document->live = TRUE;
  document->subject = g_ref_string_new (subject);
  document->conference.key = g_ref_string_new (id + strlen ("conf:"));
  document->started = CM_LOAD_NOW - number % 3600 * 1000;

  add_leg (document, number);
  for (guint i = 0; i < 3; i++)
    add_person (document, number, i);
  if (number < N_HOT)
    hold (document, number, 0);

  return document;
}

/* Somebody is muted, or comes or goes; now and then the call is held, or renamed. */
static void
change (CmDocument *document,
        guint       number,
        guint       version)
{
  CmPerson *person = cm_document_edit_person (document, version % 3);

  if (version % 4 == 0)
    person->left = person->left == CM_TIME_NONE ? CM_LOAD_NOW : CM_TIME_NONE;
  else
    person->muted = person->muted == CM_YES ? CM_NO : CM_YES;

  if (version % HOLD_SHARE == 0 && number >= N_HOT)
    {
      if (document->attention->len == 0)
        hold (document, number, version);
      else
        retrieve (document);
    }

  if (version % RENAME_SHARE == 0)
    {
      g_autofree char *subject = g_strdup_printf ("Meeting %u of many, part %u", number, version);

      g_ref_string_release (document->subject);
      document->subject = g_ref_string_new (subject);
    }
}

static void
free_document (gpointer document)
{
  if (document != NULL)
    cm_document_free (document);
}

/* Returns: (transfer full): what the tracker knows at first, by number; some may be
 *   gone later */
GPtrArray *
cm_load_documents_new (void)
{
  GPtrArray *documents = g_ptr_array_new_full (2 * CM_LOAD_CALLS, free_document);

  for (guint i = 0; i < CM_LOAD_CALLS; i++)
    g_ptr_array_add (documents, document_new (i));

  return documents;
}

/* Returns: the number of one that is still there */
static guint
pick (GPtrArray *documents,
      GRand     *random)
{
  for (;;)
    {
      guint number = (guint) g_rand_int_range (random, N_HOT, (int) documents->len);

      if (g_ptr_array_index (documents, number) != NULL)
        return number;
    }
}

/**
 * cm_load_batch_new:
 * @documents: what the tracker knows
 * @random: what decides
 * @version: how many changes there were so far
 *
 * Returns: (transfer full): what changes with one frame of the tracker
 */
CmLoadBatch *
cm_load_batch_new (GPtrArray *documents,
                   GRand     *random,
                   guint     *version)
{
  CmLoadBatch *batch = g_new (CmLoadBatch, 1);

  batch->documents = g_ptr_array_new ();
  batch->gone = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < CM_LOAD_UPDATES / CM_LOAD_FRAMES; i++)
    {
      guint number = g_rand_int_range (random, 0, HOT_SHARE) == 0 ?
                     (guint) g_rand_int_range (random, 0, N_HOT) : pick (documents, random);
      CmDocument *document = g_ptr_array_index (documents, number);

      change (document, number, ++(*version));
      g_ptr_array_add (batch->documents, cm_document_copy (document));
    }

  /* As many come as go. */
  for (guint i = 0; i < CM_LOAD_MOVES / CM_LOAD_FRAMES / 2; i++)
    {
      guint number = pick (documents, random);

      g_ptr_array_add (batch->gone, dup_id (number));
      g_clear_pointer (&documents->pdata[number], cm_document_free);
      g_ptr_array_add (documents, document_new (documents->len));
      g_ptr_array_add (batch->documents,
                       cm_document_copy (g_ptr_array_index (documents, documents->len - 1)));
    }

  return batch;
}

void
cm_load_batch_free (CmLoadBatch *batch)
{
  g_ptr_array_unref (batch->documents);
  g_ptr_array_unref (batch->gone);
  g_free (batch);
}

static gint64
get_thread_time (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static gpointer
make_batches (gpointer user_data)
{
  CmLoadWatch *self = user_data;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint version = 0;

  while (g_async_queue_pop (self->wanted) == self)
    {
      g_async_queue_push (self->batches, cm_load_batch_new (self->documents, random, &version));
      __atomic_store_n (&self->spent, get_thread_time (), __ATOMIC_RELAXED);
    }

  return NULL;
}

static void
cm_load_watch_dispose (GObject *object)
{
  CmLoadWatch *self = CM_LOAD_WATCH (object);

  if (self->thread != NULL)
    {
      g_async_queue_push_front (self->wanted, self->documents);
      g_thread_join (g_steal_pointer (&self->thread));
    }

  G_OBJECT_CLASS (cm_load_watch_parent_class)->dispose (object);
}

static void
cm_load_watch_finalize (GObject *object)
{
  CmLoadWatch *self = CM_LOAD_WATCH (object);

  g_ptr_array_unref (self->documents);
  g_async_queue_unref (self->wanted);
  g_async_queue_unref (self->batches);

  G_OBJECT_CLASS (cm_load_watch_parent_class)->finalize (object);
}

static CmActions
cm_load_watch_get_actions (CmWatch    *watch,
                           const char *leg)
{
  return 0;
}

static void
cm_load_watch_class_init (CmLoadWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_load_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = cm_load_watch_finalize;
  CM_WATCH_CLASS (klass)->get_actions = cm_load_watch_get_actions;
}

static void
cm_load_watch_init (CmLoadWatch *self)
{
  CmWatch *watch = CM_WATCH (self);

  self->batches = g_async_queue_new_full ((GDestroyNotify) cm_load_batch_free);
  self->wanted = g_async_queue_new ();
  self->now = CM_LOAD_NOW;

  self->documents = cm_load_documents_new ();

  for (guint i = 0; i < CM_LOAD_CALLS; i++)
    cm_watch_show (watch, cm_document_copy (g_ptr_array_index (self->documents, i)));

  cm_watch_commit (watch);
  cm_watch_set_status (watch, CM_WATCH_LIVE);
  cm_watch_set_n_sources (watch, 400);
  cm_watch_set_now (watch, self->now);

  for (guint i = 0; i < N_AHEAD; i++)
    g_async_queue_push (self->wanted, self);
  self->thread = g_thread_new ("load", make_batches, self);
}

/* Returns: (transfer full): a watch that has all its conversations, and nothing moves */
CmWatch *
cm_load_watch_new (void)
{
  return g_object_new (CM_TYPE_LOAD_WATCH, NULL);
}

/* Who has a document from a tracker has just made it, and it is in the cache. Here another
 * thread has: so it is read once, and that is not counted.
 *
 * Returns: something of all of it, so that nobody leaves it out */
static gsize
receive (CmLoadWatch *self,
         GPtrArray   *documents,
         guint        first,
         guint        n)
{
  gint64 since = get_thread_time ();
  gsize sum = 0;

  for (guint i = first; i < first + n; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);

      sum += strlen (document->id) + strlen (document->subject) + document->attention->len;
      for (guint j = 0; j < document->persons.len; j++)
        sum += (gsize) cm_document_get_person (document, j)->left;
      for (guint j = 0; j < document->legs.len; j++)
        sum += (gsize) cm_document_get_leg (document, j)->silent_since;
    }

  self->read += get_thread_time () - since;

  return sum;
}

/* Does what comes with one frame of the tracker.
 *
 * Returns: how many updates and moves that was */
guint
cm_load_watch_run (CmLoadWatch *self)
{
  CmLoadBatch *batch = g_async_queue_pop (self->batches);
  guint n = batch->documents->len + batch->gone->len;

  for (guint i = 0; i < batch->documents->len; i++)
    {
      if (i % N_RECEIVED == 0)
        self->sum += receive (self, batch->documents, i, MIN (N_RECEIVED, batch->documents->len - i));
      cm_watch_show (CM_WATCH (self), g_ptr_array_index (batch->documents, i));
    }
  for (guint i = 0; i < batch->gone->len; i++)
    cm_watch_hide (CM_WATCH (self), g_ptr_array_index (batch->gone, i));

  cm_watch_commit (CM_WATCH (self));
  self->now += CM_LOAD_FRAME;
  cm_watch_set_now (CM_WATCH (self), self->now);
  cm_load_batch_free (batch);

  /* Not before: the two would wait for one another's memory, as two programs never do. */
  g_async_queue_push (self->wanted, self);

  return n;
}

/* Returns: how long the processor was busy with what is not the panel's, s */
double
cm_load_watch_get_foreign (CmLoadWatch *self)
{
  gint64 spent = __atomic_load_n (&self->spent, __ATOMIC_RELAXED) + self->read;

  return (double) spent / G_USEC_PER_SEC;
}
