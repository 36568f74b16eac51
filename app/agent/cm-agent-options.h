/* cm-agent-options.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-command.h"

G_BEGIN_DECLS

/**
 * CmAgentOptions:
 * @argv: (nullable): the program for commands
 * @actions: what it can do
 * @linger: how long to wait at the end, s; negative for as long as it takes
 *
 * What conference-agent was asked to do.
 */
typedef struct
{
  char     **sources;
  char      *actions_text;
  char      *command;
  char     **argv;
  CmActions  actions;
  char      *outbox;
  char      *input;
  char      *token_file;
  char      *token;
  char      *authority;
  char      *address;
  gint64     keep_mib;
  int        heartbeat;
  int        linger;
  gboolean   tells_kept;
  gboolean   is_version;
} CmAgentOptions;

int  cm_agent_options_parse (CmAgentOptions  *self,
                             int              argc,
                             char           **argv);
void cm_agent_options_clear (CmAgentOptions  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmAgentOptions, cm_agent_options_clear)

G_END_DECLS
