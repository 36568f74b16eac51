/* cm-follow-secrets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-secrets.h"

#include "feeds/cm-feeds.h"
#include "feeds/cm-secret.h"
#include "panel/connect/cm-connect-secret.h"

/* All that is looked up together; each lookup holds it, and who has begun them. */
typedef struct
{
  GObject           *object;
  GCancellable      *cancellable;
  CmFollowFoundFunc  func;
} Search;

typedef struct
{
  Search       *search;
  CmFeedConfig *config;
  const char   *key; /* of the registry */
} Lookup;

typedef struct
{
  GObject           *object;
  CmFollowFaultFunc  func;
} Keeping;

static void
search_clear (gpointer data)
{
  Search *self = data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    self->func (self->object);
  g_object_unref (self->cancellable);
  g_object_unref (self->object);
}

static char *
dup_place (const CmFeedConfig *config,
           const char         *key)
{
  return g_strconcat ("feed:", cm_feed_config_get_name (config), "/", key, NULL);
}

/* One that is not there the feed itself misses, and says so. */
static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Lookup *lookup = user_data;
  char *secret = cm_connect_secret_lookup_finish (result, NULL, NULL);

  if (secret != NULL)
    cm_feed_config_give_secret (lookup->config, lookup->key, secret);
  cm_secret_free (secret);
  cm_feed_config_unref (lookup->config);
  g_rc_box_release_full (lookup->search, search_clear);
  g_free (lookup);
}

static void
look_up (Search       *search,
         CmFeedConfig *config,
         const char   *key)
{
  g_autofree char *place = dup_place (config, key);
  Lookup *lookup = g_new (Lookup, 1);

  *lookup = (Lookup) { g_rc_box_acquire (search), cm_feed_config_ref (config), key };
  cm_connect_secret_lookup_async (place, search->cancellable, found_cb, lookup);
}

/**
 * cm_follow_secrets_find:
 * @configs: (element-type CmFeedConfig): what is known of systems; they are given
 *   their secrets
 * @cancellable: to give up waiting; then @func is not called
 * @func: called when all is there that can be had, maybe at once
 * @object: for @func, and held until then
 */
void
cm_follow_secrets_find (GPtrArray         *configs,
                        GCancellable      *cancellable,
                        CmFollowFoundFunc  func,
                        GObject           *object)
{
  Search *search = g_rc_box_new (Search);

  *search = (Search) { g_object_ref (object), g_object_ref (cancellable), func };
  for (guint i = 0; i < configs->len; i++)
    {
      CmFeedConfig *config = g_ptr_array_index (configs, i);
      const CmFeedOption *option = cm_feeds_get_options (cm_feed_config_get_type_name (config));

      for (; option->key != NULL; option++)
        {
          if (cm_feed_config_is_kept (config, option->key) &&
              cm_feed_config_get_given (config, option->key) == NULL)
            look_up (search, config, option->key);
        }
    }
  g_rc_box_release_full (search, search_clear);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Keeping *keeping = user_data;
  g_autoptr (GError) error = NULL;

  if (!cm_connect_secret_store_finish (result, NULL, &error))
    keeping->func (error->message, keeping->object);
  g_object_unref (keeping->object);
  g_free (keeping);
}

/**
 * cm_follow_secrets_keep:
 * @config: what is known of a system; the secrets that it was given are kept
 * @func: called where one cannot be
 * @object: for @func, and held until then
 */
void
cm_follow_secrets_keep (CmFeedConfig      *config,
                        CmFollowFaultFunc  func,
                        GObject           *object)
{
  for (const CmFeedOption *option = cm_feeds_get_options (cm_feed_config_get_type_name (config)); option->key != NULL; option++)
    {
      const char *secret = cm_feed_config_get_given (config, option->key);
      g_autofree char *place = dup_place (config, option->key);
      Keeping *keeping;

      if (!cm_feed_config_is_kept (config, option->key) || secret == NULL)
        continue;

      keeping = g_new (Keeping, 1);
      *keeping = (Keeping) { g_object_ref (object), func };
      cm_connect_secret_store_async (place, secret, NULL, stored_cb, keeping);
    }
}

/**
 * cm_follow_secrets_forget:
 * @config: what was known of a system
 */
void
cm_follow_secrets_forget (CmFeedConfig *config)
{
  for (const CmFeedOption *option = cm_feeds_get_options (cm_feed_config_get_type_name (config)); option->key != NULL; option++)
    {
      g_autofree char *place = dup_place (config, option->key);

      if (cm_feed_config_is_kept (config, option->key))
        cm_connect_secret_store_async (place, NULL, NULL, NULL, NULL);
    }
}
