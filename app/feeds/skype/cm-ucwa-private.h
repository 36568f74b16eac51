/* cm-ucwa-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/skype/cm-ucwa-talk.h"
#include "feeds/skype/cm-ucwa.h"

G_BEGIN_DECLS

struct _CmUcwa
{
  CmDecoder   parent_instance;

  GHashTable *talks;         /* id → CmUcwaTalk */
  GHashTable *wanted;        /* set of hrefs */
  GPtrArray  *order;         /* of @wanted, borrowed from it */
  char       *next;
  char       *conversations; /* (nullable): where all of them are listed */
  char       *communication; /* (nullable): whose they are */
  gint64      at;
  gboolean    resyncing;
  gboolean    listed;        /* since the resync began */
};

/* cm-ucwa-resource.c */
const char *cm_ucwa_get_path       (const char  *href);
const char *cm_ucwa_get_link       (JsonObject  *object,
                                    const char  *name);
char       *cm_ucwa_dup_talk_id    (const char  *href);
CmUcwaTalk *cm_ucwa_find_talk      (CmUcwa      *self,
                                    const char  *href);
CmUcwaTalk *cm_ucwa_get_talk       (CmUcwa      *self,
                                    const char  *href);
void        cm_ucwa_want           (CmUcwa      *self,
                                    const char  *href);
void        cm_ucwa_stop_wanting   (CmUcwa      *self,
                                    const char  *href);
gboolean    cm_ucwa_find_group     (const char  *rel,
                                    CmUcwaGroup *group);
gboolean    cm_ucwa_is_participant (const char  *rel);
void        cm_ucwa_take_resources (CmUcwa      *self,
                                    const char  *rel,
                                    JsonNode    *node);

G_END_DECLS
