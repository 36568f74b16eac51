/* cm-feed-config-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feed-config-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "core/cm-event.h"
#include "feeds/cm-feeds.h"
#include "feeds/cm-secret.h"

typedef struct
{
  CmFeedConfig          *config;
  CmFeedConfigFaultFunc  func;
  gpointer               user_data;
  gboolean               ok;
} Checking;

static void G_GNUC_PRINTF (3, 4)
fault (Checking   *self,
       guint       line,
       const char *format,
       ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  self->ok = FALSE;
  self->func (line, reason, self->user_data);
}

/* Returns: (nullable): the first of the keys that say where a secret is */
static const CmFeedConfigItem *
find_place (Checking           *self,
            const CmFeedOption *option,
            guint              *n_places)
{
  static const char * const suffixes[] = { CM_FEED_CONFIG_FILE, CM_FEED_CONFIG_VARIABLE, CM_FEED_CONFIG_KEPT };
  const CmFeedConfigItem *found = NULL;

  *n_places = 0;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      const CmFeedConfigItem *item = cm_feed_config_find (self->config, option->key, suffixes[i]);

      found = found != NULL ? found : item;
      *n_places += item != NULL;
    }

  return found;
}

static gboolean
is_choice (const char *choices,
           const char *value)
{
  g_auto(GStrv) list = g_strsplit (choices, "|", -1);

  return g_strv_contains ((const char * const *) list, value);
}

static void
check_number (Checking               *self,
              const CmFeedOption     *option,
              const CmFeedConfigItem *item)
{
  if (!g_ascii_string_to_unsigned (item->value, 10, option->min, option->max, NULL, NULL))
    fault (self, item->line, _("%s must be a number from %" PRIu64 " to %" PRIu64 ", not “%s”"),
           item->key, option->min, option->max, item->value);
}

static gboolean
is_variable_name (const char *value)
{
  gsize size = strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

  return value[size] == '\0' && !g_ascii_isdigit (value[0]);
}

/* The value of a secret's key is not repeated: somebody may have put the secret
 * itself there. */
static void
check_place (Checking               *self,
             const CmFeedConfigItem *item)
{
  if (g_str_has_suffix (item->key, CM_FEED_CONFIG_VARIABLE) && !is_variable_name (item->value))
    fault (self, item->line, _("%s must be the name of a variable"), item->key);
  else if (g_str_has_suffix (item->key, CM_FEED_CONFIG_FILE) && !g_path_is_absolute (item->value))
    fault (self, item->line, _("%s must be an absolute path"), item->key);
  else if (g_str_has_suffix (item->key, CM_FEED_CONFIG_KEPT) && !g_str_equal (item->value, "yes"))
    fault (self, item->line, _("%s must be “yes”, or not stand here"), item->key);
}

static void
check_secret (Checking               *self,
              const CmFeedOption     *option,
              const CmFeedConfigItem *item)
{
  guint n_places;

  find_place (self, option, &n_places);
  if (!cm_feed_option_is_written (option, item->key))
    fault (self, item->line, _("a secret does not stand here: %s-file= names the file that it is in%s"), option->key,
           option->kind == CM_FEED_OPTION_SECRET ? _(", -env= the variable of the environment") : "");
  else if (n_places > 1)
    fault (self, item->line, _("%s is in one place: a file, the environment, or where it is kept"), option->key);
  else
    check_place (self, item);
}

static void
check_kind (Checking               *self,
            const CmFeedOption     *option,
            const CmFeedConfigItem *item)
{
  switch (option->kind)
    {
    case CM_FEED_OPTION_PATH:
      if (!g_path_is_absolute (item->value))
        fault (self, item->line, _("%s must be an absolute path, not “%s”"), item->key, item->value);
      break;
    case CM_FEED_OPTION_NUMBER:
      check_number (self, option, item);
      break;
    case CM_FEED_OPTION_FLAG:
      if (!is_choice ("yes|no", item->value))
        fault (self, item->line, _("%s must be “yes” or “no”, not “%s”"), item->key, item->value);
      break;
    case CM_FEED_OPTION_CHOICE:
      if (!is_choice (option->choices, item->value))
        fault (self, item->line, _("%s must be one of %s, not “%s”"), item->key, option->choices, item->value);
      break;
    case CM_FEED_OPTION_SECRET:
    case CM_FEED_OPTION_SECRET_FILE:
      check_secret (self, option, item);
      break;
    case CM_FEED_OPTION_TEXT:
    default:
      break;
    }
}

static void
check_item (Checking               *self,
            const CmFeedConfigItem *item)
{
  const CmFeedOption *option = cm_feed_config_find_option (self->config, item->key);
  g_autoptr(GError) error = NULL;

  if (option == NULL)
    fault (self, item->line, _("there is no “%s” in a feed of the type %s"), item->key,
           cm_feed_config_get_type_name (self->config));
  else if (item->value[0] == '\0')
    fault (self, item->line, _("%s has no value"), item->key);
  else if (strpbrk (item->value, "\r\n") != NULL)
    fault (self, item->line, _("%s must be one line"), item->key);
  else if (cm_feed_config_find (self->config, item->key, "") != item)
    fault (self, item->line, _("%s stands here twice"), item->key);
  else if (option->check != NULL && !cm_feed_option_is_secret (option) && !option->check (item->value, &error))
    fault (self, item->line, "%s: %s", item->key, error->message);
  else
    check_kind (self, option, item);
}

static void
check_required (Checking *self)
{
  const CmFeedOption *options = cm_feeds_get_options (cm_feed_config_get_type_name (self->config));

  for (const CmFeedOption *option = options; option->key != NULL; option++)
    {
      gboolean is_there = cm_feed_option_is_secret (option) ? cm_feed_config_has_secret (self->config, option->key)
                                             : cm_feed_config_find (self->config, option->key, "") != NULL;

      if (option->is_required && !is_there)
        fault (self, self->config->line, _("the feed %s needs %s%s"), self->config->name, option->key,
               cm_feed_option_is_secret (option) ? CM_FEED_CONFIG_FILE "=" : "=");
    }
}

static gboolean
is_name (const char *name)
{
  gsize size = strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

  return size > 0 && size <= CM_FEED_MAX_NAME && name[size] == '\0';
}

static gboolean
check_type (Checking *self)
{
  const char *type = cm_feed_config_get_type_name (self->config);
  const CmFeedConfigItem *item = cm_feed_config_find (self->config, "type", "");
  g_autofree char *types = g_strjoinv ("|", (char **) cm_feeds_get_types ());

  if (type == NULL)
    fault (self, self->config->line, _("the feed %s needs type=%s"), self->config->name, types);
  else if (cm_feeds_get_options (type) == NULL)
    fault (self, item->line, _("type must be one of %s, not “%s”"), types, type);

  return self->ok;
}

static void
check_secret_file (Checking           *self,
                   const CmFeedOption *option)
{
  guint n_places;
  const CmFeedConfigItem *item = find_place (self, option, &n_places);
  g_autoptr(GError) error = NULL;
  char *secret;

  if (item == NULL)
    return;

  secret = cm_feed_config_read_secret (self->config, option->key, &error);
  if (secret == NULL)
    fault (self, item->line, "%s", error->message);
  cm_secret_free (secret);
}

/**
 * cm_feed_config_check:
 * @self: what a feed is told, whole
 * @func: called with each fault
 * @user_data: for @func
 *
 * Returns: whether a feed can be made of it
 */
gboolean
cm_feed_config_check (CmFeedConfig          *self,
                      CmFeedConfigFaultFunc  func,
                      gpointer               user_data)
{
  Checking checking = { self, func, user_data, TRUE };
  const CmFeedConfigItem *source = cm_feed_config_find (self, "source", "");

  if (!is_name (self->name))
    fault (&checking, self->line, _("a feed’s name has up to %d letters, digits, “-” and “_”"), CM_FEED_MAX_NAME);
  if (source != NULL && strlen (source->value) > CM_EVENT_MAX_ID)
    fault (&checking, source->line, _("source has more than %d bytes"), CM_EVENT_MAX_ID);
  if (!check_type (&checking))
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    check_item (&checking, g_ptr_array_index (self->items, i));
  check_required (&checking);

  return checking.ok;
}

/**
 * cm_feed_config_check_secrets:
 * @self: what a feed is told, without faults
 * @func: called with each secret that cannot be had
 * @user_data: for @func
 *
 * Returns: whether all of them can be read
 */
gboolean
cm_feed_config_check_secrets (CmFeedConfig          *self,
                              CmFeedConfigFaultFunc  func,
                              gpointer               user_data)
{
  Checking checking = { self, func, user_data, TRUE };

  for (const CmFeedOption *option = cm_feeds_get_options (cm_feed_config_get_type_name (self)); option->key != NULL; option++)
    {
      if (cm_feed_option_is_secret (option))
        check_secret_file (&checking, option);
    }

  return checking.ok;
}

