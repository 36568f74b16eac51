/* cm-agent-message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-json-reader.h"
#include "model/cm-command.h"

G_BEGIN_DECLS

/**
 * CmAgentMessage:
 * @type: "hello", "heartbeat", "refused" or what it may be
 * @id: (nullable): of the command that is refused
 * @reason: (nullable): why
 * @sources: (element-type utf8): whom it reports for
 * @actions: what they can be asked to do
 * @heartbeat: it promises to say something so often, s; 0 where it does not
 *
 * What an agent says that is no event line.
 */
typedef struct
{
  char      *type;
  char      *id;
  char      *reason;
  GPtrArray *sources;
  CmActions  actions;
  gint64     heartbeat;
} CmAgentMessage;

gboolean cm_agent_message_is_one (CmJsonReader   *reader,
                                  const char     *bytes,
                                  gsize           size);
gboolean cm_agent_message_read   (CmAgentMessage *self,
                                  CmJsonReader   *reader,
                                  const char     *bytes,
                                  gsize           size);
void     cm_agent_message_clear  (CmAgentMessage *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmAgentMessage, cm_agent_message_clear)

G_END_DECLS
