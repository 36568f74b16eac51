/* cm-feed-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feed-list.h"

#include "feeds/cm-feeds.h"

struct _CmFeedList
{
  GListStore       *feeds;
  CmEventFunc       event_func;
  CmEventFaultFunc  fault_func;
  gpointer          user_data;
};

/**
 * cm_feed_list_new:
 * @event_func: (nullable): called for each event of any of the feeds
 * @fault_func: (nullable): called for each record that one of them skips
 * @user_data: for both
 *
 * Returns: (transfer full): a list without feeds
 */
CmFeedList *
cm_feed_list_new (CmEventFunc      event_func,
                  CmEventFaultFunc fault_func,
                  gpointer         user_data)
{
  CmFeedList *self = g_new0 (CmFeedList, 1);

  self->feeds = g_list_store_new (CM_TYPE_FEED);
  self->event_func = event_func;
  self->fault_func = fault_func;
  self->user_data = user_data;

  return self;
}

static CmFeed *
get_feed (CmFeedList *self,
          guint       position)
{
  g_autoptr(CmFeed) feed = g_list_model_get_item (G_LIST_MODEL (self->feeds), position);

  /* The list holds it as well. */
  return feed;
}

static void
remove_feed (CmFeedList *self,
             guint       position)
{
  g_autoptr(CmFeed) feed = g_list_model_get_item (G_LIST_MODEL (self->feeds), position);

  cm_feed_stop (feed);
  cm_feed_set_sink (feed, NULL, NULL, NULL);
  g_list_store_remove (self->feeds, position);
}

/**
 * cm_feed_list_free:
 * @self: (transfer full): a list; its feeds are stopped
 */
void
cm_feed_list_free (CmFeedList *self)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->feeds)) > 0)
    remove_feed (self, 0);

  g_object_unref (self->feeds);
  g_free (self);
}

static gboolean
is_wanted (CmFeed    *feed,
           GPtrArray *configs)
{
  for (guint i = 0; i < configs->len; i++)
    {
      CmFeedConfig *config = g_ptr_array_index (configs, i);

      if (cm_feed_config_is_enabled (config) && cm_feed_config_equal (cm_feed_get_config (feed), config))
        return TRUE;
    }

  return FALSE;
}

static void
add_feed (CmFeedList   *self,
          CmFeedConfig *config)
{
  g_autoptr(CmFeed) feed = cm_feeds_new_feed (config);

  cm_feed_set_sink (feed, self->event_func, self->fault_func, self->user_data);
  g_list_store_append (self->feeds, feed);
  cm_feed_start (feed);
}

/**
 * cm_feed_list_apply:
 * @self: a list
 * @configs: (element-type CmFeedConfig): the feeds that there are to be, where they
 *   are enabled
 *
 * Stops those that are not, or not so, starts those that are new, and leaves the
 * others alone.
 */
void
cm_feed_list_apply (CmFeedList *self,
                    GPtrArray  *configs)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->feeds)); i-- > 0;)
    {
      if (!is_wanted (get_feed (self, i), configs))
        remove_feed (self, i);
    }

  for (guint i = 0; i < configs->len; i++)
    {
      CmFeedConfig *config = g_ptr_array_index (configs, i);

      if (cm_feed_config_is_enabled (config) && cm_feed_list_find (self, cm_feed_config_get_name (config)) == NULL)
        add_feed (self, config);
    }
}

/**
 * cm_feed_list_find:
 * @self: a list
 * @name: of a feed
 *
 * Returns: (transfer none) (nullable): that feed
 */
CmFeed *
cm_feed_list_find (CmFeedList *self,
                   const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->feeds)); i++)
    {
      CmFeed *feed = get_feed (self, i);

      if (g_str_equal (cm_feed_get_name (feed), name))
        return feed;
    }

  return NULL;
}

/**
 * cm_feed_list_find_source:
 * @self: a list
 * @source: the id of a source
 *
 * Returns: (transfer none) (nullable): the feed whose events are from it
 */
CmFeed *
cm_feed_list_find_source (CmFeedList *self,
                          const char *source)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->feeds)); i++)
    {
      CmFeed *feed = get_feed (self, i);

      if (g_str_equal (cm_feed_get_source (feed), source))
        return feed;
    }

  return NULL;
}

/* Returns: (transfer none): the feeds, in the order in which they were added */
GListModel *
cm_feed_list_get_feeds (CmFeedList *self)
{
  return G_LIST_MODEL (self->feeds);
}
