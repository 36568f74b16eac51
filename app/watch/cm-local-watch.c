/* cm-local-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-local-watch.h"

/* Changes are shown together, so often, ms. */
#define FRAME 50

/* How often the delay is told, µs. */
#define DELAY_SPAN G_TIME_SPAN_SECOND

/**
 * CmLocalWatchPrivate:
 * @queued_at: since when there is something to show, monotonic µs
 * @worst: the longest that anything has waited since the delay was told, µs
 * @told_at: when it was told, monotonic µs
 */
typedef struct
{
  CmTracker  *tracker;
  GHashTable *changed;   /* ids that the list has to be told of */
  GHashTable *shown;     /* ids in the list */
  GHashTable *forgotten; /* ids in the list that are no more */
  guint       flush_id;
  gint64      queued_at;
  gint64      worst;
  gint64      told_at;
} CmLocalWatchPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmLocalWatch, cm_local_watch, CM_TYPE_WATCH)

static CmLocalWatchPrivate *
get_private (CmLocalWatch *self)
{
  return cm_local_watch_get_instance_private (self);
}

static void
cm_local_watch_dispose (GObject *object)
{
  CmLocalWatchPrivate *priv = get_private (CM_LOCAL_WATCH (object));

  g_clear_handle_id (&priv->flush_id, g_source_remove);

  G_OBJECT_CLASS (cm_local_watch_parent_class)->dispose (object);
}

static void
cm_local_watch_finalize (GObject *object)
{
  CmLocalWatchPrivate *priv = get_private (CM_LOCAL_WATCH (object));

  g_object_unref (priv->tracker);
  g_hash_table_unref (priv->changed);
  g_hash_table_unref (priv->shown);
  g_hash_table_unref (priv->forgotten);

  G_OBJECT_CLASS (cm_local_watch_parent_class)->finalize (object);
}

/* Nobody else looks at this tracker. */
static void
cm_local_watch_set_rule (CmWatch                *watch,
                         CmRule                  rule,
                         const CmRuleThresholds *thresholds)
{
  CmLocalWatch *self = CM_LOCAL_WATCH (watch);

  cm_tracker_set_rule (get_private (self)->tracker, rule, thresholds);
  cm_local_watch_queue_flush (self);
}

static void
cm_local_watch_class_init (CmLocalWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  CM_WATCH_CLASS (klass)->set_rule = cm_local_watch_set_rule;

  object_class->dispose = cm_local_watch_dispose;
  object_class->finalize = cm_local_watch_finalize;
}

static void
cm_local_watch_init (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);

  priv->tracker = cm_tracker_new ();
  priv->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  priv->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  priv->forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  CmLocalWatchPrivate *priv = get_private (user_data);

  cm_watch_note (CM_WATCH (user_data), cm_tracker_get_now (priv->tracker), id, before, after);
  g_hash_table_add (priv->changed, g_strdup (id));
  if (CM_LOCAL_WATCH_GET_CLASS (user_data)->changed != NULL)
    CM_LOCAL_WATCH_GET_CLASS (user_data)->changed (user_data, id, after);
}

/* Returns: (nullable) (transfer full): what is to stand in the list */
static CmDocument *
dup_shown (CmLocalWatch *self,
           const char   *id)
{
  CmDocument *document = cm_tracker_dup_document (get_private (self)->tracker, id);

  if (document != NULL && CM_LOCAL_WATCH_GET_CLASS (self)->is_shown != NULL &&
      !CM_LOCAL_WATCH_GET_CLASS (self)->is_shown (self, document))
    g_clear_pointer (&document, cm_document_free);

  return document;
}

static void
show_change (CmLocalWatch *self,
             const char   *id)
{
  CmLocalWatchPrivate *priv = get_private (self);
  CmDocument *document = dup_shown (self, id);

  if (document != NULL)
    {
      g_hash_table_remove (priv->forgotten, id);
      g_hash_table_add (priv->shown, g_strdup (id));
      cm_watch_show (CM_WATCH (self), document);
      return;
    }

  /* A row may go on under another id, so rows go when all others are told. */
  g_hash_table_remove (priv->shown, id);
  g_hash_table_add (priv->forgotten, g_strdup (id));
}

static void
show_changes (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, priv->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      show_change (self, id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
drop_forgotten (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, priv->forgotten);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      cm_watch_hide (CM_WATCH (self), id);
      g_hash_table_iter_remove (&iter);
    }
}

/* There is one clock here, and what an event waits for is its frame. */
static void
tell_delay (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);
  gint64 now = g_get_monotonic_time ();

  priv->worst = MAX (priv->worst, now - priv->queued_at);
  if (now - priv->told_at < DELAY_SPAN)
    return;

  cm_watch_set_clock (CM_WATCH (self), priv->worst / 1000, 0);
  priv->told_at = now;
  priv->worst = 0;
}

static gboolean
on_frame (gpointer user_data)
{
  CmLocalWatch *self = user_data;

  get_private (self)->flush_id = 0;
  cm_local_watch_flush (self);
  tell_delay (self);

  return G_SOURCE_REMOVE;
}

/**
 * cm_local_watch_get_tracker:
 * @self: a watch
 *
 * Returns: (transfer none): the tracker to feed, until cm_local_watch_reset()
 */
CmTracker *
cm_local_watch_get_tracker (CmLocalWatch *self)
{
  g_return_val_if_fail (CM_IS_LOCAL_WATCH (self), NULL);

  return get_private (self)->tracker;
}

/**
 * cm_local_watch_reset:
 * @self: a watch
 *
 * Begins with a new tracker, that has to be fed anew. The list stays as it is
 * until the next flush and then changes to what the new tracker knows, so that
 * going back in time keeps rows, selection and scroll.
 */
void
cm_local_watch_reset (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);

  g_return_if_fail (CM_IS_LOCAL_WATCH (self));

  g_object_unref (priv->tracker);
  priv->tracker = cm_tracker_new ();
  for (guint i = 0; i < CM_N_RULES; i++)
    cm_tracker_set_rule (priv->tracker, (CmRule) i, cm_watch_get_rule (CM_WATCH (self), (CmRule) i));

  cm_watch_forget (CM_WATCH (self));
  g_hash_table_remove_all (priv->changed);
  g_hash_table_unref (priv->forgotten);
  priv->forgotten = g_steal_pointer (&priv->shown);
  priv->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * cm_local_watch_review:
 * @self: a watch
 *
 * What belongs into the list is another question now.
 */
void
cm_local_watch_review (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);
  g_autoptr(GPtrArray) documents = NULL;

  g_return_if_fail (CM_IS_LOCAL_WATCH (self));

  documents = cm_tracker_dup_documents (priv->tracker);
  for (guint i = 0; i < documents->len; i++)
    g_hash_table_add (priv->changed, g_strdup (((CmDocument *) g_ptr_array_index (documents, i))->id));
  cm_local_watch_queue_flush (self);
}

/**
 * cm_local_watch_look:
 * @self: a watch
 *
 * Lets the rules of attention look at what the tracker knows now, and shows
 * nothing yet. Whoever feeds more than one event at a time calls it between
 * them: a rule goes by what it has seen, and must have seen all of it.
 */
void
cm_local_watch_look (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);

  g_return_if_fail (CM_IS_LOCAL_WATCH (self));

  cm_tracker_flush (priv->tracker, note_change, self);
}

/**
 * cm_local_watch_flush:
 * @self: a watch
 *
 * Shows what the tracker knows now.
 */
void
cm_local_watch_flush (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);

  g_return_if_fail (CM_IS_LOCAL_WATCH (self));

  g_clear_handle_id (&priv->flush_id, g_source_remove);

  cm_local_watch_look (self);
  show_changes (self);
  drop_forgotten (self);
  cm_watch_show_silent (CM_WATCH (self), cm_tracker_dup_silences (priv->tracker));
  cm_watch_commit (CM_WATCH (self));
  cm_watch_set_n_sources (CM_WATCH (self), CM_LOCAL_WATCH_GET_CLASS (self)->get_n_sources != NULL
                                             ? CM_LOCAL_WATCH_GET_CLASS (self)->get_n_sources (self)
                                             : cm_tracker_get_n_sources (priv->tracker));
}

/**
 * cm_local_watch_queue_flush:
 * @self: a watch
 *
 * Shows what the tracker knows soon, together with what comes until then.
 */
void
cm_local_watch_queue_flush (CmLocalWatch *self)
{
  CmLocalWatchPrivate *priv = get_private (self);

  g_return_if_fail (CM_IS_LOCAL_WATCH (self));

  if (priv->flush_id != 0)
    return;

  priv->queued_at = g_get_monotonic_time ();
  priv->flush_id = g_timeout_add (FRAME, on_frame, self);
}
