/* cm-following.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-following.h"

#include <glib/gi18n.h>

#include "feeds/cm-feeds.h"
#include "panel/follow/cm-follow-file.h"
#include "panel/follow/cm-follow-secrets.h"

/**
 * CmFollowing:
 * @path: (nullable): of the tracker's configuration that they are out of
 * @configs: (nullable): the systems; %NULL before a file was opened
 * @list: (element-type CmFollowed): the same, as they are listed
 * @watch: (nullable): what follows them
 * @cancellable: (nullable): of the secrets that are looked up; nothing begins before
 *   they are there
 */
struct _CmFollowing
{
  GObject parent_instance;

  char         *path;
  GPtrArray    *configs;
  GListStore   *list;
  CmFeedWatch  *watch;
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_PATH,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmFollowing, cm_following, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static CmFeed *
find_feed (CmFollowing *self,
           const char  *name)
{
  GListModel *feeds = self->watch != NULL ? cm_feed_watch_get_feeds (self->watch) : NULL;

  for (guint i = 0; feeds != NULL && i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (CmFeed) feed = g_list_model_get_item (feeds, i);

      if (g_str_equal (cm_feed_get_name (feed), name))
        return feed;
    }

  return NULL;
}

static void
update_list (CmFollowing *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->configs != NULL && i < self->configs->len; i++)
    {
      CmFeedConfig *config = g_ptr_array_index (self->configs, i);

      g_ptr_array_add (items, cm_followed_new (config, find_feed (self, cm_feed_config_get_name (config))));
    }

  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)), items->pdata,
                       items->len);
}

/* Whatever of a tracker's feeds is only posted to it is not heard here. */
static void
apply (CmFollowing *self)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  for (guint i = 0; i < self->configs->len; i++)
    {
      CmFeedConfig *config = g_ptr_array_index (self->configs, i);

      if (cm_feeds_check_asks (config, NULL))
        g_ptr_array_add (asked, config);
    }

  if (self->watch != NULL)
    cm_feed_watch_apply (self->watch, asked);
  update_list (self);
}

static void
found_cb (gpointer user_data)
{
  CmFollowing *self = CM_FOLLOWING (user_data);

  g_clear_object (&self->cancellable);
  apply (self);
}

static void
cm_following_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, CM_FOLLOWING (object)->path);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_following_dispose (GObject *object)
{
  CmFollowing *self = CM_FOLLOWING (object);

  cm_following_stop (self);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (cm_following_parent_class)->dispose (object);
}

static void
cm_following_finalize (GObject *object)
{
  CmFollowing *self = CM_FOLLOWING (object);

  g_clear_pointer (&self->configs, g_ptr_array_unref);
  g_free (self->path);

  G_OBJECT_CLASS (cm_following_parent_class)->finalize (object);
}

static void
cm_following_class_init (CmFollowingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_following_get_property;
  object_class->dispose = cm_following_dispose;
  object_class->finalize = cm_following_finalize;

  properties[PROP_PATH] =
    g_param_spec_string ("path", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_following_init (CmFollowing *self)
{
  self->list = g_list_store_new (CM_TYPE_FOLLOWED);
}

CmFollowing *
cm_following_new (void)
{
  return g_object_new (CM_TYPE_FOLLOWING, NULL);
}

static GPtrArray *
load_own (GError **error)
{
  g_autofree char *path = cm_follow_file_dup_path ();
  g_autoptr (GError) fault = NULL;
  GPtrArray *configs = cm_follow_file_load (path, &fault);

  if (configs != NULL)
    return configs;

  if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) cm_feed_config_unref);

  g_propagate_error (error, g_steal_pointer (&fault));

  return NULL;
}

/**
 * cm_following_open:
 * @self: what is followed
 * @path: (nullable): of a tracker's configuration; %NULL for the user's own file,
 *   which need not be there
 * @error: where the reason goes
 *
 * Takes the systems out of the file. What was followed so far goes on until
 * cm_following_start().
 *
 * Returns: %FALSE where the file cannot be used; then all is as it was
 */
gboolean
cm_following_open (CmFollowing  *self,
                   const char   *path,
                   GError      **error)
{
  GPtrArray *configs;

  g_return_val_if_fail (CM_IS_FOLLOWING (self), FALSE);

  configs = path != NULL ? cm_follow_file_load (path, error) : load_own (error);
  if (configs == NULL)
    return FALSE;

  g_clear_pointer (&self->configs, g_ptr_array_unref);
  self->configs = configs;
  g_free (self->path);
  self->path = g_strdup (path);
  update_list (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);

  return TRUE;
}

/* Returns: whether a file was opened */
gboolean
cm_following_is_open (CmFollowing *self)
{
  g_return_val_if_fail (CM_IS_FOLLOWING (self), FALSE);

  return self->configs != NULL;
}

/* Returns: (nullable) (transfer none): see the property */
const char *
cm_following_get_path (CmFollowing *self)
{
  g_return_val_if_fail (CM_IS_FOLLOWING (self), NULL);

  return self->path;
}

/* Returns: (transfer none) (element-type CmFollowed): the systems, always the same list */
GListModel *
cm_following_get_list (CmFollowing *self)
{
  g_return_val_if_fail (CM_IS_FOLLOWING (self), NULL);

  return G_LIST_MODEL (self->list);
}

/**
 * cm_following_start:
 * @self: what is followed; open
 *
 * Follows the systems from now on, as soon as their secrets are found.
 *
 * Returns: (transfer none): the watch of them
 */
CmWatch *
cm_following_start (CmFollowing *self)
{
  g_return_val_if_fail (CM_IS_FOLLOWING (self), NULL);
  g_return_val_if_fail (self->configs != NULL, NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->watch == NULL)
    self->watch = cm_feed_watch_new ();
  cm_follow_secrets_find (self->configs, self->cancellable, found_cb, G_OBJECT (self));

  return CM_WATCH (self->watch);
}

/* Follows nothing any more; the file stays as it is. */
void
cm_following_stop (CmFollowing *self)
{
  g_return_if_fail (CM_IS_FOLLOWING (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->watch);
  if (self->list != NULL)
    update_list (self);
}

static guint
find_index (CmFollowing *self,
            const char  *name)
{
  guint i = 0;

  while (i < self->configs->len && !g_str_equal (cm_feed_config_get_name (g_ptr_array_index (self->configs, i)), name))
    i++;

  return i;
}

/* Returns: (nullable) (transfer none): what is known of the system of that name */
CmFeedConfig *
cm_following_find (CmFollowing *self,
                   const char  *name)
{
  guint i;

  g_return_val_if_fail (CM_IS_FOLLOWING (self), NULL);

  i = self->configs != NULL ? find_index (self, name) : 0;

  return self->configs != NULL && i < self->configs->len ? g_ptr_array_index (self->configs, i) : NULL;
}

/* A tracker's configuration is edited by who runs it. Takes @configs over. */
static gboolean
replace (CmFollowing  *self,
         GPtrArray    *configs,
         GError      **error)
{
  g_autoptr (GPtrArray) owned = configs;
  g_autofree char *path = cm_follow_file_dup_path ();

  if (self->path != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY, _ ("%s is the configuration of a tracker"), self->path);
      return FALSE;
    }

  if (!cm_follow_file_save (path, owned, error))
    return FALSE;

  g_ptr_array_unref (self->configs);
  self->configs = g_steal_pointer (&owned);
  if (self->watch != NULL)
    cm_following_start (self);
  else
    update_list (self);

  return TRUE;
}

static GPtrArray *
copy_configs (CmFollowing *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_feed_config_unref);

  for (guint i = 0; i < self->configs->len; i++)
    g_ptr_array_add (copy, cm_feed_config_ref (g_ptr_array_index (self->configs, i)));

  return copy;
}

/**
 * cm_following_set:
 * @self: what is followed; open
 * @config: what is known of a system now, without faults
 * @error: where the reason goes
 *
 * Adds the system, or takes the place of what was known of it, and keeps that.
 *
 * Returns: %FALSE where it could not be kept; then all is as it was
 */
gboolean
cm_following_set (CmFollowing   *self,
                  CmFeedConfig  *config,
                  GError       **error)
{
  GPtrArray *configs;
  guint i;

  g_return_val_if_fail (CM_IS_FOLLOWING (self), FALSE);

  configs = copy_configs (self);
  i = find_index (self, cm_feed_config_get_name (config));
  if (i < configs->len)
    g_ptr_array_remove_index (configs, i);
  g_ptr_array_insert (configs, (int) i, cm_feed_config_ref (config));

  return replace (self, configs, error);
}

/* See cm_following_set(). A system that is switched off stays listed. */
gboolean
cm_following_set_enabled (CmFollowing  *self,
                          const char   *name,
                          gboolean      enabled,
                          GError      **error)
{
  CmFeedConfig *before = cm_following_find (self, name);
  g_autoptr (CmFeedConfig) config = NULL;

  if (before == NULL || cm_feed_config_is_enabled (before) == enabled)
    return TRUE;

  config = cm_feed_config_copy (before);
  cm_feed_config_replace (config, "enabled", enabled ? "yes" : "no");

  return cm_following_set (self, config, error);
}

/**
 * cm_following_remove:
 * @self: what is followed; open
 * @name: of a system
 * @error: where the reason goes
 *
 * Forgets the system, and the secrets that are kept of it.
 *
 * Returns: %FALSE where that could not be kept; then all is as it was
 */
gboolean
cm_following_remove (CmFollowing  *self,
                     const char   *name,
                     GError      **error)
{
  g_autoptr (CmFeedConfig) config = cm_following_find (self, name);
  GPtrArray *configs;

  if (config == NULL)
    return TRUE;

  cm_feed_config_ref (config);
  configs = copy_configs (self);
  g_ptr_array_remove_index (configs, find_index (self, name));
  if (!replace (self, configs, error))
    return FALSE;

  cm_follow_secrets_forget (config);

  return TRUE;
}
