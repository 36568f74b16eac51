/* cm-agent.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/server/cm-server-private.h"

G_BEGIN_DECLS

/* A program beside a client or a server that reports over /v1/feed, and takes
 * commands. */

CmAgent   *cm_agent_new             (CmServer            *server,
                                     GIOStream           *stream,
                                     GUri                *uri,
                                     const CmAccessGrant *grant);
CmAgent   *cm_agent_ref             (CmAgent             *self);
void       cm_agent_unref           (CmAgent             *self);
CmActions  cm_agent_get_actions     (CmAgent             *self);
const CmAccessGrant *
           cm_agent_get_grant       (CmAgent             *self);
gboolean   cm_agent_is_silent       (CmAgent             *self,
                                     gint64               now);
gboolean   cm_agent_set_silent      (CmAgent             *self,
                                     gboolean             is_silent);
gboolean   cm_agent_is_dead         (CmAgent             *self,
                                     gint64               now);
void       cm_agent_send_command    (CmAgent             *self,
                                     const char          *id,
                                     const char          *source,
                                     const char          *conversation,
                                     const CmCommand     *command);
void       cm_agent_close           (CmAgent             *self,
                                     guint16              code,
                                     const char          *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmAgent, cm_agent_unref)

G_END_DECLS
