/* test-viewer-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-order.h"
#include "support/cm-test-rule.h"
#include "watch/cm-viewer-list.h"

/* A tracker, and somebody elsewhere who looks at what it tells. */
typedef struct
{
  const CmTestRule *rule;
  CmRule            number;
  CmTestDesk       *desk;
  CmViewerList      viewer;
  CmCallOrder      *order;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->rule = data;
  fixture->desk = cm_test_rule_desk_new (data);
  cm_viewer_list_init (&fixture->viewer);
  fixture->order = cm_call_order_new ();
  cm_call_order_set_model (fixture->order, fixture->viewer.list);
  g_assert_true (cm_rule_from_name (fixture->rule->rule, &fixture->number));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->order);
  cm_viewer_list_clear (&fixture->viewer);
  cm_test_desk_free (fixture->desk);
}

/* The tracker tells what it knows, and the viewer's clock is that time. */
static void
tell (Fixture *fixture,
      gint64   now)
{
  const CmDocument *document = cm_test_rule_get_document (fixture->desk);

  cm_viewer_list_set_now (&fixture->viewer, now);
  cm_viewer_list_update (&fixture->viewer, cm_document_copy (document));
  cm_conversation_list_commit (fixture->viewer.list);
  cm_call_order_flush (fixture->order);
}

static void
go_to (Fixture *fixture,
       gint64   now)
{
  cm_test_rule_advance (fixture->desk, now);
  tell (fixture, now);
}

static gint64
begin (Fixture *fixture)
{
  gint64 since = cm_test_rule_play (fixture->desk, fixture->rule->script);

  go_to (fixture, since + fixture->rule->notice);

  return since;
}

/* Returns: (nullable): what the viewer sees of the rule */
static const CmAttention *
find (Fixture *fixture)
{
  const char *id = cm_test_rule_get_document (fixture->desk)->id;
  CmConversation *conversation = cm_conversation_list_lookup (fixture->viewer.list, id);
  const CmDocument *document = cm_conversation_get_document (conversation);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      if (g_str_equal (attention->rule, fixture->rule->rule))
        return attention;
    }

  return NULL;
}

static void
snooze (Fixture *fixture,
        gboolean everywhere,
        gint64   until)
{
  const char *id = cm_test_rule_get_document (fixture->desk)->id;

  cm_viewer_rules_snooze (fixture->viewer.rules, everywhere ? NULL : id, fixture->number,
                          fixture->viewer.now, until);
  cm_viewer_list_look (&fixture->viewer);
}

/* Time alone wakes it, and what colleagues see of it has not changed. */
static void
sleep_and_wake (Fixture *fixture,
                gboolean everywhere)
{
  gint64 now = begin (fixture) + fixture->rule->notice;

  g_assert_nonnull (find (fixture));
  snooze (fixture, everywhere, now + SECONDS (900));
  g_assert_null (find (fixture));
  g_assert_nonnull (cm_test_rule_find (fixture->desk, fixture->rule->rule));
  g_assert_cmpint (cm_viewer_rules_get_snoozed (fixture->viewer.rules, NULL, fixture->number, now), ==,
                   everywhere ? now + SECONDS (900) : CM_TIME_NONE);

  /* It sleeps through all that the tracker tells, also through a new snapshot of it. */
  go_to (fixture, now + SECONDS (899));
  g_assert_null (find (fixture));
  cm_viewer_list_set_now (&fixture->viewer, now + SECONDS (900) - 1);
  g_assert_null (find (fixture));
  cm_viewer_list_set_now (&fixture->viewer, now + SECONDS (900));
  g_assert_nonnull (find (fixture));

  snooze (fixture, everywhere, now + SECONDS (9000));
  g_assert_null (find (fixture));
  snooze (fixture, everywhere, CM_TIME_NONE);
  g_assert_nonnull (find (fixture));
  g_assert_cmpint (cm_viewer_rules_get_snoozed (fixture->viewer.rules, NULL, fixture->number, now), ==, CM_TIME_NONE);
}

static void
test_snooze (Fixture       *fixture,
             gconstpointer  data)
{
  sleep_and_wake (fixture, FALSE);
}

static void
test_snooze_everywhere (Fixture       *fixture,
                        gconstpointer  data)
{
  sleep_and_wake (fixture, TRUE);
}

/* Of the past it shows what was quiet then. */
static void
test_snooze_in_the_past (Fixture       *fixture,
                         gconstpointer  data)
{
  gint64 now = begin (fixture) + fixture->rule->notice;

  go_to (fixture, now + SECONDS (10));
  snooze (fixture, FALSE, now + SECONDS (900));
  g_assert_null (find (fixture));
  cm_viewer_list_set_now (&fixture->viewer, now + SECONDS (9));
  g_assert_nonnull (find (fixture));
  cm_viewer_list_set_now (&fixture->viewer, now + SECONDS (11));
  g_assert_null (find (fixture));
}

static void
set_own (Fixture *fixture,
         gint64   notice,
         gint64   warning)
{
  const CmRuleThresholds own = { notice, warning };

  cm_viewer_rules_set (fixture->viewer.rules, fixture->number, &own);
  cm_viewer_list_look (&fixture->viewer);
}

static void
test_off (Fixture       *fixture,
          gconstpointer  data)
{
  gint64 since;

  set_own (fixture, CM_RULE_OFF, CM_RULE_OFF);
  since = begin (fixture);
  g_assert_null (find (fixture));
  go_to (fixture, since + SECONDS (36000));
  g_assert_null (find (fixture));

  cm_viewer_rules_set (fixture->viewer.rules, fixture->number, NULL);
  cm_viewer_list_look (&fixture->viewer);
  g_assert_nonnull (find (fixture));
}

/* A viewer who wants to be told later is, exactly then. */
static void
test_own_thresholds (Fixture       *fixture,
                     gconstpointer  data)
{
  gint64 notice = fixture->rule->notice + SECONDS (100), warning = notice + SECONDS (100);
  gint64 since;

  set_own (fixture, notice, warning);
  since = begin (fixture);
  g_assert_null (find (fixture));
  go_to (fixture, since + notice - SECONDS (1));
  cm_viewer_list_set_now (&fixture->viewer, since + notice - 1);
  g_assert_null (find (fixture));
  cm_viewer_list_set_now (&fixture->viewer, since + notice);
  g_assert_cmpint (find (fixture)->level, ==, CM_LEVEL_NOTICE);
  g_assert_cmpint (find (fixture)->since, ==, since);

  cm_viewer_list_set_now (&fixture->viewer, since + warning - 1);
  g_assert_cmpint (find (fixture)->level, ==, CM_LEVEL_NOTICE);
  cm_viewer_list_set_now (&fixture->viewer, since + warning);
  g_assert_cmpint (find (fixture)->level, ==, CM_LEVEL_WARNING);
}

static void
expect_counts (Fixture *fixture,
               guint    n_items,
               guint    n_attention,
               guint    n_hidden)
{
  guint items, attention, hidden;

  cm_call_order_flush (fixture->order);
  g_object_get (fixture->order, "n-items", &items, "n-attention", &attention,
                "n-hidden-attention", &hidden, NULL);
  g_assert_cmpuint (items, ==, n_items);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->order)), ==, n_items);
  g_assert_cmpuint (attention, ==, n_attention);
  g_assert_cmpuint (hidden, ==, n_hidden);
}

/* What the search or the filter hides is counted as hidden from the moment it begins,
 * and until it clears; the count in the header is what the list has. */
static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 over;

  cm_call_order_set_search (fixture->order, "nothing has this");
  begin (fixture);
  expect_counts (fixture, 0, 0, 1);
  cm_call_order_set_search (fixture->order, "");
  expect_counts (fixture, 1, 1, 0);
  cm_call_order_set_filter (fixture->order, &(CmCallFilter) { .source = (char *) "b", .phase = CM_PHASE_ANY });
  expect_counts (fixture, 0, 0, 1);

  over = cm_test_rule_play (fixture->desk, fixture->rule->way_out);
  go_to (fixture, over + CM_RULE_CLEARS_AFTER - 1);
  g_assert_nonnull (find (fixture));
  expect_counts (fixture, 0, 0, 1);
  go_to (fixture, over + CM_RULE_CLEARS_AFTER);
  g_assert_null (find (fixture));
  expect_counts (fixture, 0, 0, cm_test_rule_get_document (fixture->desk)->attention->len > 0);
}

/* Only what needs attention is shown: what sleeps is not, and is not counted either. */
static void
test_hidden_by_attention (Fixture       *fixture,
                          gconstpointer  data)
{
  cm_call_order_set_filter (fixture->order, &(CmCallFilter) { .attention = TRUE, .phase = CM_PHASE_ANY });
  begin (fixture);
  expect_counts (fixture, 1, 1, 0);
  for (guint i = 0; i < CM_N_RULES; i++)
    cm_viewer_rules_snooze (fixture->viewer.rules, NULL, (CmRule) i, fixture->viewer.now, G_MAXINT64);
  cm_viewer_list_look (&fixture->viewer);
  expect_counts (fixture, 0, 0, 0);
}

/* A call that goes on under another id sleeps on. */
static void
test_renamed (void)
{
  g_autoptr(CmViewerRules) rules = cm_viewer_rules_new ();

  cm_viewer_rules_snooze (rules, "a#1", CM_RULE_ON_HOLD, 1000, 2000);
  cm_viewer_rules_rename (rules, "a#1", "conf:x");
  g_assert_cmpint (cm_viewer_rules_get_snoozed (rules, "conf:x", CM_RULE_ON_HOLD, 1500), ==, 2000);
  g_assert_cmpint (cm_viewer_rules_get_snoozed (rules, "a#1", CM_RULE_ON_HOLD, 1500), ==, CM_TIME_NONE);
}

static CmDocument *
document_new (void)
{
  CmDocument *document = cm_document_new ("a#1");
  const struct
  {
    const char *rule;
    CmLevel     level;
  } rules[] = {
    { "flapping", CM_LEVEL_WARNING },
    { "from-a-later-version", CM_LEVEL_NOTICE },
    { "on-hold", CM_LEVEL_NOTICE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      CmAttention *attention = cm_document_add_attention (document);

      attention->rule = g_ref_string_new (rules[i].rule);
      attention->level = rules[i].level;
      attention->since = 0;
    }

  return document;
}

static void
expect_rules (const CmDocument *document,
              const char       *expected)
{
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      g_string_append_printf (found, "%s%s ", attention->rule, attention->level == CM_LEVEL_WARNING ? "!" : "");
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* Shorter spans of flapping count, what is not known stays, and what is worse is first. */
static void
test_order_and_flapping (void)
{
  const CmRuleThresholds spans = { SECONDS (200), SECONDS (100) }, hold = { SECONDS (1), SECONDS (2) };
  g_autoptr(CmViewerRules) rules = cm_viewer_rules_new ();
  g_autoptr(CmDocument) before = document_new (), later = document_new (), after = document_new ();

  cm_viewer_rules_set (rules, CM_RULE_FLAPPING, &spans);
  cm_viewer_rules_set (rules, CM_RULE_ON_HOLD, &hold);
  g_assert_cmpint (cm_viewer_rules_apply (rules, before, SECONDS (100)), ==, SECONDS (100) + 1);
  expect_rules (before, "flapping! on-hold! from-a-later-version ");
  g_assert_cmpint (cm_viewer_rules_apply (rules, later, SECONDS (100) + 1), ==, SECONDS (200) + 1);
  expect_rules (later, "on-hold! flapping from-a-later-version ");
  g_assert_cmpint (cm_viewer_rules_apply (rules, after, SECONDS (200) + 1), ==, CM_TIME_NONE);
  expect_rules (after, "on-hold! from-a-later-version ");
}

static void
add_rule_tests (const char *name,
                void (* func) (Fixture *, gconstpointer))
{
  for (const CmTestRule *rule = cm_test_rules; rule->rule != NULL; rule++)
    {
      g_autofree char *path = g_strdup_printf ("/viewer-rules/%s/%d-%s", name, (int) (rule - cm_test_rules), rule->rule);

      g_test_add (path, Fixture, rule, set_up, func, tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_rule_tests ("snooze", test_snooze);
  add_rule_tests ("snooze-everywhere", test_snooze_everywhere);
  add_rule_tests ("snooze-in-the-past", test_snooze_in_the_past);
  add_rule_tests ("off", test_off);
  add_rule_tests ("own-thresholds", test_own_thresholds);
  add_rule_tests ("hidden", test_hidden);
  add_rule_tests ("hidden-by-attention", test_hidden_by_attention);
  g_test_add_func ("/viewer-rules/renamed", test_renamed);
  g_test_add_func ("/viewer-rules/order-and-flapping", test_order_and_flapping);

  return g_test_run ();
}
