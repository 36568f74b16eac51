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
#include "watch/cm-watch-clock.h"

/* Ages are shown in seconds, ms. */
#define TICK 250

/**
 * CmRemoteWatch:
 * @is_live: all is there; the list follows only then
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
};

G_DEFINE_FINAL_TYPE (CmRemoteWatch, cm_remote_watch, CM_TYPE_WATCH)

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  CmRemoteWatch *watch;
  GPtrArray     *gone;
} Change;

static void
show_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  Change *change = user_data;
  CmRemoteWatch *self = change->watch;

  cm_watch_note (CM_WATCH (self), self->at, id, before, after);
  if (after != NULL)
    cm_watch_show (CM_WATCH (self), cm_document_ref (after));
  else
    g_ptr_array_add (change->gone, g_strdup (id));
}

/* A row may go on under another id, so rows go when all others are told. */
static void
show_changes (CmRemoteWatch *self)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  Change change = { self, gone };

  cm_remote_documents_tell (self->documents, show_change, &change);
  for (guint i = 0; i < gone->len; i++)
    cm_watch_hide (CM_WATCH (self), g_ptr_array_index (gone, i));

  cm_watch_commit (CM_WATCH (self));
}

/* Between two messages the tracker's time goes on as ours does. */
static gboolean
on_tick (gpointer user_data)
{
  CmRemoteWatch *self = user_data;

  cm_watch_set_now (CM_WATCH (self), self->at + (g_get_monotonic_time () - self->heard_at) / 1000);

  return G_SOURCE_CONTINUE;
}

/* What is told before a live message may have waited for this subscriber. */
static void
take_time (CmRemoteWatch         *self,
           const CmRemoteMessage *message)
{
  gint64 delay, skew;

  if (message->at == CM_TIME_NONE)
    return;

  self->at = message->at;
  self->heard_at = g_get_monotonic_time ();
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
  show_changes (self);
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
      cm_remote_link_set_live (self->link);
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

static gboolean
on_text (const char *text,
         gsize       size,
         gpointer    user_data)
{
  CmRemoteWatch *self = user_data;
  g_autoptr(GBytes) bytes = NULL;
  g_auto(CmRemoteMessage) message = { 0 };

  if (!cm_remote_documents_read (self->documents, text, size, &message))
    return FALSE;

  take_time (self, &message);
  act_on (self, &message);
  bytes = g_bytes_new_static (text, size);
  g_signal_emit (self, signals[MESSAGE], 0, message.type, bytes);

  return TRUE;
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
  if (status == CM_WATCH_LOST)
    cm_watch_set_now (CM_WATCH (self), self->at);
}

/* Until a live message has come again nothing is known to be so. */
static void
on_status (CmWatchStatus status,
           gpointer      user_data)
{
  CmRemoteWatch *self = user_data;

  if (status != CM_WATCH_LIVE)
    stand_still (self, status);
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
  g_clear_pointer (&self->link, cm_remote_link_free);
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

