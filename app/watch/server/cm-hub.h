/* cm-hub.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "tracker/cm-tracker.h"
#include "watch/server/cm-access.h"
#include "watch/server/cm-view-filter.h"

G_BEGIN_DECLS

typedef struct _CmHub CmHub;
typedef struct _CmHubSources CmHubSources;
typedef struct _CmHubView CmHubView;

/**
 * CmHubOptions:
 * @frame: changes are told together, so often, ms
 * @ring: how much is kept for those who are behind, bytes
 * @stuck: how long nothing may go out to a subscriber who is behind, ms
 * @internal_domains: (nullable): whose users are internal ones
 */
typedef struct
{
  guint   frame;
  gsize   ring;
  guint   stuck;
  char  **internal_domains;
} CmHubOptions;

/**
 * CmHubRequest:
 * @stream: the connection after its WebSocket handshake
 * @is_tls: what is retried must be the same bytes
 * @filter: (transfer full): what of all there is
 * @epoch: (nullable): what the subscriber holds already
 * @since: the last revision of it
 */
typedef struct
{
  GIOStream           *stream;
  gboolean             is_tls;
  const CmAccessGrant *grant;
  const char          *person;
  CmViewFilter        *filter;
  const char          *epoch;
  guint64              since;
} CmHubRequest;

typedef struct
{
  guint64 frames;
  guint64 snapshots;
  guint64 resumed;
  guint64 gone;
  guint64 stuck;
  guint64 sent;      /* bytes */
} CmHubCounters;

/**
 * CmHubNews:
 * @id: a command's id
 * @source: who was asked
 * @leg: the leg whose source was asked
 * @state: "sent", "done", "refused" or "timed-out"
 * @reason: (nullable): one sentence; who does not see all gets none of a source's
 *
 * What has become of a command.
 */
typedef struct
{
  const char *id;
  const char *source;
  const char *leg;
  CmAction    action;
  const char *state;
  const char *reason;
} CmHubNews;

/* Called with each change when it is noted, before it goes out. */
typedef void (*CmHubChangeFunc) (const char       *id,
                                 const CmDocument *after,
                                 gpointer          user_data);

typedef gboolean (*CmHubGrantFunc) (const CmAccessGrant *grant,
                                    gpointer             user_data);

CmHub               *cm_hub_new               (CmTracker           *tracker,
                                               CmHubSources        *sources,
                                               const CmHubOptions  *options);
void                 cm_hub_free              (CmHub               *self);
void                 cm_hub_look              (CmHub               *self);
void                 cm_hub_flush             (CmHub               *self);
void                 cm_hub_note_source       (CmHub               *self,
                                               const CmEvent       *event,
                                               gint64               now);
void                 cm_hub_set_failing       (CmHub               *self,
                                               gboolean             is_failing);
void                 cm_hub_set_times         (CmHub               *self,
                                               guint                frame,
                                               guint                stuck);
void                 cm_hub_set_change_func   (CmHub               *self,
                                               CmHubChangeFunc      func,
                                               gpointer             user_data);
void                 cm_hub_set_actions       (CmHub               *self,
                                               const char          *source,
                                               CmActions            actions);
gboolean             cm_hub_get_source        (CmHub               *self,
                                               const char          *source,
                                               CmSourceStatus      *status,
                                               CmActions           *actions);
void                 cm_hub_tell_command      (CmHub               *self,
                                               const CmHubNews     *news);
void                 cm_hub_subscribe         (CmHub               *self,
                                               const CmHubRequest  *request);
void                 cm_hub_keep              (CmHub               *self,
                                               CmHubGrantFunc       func,
                                               gpointer             user_data);
guint                cm_hub_get_n_subscribers (CmHub               *self);
const CmHubCounters *cm_hub_get_counters      (CmHub               *self);
CmHubView           *cm_hub_get_view          (CmHub               *self,
                                               const CmAccessGrant *grant,
                                               const char          *person,
                                               CmViewFilter        *filter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmHub, cm_hub_free)

G_END_DECLS
