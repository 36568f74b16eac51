/* cm-hub.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-private.h"

/* A view is kept so long for those who come back, µs. */
#define KEEP_UNUSED (60 * G_USEC_PER_SEC)

/* More different questions are not kept apart at a time. */
#define MAX_VIEWS 64

#define ALIVE_INTERVAL 1000

static void
document_free (gpointer document)
{
  if (document != NULL)
    cm_document_free (document);
}

static gboolean
on_frame (gpointer user_data)
{
  CmHub *self = user_data;

  self->flush_id = 0;
  cm_hub_flush (self);

  return G_SOURCE_REMOVE;
}

static void
end_frame_later (CmHub *self)
{
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (self->options.frame, on_frame, self);
}

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  CmHub *self = user_data;

  if (!g_hash_table_contains (self->pending, id))
    g_hash_table_insert (self->pending, g_ref_string_new (id),
                         before != NULL ? cm_document_ref (before) : NULL);

  end_frame_later (self);
  if (self->change_func != NULL)
    self->change_func (id, after, self->change_data);
}

static void
note_known (CmHub *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!cm_tracker_has_conversation (self->tracker, id))
        g_hash_table_remove (self->known, id);
      else if (!g_hash_table_contains (self->known, id))
        g_hash_table_add (self->known, g_ref_string_acquire (id));
    }
}

/* Whoever comes is told of what there was before. */
static void
ignore_change (const char       *id,
               const CmDocument *before,
               const CmDocument *after,
               gpointer          user_data)
{
}

static void
add_known (gpointer id,
           gpointer user_data)
{
  g_hash_table_add (((CmHub *) user_data)->known, g_ref_string_acquire (id));
}

static void
close_stuck (CmHub     *self,
             CmHubView *view,
             gint64     now)
{
  for (guint i = 0; i < view->subscribers->len; i++)
    {
      CmHubSubscriber *subscriber = g_ptr_array_index (view->subscribers, i);

      if (cm_hub_subscriber_is_stuck (subscriber, now))
        {
          self->counters.stuck++;
          cm_hub_subscriber_close (subscriber, 1008, "nothing was taken for too long");
        }
    }
}

static gboolean
is_unused (CmHubView *view,
           gint64     now)
{
  if (view->subscribers->len > 0)
    view->unused_since = now;

  return now - view->unused_since > KEEP_UNUSED;
}

static gboolean
on_alive (gpointer user_data)
{
  CmHub *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->views->len; i-- > 0;)
    {
      CmHubView *view = g_ptr_array_index (self->views, i);

      close_stuck (self, view, now);
      cm_hub_view_tell_alive (view);
      if (is_unused (view, now))
        g_ptr_array_remove_index_fast (self->views, i);
    }

  return G_SOURCE_CONTINUE;
}

static void
drop_one_unused (CmHub *self)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      CmHubView *view = g_ptr_array_index (self->views, i);

      if (view->subscribers->len == 0)
        {
          g_ptr_array_remove_index_fast (self->views, i);
          return;
        }
    }
}

/**
 * cm_hub_new:
 * @tracker: what is told of
 * @sources: (transfer full): how those are who report
 * @options: how
 *
 * The hub tells subscribers what the tracker knows. Whoever feeds the tracker
 * calls cm_hub_look() after each event.
 *
 * Returns: (transfer full): a hub without subscribers
 */
CmHub *
cm_hub_new (CmTracker          *tracker,
            CmHubSources       *sources,
            const CmHubOptions *options)
{
  CmHub *self = g_new0 (CmHub, 1);

  self->tracker = g_object_ref (tracker);
  self->options = *options;
  self->options.internal_domains = g_strdupv (options->internal_domains);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, document_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, NULL);
  self->sources = sources;
  self->poll = cm_hub_poll_new (cm_hub_subscriber_read);
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_hub_view_free);
  self->alive_id = g_timeout_add (ALIVE_INTERVAL, on_alive, self);
  cm_tracker_flush (tracker, ignore_change, NULL);
  cm_tracker_foreach (tracker, add_known, self);

  return self;
}

/**
 * cm_hub_free:
 * @self: (transfer full): a hub
 */
void
cm_hub_free (CmHub *self)
{
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_handle_id (&self->alive_id, g_source_remove);
  g_ptr_array_unref (self->views);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->known);
  cm_hub_sources_free (self->sources);
  cm_hub_poll_free (self->poll);
  cm_hub_clear_news (self);
  g_strfreev (self->options.internal_domains);
  g_object_unref (self->tracker);
  g_free (self);
}

/**
 * cm_hub_look:
 * @self: a hub
 *
 * Has the tracker note what it has to tell; it goes out with the next frame. A document
 * of each step there is only for whoever asks for it.
 */
void
cm_hub_look (CmHub *self)
{
  if (self->change_func != NULL)
    cm_hub_collect (self);
  else if (cm_tracker_look (self->tracker))
    end_frame_later (self);
}

/* Notes what has changed since the last frame, and how it was then. */
void
cm_hub_collect (CmHub *self)
{
  cm_tracker_flush (self->tracker, note_change, self);
}

/**
 * cm_hub_flush:
 * @self: a hub
 *
 * Ends the frame: all changes since the last go out.
 */
void
cm_hub_flush (CmHub *self)
{
  g_autoptr(GHashTable) changed = NULL;

  cm_hub_collect (self);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (g_hash_table_size (self->pending) == 0)
    return;

  note_known (self);
  changed = g_steal_pointer (&self->pending);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, document_free);

  for (guint i = 0; i < self->views->len; i++)
    cm_hub_view_flush (g_ptr_array_index (self->views, i), changed);
}

/**
 * cm_hub_note_source:
 * @self: a hub
 * @event: what a source has reported
 * @now: when it came, ms UTC
 */
void
cm_hub_note_source (CmHub         *self,
                    const CmEvent *event,
                    gint64         now)
{
  cm_hub_sources_note (self->sources, event, now);
}

/* That the journal cannot be written is told with each sign of life. */
void
cm_hub_set_failing (CmHub    *self,
                    gboolean  is_failing)
{
  self->is_failing = is_failing;
}

/* From the next frame on others hold; see #CmHubOptions. */
void
cm_hub_set_times (CmHub *self,
                  guint  frame,
                  guint  stuck)
{
  self->options.frame = frame;
  self->options.stuck = stuck;
}

/**
 * cm_hub_set_change_func:
 * @self: a hub
 * @func: (nullable): called with each change
 * @user_data: for @func
 *
 * As long as there is one, each event costs a document.
 */
void
cm_hub_set_change_func (CmHub           *self,
                        CmHubChangeFunc  func,
                        gpointer         user_data)
{
  self->change_func = func;
  self->change_data = user_data;
}

/* Names that stand for others are the same in all views of the same right: what is seen
 * in one can be asked for in another. */
static CmMasking *
get_masking (CmHub               *self,
             const CmAccessGrant *grant,
             const char          *person)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      CmHubView *view = g_ptr_array_index (self->views, i);

      if (cm_masking_is (view->masking, grant, person))
        return cm_masking_ref (view->masking);
    }

  return cm_masking_new (grant, person, (const char * const *) self->options.internal_domains);
}

static CmHubView *
find_view (CmHub               *self,
           const CmAccessGrant *grant,
           const char          *person,
           const CmViewFilter  *filter)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      CmHubView *view = g_ptr_array_index (self->views, i);

      if (cm_masking_is (view->masking, grant, person) &&
          g_str_equal (cm_view_filter_get_name (view->filter), cm_view_filter_get_name (filter)))
        return view;
    }

  return NULL;
}

/**
 * cm_hub_get_view:
 * @self: a hub
 * @grant: whose view it is
 * @person: (nullable): the normalised address that was asked for
 * @filter: (transfer full): what of all there is
 *
 * Returns: (nullable) (transfer none): the view of all who may see and want just that;
 *   %NULL where there are too many
 */
CmHubView *
cm_hub_get_view (CmHub               *self,
                 const CmAccessGrant *grant,
                 const char          *person,
                 CmViewFilter        *filter)
{
  g_autoptr(CmViewFilter) owned = filter;
  CmHubView *view = find_view (self, grant, person, filter);
  g_autoptr(CmMasking) masking = NULL;

  if (view != NULL)
    return view;

  masking = get_masking (self, grant, person);
  if (self->views->len >= MAX_VIEWS)
    drop_one_unused (self);
  if (self->views->len >= MAX_VIEWS)
    return NULL;

  /* What waits for the frame would not be in its first update. */
  cm_hub_flush (self);
  view = cm_hub_view_new (self, g_steal_pointer (&masking), g_steal_pointer (&owned));
  g_ptr_array_add (self->views, view);

  return view;
}

/**
 * cm_hub_subscribe:
 * @self: a hub
 * @request: who it is, and what he has
 */
void
cm_hub_subscribe (CmHub              *self,
                  const CmHubRequest *request)
{
  CmHubView *view = cm_hub_get_view (self, request->grant, request->person, request->filter);
  CmHubSubscriber *subscriber;

  if (view == NULL)
    {
      g_io_stream_close (request->stream, NULL, NULL);
      return;
    }

  subscriber = cm_hub_subscriber_new (view, request);
  g_ptr_array_add (view->subscribers, subscriber);
  cm_hub_subscriber_pump (subscriber);
}

/**
 * cm_hub_keep:
 * @self: a hub
 * @func: tells whether a right is still one
 * @user_data: for @func
 *
 * Closes the connections of those whose right has gone.
 */
void
cm_hub_keep (CmHub          *self,
             CmHubGrantFunc  func,
             gpointer        user_data)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      CmHubView *view = g_ptr_array_index (self->views, i);

      for (guint j = 0; j < view->subscribers->len; j++)
        {
          CmHubSubscriber *subscriber = g_ptr_array_index (view->subscribers, j);

          if (!func (cm_hub_subscriber_get_grant (subscriber), user_data))
            cm_hub_subscriber_close (subscriber, 1008, "the token is no longer valid");
        }
    }
}

/**
 * cm_hub_get_n_subscribers:
 * @self: a hub
 *
 * Returns: how many there are
 */
guint
cm_hub_get_n_subscribers (CmHub *self)
{
  guint n = 0;

  for (guint i = 0; i < self->views->len; i++)
    n += ((CmHubView *) g_ptr_array_index (self->views, i))->subscribers->len;

  return n;
}

/**
 * cm_hub_get_counters:
 * @self: a hub
 *
 * Returns: (transfer none): what has gone out
 */
const CmHubCounters *
cm_hub_get_counters (CmHub *self)
{
  return &self->counters;
}
