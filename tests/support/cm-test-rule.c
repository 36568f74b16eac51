/* cm-test-rule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-rule.h"

#define NEVER CM_TEST_RULE_NEVER

const CmTestRule cm_test_rules[] = {
  { "source-silent", IN_CALL "a status Lost", SECONDS (5), SECONDS (15), "a status Connected" },
  { "escalation-stuck", IN_CALL "a/1 E 2", SECONDS (10), SECONDS (30), "a/1 E 7" },
  { "escalation-failed", IN_CALL "a/1 E 2; a/1 E 8", 0, NEVER, "a/1 E 2" },
  { "lobby-wait", "a/1 added; a/1 av Connecting; a/1 E 3", SECONDS (60), SECONDS (120), "a/1 E 4" },
  { "lobby-wait", IN_CONFERENCE "a/1 in cyd isInLobby=true", SECONDS (60), SECONDS (120),
    "a/1 who cyd IsInLobby false", "a/1 out cyd" },
  { "alone", IN_CONFERENCE "a/1 out bob", SECONDS (120), SECONDS (600), "a/1 in bob",
    "a/1 out ann" },
  { "no-presenter", IN_CONFERENCE "a/1 who bob IsPresenter true; a/1 who bob IsPresenter false",
    SECONDS (60), SECONDS (180), "a/1 who bob IsPresenter true", "a/1 out bob; a/1 out ann" },
  { "on-hold", IN_CALL "a/1 av OnHold", SECONDS (120), SECONDS (300), "a/1 av Connected" },
  { "ringing", "a/1 added; a/1 av Notified", SECONDS (30), SECONDS (60), "a/1 av Connecting" },
  { "left-not-rejoined", IN_CONFERENCE "a/1 av Disconnected", SECONDS (60), NEVER, "a/1 av Connecting",
    "a/1 out bob" },
  { "unconfirmed", "a/1 added #1; a/1 av Connected #3", SECONDS (10), SECONDS (60), "a/1 in bob #2" },
  { "long-call", "a/1 added; a/1 av Connecting", SECONDS (3600), SECONDS (7200), "a/1 av Disconnected" },
  { NULL }
};

CmTestDesk *
cm_test_rule_desk_new (const CmTestRule *rule)
{
  const CmRuleThresholds thresholds = { rule->notice, rule->warning };
  CmTestDesk *desk = cm_test_desk_new ();
  CmRule number;

  /* One rule of the table is off where nobody asks for it; the others are as they come. */
  g_assert_true (cm_rule_from_name (rule->rule, &number));
  if (number == CM_RULE_LONG_CALL)
    cm_tracker_set_rule (desk->tracker, number, &thresholds);

  return desk;
}

const CmDocument *
cm_test_rule_get_document (CmTestDesk *desk)
{
  GHashTableIter iter;
  gpointer document;

  g_assert_cmpuint (g_hash_table_size (desk->documents), ==, 1);
  g_hash_table_iter_init (&iter, desk->documents);
  g_hash_table_iter_next (&iter, NULL, &document);

  return document;
}

const CmAttention *
cm_test_rule_find (CmTestDesk *desk,
                   const char *rule)
{
  const CmDocument *document = cm_test_rule_get_document (desk);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      if (g_str_equal (attention->rule, rule))
        return attention;
    }

  return NULL;
}

void
cm_test_rule_advance (CmTestDesk *desk,
                      gint64      now)
{
  cm_tracker_advance (desk->tracker, now);
  cm_test_desk_flush (desk);
  desk->now = MAX (desk->now, now);
}

void
cm_test_rule_expect (CmTestDesk *desk,
                     const char *rule,
                     CmLevel     level,
                     gint64      since)
{
  const CmAttention *attention = cm_test_rule_find (desk, rule);

  g_assert_nonnull (attention);
  g_assert_cmpint (attention->level, ==, level);
  g_assert_cmpint (attention->since, ==, since);
}

/* Plays the script; returns the time of its last event. */
gint64
cm_test_rule_play (CmTestDesk *desk,
                   const char *script)
{
  cm_test_desk_play (desk, script);

  return desk->now - 1000;
}
