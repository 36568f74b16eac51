/* cm-remote-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/remote/cm-remote-watch.h"

#include <glib/gi18n-lib.h>

#include "core/cm-time.h"
#include "tracker/cm-tracker.h"
#include "watch/remote/cm-remote-commands.h"
#include "watch/remote/cm-remote-documents.h"
#include "watch/remote/cm-remote-queue.h"
#include "watch/remote/cm-remote-show.h"
#include "watch/cm-watch-clock.h"

/* Ages are shown in seconds, ms. */
#define TICK 250

/* So long a turn of the main loop may take: frames are to be drawn between two, µs. */
#define TURN (5 * 1000)

/**
 * CmRemoteWatch:
 * @is_live: all is there; the list follows only then
 * @is_current: the connection has been told of as live, and is there
 * @comes_live: when that is shown, the connection is live
 * @is_showing: what has changed is being shown, a part in each turn; what comes
 *   meanwhile waits
 * @shown: the message that is being shown
 * @shown_text: (nullable): as it came
 * @waiting: what has come and is not taken in yet
 * @at: what the tracker's clock showed when it was heard last, ms UTC
 * @heard_at: when that was here, monotonic µs
 */
struct _CmRemoteWatch
{
  CmWatch            parent_instance;
  CmRemoteLink      *link;
  CmRemoteDocuments *documents;
  CmRemoteCommands  *commands;
  CmWatchClock       clock;
  gint64             at;
  gint64             heard_at;
  guint              tick_id;
  gboolean           is_live;
  gboolean           is_current;
  gboolean           comes_live;
  gboolean           is_showing;
  CmRemoteMessage    shown;
  GBytes            *shown_text;
  CmRemoteShow      *show;
  CmRemoteQueue     *waiting;
  guint              work_id;
};

G_DEFINE_FINAL_TYPE (CmRemoteWatch, cm_remote_watch, CM_TYPE_WATCH)

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
finish_showing (CmRemoteWatch *self)
{
  g_auto(CmRemoteMessage) message = self->shown;
  g_autoptr(GBytes) text = g_steal_pointer (&self->shown_text);

  self->shown = (CmRemoteMessage) { .at = CM_TIME_NONE };
  self->is_showing = FALSE;

  if (self->comes_live)
    cm_remote_link_set_live (self->link);
  else if (!self->is_current)
    cm_watch_set_now (CM_WATCH (self), self->at);
  self->comes_live = FALSE;
  g_signal_emit (self, signals[MESSAGE], 0, message.type, text);
}

/* @end: when to stop, monotonic µs */
static void
show_until (CmRemoteWatch *self,
            gint64         end)
{
  if (cm_remote_show_some (self->show, self->at, !self->is_current, end))
    finish_showing (self);
}

/* Between two messages the tracker's time goes on as ours does. While a change is only
 * shown in part the list is left alone: the time may be one that it tells of. */
static gboolean
on_tick (gpointer user_data)
{
  CmRemoteWatch *self = user_data;

  if (self->is_showing)
    return G_SOURCE_CONTINUE;

  cm_watch_set_now (CM_WATCH (self), self->at + (g_get_monotonic_time () - self->heard_at) / 1000);

  return G_SOURCE_CONTINUE;
}

/* What is told before a live message may have waited for this subscriber. */
static void
take_time (CmRemoteWatch         *self,
           const CmRemoteMessage *message,
           gint64                 heard_at)
{
  gint64 delay, skew;

  if (message->at == CM_TIME_NONE)
    return;

  self->at = message->at;
  self->heard_at = heard_at;
  cm_watch_set_now (CM_WATCH (self), message->at);
  if (cm_watch_get_status (CM_WATCH (self)) == CM_WATCH_LIVE &&
      cm_watch_clock_take (&self->clock, message->at, g_get_real_time () / 1000, &delay, &skew))
    cm_watch_set_clock (CM_WATCH (self), delay, skew);
}

/* Who does not answer is to be seen also where no call is his. */
static void
show_silent (CmRemoteWatch *self)
{
  CmRemoteSources *sources = cm_remote_documents_get_sources (self->documents);

  cm_watch_show_silent (CM_WATCH (self), cm_remote_sources_dup_silences (sources));
}

/* The link goes on from what is held, should it break. */
static void
show_up_to (CmRemoteWatch         *self,
            const CmRemoteMessage *message)
{
  cm_remote_link_set_resume (self->link, cm_remote_documents_get_epoch (self->documents), (guint64) message->rev);
  self->is_showing = TRUE;
}

static void
act_on (CmRemoteWatch         *self,
        const CmRemoteMessage *message)
{
  if (message->is_first && g_str_equal (message->type, "snapshot"))
    {
      self->is_live = FALSE;
      cm_remote_link_set_resume (self->link, NULL, 0);
    }
  else if (g_str_equal (message->type, "live"))
    {
      self->is_live = TRUE;
      cm_watch_set_n_sources (CM_WATCH (self), (guint) message->count);
      show_silent (self);
      show_up_to (self, message);
      self->comes_live = TRUE;
    }
  else if (g_str_equal (message->type, "update") && self->is_live)
    {
      show_up_to (self, message);
    }
  else if (g_str_equal (message->type, "command") && message->command != NULL && message->state != NULL)
    {
      cm_remote_commands_note (self->commands, message->command, message->state, message->reason);
    }
  else if (g_str_equal (message->type, "alive"))
    {
      cm_watch_set_n_sources (CM_WATCH (self), (guint) message->count);
      cm_watch_set_unsaved (CM_WATCH (self), message->is_unsaved);
      show_silent (self);
      if (self->is_live)
        cm_watch_commit (CM_WATCH (self));
    }
}

/* @heard_at: when it came, monotonic µs
 * @end: when to stop showing what it says, monotonic µs
 *
 * Returns: %FALSE where it is not what a tracker says */
static gboolean
take_message (CmRemoteWatch *self,
              GBytes        *text,
              gint64         heard_at,
              gint64         end)
{
  g_auto(CmRemoteMessage) message = { 0 };
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);

  if (!cm_remote_documents_read (self->documents, bytes, size, &message))
    return FALSE;

  take_time (self, &message, heard_at);
  act_on (self, &message);
  if (!self->is_showing)
    {
      g_signal_emit (self, signals[MESSAGE], 0, message.type, text);
      return TRUE;
    }

  self->shown = message;
  message = (CmRemoteMessage) { .at = CM_TIME_NONE };
  self->shown_text = g_bytes_ref (text);
  show_until (self, end);

  return TRUE;
}

/* Goes on with what is being shown, or else takes in what has waited longest.
 *
 * Returns: %FALSE where that is not what a tracker says */
static gboolean
work_until (CmRemoteWatch *self,
            gint64         end)
{
  g_autoptr(GBytes) text = NULL;
  gint64 heard_at;

  if (self->is_showing)
    {
      show_until (self, end);
      return TRUE;
    }

  text = cm_remote_queue_pop (self->waiting, &heard_at);

  return take_message (self, text, heard_at, end);
}

static gboolean
has_work (CmRemoteWatch *self)
{
  return self->is_showing || !cm_remote_queue_is_empty (self->waiting);
}

static gboolean
on_work (gpointer user_data)
{
  g_autoptr(CmRemoteWatch) self = g_object_ref (user_data);
  gint64 end = g_get_monotonic_time () + TURN;

  while (has_work (self) && g_get_monotonic_time () < end)
    {
      if (!work_until (self, end))
        cm_remote_link_refuse (self->link);
    }
  if (has_work (self))
    return G_SOURCE_CONTINUE;

  self->work_id = 0;

  return G_SOURCE_REMOVE;
}

/* A frame goes before, or none would be drawn until all is there. */
static void
work_later (CmRemoteWatch *self)
{
  if (self->work_id == 0 && has_work (self))
    self->work_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_work, self, NULL);
}

/* A message of a live tracker is taken in at once, one of a snapshot when there is time.
 * Where too much waits, that has to be done first: then the connection fills up, and the
 * tracker waits. */
static gboolean
on_text (GBytes   *text,
         gpointer  user_data)
{
  CmRemoteWatch *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean is_read = TRUE;

  if (self->is_current && !has_work (self))
    is_read = take_message (self, text, now, now + TURN);
  else
    cm_remote_queue_push (self->waiting, text, now);

  while (is_read && cm_remote_queue_is_full (self->waiting))
    is_read = work_until (self, G_MAXINT64);
  work_later (self);

  return is_read;
}

/* What is shown is of when something was heard last. */
static void
stand_still (CmRemoteWatch *self,
             CmWatchStatus  status)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  cm_watch_clock_init (&self->clock);
  cm_watch_set_clock (CM_WATCH (self), CM_TIME_NONE, CM_TIME_NONE);
  cm_watch_set_unsaved (CM_WATCH (self), FALSE);
  if (status == CM_WATCH_LOST && !self->is_showing)
    cm_watch_set_now (CM_WATCH (self), self->at);
}

/* Until a live message has come again nothing is known to be so. What waits is of a
 * connection that is no more, and comes again over the next one. */
static void
on_status (CmWatchStatus status,
           gpointer      user_data)
{
  CmRemoteWatch *self = user_data;

  self->is_current = status == CM_WATCH_LIVE;
  if (!self->is_current)
    {
      cm_remote_queue_clear (self->waiting);
      self->comes_live = FALSE;
      stand_still (self, status);
    }
  else if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK, on_tick, self);

  cm_watch_set_error (CM_WATCH (self), cm_remote_link_get_error (self->link));
  cm_watch_set_status (CM_WATCH (self), status);
}

static void
cm_remote_watch_reconnect (CmWatch *watch)
{
  cm_remote_link_reconnect (CM_REMOTE_WATCH (watch)->link);
}

/* Most legs are named after their source; who does not see all has other names. */
static char *
dup_source (CmRemoteWatch *self,
            const char    *leg)
{
  const CmDocument *document;

  for (const char *mark = strchr (leg, '#'); mark != NULL; mark = strchr (mark + 1, '#'))
    {
      g_autofree char *source = g_strndup (leg, (gsize) (mark - leg));

      if (cm_remote_sources_has (cm_remote_documents_get_sources (self->documents), source))
        return g_steal_pointer (&source);
    }

  document = cm_remote_documents_find (self->documents, NULL, leg);

  return document != NULL ? g_strdup (cm_document_find_leg (document, leg)->source) : NULL;
}

static CmActions
cm_remote_watch_get_actions (CmWatch    *watch,
                             const char *leg)
{
  CmRemoteWatch *self = CM_REMOTE_WATCH (watch);
  g_autofree char *source = dup_source (self, leg);

  return source != NULL ? cm_remote_sources_get_actions (cm_remote_documents_get_sources (self->documents), source) : 0;
}

static const char *
find_refusal (CmRemoteWatch   *self,
              const CmCommand *command,
              const CmLeg     *leg)
{
  CmRemoteSources *sources = cm_remote_documents_get_sources (self->documents);
  CmActions actions = cm_remote_sources_get_actions (sources, leg->source);

  if (cm_remote_sources_is_lost (sources, leg->source))
    return _("The station does not answer");
  if (actions == 0)
    return _("The source takes no commands");
  if (!cm_actions_contain (actions, command->action))
    return _("The source does not take this command");
  if (command->action == CM_ACTION_REJOIN && leg->phase != CM_PHASE_LEFT)
    return _("The station has not left the call");

  return NULL;
}

static char *
cm_remote_watch_why_not (CmWatch         *watch,
                         const CmCommand *command)
{
  CmRemoteWatch *self = CM_REMOTE_WATCH (watch);
  const CmDocument *document;

  if (cm_watch_get_status (watch) != CM_WATCH_LIVE)
    return g_strdup (_("There is no connection to the tracker"));

  document = cm_remote_documents_find (self->documents, command->conversation, command->leg);
  if (document == NULL)
    return g_strdup (_("The call is over"));

  return g_strdup (find_refusal (self, command, cm_document_find_leg (document, command->leg)));
}

static void
cm_remote_watch_command_async (CmWatch             *watch,
                               const CmCommand     *command,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  CmRemoteWatch *self = CM_REMOTE_WATCH (watch);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  const CmDocument *document = cm_remote_documents_find (self->documents, command->conversation, command->leg);
  g_autoptr(CmCommand) whole = cm_command_new (document->id, command->leg, command->action, command->participant);

  g_task_set_source_tag (task, cm_remote_watch_command_async);
  cm_remote_commands_send (self->commands, self->link, whole, task);
}

static void
cm_remote_watch_finalize (GObject *object)
{
  CmRemoteWatch *self = CM_REMOTE_WATCH (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->work_id, g_source_remove);
  g_clear_pointer (&self->link, cm_remote_link_free);
  cm_remote_queue_free (self->waiting);
  cm_remote_message_clear (&self->shown);
  g_clear_pointer (&self->shown_text, g_bytes_unref);
  cm_remote_show_free (self->show);
  cm_remote_documents_free (self->documents);
  cm_remote_commands_free (self->commands);

  G_OBJECT_CLASS (cm_remote_watch_parent_class)->finalize (object);
}

static void
cm_remote_watch_class_init (CmRemoteWatchClass *klass)
{
  CmWatchClass *watch_class = CM_WATCH_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cm_remote_watch_finalize;

  watch_class->get_actions = cm_remote_watch_get_actions;
  watch_class->why_not = cm_remote_watch_why_not;
  watch_class->command_async = cm_remote_watch_command_async;
  watch_class->reconnect = cm_remote_watch_reconnect;

  signals[MESSAGE] =
    g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_BYTES);
}

static void
cm_remote_watch_init (CmRemoteWatch *self)
{
  self->documents = cm_remote_documents_new ();
  self->commands = cm_remote_commands_new ();
  self->waiting = cm_remote_queue_new ();
  self->show = cm_remote_show_new (CM_WATCH (self), self->documents);
  self->at = CM_TIME_NONE;
  cm_watch_clock_init (&self->clock);
  cm_watch_keep_history (CM_WATCH (self), cm_history_new (CM_TRACKER_HISTORY_MS, CM_HISTORY_MAX_SIZE), NULL, NULL);
}

/**
 * cm_remote_watch_new:
 * @options: whom to connect to
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): a watch that connects, and connects again;
 *   %NULL where the address or the file of certificates cannot be used
 */
CmRemoteWatch *
cm_remote_watch_new (const CmRemoteOptions  *options,
                     GError                **error)
{
  g_autoptr(CmRemoteWatch) self = g_object_new (CM_TYPE_REMOTE_WATCH, NULL);

  self->link = cm_remote_link_new (options, on_text, on_status, self, error);

  return self->link != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * cm_remote_watch_dup_documents:
 * @self: a watch
 *
 * Returns: (transfer full) (element-type CmDocument): all that is known, by id
 */
GPtrArray *
cm_remote_watch_dup_documents (CmRemoteWatch *self)
{
  g_return_val_if_fail (CM_IS_REMOTE_WATCH (self), g_ptr_array_new ());

  return cm_remote_documents_dup (self->documents);
}

