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
 * @key: as it was published, within the rank
 * @rank: likewise: what needs attention comes first
 * @reasons: likewise: a hash of what it needs attention for, 0 for nothing
 * @ended: when the call ended, ms UTC; %CM_TIME_NONE while it goes on
 * @number: the order in which they came
 * @counted: a bit for each count that it is in
 * @attention: whether it needs any
 * @over: whether the call has ended
 * @placed: whether it stands among what is sorted, by what was published last
 * @listed: whether it stands among what is listed
 * @changed: whether it is to be published anew
 * @gone: whether the model has it no more
 * @shown: whether filter and search let it through
 *
 * What an order knows of one conversation. One bit of a gboolean would be -1, and not
 * %TRUE.
 */
typedef struct
{
  CmConversation *conversation;
  gint64          key;
  gint64          ended;
  guint           rank;
  guint           reasons;
  guint           number;
  guint           counted;
  guint           attention : 1;
  guint           over      : 1;
  guint           placed    : 1;
  guint           listed    : 1;
  guint           changed   : 1;
  guint           gone      : 1;
  guint           shown     : 1;
} CmCallEntry;

CmCallEntry *cm_call_entry_new      (CmConversation    *conversation,
                                     guint              number);
void         cm_call_entry_free     (CmCallEntry       *self);
void         cm_call_entry_look     (CmCallEntry       *self);
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
