/* cm-followed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-followed.h"

#include <glib/gi18n.h>

#include "feeds/cm-feeds.h"

/**
 * CmFollowed:
 * @feed: (nullable): what follows it; %NULL where it is switched off, or not begun yet
 */
struct _CmFollowed
{
  GObject parent_instance;

  CmFeedConfig *config;
  CmFeed       *feed;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_TITLE,
  PROP_ENABLED,
  PROP_TEXT,
  PROP_ICON_NAME,
  PROP_STATE_CLASS,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmFollowed, cm_followed, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

typedef struct
{
  const char *icon_name;
  const char *state_class;
} Look;

static const Look looks[] = {
  [CM_FEED_OFF] = { "media-playback-pause-symbolic", "idle" },
  [CM_FEED_CONNECTING] = { "view-refresh-symbolic", "escalating" },
  [CM_FEED_REACHED] = { "view-refresh-symbolic", "escalating" },
  [CM_FEED_LIVE] = { "object-select-symbolic", "live" },
  [CM_FEED_LOST] = { "dialog-error-symbolic", "failed" },
};

/* What has not been reached yet has failed just as well. */
static const Look *
get_look (CmFollowed *self)
{
  if (self->feed == NULL)
    return &looks[CM_FEED_OFF];
  if (cm_feed_get_error (self->feed) != NULL)
    return &looks[CM_FEED_LOST];

  return &looks[cm_feed_get_status (self->feed)];
}

static char *
dup_live (CmFollowed *self)
{
  gint64 lag = cm_feed_get_lag (self->feed);

  if (lag < 0)
    return g_strdup (_ ("Live"));

  /* Translators: how old the last news of a system was when it came, milliseconds */
  return g_strdup_printf (_ ("Live, %u ms behind"), (guint) MIN (lag, G_MAXUINT));
}

static char *
dup_text (CmFollowed *self)
{
  if (!cm_feed_config_is_enabled (self->config))
    /* Translators: a system that is not followed at the moment */
    return g_strdup (_ ("Switched off"));
  if (self->feed == NULL)
    /* Translators: a system; its calls are not shown at the moment */
    return g_strdup (_ ("Not followed now"));
  if (cm_feed_get_error (self->feed) != NULL)
    /* Translators: why a system is not followed now */
    return g_strdup_printf (_ ("Not connected: %s. Trying again."), cm_feed_get_error (self->feed));

  return cm_feed_get_status (self->feed) == CM_FEED_LIVE ? dup_live (self) : g_strdup (_ ("Connecting"));
}

static char *
dup_title (CmFollowed *self)
{
  const char *kind = cm_feeds_get_title (cm_feed_config_get_type_name (self->config));

  /* Translators: the name that the user gave a system, and what it is: “berlin (Janus)” */
  return g_strdup_printf (_ ("%s (%s)"), cm_feed_config_get_name (self->config), kind);
}

static char *
dup_sentence (CmFollowed *self)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *text = dup_text (self);

  return g_strdup_printf (_ ("%s: %s"), title, text);
}

static void
changed_cb (CmFollowed *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_TEXT; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
cm_followed_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CmFollowed *self = CM_FOLLOWED (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, cm_feed_config_get_name (self->config));
      break;
    case PROP_TITLE:
      g_value_take_string (value, dup_title (self));
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, cm_feed_config_is_enabled (self->config));
      break;
    case PROP_TEXT:
      g_value_take_string (value, dup_text (self));
      break;
    case PROP_ICON_NAME:
      g_value_set_static_string (value, get_look (self)->icon_name);
      break;
    case PROP_STATE_CLASS:
      g_value_set_static_string (value, get_look (self)->state_class);
      break;
    case PROP_SENTENCE:
      g_value_take_string (value, dup_sentence (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_followed_dispose (GObject *object)
{
  g_clear_object (&CM_FOLLOWED (object)->feed);

  G_OBJECT_CLASS (cm_followed_parent_class)->dispose (object);
}

static void
cm_followed_finalize (GObject *object)
{
  cm_feed_config_unref (CM_FOLLOWED (object)->config);

  G_OBJECT_CLASS (cm_followed_parent_class)->finalize (object);
}

static void
cm_followed_class_init (CmFollowedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_followed_get_property;
  object_class->dispose = cm_followed_dispose;
  object_class->finalize = cm_followed_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_STATE_CLASS] = g_param_spec_string ("state-class", NULL, NULL, NULL, flags);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_followed_init (CmFollowed *self)
{
}

/**
 * cm_followed_new:
 * @config: what is known of the system
 * @feed: (nullable): what follows it
 *
 * Returns: (transfer full): the system as it is listed
 */
CmFollowed *
cm_followed_new (CmFeedConfig *config,
                 CmFeed       *feed)
{
  CmFollowed *self = g_object_new (CM_TYPE_FOLLOWED, NULL);

  self->config = cm_feed_config_ref (config);
  if (feed != NULL)
    {
      self->feed = g_object_ref (feed);
      g_signal_connect_object (feed, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }

  return self;
}

/* Returns: (transfer none) */
CmFeedConfig *
cm_followed_get_config (CmFollowed *self)
{
  g_return_val_if_fail (CM_IS_FOLLOWED (self), NULL);

  return self->config;
}
