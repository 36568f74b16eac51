/* cm-feeds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-feeds.h"

#include "feeds/exchange/cm-asterisk-feed.h"
#include "feeds/exchange/cm-freeswitch-feed.h"
#include "feeds/janus/cm-janus-feed.h"
#include "feeds/skype/cm-ucwa-feed.h"
#include "feeds/webhook/cm-bigbluebutton-feed.h"
#include "feeds/webhook/cm-livekit-feed.h"
#include "feeds/webhook/cm-webhook-feed.h"

typedef struct
{
  const char *name;
  GType     (*get_type) (void);
} Entry;

/* Each type of feed is registered here and nowhere else. */
static const Entry entries[] = {
  { "asterisk", cm_asterisk_feed_get_type },
  { "bigbluebutton", cm_bigbluebutton_feed_get_type },
  { "freeswitch", cm_freeswitch_feed_get_type },
  { "graph", cm_graph_feed_get_type },
  { "janus", cm_janus_feed_get_type },
  { "livekit", cm_livekit_feed_get_type },
  { "sdn", cm_sdn_feed_get_type },
  { "ucwa", cm_ucwa_feed_get_type },
  { "zoom", cm_zoom_feed_get_type },
  { NULL, NULL }
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
