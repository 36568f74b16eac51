/* cm-call-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-call-order.h"

G_BEGIN_DECLS

enum
{
  CM_CALL_COUNT_ATTENTION,
  CM_CALL_COUNT_HIDDEN_ATTENTION,
  CM_CALL_COUNT_TOTAL,
  CM_N_CALL_COUNTS,
};

/**
 * CmCallEntry:
 * @text: (nullable): what can be searched, made when it is first needed
 * @signature: what @text was made of, as a number
 * @fresh: whether @text is known to be that of the conversation as it is now
 * @rank: as it was published: what needs attention comes first
 * @key: likewise, within the rank
 * @number: the order in which they came
 * @index: the position in the model
 * @counted: a bit for each count that it is in
 *
 * What an order knows of one conversation.
 */
typedef struct
{
  CmConversation *conversation;
  gulong          handler;
  char           *text;
  guint64         signature;
  gint64          key;
  guint           rank;
  guint           number;
  guint           index;
  guint           counted;
  gboolean        fresh;
  gboolean        changed;
  gboolean        gone;
  gboolean        shown;
} CmCallEntry;

CmCallEntry *cm_call_entry_new      (CmConversation    *conversation,
                                     guint              number);
void         cm_call_entry_free     (CmCallEntry       *self);
const char  *cm_call_entry_get_text (CmCallEntry       *self);
void         cm_call_entry_publish  (CmCallEntry       *self,
                                     CmCallSort         sort);
gboolean     cm_call_entry_is_stale (CmCallEntry       *self,
                                     CmCallSort         sort);
int          cm_call_entry_compare  (const CmCallEntry *a,
                                     const CmCallEntry *b);
void         cm_call_entry_count    (CmCallEntry       *self,
                                     gboolean           over,
                                     guint              counts[static CM_N_CALL_COUNTS]);

G_END_DECLS
