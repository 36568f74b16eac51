/* cm-server-kept.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-journal-state.h"
#include "watch/server/cm-hub-sources.h"
#include "watch/server/cm-server-config.h"

G_BEGIN_DECLS

typedef struct _CmAgent CmAgent;

/* What the tracker itself says of an agent's sources; by the words it knows its own
 * lines again after a restart. */
#define CM_AGENT_CONNECTED CM_TEXT ("an agent is connected")
#define CM_AGENT_SILENT CM_TEXT ("the agent says nothing")

/**
 * CmAgentSource:
 * @agent: (nullable): who reports for it now
 * @status: what the agent has said itself
 * @is_silent: the tracker has said that it is lost
 */
typedef struct
{
  CmAgent        *agent;
  CmSourceStatus  status;
  gboolean        is_silent;
} CmAgentSource;

/**
 * CmServerKept:
 * @sources: how those are who report
 * @agent_sources: (element-type utf8 CmAgentSource): what agents report for, or have
 *   reported for
 * @started_at: when it is read, ms UTC
 * @look_at: the rules of attention look again at that time of what is read, ms UTC
 *
 * All that a server knows by the lines of its journal: what has to be the same after
 * a restart.
 */
typedef struct
{
  CmTracker    *tracker;
  CmHubSources *sources;
  GHashTable   *agent_sources;
  gint64        started_at;
  gint64        look_at;
} CmServerKept;

/* The functions of a #CmServerKept; @user_data is a #CmServerHistory. */
typedef struct
{
  gint64 duration;
  guint  max_ended;
} CmServerHistory;

CmServerKept *cm_server_kept_new      (const CmServerHistory *history);
void          cm_server_kept_free     (CmServerKept          *self);
CmAgentSource *
              cm_server_kept_add_agent (GHashTable           *agent_sources,
                                       CmHubSources          *sources,
                                       const char            *id);
void          cm_server_kept_set_funcs (CmJournalStateFuncs   *funcs,
                                       CmServerHistory       *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmServerKept, cm_server_kept_free)

G_END_DECLS
