/* cm-feed-config-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

typedef struct
{
  char  *key;
  char  *value;
  guint  line;
} CmFeedConfigItem;

struct _CmFeedConfig
{
  char      *name;
  guint      line;
  GPtrArray *items; /* CmFeedConfigItem, in the order of the file */
  GHashTable *secrets; /* those that were given, by the keys of their options */
};

gboolean                cm_feed_option_is_secret   (const CmFeedOption *option);
gboolean                cm_feed_option_is_written  (const CmFeedOption *option,
                                                    const char         *key);
const CmFeedConfigItem *cm_feed_config_find        (const CmFeedConfig *self,
                                                    const char         *key,
                                                    const char         *suffix);
const CmFeedOption     *cm_feed_config_find_option (const CmFeedConfig *self,
                                                    const char         *key);

G_END_DECLS
