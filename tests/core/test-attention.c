/* test-attention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#define SECONDS(n) ((n) * G_GINT64_CONSTANT (1000))
#define NEVER (-1)

#define IN_CALL "a/1 added; a/1 in ann isSelf=true; a/1 in bob; a/1 av Connecting; a/1 av Connected; a/1 av Connected bob; "
#define IN_CONFERENCE IN_CALL "a/1 uri ann f1; "

/**
 * RuleCase:
 * @script: what brings the rule's state about with its last event
 * @notice: ms until the notice
 * @warning: ms until the warning
 * @way_out: one event after which the state is over
 */
typedef struct
{
  const char *rule;
  const char *script;
  gint64      notice;
  gint64      warning;
  const char *way_out;
} RuleCase;

static const RuleCase rules[] = {
  { "source-silent", IN_CALL "a status Lost", SECONDS (5), SECONDS (15), "a status Connected" },
  { "escalation-stuck", IN_CALL "a/1 E 2", SECONDS (10), SECONDS (30), "a/1 E 7" },
  { "escalation-failed", IN_CALL "a/1 E 2; a/1 E 8", 0, NEVER, "a/1 E 2" },
  { "lobby-wait", "a/1 added; a/1 av Connecting; a/1 E 3", SECONDS (60), SECONDS (120), "a/1 E 4" },
  { "lobby-wait", IN_CONFERENCE "a/1 in cyd isInLobby=true", SECONDS (60), SECONDS (120),
    "a/1 who cyd IsInLobby false" },
  { "alone", IN_CONFERENCE "a/1 out bob", SECONDS (120), SECONDS (600), "a/1 in bob" },
  { "no-presenter", IN_CONFERENCE "a/1 who bob IsPresenter true; a/1 who bob IsPresenter false",
    SECONDS (60), SECONDS (180), "a/1 who bob IsPresenter true" },
  { "on-hold", IN_CALL "a/1 av OnHold", SECONDS (120), SECONDS (300), "a/1 av Connected" },
  { "ringing", "a/1 added; a/1 av Notified", SECONDS (30), SECONDS (60), "a/1 av Connecting" },
  { "left-not-rejoined", IN_CONFERENCE "a/1 av Disconnected", SECONDS (60), NEVER, "a/1 av Connecting" },
  { "unconfirmed", "a/1 added #1; a/1 av Connected #3", SECONDS (10), SECONDS (60), "a/1 in bob #2" },
};

static const CmDocument *
get_document (CmTestDesk *desk)
{
  GHashTableIter iter;
  gpointer document;

  g_assert_cmpuint (g_hash_table_size (desk->documents), ==, 1);
  g_hash_table_iter_init (&iter, desk->documents);
  g_hash_table_iter_next (&iter, NULL, &document);

  return document;
}

static const CmAttention *
find (CmTestDesk *desk,
      const char *rule)
{
  const CmDocument *document = get_document (desk);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      if (g_str_equal (attention->rule, rule))
        return attention;
    }

  return NULL;
}

static void
advance (CmTestDesk *desk,
         gint64      now)
{
  cm_tracker_advance (desk->tracker, now);
  cm_test_desk_flush (desk);
  desk->now = MAX (desk->now, now);
}

static void
expect_level (CmTestDesk *desk,
              const char *rule,
              CmLevel     level,
              gint64      since)
{
  const CmAttention *attention = find (desk, rule);

  g_assert_nonnull (attention);
  g_assert_cmpint (attention->level, ==, level);
  g_assert_cmpint (attention->since, ==, since);
}

/* Plays the script; returns the time of its last event. */
static gint64
play (CmTestDesk *desk,
      const char *script)
{
  cm_test_desk_play (desk, script);

  return desk->now - 1000;
}

static void
test_thresholds (gconstpointer data)
{
  const RuleCase *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, rule->script);

  if (rule->notice > 0)
    {
      advance (desk, since + rule->notice - 1);
      g_assert_null (find (desk, rule->rule));
    }

  advance (desk, since + rule->notice);
  expect_level (desk, rule->rule, CM_LEVEL_NOTICE, since);

  if (rule->warning == NEVER)
    {
      advance (desk, since + SECONDS (3600));
      expect_level (desk, rule->rule, CM_LEVEL_NOTICE, since);
      return;
    }

  advance (desk, since + rule->warning - 1);
  expect_level (desk, rule->rule, CM_LEVEL_NOTICE, since);
  advance (desk, since + rule->warning);
  expect_level (desk, rule->rule, CM_LEVEL_WARNING, since);
  cm_test_desk_check (desk);
}

static void
test_clears (gconstpointer data)
{
  const RuleCase *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, rule->script);
  gint64 over;

  advance (desk, since + rule->notice);
  over = play (desk, rule->way_out);
  g_assert_nonnull (find (desk, rule->rule));
  advance (desk, over + CM_RULE_CLEARS_AFTER - 1);
  g_assert_nonnull (find (desk, rule->rule));
  advance (desk, over + CM_RULE_CLEARS_AFTER);
  g_assert_null (find (desk, rule->rule));
  cm_test_desk_check (desk);
}

/* What is over needs nobody, at once. */
static void
test_ends (gconstpointer data)
{
  const RuleCase *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, rule->script);

  advance (desk, since + rule->notice);
  g_assert_nonnull (find (desk, rule->rule));
  play (desk, "a/1 removed");
  g_assert_cmpuint (get_document (desk)->attention->len, ==, 0);
  advance (desk, since + SECONDS (36000));
  g_assert_cmpuint (get_document (desk)->attention->len, ==, 0);
  cm_test_desk_check (desk);
}

static void
test_off (gconstpointer data)
{
  const RuleCase *rule = data;
  const CmRuleThresholds off = { CM_RULE_OFF, CM_RULE_OFF };
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since;
  CmRule number;

  g_assert_true (cm_rule_from_name (rule->rule, &number));
  cm_tracker_set_rule (desk->tracker, number, &off);
  since = play (desk, rule->script);
  advance (desk, since + SECONDS (36000));
  g_assert_null (find (desk, rule->rule));

  cm_tracker_set_rule (desk->tracker, number, NULL);
  advance (desk, since + SECONDS (36001));
  g_assert_nonnull (find (desk, rule->rule));
}

static void
test_snooze (gconstpointer data)
{
  const RuleCase *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, rule->script);
  gint64 until = since + rule->notice + SECONDS (900);
  CmRule number;

  g_assert_true (cm_rule_from_name (rule->rule, &number));
  advance (desk, since + rule->notice);
  g_assert_nonnull (find (desk, rule->rule));

  cm_tracker_snooze (desk->tracker, get_document (desk)->id, number, until);
  advance (desk, until - 1);
  g_assert_null (find (desk, rule->rule));
  advance (desk, until);
  g_assert_nonnull (find (desk, rule->rule));
}

/* Away for less than the time to clear is not away. */
static void
test_blink (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, IN_CONFERENCE "a/1 out bob");

  advance (desk, since + SECONDS (120));
  expect_level (desk, "alone", CM_LEVEL_NOTICE, since);
  play (desk, "a/1 in bob; a/1 out bob");
  expect_level (desk, "alone", CM_LEVEL_NOTICE, since);
  advance (desk, since + SECONDS (600));
  expect_level (desk, "alone", CM_LEVEL_WARNING, since);
}

/* What has not lasted begins anew. */
static void
test_begins_anew (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, IN_CONFERENCE "a/1 out bob");
  gint64 again;

  advance (desk, since + SECONDS (119));
  again = play (desk, "a/1 in bob; a/1 out bob");
  advance (desk, since + SECONDS (120));
  g_assert_null (find (desk, "alone"));
  advance (desk, again + SECONDS (120));
  expect_level (desk, "alone", CM_LEVEL_NOTICE, again);
}

/* Each step of an escalation has its own time. */
static void
test_next_step (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, IN_CALL "a/1 E 2");

  advance (desk, since + SECONDS (9));
  since = play (desk, "a/1 E 4");
  advance (desk, since + SECONDS (10) - 1);
  g_assert_null (find (desk, "escalation-stuck"));
  advance (desk, since + SECONDS (10));
  expect_level (desk, "escalation-stuck", CM_LEVEL_NOTICE, since);
}

/* A hold that is part of an escalation is nobody's. */
static void
test_hold_of_escalation (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, IN_CALL "a/1 E 2; a/1 av OnHold");

  advance (desk, since + SECONDS (3600));
  g_assert_null (find (desk, "on-hold"));
  g_assert_nonnull (find (desk, "escalation-stuck"));
}

static void
test_fall_back (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, IN_CALL "a/1 E 2; a/1 E 8");

  cm_test_desk_expect (desk, "a#1", "phase=in-call leg:a#1:banner=escalation-failed");
  expect_level (desk, "escalation-failed", CM_LEVEL_NOTICE, since);
}

static void
test_nobody_left_to_rejoin (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = play (desk, IN_CONFERENCE "a/1 av Disconnected; a/1 out bob");

  advance (desk, since + SECONDS (3600));
  g_assert_null (find (desk, "left-not-rejoined"));
}

static void
test_flapping (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 first = play (desk, IN_CONFERENCE "a/1 in cyd; a/1 out cyd");
  gint64 third;

  play (desk, "a/1 in cyd; a/1 out cyd; a/1 in cyd");
  g_assert_null (find (desk, "flapping"));
  third = play (desk, "a/1 out cyd");
  expect_level (desk, "flapping", CM_LEVEL_NOTICE, first);

  play (desk, "a/1 in cyd; a/1 out cyd; a/1 in cyd; a/1 out cyd");
  expect_level (desk, "flapping", CM_LEVEL_WARNING, first);

  advance (desk, first + SECONDS (600) + 1);
  g_assert_cmpint (third, >, first);
  g_assert_null (find (desk, "flapping"));
}

static void
test_long_call (void)
{
  const CmRuleThresholds hour = { SECONDS (3600), CM_RULE_OFF };
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since;

  cm_test_desk_play (desk, "a/1 added");
  since = play (desk, "a/1 av Connecting");
  play (desk, "a/1 av Connected");
  advance (desk, since + SECONDS (36000));
  g_assert_null (find (desk, "long-call"));

  cm_tracker_set_rule (desk->tracker, CM_RULE_LONG_CALL, &hour);
  advance (desk, since + SECONDS (36001));
  expect_level (desk, "long-call", CM_LEVEL_NOTICE, since);
}

static void
add_rule_tests (const char    *name,
                GTestDataFunc  func)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *path = g_strdup_printf ("/attention/%s/%u-%s", name, i, rules[i].rule);

      g_test_add_data_func (path, &rules[i], func);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_rule_tests ("thresholds", test_thresholds);
  add_rule_tests ("clears", test_clears);
  add_rule_tests ("ends-with-the-call", test_ends);
  add_rule_tests ("off", test_off);
  add_rule_tests ("snooze", test_snooze);
  g_test_add_func ("/attention/a-blink-does-not-clear", test_blink);
  g_test_add_func ("/attention/what-did-not-last-begins-anew", test_begins_anew);
  g_test_add_func ("/attention/next-step", test_next_step);
  g_test_add_func ("/attention/hold-of-escalation", test_hold_of_escalation);
  g_test_add_func ("/attention/fall-back", test_fall_back);
  g_test_add_func ("/attention/nobody-left-to-rejoin", test_nobody_left_to_rejoin);
  g_test_add_func ("/attention/flapping", test_flapping);
  g_test_add_func ("/attention/long-call", test_long_call);

  return g_test_run ();
}
