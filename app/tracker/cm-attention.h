/* cm-attention.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-enums.h"

G_BEGIN_DECLS

/* What a person should look at. On the wire each rule is its nick. */
typedef enum
{
  CM_RULE_SOURCE_SILENT,
  CM_RULE_ESCALATION_STUCK,
  CM_RULE_ESCALATION_FAILED,
  CM_RULE_LOBBY_WAIT,
  CM_RULE_ALONE,
  CM_RULE_NO_PRESENTER,
  CM_RULE_ON_HOLD,
  CM_RULE_RINGING,
  CM_RULE_FLAPPING,
  CM_RULE_LEFT_NOT_REJOINED,
  CM_RULE_UNCONFIRMED,
  CM_RULE_LONG_CALL,
  CM_N_RULES,
} CmRule;

/* A threshold that is never reached. */
#define CM_RULE_OFF (-1)

/* A rule must be false for so long before it clears, ms. */
#define CM_RULE_CLEARS_AFTER 5000

/**
 * CmRuleThresholds:
 * @notice: ms in the state until a notice, or %CM_RULE_OFF
 * @warning: ms until a warning, or %CM_RULE_OFF
 *
 * For %CM_RULE_FLAPPING these are the spans in which three and five goings count.
 */
typedef struct
{
  gint64 notice;
  gint64 warning;
} CmRuleThresholds;

typedef struct _CmAttentionState CmAttentionState;

extern const CmRuleThresholds cm_rule_defaults[CM_N_RULES];

const char       *cm_rule_get_name          (CmRule                  rule);
gboolean          cm_rule_from_name         (const char             *name,
                                             CmRule                 *rule);

gboolean          cm_rule_thresholds_look   (const CmRuleThresholds *self,
                                             gint64                  since,
                                             gint64                  now,
                                             CmLevel                *level,
                                             gint64                 *due);

G_END_DECLS
