/* cm-post-message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-json-reader.h"

G_BEGIN_DECLS

/**
 * CmPostMessage:
 * @type: "welcome", "ack", "fault", "command" or what it may be
 * @id: (nullable): of a command
 * @reason: (nullable): of a fault
 * @faults: (element-type utf8): what was wrong with lines
 * @seq: (element-type utf8 gint64): of each source, up to where its lines are there
 * @last: likewise: its last number, where one before it is missing there
 * @lines: how many lines of this connection are settled
 *
 * What a tracker says to an agent.
 */
typedef struct
{
  char       *type;
  char       *id;
  char       *reason;
  GPtrArray  *faults;
  GHashTable *seq;
  GHashTable *last;
  guint64     lines;
} CmPostMessage;

gboolean cm_post_message_read         (CmPostMessage *self,
                                       CmJsonReader  *reader,
                                       const char    *text,
                                       gsize          size);
void     cm_post_message_clear        (CmPostMessage *self);
void     cm_post_message_print_faults (CmPostMessage *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmPostMessage, cm_post_message_clear)

G_END_DECLS
