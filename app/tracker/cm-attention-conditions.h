/* cm-attention-conditions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

/* No more hold at once, of one leg or of all else. */
#define CM_MAX_CONDITIONS 4

/**
 * CmCondition:
 * @rule: the rule that it is a condition of
 * @since: since when it holds, ms UTC; %CM_TIME_NONE where nobody can tell: then from
 *   when it is first seen
 */
typedef struct
{
  CmRule rule;
  gint64 since;
} CmCondition;

guint cm_attention_conditions_of_leg (const CmTrackedLeg          *leg,
                                      gboolean                     is_live,
                                      CmCondition                  conditions[CM_MAX_CONDITIONS]);
guint cm_attention_conditions_of_all (const CmTrackedConversation *conversation,
                                      const CmDocument            *document,
                                      CmCondition                  conditions[CM_MAX_CONDITIONS]);

G_END_DECLS
