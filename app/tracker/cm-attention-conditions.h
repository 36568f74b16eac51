/* cm-attention-conditions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-attention.h"

G_BEGIN_DECLS

/**
 * CmCondition:
 * @rule: the rule that it is a condition of
 * @leg: (nullable): the leg that is meant, borrowed from the document
 * @since: since when it holds, ms UTC; %CM_TIME_NONE where the document does
 *   not tell: then from when it is first seen
 */
typedef struct
{
  CmRule      rule;
  const char *leg;
  gint64      since;
} CmCondition;

GArray *cm_attention_conditions_collect (const CmDocument *document,
                                         const CmCrowd    *crowd);

G_END_DECLS
