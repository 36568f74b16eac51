/* cm-watch-attention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-private.h"

#include "core/cm-time.h"

/**
 * cm_watch_set_rule:
 * @self: a watch
 * @rule: an attention rule
 * @thresholds: (nullable): when the viewer wants to be told, from now on; %NULL leaves
 *   it to the tracker
 *
 * Where the tracker is elsewhere it tells others too, and goes on to do that as before.
 */
void
cm_watch_set_rule (CmWatch                *self,
                   CmRule                  rule,
                   const CmRuleThresholds *thresholds)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  g_return_if_fail (CM_IS_WATCH (self));
  g_return_if_fail (rule < CM_N_RULES);

  cm_viewer_rules_set (priv->viewer.rules, rule, thresholds);
  if (CM_WATCH_GET_CLASS (self)->set_rule != NULL)
    CM_WATCH_GET_CLASS (self)->set_rule (self, rule, thresholds);
  cm_viewer_list_look (&priv->viewer);
}

/* Returns: (transfer none): when the viewer is told of @rule, as far as is known */
const CmRuleThresholds *
cm_watch_get_rule (CmWatch *self,
                   CmRule   rule)
{
  return cm_viewer_rules_get (cm_watch_get_private (self)->viewer.rules, rule);
}

/**
 * cm_watch_snooze:
 * @self: a watch
 * @id: (nullable): a conversation's id; %NULL for all there are and will be
 * @rule: the rule that is to be quiet there
 * @until: ms UTC, or %CM_TIME_NONE to wake it
 *
 * Quiet for this viewer alone: others of the same tracker see it as before.
 */
void
cm_watch_snooze (CmWatch    *self,
                 const char *id,
                 CmRule      rule,
                 gint64      until)
{
  CmWatchPrivate *priv = cm_watch_get_private (self);

  g_return_if_fail (CM_IS_WATCH (self));
  g_return_if_fail (rule < CM_N_RULES);

  cm_viewer_rules_snooze (priv->viewer.rules, id, rule, cm_watch_get_now (self), until);
  cm_viewer_list_look (&priv->viewer);
}

/**
 * cm_watch_get_snoozed:
 * @self: a watch
 * @id: (nullable): a conversation's id; %NULL for what is quiet everywhere
 * @rule: a rule
 *
 * Returns: until when it is quiet there, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_watch_get_snoozed (CmWatch    *self,
                      const char *id,
                      CmRule      rule)
{
  g_return_val_if_fail (CM_IS_WATCH (self), CM_TIME_NONE);

  return cm_viewer_rules_get_snoozed (cm_watch_get_private (self)->viewer.rules, id, rule,
                                      cm_watch_get_now (self));
}
