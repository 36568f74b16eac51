/* cm-hub-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-json-reader.h"
#include "watch/server/cm-hub-ring.h"
#include "watch/server/cm-hub-poll.h"
#include "watch/server/cm-hub-sources.h"
#include "watch/server/cm-hub.h"
#include "watch/server/cm-masking.h"
#include "watch/server/cm-view-filter.h"

G_BEGIN_DECLS

typedef struct _CmHubSubscriber CmHubSubscriber;

/**
 * CmHubView:
 * @epoch: revisions count within it
 * @subscribers: (element-type CmHubSubscriber): owned
 * @unused_since: since when nobody looks, monotonic µs
 * @turn: which sources the next "alive" tells of
 *
 * What all who may see the same get: encoded once.
 */
struct _CmHubView
{
  CmHub      *hub;
  CmMasking  *masking;
  CmViewFilter *filter;
  char       *epoch;
  guint64     rev;
  CmHubRing   ring;
  GPtrArray  *subscribers;
  GString    *text;
  gint64      unused_since;
  guint       turn;
};

/**
 * CmHub:
 * @pending: (element-type utf8 CmDocument): conversations that have changed since
 *   the last frame, as all subscribers have them; %NULL for a new one
 * @known: (element-type utf8): the ids of all that subscribers have
 * @is_failing: what comes is not on disk
 * @news: (element-type CmHubNewsItem): what was told of commands lately
 */
struct _CmHub
{
  CmTracker     *tracker;
  CmHubOptions   options;
  CmHubCounters  counters;
  GHashTable    *pending;
  GHashTable    *known;
  CmHubSources  *sources;
  CmHubPoll     *poll;
  GPtrArray     *views;
  GQueue         news;
  CmHubChangeFunc change_func;
  gpointer       change_data;
  gboolean       is_failing;
  guint          flush_id;
  guint          alive_id;
};

/* A walk over all conversations, part by part. */
typedef struct
{
  GPtrArray *ids;   /* GRefString */
  guint      next;
} CmHubWalk;

/* cm-hub.c */
void             cm_hub_collect             (CmHub              *self);

/* cm-hub-view.c */
CmHubView       *cm_hub_view_new            (CmHub              *hub,
                                             CmMasking          *masking,
                                             CmViewFilter       *filter);
void             cm_hub_view_free           (CmHubView          *self);
void             cm_hub_view_flush          (CmHubView          *self,
                                             GHashTable         *changed);
void             cm_hub_view_tell_alive     (CmHubView          *self);
void             cm_hub_view_pump           (CmHubView          *self);
void             cm_hub_walk_begin          (CmHubWalk          *self,
                                             CmHub              *hub);
void             cm_hub_walk_clear          (CmHubWalk          *self);
gboolean         cm_hub_view_write_part     (CmHubView          *self,
                                             CmHubWalk          *walk,
                                             GString            *out);
gboolean         cm_hub_view_write_snapshot (CmHubView          *self,
                                             CmHubWalk          *walk,
                                             GString            *out);
void             cm_hub_view_send           (CmHubView          *self,
                                             guint64             rev);

/* cm-hub-commands.c */
void             cm_hub_append_news         (CmHubView          *view,
                                             GByteArray         *out);
void             cm_hub_clear_news          (CmHub              *self);

/* cm-hub-subscriber.c */
CmHubSubscriber *cm_hub_subscriber_new      (CmHubView          *view,
                                             const CmHubRequest *request);
void             cm_hub_subscriber_free     (CmHubSubscriber    *self);
void             cm_hub_subscriber_read     (gpointer            user_data);
void             cm_hub_subscriber_pump     (CmHubSubscriber    *self);
void             cm_hub_subscriber_make_room
                                            (CmHubSubscriber    *self,
                                             guint64             tail);
gboolean         cm_hub_subscriber_is_over  (CmHubSubscriber    *self);
gboolean         cm_hub_subscriber_is_stuck (CmHubSubscriber    *self,
                                             gint64              now);
const CmAccessGrant *
                 cm_hub_subscriber_get_grant
                                            (CmHubSubscriber    *self);
void             cm_hub_subscriber_close    (CmHubSubscriber    *self,
                                             guint16             code,
                                             const char         *reason);

G_END_DECLS
