/* test-flapping.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-rule.h"

static void
test_flapping (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 first = cm_test_rule_play (desk, IN_CONFERENCE "a/1 in cyd; a/1 out cyd");
  gint64 third;

  cm_test_rule_play (desk, "a/1 in cyd; a/1 out cyd; a/1 in cyd");
  g_assert_null (cm_test_rule_find (desk, "flapping"));
  third = cm_test_rule_play (desk, "a/1 out cyd");
  cm_test_rule_expect (desk, "flapping", CM_LEVEL_NOTICE, first);

  cm_test_rule_play (desk, "a/1 in cyd; a/1 out cyd; a/1 in cyd; a/1 out cyd");
  cm_test_rule_expect (desk, "flapping", CM_LEVEL_WARNING, first);

  cm_test_rule_advance (desk, first + SECONDS (600) + 1);
  g_assert_cmpint (third, >, first);
  cm_test_rule_advance (desk, first + SECONDS (600) + CM_RULE_CLEARS_AFTER);
  g_assert_nonnull (cm_test_rule_find (desk, "flapping"));
  cm_test_rule_advance (desk, first + SECONDS (600) + 1 + CM_RULE_CLEARS_AFTER);
  g_assert_null (cm_test_rule_find (desk, "flapping"));
}

/* Three times in and out; returns the time of the first going. */
static gint64
flap (CmTestDesk *desk)
{
  gint64 first = cm_test_rule_play (desk, IN_CONFERENCE "a/1 in cyd; a/1 out cyd");

  cm_test_rule_play (desk, "a/1 in cyd; a/1 out cyd; a/1 in cyd; a/1 out cyd");
  cm_test_rule_expect (desk, "flapping", CM_LEVEL_NOTICE, first);

  return first;
}

/* Each comes and goes by themselves: three that went once are no flapping. */
static void
test_flapping_of_several (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();

  cm_test_rule_play (desk, IN_CONFERENCE "a/1 in cyd; a/1 out cyd; a/1 in dan; a/1 out dan; a/1 in eva; a/1 out eva");
  g_assert_null (cm_test_rule_find (desk, "flapping"));
}

static void
test_flapping_clears (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 first = flap (desk);

  cm_test_rule_advance (desk, first + SECONDS (300));
  g_assert_nonnull (cm_test_rule_find (desk, "flapping"));
  cm_test_rule_advance (desk, first + SECONDS (300) + 1);
  cm_test_rule_advance (desk, first + SECONDS (300) + CM_RULE_CLEARS_AFTER);
  g_assert_nonnull (cm_test_rule_find (desk, "flapping"));
  cm_test_rule_advance (desk, first + SECONDS (300) + 1 + CM_RULE_CLEARS_AFTER);
  g_assert_null (cm_test_rule_find (desk, "flapping"));
}

/* Of a source that is not heard nobody knows who comes and goes. */
static void
test_flapping_source_lost (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 lost, back;

  flap (desk);
  lost = cm_test_rule_play (desk, "a status Lost");
  g_assert_nonnull (cm_test_rule_find (desk, "flapping"));
  cm_test_rule_advance (desk, lost + CM_RULE_CLEARS_AFTER);
  g_assert_null (cm_test_rule_find (desk, "flapping"));
  cm_test_rule_expect (desk, "source-silent", CM_LEVEL_NOTICE, lost);

  back = cm_test_rule_play (desk, "a status Connected");
  cm_test_rule_advance (desk, back + CM_RULE_CLEARS_AFTER);
  g_assert_nonnull (cm_test_rule_find (desk, "flapping"));
  g_assert_null (cm_test_rule_find (desk, "source-silent"));
}

/* What is worse stands first. */
static void
test_flapping_order (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();

  flap (desk);
  cm_test_rule_play (desk, "a/1 in cyd; a/1 out cyd; a/1 in cyd; a/1 out cyd; a/1 E 2; a/1 E 8");
  g_assert_cmpstr (((CmAttention *) g_ptr_array_index (cm_test_rule_get_document (desk)->attention, 0))->rule, ==,
                   "flapping");
  g_assert_nonnull (cm_test_rule_find (desk, "escalation-failed"));
}

static void
test_flapping_ends (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();

  flap (desk);
  cm_test_rule_play (desk, "a/1 removed");
  g_assert_cmpuint (cm_test_rule_get_document (desk)->attention->len, ==, 0);
}

static void
test_flapping_off (void)
{
  const CmRuleThresholds off = { CM_RULE_OFF, CM_RULE_OFF };
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 first = flap (desk);

  cm_tracker_set_rule (desk->tracker, CM_RULE_FLAPPING, &off);
  cm_test_rule_advance (desk, first + SECONDS (10));
  g_assert_null (cm_test_rule_find (desk, "flapping"));
  cm_tracker_set_rule (desk->tracker, CM_RULE_FLAPPING, NULL);
  cm_test_rule_advance (desk, first + SECONDS (11));
  g_assert_nonnull (cm_test_rule_find (desk, "flapping"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/flapping/levels", test_flapping);
  g_test_add_func ("/flapping/of-several", test_flapping_of_several);
  g_test_add_func ("/flapping/clears", test_flapping_clears);
  g_test_add_func ("/flapping/ends", test_flapping_ends);
  g_test_add_func ("/flapping/source-lost", test_flapping_source_lost);
  g_test_add_func ("/flapping/worst-first", test_flapping_order);
  g_test_add_func ("/flapping/off", test_flapping_off);

  return g_test_run ();
}
