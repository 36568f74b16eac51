/* cm-load-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench/cm-load-watch.h"

#include <string.h>
#include <time.h>

/* A watch that much happens on. What it tells is made on a thread of its own: with a
 * real watch it is another program that knows it, and what it costs is not the panel's. */

/* So many of the calls need attention all the time, and are what is in view; of the
 * updates one in so many is theirs, and one in so many of the others changes what
 * needs attention. */
#define N_HOT 100
#define HOT_SHARE 50
#define ATTENTION_SHARE 200

/* So many batches are ready before they are needed. */
#define N_AHEAD 4

typedef struct
{
  GPtrArray *documents;
  GPtrArray *gone; /* ids */
} Batch;

struct _CmLoadWatch
{
  CmWatch parent_instance;

  GAsyncQueue *batches;
  GAsyncQueue *wanted;
  GThread     *thread;
  gint64       spent; /* by the thread, µs; atomic */
  gint64       now;
};

G_DEFINE_FINAL_TYPE (CmLoadWatch, cm_load_watch, CM_TYPE_WATCH)

static void
batch_free (Batch *batch)
{
  g_ptr_array_unref (batch->documents);
  g_ptr_array_unref (batch->gone);
  g_free (batch);
}

static void
add_person (CmDocument *document,
            guint       number,
            guint       which,
            gboolean    muted)
{
  static const char * const names[] = { "Ana", "Ben", "Carla", "David" };
  g_autofree char *address = g_strdup_printf ("sip:%s.%u@contoso.com", names[which], number);
  g_autofree char *name = g_strdup_printf ("%s Number %u", names[which], number);
  CmPerson *person = cm_document_add_person (document, address);

  person->name = g_ref_string_new (name);
  person->role = which < 2 ? CM_ROLE_PRESENTER : CM_ROLE_ATTENDEE;
  person->state = g_ref_string_new_intern ("Connected");
  person->muted = muted ? CM_YES : CM_NO;
  person->is_self = which == 0;
  person->joined = CM_LOAD_NOW;
  person->confirmed = TRUE;
}

static void
add_leg (CmDocument *document,
         guint       number,
         gboolean    held)
{
  g_autofree char *source = g_strdup_printf ("lync/ana.%u@contoso.com", number % 400);
  g_autofree char *id = g_strdup_printf ("%s#c%u", source, number);
  CmLeg *leg = cm_document_add_leg (document, id);

  leg->source = g_ref_string_new (source);
  leg->conversation = g_ref_string_new (id);
  leg->phase = document->phase;
  leg->state = g_ref_string_new_intern (held ? "Inactive" : "Active");
  leg->audio_video = g_ref_string_new_intern (held ? "OnHold" : "Connected");
  leg->timing.hold_since = held ? CM_LOAD_NOW : CM_TIME_NONE;
  leg->confirmed = TRUE;
}

static void
add_attention (CmDocument *document,
               guint       number)
{
  CmAttention *attention = cm_document_add_attention (document);
  CmLeg *leg = g_ptr_array_index (document->legs, 0);

  attention->rule = g_ref_string_new_intern ("on-hold");
  attention->level = number < N_HOT ? CM_LEVEL_WARNING : CM_LEVEL_NOTICE;
  attention->since = CM_LOAD_NOW + number;
  attention->leg = g_ref_string_acquire (leg->id);
}

static char *
dup_id (guint number)
{
  return g_strdup_printf ("conf:ana.%u@contoso.com/%08x", number, number);
}

/* Returns: whether the call needs attention at that time of its life */
static gboolean
is_held (guint number,
         guint version)
{
  return number < N_HOT || version % ATTENTION_SHARE == 0;
}

/* Returns: (transfer full): a conference, as it is after so many updates: each one has
 *   somebody come, go or be muted */
CmDocument *
cm_load_document_new (guint number,
                      guint version)
{
  g_autofree char *id = dup_id (number);
  g_autofree char *subject = g_strdup_printf ("Meeting %u of many", number);
  CmDocument *document = cm_document_new (id);
  gboolean held = is_held (number, version);

  document->kind = CM_KIND_CONFERENCE;
  document->phase = held ? CM_PHASE_ON_HOLD : CM_PHASE_IN_CONFERENCE;
  document->live = TRUE;
  document->subject = g_ref_string_new (subject);
  document->conference.key = g_ref_string_new (id + strlen ("conf:"));
  document->started = CM_LOAD_NOW - number % 3600 * 1000;

  add_leg (document, number, held);
  for (guint i = 0; i < 2 + version % 3; i++)
    add_person (document, number, i, version % 2 == 1 && i == 1);
  if (held)
    add_attention (document, number);

  return document;
}

static Batch *
batch_new (GRand *random,
           guint *next,
           guint *version)
{
  Batch *batch = g_new (Batch, 1);

  batch->documents = g_ptr_array_new ();
  batch->gone = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < CM_LOAD_UPDATES / CM_LOAD_FRAMES; i++)
    {
      guint number = (guint) (g_rand_int_range (random, 0, HOT_SHARE) == 0 ?
                              g_rand_int_range (random, 0, N_HOT) :
                              g_rand_int_range (random, N_HOT, (int) *next));

      g_ptr_array_add (batch->documents, cm_load_document_new (number, (*version)++));
    }

  /* One may be gone already, and then comes again: that is one move as well. */
  for (guint i = 0; i < CM_LOAD_MOVES / CM_LOAD_FRAMES; i++)
    {
      g_ptr_array_add (batch->gone, dup_id ((guint) g_rand_int_range (random, N_HOT, (int) *next)));
      g_ptr_array_add (batch->documents, cm_load_document_new ((*next)++, 1));
    }

  return batch;
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
  guint next = CM_LOAD_CALLS, version = 1;

  while (g_async_queue_pop (self->wanted) == self)
    {
      g_async_queue_push (self->batches, batch_new (random, &next, &version));
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
      g_async_queue_push_front (self->wanted, self->batches);
      g_thread_join (g_steal_pointer (&self->thread));
    }

  G_OBJECT_CLASS (cm_load_watch_parent_class)->dispose (object);
}

static void
cm_load_watch_finalize (GObject *object)
{
  CmLoadWatch *self = CM_LOAD_WATCH (object);

  g_async_queue_unref (self->wanted);
  g_async_queue_unref (self->batches);

  G_OBJECT_CLASS (cm_load_watch_parent_class)->finalize (object);
}

static char *
cm_load_watch_why_not_rejoin (CmWatch    *watch,
                              const char *leg)
{
  return g_strdup ("There is nobody to rejoin");
}

static void
cm_load_watch_class_init (CmLoadWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_load_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = cm_load_watch_finalize;
  CM_WATCH_CLASS (klass)->why_not_rejoin = cm_load_watch_why_not_rejoin;
}

static void
cm_load_watch_init (CmLoadWatch *self)
{
  CmWatch *watch = CM_WATCH (self);

  self->batches = g_async_queue_new_full ((GDestroyNotify) batch_free);
  self->wanted = g_async_queue_new ();
  self->now = CM_LOAD_NOW;

  for (guint i = 0; i < CM_LOAD_CALLS; i++)
    cm_watch_show (watch, cm_load_document_new (i, i));

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

/* Does what comes with one frame of the tracker.
 *
 * Returns: how many updates and moves that was */
guint
cm_load_watch_run (CmLoadWatch *self)
{
  Batch *batch = g_async_queue_pop (self->batches);
  guint n = batch->documents->len + batch->gone->len;

  g_async_queue_push (self->wanted, self);
  for (guint i = 0; i < batch->documents->len; i++)
    cm_watch_show (CM_WATCH (self), g_ptr_array_index (batch->documents, i));
  for (guint i = 0; i < batch->gone->len; i++)
    cm_watch_hide (CM_WATCH (self), g_ptr_array_index (batch->gone, i));

  cm_watch_commit (CM_WATCH (self));
  self->now += CM_LOAD_FRAME;
  cm_watch_set_now (CM_WATCH (self), self->now);
  batch_free (batch);

  return n;
}

/* Returns: how long the processor was busy with what is not the panel's, s */
double
cm_load_watch_get_foreign (CmLoadWatch *self)
{
  return (double) __atomic_load_n (&self->spent, __ATOMIC_RELAXED) / G_USEC_PER_SEC;
}
