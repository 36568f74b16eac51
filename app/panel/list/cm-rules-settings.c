/* cm-rules-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-rules-settings.h"

#include <string.h>

#define PREFIX "rule-"

static gint64
from_seconds (int seconds)
{
  return seconds < 0 ? CM_RULE_OFF : seconds * G_GINT64_CONSTANT (1000);
}

/* What the user has not chosen is for the tracker to say. */
static void
changed_cb (CmWatch    *watch,
            const char *key,
            GSettings  *settings)
{
  g_autoptr (GVariant) chosen = NULL;
  CmRuleThresholds thresholds;
  CmRule rule;
  int notice, warning;

  if (!g_str_has_prefix (key, PREFIX) || !cm_rule_from_name (key + strlen (PREFIX), &rule))
    return;

  chosen = g_settings_get_user_value (settings, key);
  g_settings_get (settings, key, "(ii)", &notice, &warning);
  thresholds.notice = from_seconds (notice);
  thresholds.warning = from_seconds (warning);
  cm_watch_set_rule (watch, rule, chosen != NULL ? &thresholds : NULL);
}

/**
 * cm_rules_settings_bind:
 * @settings: the user's settings
 * @watch: what follows them at once, as long as both are there
 */
void
cm_rules_settings_bind (GSettings *settings,
                        CmWatch   *watch)
{
  g_signal_connect_object (settings, "changed", G_CALLBACK (changed_cb), watch, G_CONNECT_SWAPPED);

  for (guint i = 0; i < CM_N_RULES; i++)
    {
      g_autofree char *key = g_strconcat (PREFIX, cm_rule_get_name ((CmRule) i), NULL);

      changed_cb (watch, key, settings);
    }
}
