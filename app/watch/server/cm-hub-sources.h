/* cm-hub-sources.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracker.h"
#include "watch/server/cm-masking.h"

G_BEGIN_DECLS

typedef struct _CmHubSources CmHubSources;

CmHubSources *cm_hub_sources_new   (void);
void          cm_hub_sources_free  (CmHubSources       *self);
void          cm_hub_sources_note  (CmHubSources       *self,
                                    const CmEvent      *event,
                                    gint64              now);
void          cm_hub_sources_set_actions
                                   (CmHubSources       *self,
                                    const char         *id,
                                    CmActions           actions,
                                    gint64              now);
gboolean      cm_hub_sources_get   (CmHubSources       *self,
                                    const char         *id,
                                    CmSourceStatus     *status,
                                    CmActions          *actions);
guint         cm_hub_sources_count (CmHubSources       *self,
                                    const CmMasking    *masking);
void          cm_hub_sources_write (CmHubSources       *self,
                                    CmTracker          *tracker,
                                    const CmMasking    *masking,
                                    guint              *turn,
                                    GString            *out);
void          cm_hub_sources_pack  (CmHubSources       *self,
                                    CmPackWriter       *pack);
void          cm_hub_sources_unpack
                                   (CmHubSources       *self,
                                    CmPackReader       *pack);
void          cm_hub_sources_keep  (CmHubSources       *self,
                                    CmTracker          *tracker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmHubSources, cm_hub_sources_free)

G_END_DECLS
