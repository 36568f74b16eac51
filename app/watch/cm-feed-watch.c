/* cm-feed-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/cm-feed-watch.h"

#include <glib/gi18n-lib.h>

#include "feeds/cm-feed-list.h"
#include "watch/cm-command-book.h"

/* How often the rules are looked at, and ages go on, ms. */
#define TICK 250

/* An event may be so much ahead of the clock here, ms. */
#define MAX_AHEAD 2000

struct _CmFeedWatch
{
  CmLocalWatch   parent_instance;

  CmFeedList    *feeds;
  CmCommandBook *book; /* GTask */
  guint          tick_id;
};

/* A feed that was asked; the command may have its outcome before it answers. */
typedef struct
{
  CmFeedWatch *watch;
  char        *id;
} Asked;

G_DEFINE_FINAL_TYPE (CmFeedWatch, cm_feed_watch, CM_TYPE_LOCAL_WATCH)

static gint64
get_time (void)
{
  return g_get_real_time () / 1000;
}

static CmTracker *
get_tracker (CmFeedWatch *self)
{
  return cm_local_watch_get_tracker (CM_LOCAL_WATCH (self));
}

/* A clock that is ahead would drag that of all others with it. */
static void
on_event (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  CmFeedWatch *self = user_data;
  CmEvent heard = *event;

  if (heard.at > get_time () + MAX_AHEAD)
    heard.at = get_time ();

  cm_tracker_handle (get_tracker (self), &heard);
  cm_local_watch_look (CM_LOCAL_WATCH (self));
  cm_local_watch_queue_flush (CM_LOCAL_WATCH (self));
}

/* Nothing of the record itself goes to the log: it may hold what is nobody's
 * business. */
static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  g_debug ("%.*s: record %" G_GUINT64_FORMAT " is skipped: %s", (int) fault->source.size, fault->source.bytes,
           fault->line, fault->reason);
}

static gboolean
on_tick (gpointer user_data)
{
  CmFeedWatch *self = user_data;

  cm_tracker_advance (get_tracker (self), get_time ());
  cm_watch_set_now (CM_WATCH (self), get_time ());
  cm_local_watch_queue_flush (CM_LOCAL_WATCH (self));

  return G_SOURCE_CONTINUE;
}

static CmFeed *
get_feed (CmFeedWatch *self,
          guint        position)
{
  g_autoptr(CmFeed) feed = g_list_model_get_item (cm_feed_list_get_feeds (self->feeds), position);

  /* The list holds it as well. */
  return feed;
}

/* That one system does not answer is no reason to take what others say for old: the
 * calls of each are marked on their own. */
static void
update_status (CmFeedWatch *self)
{
  CmWatchStatus status = CM_WATCH_CONNECTING;
  g_autofree char *words = NULL;

  /* The feeds are stopped with the watch. */
  if (self->feeds == NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (cm_feed_list_get_feeds (self->feeds)); i++)
    {
      CmFeed *feed = get_feed (self, i);

      if (cm_feed_get_status (feed) == CM_FEED_LIVE)
        status = CM_WATCH_LIVE;
      if (words == NULL && cm_feed_get_error (feed) != NULL)
        /* Translators: the name of a system, and why it is not followed */
        words = g_strdup_printf (_("%s: %s"), cm_feed_get_name (feed), cm_feed_get_error (feed));
    }

  cm_watch_set_error (CM_WATCH (self), words);
  cm_watch_set_status (CM_WATCH (self), status);
}

static void
on_feeds_changed (CmFeedWatch *self,
                  guint        position,
                  guint        removed,
                  guint        added,
                  GListModel  *feeds)
{
  for (guint i = 0; i < added; i++)
    {
      CmFeed *feed = get_feed (self, position + i);

      g_signal_connect_object (feed, "notify::status", G_CALLBACK (update_status), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (feed, "notify::error", G_CALLBACK (update_status), self, G_CONNECT_SWAPPED);
    }

  update_status (self);
  cm_local_watch_queue_flush (CM_LOCAL_WATCH (self));
}

/* Returns: (nullable): whose leg that is */
static CmFeed *
find_feed (CmFeedWatch *self,
           const char  *leg)
{
  for (guint i = 0; i < g_list_model_get_n_items (cm_feed_list_get_feeds (self->feeds)); i++)
    {
      CmFeed *feed = get_feed (self, i);
      gsize size = strlen (cm_feed_get_source (feed));

      if (g_str_has_prefix (leg, cm_feed_get_source (feed)) && leg[size] == '#')
        return feed;
    }

  return NULL;
}

static CmActions
cm_feed_watch_get_actions (CmWatch    *watch,
                           const char *leg)
{
  CmFeed *feed = find_feed (CM_FEED_WATCH (watch), leg);

  return feed != NULL ? cm_feed_get_actions (feed) : 0;
}

/* As the tracker has it: what is shown may be disguised, and may have gone on under
 * another id since. */
static CmDocument *
dup_document (CmFeedWatch     *self,
              const CmCommand *command)
{
  CmDocument *document =
    command->conversation != NULL ? cm_tracker_dup_document (get_tracker (self), command->conversation) : NULL;
  g_autoptr(GPtrArray) documents = NULL;

  if (document != NULL && cm_document_find_leg (document, command->leg) != NULL)
    return document;

  g_clear_pointer (&document, cm_document_free);
  documents = cm_tracker_dup_documents (get_tracker (self));
  for (guint i = 0; i < documents->len && document == NULL; i++)
    {
      if (cm_document_find_leg (g_ptr_array_index (documents, i), command->leg) != NULL)
        document = cm_document_copy (g_ptr_array_index (documents, i));
    }

  return document;
}

static const char *
find_refusal (CmFeedWatch      *self,
              const CmCommand  *command,
              const CmDocument *document)
{
  CmFeed *feed = find_feed (self, command->leg);

  if (feed == NULL || document == NULL)
    return _("The call is over");
  if (cm_feed_get_status (feed) != CM_FEED_LIVE)
    return _("The source is not connected");
  if (!cm_actions_contain (cm_feed_get_actions (feed), command->action))
    return cm_feed_get_actions (feed) == 0 ? _("The source takes no commands")
                                           : _("The source does not take this command");
  if (command->action == CM_ACTION_REJOIN && command->participant == NULL &&
      cm_document_find_leg (document, command->leg)->phase != CM_PHASE_LEFT)
    return _("The station has not left the call");

  return NULL;
}

static char *
cm_feed_watch_why_not (CmWatch         *watch,
                       const CmCommand *command)
{
  g_autoptr(CmDocument) document = dup_document (CM_FEED_WATCH (watch), command);

  return g_strdup (find_refusal (CM_FEED_WATCH (watch), command, document));
}

static void
refuse (GTask      *task,
        const char *state,
        const char *reason)
{
  if (g_str_equal (state, CM_COMMAND_TIMED_OUT))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s",
                             _("The source was asked, and nothing has happened"));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", reason);
}

/* Whoever waits for it may have let go of the watch, and the book is in use. */
static void
on_end (const char      *id,
        const CmCommand *command,
        const char      *state,
        const char      *reason,
        gpointer         data,
        gpointer         user_data)
{
  GTask *task = data;

  g_idle_add_once (g_object_unref, g_object_ref (user_data));
  if (g_str_equal (state, CM_COMMAND_DONE))
    g_task_return_boolean (task, TRUE);
  else
    refuse (task, state, reason);
  g_object_unref (task);
}

/* That a feed has taken it says nothing of whether it is done. */
static void
on_asked (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Asked *asked = user_data;
  g_autoptr(GError) error = NULL;

  if (!cm_feed_command_finish (CM_FEED (object), result, &error))
    cm_command_book_end (asked->watch->book, asked->id, CM_COMMAND_REFUSED, error->message);

  g_object_unref (asked->watch);
  g_free (asked->id);
  g_free (asked);
}

static void
cm_feed_watch_command_async (CmWatch             *watch,
                             const CmCommand     *command,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  CmFeedWatch *self = CM_FEED_WATCH (watch);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(CmDocument) document = dup_document (self, command);
  g_autoptr(CmCommand) whole =
    cm_command_new (document->id, command->leg, command->action, command->participant);
  const char *reason = cm_command_book_find_obstacle (self->book, whole, document);
  Asked *asked;

  g_task_set_source_tag (task, cm_feed_watch_command_async);
  if (reason == NULL && cm_command_book_is_full (self->book))
    reason = N_("Too many commands are under way; try again later");
  if (reason != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _(reason));
      return;
    }

  asked = g_new (Asked, 1);
  asked->watch = g_object_ref (self);
  asked->id = g_strdup (cm_command_book_add (self->book, whole, g_steal_pointer (&document), g_object_ref (task)));
  cm_feed_command_async (find_feed (self, whole->leg), whole, cancellable, on_asked, asked);
}

static void
cm_feed_watch_changed (CmLocalWatch     *watch,
                       const char       *id,
                       const CmDocument *after)
{
  cm_command_book_note (CM_FEED_WATCH (watch)->book, id, after);
}

static gboolean
cm_feed_watch_is_shown (CmLocalWatch     *watch,
                        const CmDocument *document)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      if (cm_feed_list_find_source (CM_FEED_WATCH (watch)->feeds, leg->source) != NULL)
        return TRUE;
    }

  return FALSE;
}

static guint
cm_feed_watch_get_n_sources (CmLocalWatch *watch)
{
  return g_list_model_get_n_items (cm_feed_list_get_feeds (CM_FEED_WATCH (watch)->feeds));
}

static void
cm_feed_watch_dispose (GObject *object)
{
  CmFeedWatch *self = CM_FEED_WATCH (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->feeds != NULL)
    g_signal_handlers_disconnect_by_data (cm_feed_list_get_feeds (self->feeds), self);
  g_clear_pointer (&self->feeds, cm_feed_list_free);

  G_OBJECT_CLASS (cm_feed_watch_parent_class)->dispose (object);
}

static void
cm_feed_watch_finalize (GObject *object)
{
  cm_command_book_free (CM_FEED_WATCH (object)->book);

  G_OBJECT_CLASS (cm_feed_watch_parent_class)->finalize (object);
}

static void
cm_feed_watch_class_init (CmFeedWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmWatchClass *watch_class = CM_WATCH_CLASS (klass);
  CmLocalWatchClass *local_class = CM_LOCAL_WATCH_CLASS (klass);

  object_class->dispose = cm_feed_watch_dispose;
  object_class->finalize = cm_feed_watch_finalize;

  watch_class->get_actions = cm_feed_watch_get_actions;
  watch_class->why_not = cm_feed_watch_why_not;
  watch_class->command_async = cm_feed_watch_command_async;

  local_class->changed = cm_feed_watch_changed;
  local_class->is_shown = cm_feed_watch_is_shown;
  local_class->get_n_sources = cm_feed_watch_get_n_sources;
}

static void
cm_feed_watch_init (CmFeedWatch *self)
{
  self->book = cm_command_book_new (on_end, g_object_unref, self);
  self->feeds = cm_feed_list_new (on_event, on_fault, self);
  g_signal_connect_swapped (cm_feed_list_get_feeds (self->feeds), "items-changed", G_CALLBACK (on_feeds_changed), self);
  cm_watch_keep_history (CM_WATCH (self), cm_history_new (CM_TRACKER_HISTORY_MS, CM_HISTORY_MAX_SIZE), NULL, NULL);
  on_tick (self);
  self->tick_id = g_timeout_add (TICK, on_tick, self);
}

/**
 * cm_feed_watch_new:
 *
 * Returns: (transfer full): a watch that follows nothing yet
 */
CmFeedWatch *
cm_feed_watch_new (void)
{
  return g_object_new (CM_TYPE_FEED_WATCH, NULL);
}

/* Returns: (transfer full): the sources of the feeds that there are */
static GHashTable *
dup_sources (CmFeedWatch *self)
{
  GHashTable *sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (cm_feed_list_get_feeds (self->feeds)); i++)
    g_hash_table_add (sources, g_strdup (cm_feed_get_source (get_feed (self, i))));

  return sources;
}

static void
say (CmFeedWatch    *self,
     const char     *source,
     CmSourceStatus  status)
{
  const CmEvent event = {
    .at = get_time (),
    .source = cm_text_from_string (source),
    .kind = CM_EVENT_SOURCE_STATUS_CHANGED,
    .source_status = { CM_VALUE_ENUM, TRUE, status, CM_TEXT_NONE },
  };

  on_event (&event, 0, self);
}

/* It is not lost: nobody wants to see it any more. A list of all that is so now, in
 * which nothing is, ends its calls. */
static void
close_source (CmFeedWatch *self,
              const char  *source)
{
  say (self, source, CM_SOURCE_STATUS_RESYNC);
  say (self, source, CM_SOURCE_STATUS_CONNECTED);
}

/**
 * cm_feed_watch_apply:
 * @self: a watch
 * @configs: (element-type CmFeedConfig): what is to be followed from now on, without
 *   faults
 *
 * Feeds of which nothing has changed go on as they are. The calls of those that are
 * no longer there are not shown any more.
 */
void
cm_feed_watch_apply (CmFeedWatch *self,
                     GPtrArray   *configs)
{
  g_autoptr(GHashTable) before = NULL;
  GHashTableIter iter;
  gpointer source;

  g_return_if_fail (CM_IS_FEED_WATCH (self));

  before = dup_sources (self);
  cm_feed_list_apply (self->feeds, configs);

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    {
      if (cm_feed_list_find_source (self->feeds, source) == NULL)
        close_source (self, source);
    }
  update_status (self);
  cm_local_watch_review (CM_LOCAL_WATCH (self));
}

/* Returns: (transfer none) (element-type CmFeed): what is followed */
GListModel *
cm_feed_watch_get_feeds (CmFeedWatch *self)
{
  g_return_val_if_fail (CM_IS_FEED_WATCH (self), NULL);

  return cm_feed_list_get_feeds (self->feeds);
}
