/* cm-demo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-demo.h"

#include <glib/gi18n.h>

#include "feeds/cm-simulator.h"
#include "watch/play/cm-demo-answers.h"
#include "watch/play/cm-demo-track.h"

#define TICK 50
/* A round plays each recording once and leaves time to look and to rejoin, ms. */
#define ROUND 60000
/* An ended call stays for so long, ms. */
#define HISTORY 5000
/* The recorded meeting is there at once, and so the first of the list, ms. */
#define HEAD_START 500
/* The desk has been at work for so long when one begins to look, ms. */
#define PAST 90000

struct _CmDemo
{
  CmLocalWatch  parent_instance;

  GPtrArray    *tracks;
  CmDemoAnswers *answers;
  CmSimulator  *simulator;
  CmEvent       simulated;
  gint64        origin;      /* ms UTC */
  gint64        began;       /* monotonic, ms */
  gint64        skipped;     /* ms */
  gint64        round;
  gint64        round_start; /* ms UTC */
  guint         tick_id;
};

G_DEFINE_FINAL_TYPE (CmDemo, cm_demo, CM_TYPE_LOCAL_WATCH)

static gint64
get_monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* The demo's own clock starts at the time of day and then only goes on. */
static gint64
get_now (CmDemo *self)
{
  return self->origin + (get_monotonic_ms () - self->began) + self->skipped;
}

static void
play_simulated (CmDemo    *self,
                CmTracker *tracker,
                gint64     now)
{
  while (self->simulated.at <= now)
    {
      if (!cm_demo_answers_is_over (self->answers, &self->simulated))
        cm_tracker_handle (tracker, &self->simulated);
      cm_simulator_next (self->simulator, &self->simulated);
    }
}

static void
begin_round (CmDemo    *self,
             CmTracker *tracker,
             gint64     now)
{
  cm_demo_answers_clear (self->answers);
  for (guint i = 0; i < self->tracks->len; i++)
    cm_demo_track_close (g_ptr_array_index (self->tracks, i), tracker, self->round, now);

  self->round++;
  self->round_start = now;
}

/* Gives the tracker what has happened by now. */
static void
feed (CmDemo *self,
      gint64  now)
{
  CmTracker *tracker = cm_local_watch_get_tracker (CM_LOCAL_WATCH (self));

  if (now >= self->round_start + ROUND)
    begin_round (self, tracker, self->round_start + ROUND);

  for (guint i = 0; i < self->tracks->len; i++)
    cm_demo_track_play (g_ptr_array_index (self->tracks, i), tracker, self->answers, self->round,
                        self->round_start, now);
  cm_demo_answers_play (self->answers, tracker, now);
  play_simulated (self, tracker, now);
  cm_tracker_advance (tracker, now);
}

static void
play (CmDemo *self,
      gint64  now)
{
  feed (self, now);
  cm_watch_set_now (CM_WATCH (self), now);
  cm_local_watch_flush (CM_LOCAL_WATCH (self));
}

static gboolean
on_tick (gpointer user_data)
{
  CmDemo *self = user_data;

  play (self, get_now (self));

  return G_SOURCE_CONTINUE;
}

/* As the tracker has it: what is shown may be disguised. */
static CmDocument *
dup_document (CmDemo      *self,
              const char  *id,
              CmLeg      **leg)
{
  g_autoptr(GPtrArray) documents =
    cm_tracker_dup_documents (cm_local_watch_get_tracker (CM_LOCAL_WATCH (self)));

  for (guint i = 0; i < documents->len; i++)
    {
      CmDocument *copy;

      if (cm_document_find_leg (g_ptr_array_index (documents, i), id) == NULL)
        continue;

      copy = cm_document_copy (g_ptr_array_index (documents, i));
      *leg = cm_document_add_leg (copy, id);

      return copy;
    }

  return NULL;
}

static CmActions
cm_demo_get_actions (CmWatch    *watch,
                     const char *leg)
{
  return cm_demo_answers_get_actions ();
}

static char *
cm_demo_why_not (CmWatch         *watch,
                 const CmCommand *command)
{
  CmLeg *leg = NULL;
  g_autoptr(CmDocument) document = dup_document (CM_DEMO (watch), command->leg, &leg);

  return leg != NULL ? cm_demo_answers_why_not (document, leg, command) : g_strdup (_("The call is over"));
}

static void
cm_demo_command_async (CmWatch             *watch,
                       const CmCommand     *command,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  CmDemo *self = CM_DEMO (watch);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  CmLeg *leg = NULL;
  g_autoptr(CmDocument) document = dup_document (self, command->leg, &leg);

  g_task_set_source_tag (task, cm_demo_command_async);
  cm_demo_answers_take (self->answers, document, leg, command, get_now (self));
  g_task_return_boolean (task, TRUE);
}

static void
cm_demo_dispose (GObject *object)
{
  CmDemo *self = CM_DEMO (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  G_OBJECT_CLASS (cm_demo_parent_class)->dispose (object);
}

static void
cm_demo_finalize (GObject *object)
{
  CmDemo *self = CM_DEMO (object);

  g_ptr_array_unref (self->tracks);
  cm_demo_answers_free (self->answers);
  cm_simulator_free (self->simulator);

  G_OBJECT_CLASS (cm_demo_parent_class)->finalize (object);
}

static void
cm_demo_class_init (CmDemoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmWatchClass *watch_class = CM_WATCH_CLASS (klass);

  object_class->dispose = cm_demo_dispose;
  object_class->finalize = cm_demo_finalize;

  watch_class->get_actions = cm_demo_get_actions;
  watch_class->why_not = cm_demo_why_not;
  watch_class->command_async = cm_demo_command_async;
}

/* Some calls that go on while the recordings play. */
static void
init_simulator (CmDemo *self)
{
  const CmSimulatorOptions options = {
    .stations = 14,
    .first_station = 11,
    .conversations = 7,
    .rate = 1.4,
    .seed = 7,
    .start = self->origin - PAST,
    .renews = TRUE,
  };

  self->simulator = cm_simulator_new (&options);
  cm_simulator_next (self->simulator, &self->simulated);
}

static void
cm_demo_init (CmDemo *self)
{
  CmTracker *tracker = cm_local_watch_get_tracker (CM_LOCAL_WATCH (self));

  self->origin = g_get_real_time () / 1000;
  self->began = get_monotonic_ms ();
  self->round = 1;
  self->round_start = self->origin - HEAD_START;
  self->answers = cm_demo_answers_new ();
  self->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_demo_track_free);
  g_ptr_array_add (self->tracks, cm_demo_track_new ("escalation-user2", 0));
  g_ptr_array_add (self->tracks, cm_demo_track_new ("escalation-user3", 6000));
  g_ptr_array_add (self->tracks, cm_demo_track_new ("escalation-merged", 20000));
  init_simulator (self);

  cm_tracker_set_history (tracker, HISTORY, 100);
  cm_watch_keep_history (CM_WATCH (self), cm_history_new (CM_TRACKER_HISTORY_MS, CM_HISTORY_MAX_SIZE),
                         NULL, NULL);
  play (self, self->origin);
  self->tick_id = g_timeout_add (TICK, on_tick, self);
  cm_watch_set_status (CM_WATCH (self), CM_WATCH_LIVE);
}

/**
 * cm_demo_new:
 *
 * Returns: (transfer full): the demo, at its beginning
 */
CmDemo *
cm_demo_new (void)
{
  return g_object_new (CM_TYPE_DEMO, NULL);
}

/**
 * cm_demo_advance:
 * @self: a demo
 * @duration: ms
 *
 * Goes on at once to where the demo will be after @duration.
 */
void
cm_demo_advance (CmDemo *self,
                 gint64  duration)
{
  g_return_if_fail (CM_IS_DEMO (self));
  g_return_if_fail (duration >= 0);

  /* In small steps: a station of two recordings has but one clock, and what is
   * shown of the past must have been so. */
  for (gint64 skipped = 0; skipped < duration; skipped += TICK)
    {
      self->skipped += MIN (TICK, duration - skipped);
      play (self, get_now (self));
    }
}
