/* cm-feeds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "feeds/cm-feeds.h"

#include <glib/gi18n-lib.h>

#include "feeds/exchange/cm-asterisk-feed.h"
#include "feeds/exchange/cm-freeswitch-feed.h"
#include "feeds/janus/cm-janus-feed.h"
#include "feeds/skype/cm-ucwa-feed.h"
#include "feeds/webhook/cm-bigbluebutton-feed.h"
#include "feeds/webhook/cm-graph-feed.h"
#include "feeds/webhook/cm-livekit-feed.h"
#include "feeds/webhook/cm-webhook-feed.h"

/**
 * Entry:
 * @name: as it stands in a configuration
 * @title: what people call the system; a name, which is not translated
 */
typedef struct
{
  const char *name;
  const char *title;
  GType     (*get_type) (void);
} Entry;

/* Each type of feed is registered here and nowhere else. */
static const Entry entries[] = {
  { "asterisk", "Asterisk", cm_asterisk_feed_get_type },
  { "bigbluebutton", "BigBlueButton", cm_bigbluebutton_feed_get_type },
  { "freeswitch", "FreeSWITCH", cm_freeswitch_feed_get_type },
  { "graph", "Microsoft Teams", cm_graph_feed_get_type },
  { "janus", "Janus", cm_janus_feed_get_type },
  { "livekit", "LiveKit", cm_livekit_feed_get_type },
  { "sdn", "Skype for Business SDN Interface", cm_sdn_feed_get_type },
  { "ucwa", "Skype for Business (UCWA)", cm_ucwa_feed_get_type },
  { "zoom", "Zoom", cm_zoom_feed_get_type },
  { NULL, NULL, NULL }
};

static const Entry *
find_entry (const char *type)
{
  for (guint i = 0; entries[i].name != NULL; i++)
    {
      if (g_str_equal (entries[i].name, type))
        return &entries[i];
    }

  return NULL;
}

/**
 * cm_feeds_get_types:
 *
 * Returns: (transfer none) (array zero-terminated=1): the types of feeds that
 *   there are
 */
const char * const *
cm_feeds_get_types (void)
{
  static const char *types[G_N_ELEMENTS (entries)];

  for (guint i = 0; entries[i].name != NULL; i++)
    types[i] = entries[i].name;

  return types;
}

/**
 * cm_feeds_get_options:
 * @type: a type of feeds: "janus"
 *
 * Returns: (transfer none) (nullable): what such a feed can be told, up to a
 *   %NULL key; %NULL where there is no such type
 */
const CmFeedOption *
cm_feeds_get_options (const char *type)
{
  const Entry *entry = find_entry (type);
  g_autoptr(GTypeClass) klass = entry != NULL ? g_type_class_ref (entry->get_type ()) : NULL;

  return klass != NULL ? CM_FEED_CLASS (klass)->options : NULL;
}

/* Returns: (transfer none) (nullable): what people call the systems of that type */
const char *
cm_feeds_get_title (const char *type)
{
  const Entry *entry = find_entry (type);

  return entry != NULL ? entry->title : NULL;
}

static const CmFeedOption *
find_option (const char *type,
             const char *key)
{
  const CmFeedOption *option = cm_feeds_get_options (type);

  while (option != NULL && option->key != NULL && !g_str_equal (option->key, key))
    option++;

  return option != NULL && option->key != NULL ? option : NULL;
}

/**
 * cm_feeds_can_ask:
 * @type: a type of feeds
 *
 * A system that only posts what happens has to reach whoever is to hear it.
 *
 * Returns: whether such a system can be asked, from wherever that is
 */
gboolean
cm_feeds_can_ask (const char *type)
{
  return find_option (type, "address") != NULL || find_option (type, "host") != NULL;
}

/**
 * cm_feeds_check_asks:
 * @config: what a feed is told, without faults
 * @error: where the reason goes, translated
 *
 * Returns: whether the feed follows its system without being posted to
 */
gboolean
cm_feeds_check_asks (const CmFeedConfig  *config,
                     GError             **error)
{
  const char *type = cm_feed_config_get_type_name (config);

  if (!cm_feeds_can_ask (type))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("%s cannot be asked: it posts what happens, and that needs a tracker with an address of its own"),
                 cm_feeds_get_title (type));
  else if (find_option (type, "host") == NULL && cm_feed_config_get_text (config, "address") == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Without its address %s cannot be asked"),
                 cm_feeds_get_title (type));
  else
    return TRUE;

  return FALSE;
}

/**
 * cm_feeds_new_feed:
 * @config: what the feed is told, without faults
 *
 * Returns: (transfer full): the feed, off
 */
CmFeed *
cm_feeds_new_feed (CmFeedConfig *config)
{
  const Entry *entry = find_entry (cm_feed_config_get_type_name (config));

  g_return_val_if_fail (entry != NULL, NULL);

  return g_object_new (entry->get_type (), "config", config, NULL);
}
