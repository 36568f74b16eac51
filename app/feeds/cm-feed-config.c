/* cm-feed-config.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feed-config-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "feeds/cm-feeds.h"
#include "feeds/cm-secret.h"

G_DEFINE_BOXED_TYPE (CmFeedConfig, cm_feed_config, cm_feed_config_ref, cm_feed_config_unref)

/* What every feed can be told. */
static const CmFeedOption common_options[] = {
  { "type", CM_FEED_OPTION_TEXT, TRUE, NULL, 0, 0, NULL, NULL, NULL, NULL },
  { "source", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, NULL, NULL, NULL },
  { "enabled", CM_FEED_OPTION_FLAG, FALSE, "yes", 0, 0, NULL, NULL, NULL, NULL },
  { NULL }
};

static void
item_free (gpointer data)
{
  CmFeedConfigItem *item = data;

  g_free (item->key);
  g_free (item->value);
  g_free (item);
}

/* Returns: whether the key of such an option only names where its value is */
gboolean
cm_feed_option_is_secret (const CmFeedOption *option)
{
  return option->kind == CM_FEED_OPTION_SECRET || option->kind == CM_FEED_OPTION_SECRET_FILE;
}

/* Returns: whether @key is one of the ways in which the option is written */
gboolean
cm_feed_option_is_written (const CmFeedOption *option,
                           const char         *key)
{
  gsize size = strlen (option->key);

  if (!cm_feed_option_is_secret (option))
    return g_str_equal (option->key, key);

  return strncmp (option->key, key, size) == 0 &&
         (g_str_equal (key + size, CM_FEED_CONFIG_FILE) ||
          (option->kind == CM_FEED_OPTION_SECRET &&
           (g_str_equal (key + size, CM_FEED_CONFIG_VARIABLE) || g_str_equal (key + size, CM_FEED_CONFIG_KEPT))));
}

static const CmFeedOption *
find_option (const CmFeedOption *options,
             const char         *key)
{
  for (const CmFeedOption *option = options; option->key != NULL; option++)
    {
      if (cm_feed_option_is_written (option, key) || g_str_equal (option->key, key))
        return option;
    }

  return NULL;
}

/* Returns: (transfer none) (nullable): the first item of that key and suffix */
const CmFeedConfigItem *
cm_feed_config_find (const CmFeedConfig *self,
                     const char         *key,
                     const char         *suffix)
{
  gsize size = strlen (key);

  for (guint i = 0; i < self->items->len; i++)
    {
      const CmFeedConfigItem *item = g_ptr_array_index (self->items, i);

      if (strncmp (item->key, key, size) == 0 && g_str_equal (item->key + size, suffix))
        return item;
    }

  return NULL;
}

/* Returns: (transfer none) (nullable): the option that is written so, or is called so */
const CmFeedOption *
cm_feed_config_find_option (const CmFeedConfig *self,
                            const char         *key)
{
  const CmFeedOption *option = find_option (common_options, key);

  return option != NULL ? option : find_option (cm_feeds_get_options (cm_feed_config_get_type_name (self)), key);
}

static const char *
find_value (const CmFeedConfig *self,
            const char         *key)
{
  const CmFeedConfigItem *item = cm_feed_config_find (self, key, "");

  return item != NULL ? item->value : NULL;
}

/**
 * cm_feed_config_new:
 * @name: the name of the feed
 * @line: where it begins, counted from 1
 *
 * Returns: (transfer full): what a feed is told: nothing yet
 */
CmFeedConfig *
cm_feed_config_new (const char *name,
                    guint       line)
{
  CmFeedConfig *self = g_rc_box_new0 (CmFeedConfig);

  self->name = g_strdup (name);
  self->line = line;
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_secret_free);

  return self;
}

/* Returns: (transfer full): a copy, with the secrets that were given */
CmFeedConfig *
cm_feed_config_copy (const CmFeedConfig *self)
{
  CmFeedConfig *copy = cm_feed_config_new (self->name, self->line);
  GHashTableIter iter;
  gpointer key, secret;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CmFeedConfigItem *item = g_ptr_array_index (self->items, i);

      cm_feed_config_set (copy, item->key, item->value, item->line);
    }

  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &key, &secret))
    cm_feed_config_give_secret (copy, key, secret);

  return copy;
}

CmFeedConfig *
cm_feed_config_ref (CmFeedConfig *self)
{
  return g_rc_box_acquire (self);
}

static void
cm_feed_config_clear (gpointer data)
{
  CmFeedConfig *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->secrets);
}

void
cm_feed_config_unref (CmFeedConfig *self)
{
  g_rc_box_release_full (self, cm_feed_config_clear);
}

/**
 * cm_feed_config_set:
 * @self: what a feed is told
 * @key: as it is written
 * @value: likewise
 * @line: where it stands, counted from 1
 *
 * Takes it as it is; cm_feed_config_check() says what is wrong with it.
 */
void
cm_feed_config_set (CmFeedConfig *self,
                    const char   *key,
                    const char   *value,
                    guint         line)
{
  CmFeedConfigItem *item = g_new (CmFeedConfigItem, 1);

  *item = (CmFeedConfigItem) { g_strdup (key), g_strdup (value), line };
  g_ptr_array_add (self->items, item);
}

/* Takes @value for @key from now on, whatever stood there before. */
void
cm_feed_config_replace (CmFeedConfig *self,
                        const char   *key,
                        const char   *value)
{
  for (guint i = self->items->len; i-- > 0;)
    {
      if (g_str_equal (((const CmFeedConfigItem *) g_ptr_array_index (self->items, i))->key, key))
        g_ptr_array_remove_index (self->items, i);
    }

  cm_feed_config_set (self, key, value, self->line);
}

static gboolean
has_same_secrets (const CmFeedConfig *self,
                  const CmFeedConfig *other)
{
  GHashTableIter iter;
  gpointer key, secret;

  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &key, &secret))
    {
      if (g_strcmp0 (secret, g_hash_table_lookup (other->secrets, key)) != 0)
        return FALSE;
    }

  return g_hash_table_size (self->secrets) == g_hash_table_size (other->secrets);
}

/**
 * cm_feed_config_equal:
 * @self: what a feed is told
 * @other: what another one is
 *
 * Returns: whether it is the same, wherever it stands
 */
gboolean
cm_feed_config_equal (const CmFeedConfig *self,
                      const CmFeedConfig *other)
{
  if (!g_str_equal (self->name, other->name) || self->items->len != other->items->len)
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CmFeedConfigItem *item = g_ptr_array_index (self->items, i);

      if (g_strcmp0 (item->value, find_value (other, item->key)) != 0)
        return FALSE;
    }

  return has_same_secrets (self, other);
}

/* Returns: (transfer none): the name of the feed */
const char *
cm_feed_config_get_name (const CmFeedConfig *self)
{
  return self->name;
}

/* Returns: (transfer none) (nullable): its type, as the registry calls it */
const char *
cm_feed_config_get_type_name (const CmFeedConfig *self)
{
  return find_value (self, "type");
}

/**
 * cm_feed_config_dup_source:
 * @self: what a feed is told
 *
 * Returns: (transfer full): the id of the source of its events: "TYPE/NAME" where
 *   nothing else is said
 */
char *
cm_feed_config_dup_source (const CmFeedConfig *self)
{
  const char *source = find_value (self, "source");

  return source != NULL ? g_strdup (source)
                        : g_strconcat (cm_feed_config_get_type_name (self), "/", self->name, NULL);
}

/**
 * cm_feed_config_get_text:
 * @self: what a feed is told
 * @key: of an option
 *
 * Returns: (transfer none) (nullable): its value, or what holds without one
 */
const char *
cm_feed_config_get_text (const CmFeedConfig *self,
                         const char         *key)
{
  const char *value = find_value (self, key);
  const CmFeedOption *option = value == NULL ? cm_feed_config_find_option (self, key) : NULL;

  return option != NULL ? option->standard : value;
}

/* Returns: the value of an option that is a number, or what holds without one */
guint64
cm_feed_config_get_number (const CmFeedConfig *self,
                           const char         *key)
{
  const char *value = cm_feed_config_get_text (self, key);

  return value != NULL ? g_ascii_strtoull (value, NULL, 10) : 0;
}

/* Returns: the value of an option that is a flag, or what holds without one */
gboolean
cm_feed_config_get_flag (const CmFeedConfig *self,
                         const char         *key)
{
  return g_strcmp0 (cm_feed_config_get_text (self, key), "yes") == 0;
}

/* Returns: (transfer none) (nullable): what stands there under that very key */
const char *
cm_feed_config_get_written (const CmFeedConfig *self,
                            const char         *key)
{
  return find_value (self, key);
}

/* Returns: whether the feed is to be followed at all */
gboolean
cm_feed_config_is_enabled (const CmFeedConfig *self)
{
  return cm_feed_config_get_flag (self, "enabled");
}

/**
 * cm_feed_config_write:
 * @self: what a feed is told, without faults
 * @out: where its group goes, as cm_feed_config_set() is told of it again
 */
void
cm_feed_config_write (const CmFeedConfig *self,
                      GString            *out)
{
  g_string_append_printf (out, "[%s%s]\n", CM_FEED_CONFIG_GROUP, self->name);
  for (guint i = 0; i < self->items->len; i++)
    {
      const CmFeedConfigItem *item = g_ptr_array_index (self->items, i);

      g_string_append_printf (out, "%s=%s\n", item->key, item->value);
    }
}

/* Returns: whether it is said where a secret is */
gboolean
cm_feed_config_has_secret (const CmFeedConfig *self,
                           const char         *key)
{
  return cm_feed_config_find (self, key, CM_FEED_CONFIG_FILE) != NULL ||
         cm_feed_config_find (self, key, CM_FEED_CONFIG_VARIABLE) != NULL || cm_feed_config_is_kept (self, key);
}

/* Returns: whether a secret is given by cm_feed_config_give_secret() */
gboolean
cm_feed_config_is_kept (const CmFeedConfig *self,
                        const char         *key)
{
  const CmFeedConfigItem *item = cm_feed_config_find (self, key, CM_FEED_CONFIG_KEPT);

  return item != NULL && g_str_equal (item->value, "yes");
}

/**
 * cm_feed_config_give_secret:
 * @self: what a feed is told; cm_feed_config_is_kept() is so for the key
 * @key: of an option that is a secret
 * @secret: that secret, one line
 */
void
cm_feed_config_give_secret (CmFeedConfig *self,
                            const char   *key,
                            const char   *secret)
{
  g_hash_table_replace (self->secrets, g_strdup (key), g_strdup (secret));
}

/* Returns: (transfer none) (nullable): the secret that was given for the key */
const char *
cm_feed_config_get_given (const CmFeedConfig *self,
                          const char         *key)
{
  return g_hash_table_lookup (self->secrets, key);
}

static char *
dup_given_secret (const CmFeedConfig  *self,
                  const char          *key,
                  GError             **error)
{
  const char *secret = cm_feed_config_get_given (self, key);

  if (secret == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("it is not where the monitor keeps it"));

  return g_strdup (secret);
}

/**
 * cm_feed_config_read_secret:
 * @self: what a feed is told
 * @key: of an option that is a secret
 * @error: where the reason goes; it names the place and not the secret
 *
 * Reads it now, so that one that was changed holds from the next time on.
 *
 * Returns: (transfer full) (nullable): the secret, to be freed with
 *   cm_secret_free(); of a file of secrets its whole text. %NULL without an error
 *   where none is named
 */
char *
cm_feed_config_read_secret (const CmFeedConfig  *self,
                            const char          *key,
                            GError             **error)
{
  const CmFeedConfigItem *file = cm_feed_config_find (self, key, CM_FEED_CONFIG_FILE);
  const CmFeedConfigItem *variable = cm_feed_config_find (self, key, CM_FEED_CONFIG_VARIABLE);
  const CmFeedOption *option = cm_feed_config_find_option (self, key);
  char *secret = NULL;

  if (file != NULL && option != NULL && option->kind == CM_FEED_OPTION_SECRET_FILE)
    secret = cm_secret_read_file (file->value, CM_SECRET_MAX_SIZE * 16, error);
  else if (file != NULL)
    secret = cm_secret_read_line (file->value, error);
  else if (variable != NULL)
    secret = cm_secret_read_variable (variable->value, error);
  else if (cm_feed_config_is_kept (self, key))
    secret = dup_given_secret (self, key, error);

  if (secret == NULL && error != NULL && *error != NULL)
    g_prefix_error (error, "%s: ", file != NULL ? file->key : variable != NULL ? variable->key : key);

  return secret;
}
