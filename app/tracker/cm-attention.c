/* cm-attention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention.h"

#include "core/cm-time.h"

#define SECONDS(n) ((n) * G_GINT64_CONSTANT (1000))
#define MINUTES(n) SECONDS (60 * (n))

const CmRuleThresholds cm_rule_defaults[CM_N_RULES] = {
  [CM_RULE_SOURCE_SILENT] = { SECONDS (5), SECONDS (15) },
  [CM_RULE_ESCALATION_STUCK] = { SECONDS (10), SECONDS (30) },
  [CM_RULE_ESCALATION_FAILED] = { 0, CM_RULE_OFF },
  [CM_RULE_LOBBY_WAIT] = { SECONDS (60), SECONDS (120) },
  [CM_RULE_ALONE] = { MINUTES (2), MINUTES (10) },
  [CM_RULE_NO_PRESENTER] = { SECONDS (60), MINUTES (3) },
  [CM_RULE_ON_HOLD] = { MINUTES (2), MINUTES (5) },
  [CM_RULE_RINGING] = { SECONDS (30), SECONDS (60) },
  [CM_RULE_FLAPPING] = { MINUTES (5), MINUTES (10) },
  [CM_RULE_LEFT_NOT_REJOINED] = { SECONDS (60), CM_RULE_OFF },
  [CM_RULE_UNCONFIRMED] = { SECONDS (10), SECONDS (60) },
  [CM_RULE_LONG_CALL] = { CM_RULE_OFF, CM_RULE_OFF },
};

static const char * const names[CM_N_RULES] = {
  [CM_RULE_SOURCE_SILENT] = "source-silent",
  [CM_RULE_ESCALATION_STUCK] = "escalation-stuck",
  [CM_RULE_ESCALATION_FAILED] = "escalation-failed",
  [CM_RULE_LOBBY_WAIT] = "lobby-wait",
  [CM_RULE_ALONE] = "alone",
  [CM_RULE_NO_PRESENTER] = "no-presenter",
  [CM_RULE_ON_HOLD] = "on-hold",
  [CM_RULE_RINGING] = "ringing",
  [CM_RULE_FLAPPING] = "flapping",
  [CM_RULE_LEFT_NOT_REJOINED] = "left-not-rejoined",
  [CM_RULE_UNCONFIRMED] = "unconfirmed",
  [CM_RULE_LONG_CALL] = "long-call",
};

/**
 * cm_rule_get_name:
 * @rule: a rule
 *
 * Returns: its name in documents and settings
 */
const char *
cm_rule_get_name (CmRule rule)
{
  return names[rule];
}

/**
 * cm_rule_from_name:
 * @name: a rule's name
 * @rule: (out): the rule
 *
 * Returns: %FALSE where there is no such rule
 */
gboolean
cm_rule_from_name (const char *name,
                   CmRule     *rule)
{
  for (guint i = 0; i < CM_N_RULES; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *rule = (CmRule) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * cm_rule_thresholds_look:
 * @self: when a rule that lasts gives a notice and a warning
 * @since: since when its state lasts, ms UTC
 * @now: ms UTC
 * @level: (out): how bad it is
 * @due: (out): when that will change by the passing of time, ms UTC, or %CM_TIME_NONE
 *
 * Returns: whether it is to be told at all
 */
gboolean
cm_rule_thresholds_look (const CmRuleThresholds *self,
                         gint64                  since,
                         gint64                  now,
                         CmLevel                *level,
                         gint64                 *due)
{
  gboolean notice = self->notice != CM_RULE_OFF && now >= since + self->notice;
  gboolean warning = self->warning != CM_RULE_OFF && now >= since + self->warning;

  *level = warning ? CM_LEVEL_WARNING : CM_LEVEL_NOTICE;
  *due = CM_TIME_NONE;
  if (!notice && self->notice != CM_RULE_OFF)
    *due = since + self->notice;
  if (!warning && self->warning != CM_RULE_OFF)
    *due = cm_time_earliest (*due, since + self->warning);

  return notice || warning;
}
