/* cm-attention-state.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-pack.h"
#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

/**
 * CmAttentionLook:
 * @rules: the thresholds
 * @rules_age: another number after they have changed
 * @conversation: what is looked at
 * @document: what it has come to, see cm_attention_conditions_of_all()
 * @is_whole: nothing is known of what has changed since the last look
 * @now: the tracker's time, ms UTC
 */
typedef struct
{
  const CmRuleThresholds      *rules;
  guint                        rules_age;
  const CmTrackedConversation *conversation;
  const CmDocument            *document;
  gboolean                     is_whole;
  gint64                       now;
} CmAttentionLook;

CmAttentionState *cm_attention_state_new         (void);
void              cm_attention_state_free        (CmAttentionState      *self);
void              cm_attention_state_note_person (CmAttentionState      *self,
                                                  const CmPerson        *person);
gint64            cm_attention_state_look        (CmAttentionState      *self,
                                                  const CmAttentionLook *look);
GPtrArray        *cm_attention_state_get_told    (CmAttentionState      *self);
void              cm_attention_state_write       (CmAttentionState      *self,
                                                  CmPackWriter          *pack);
CmAttentionState *cm_attention_state_read        (CmPackReader          *pack);

G_END_DECLS
