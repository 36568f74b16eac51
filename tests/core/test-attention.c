/* test-attention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-rule.h"

static void
test_thresholds (gconstpointer data)
{
  const CmTestRule *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_rule_desk_new (rule);
  gint64 since = cm_test_rule_play (desk, rule->script);

  if (rule->notice > 0)
    {
      cm_test_rule_advance (desk, since + rule->notice - 1);
      g_assert_null (cm_test_rule_find (desk, rule->rule));
    }

  cm_test_rule_advance (desk, since + rule->notice);
  cm_test_rule_expect (desk, rule->rule, CM_LEVEL_NOTICE, since);

  if (rule->warning == CM_TEST_RULE_NEVER)
    {
      cm_test_rule_advance (desk, since + SECONDS (3600));
      cm_test_rule_expect (desk, rule->rule, CM_LEVEL_NOTICE, since);
      return;
    }

  cm_test_rule_advance (desk, since + rule->warning - 1);
  cm_test_rule_expect (desk, rule->rule, CM_LEVEL_NOTICE, since);
  cm_test_rule_advance (desk, since + rule->warning);
  cm_test_rule_expect (desk, rule->rule, CM_LEVEL_WARNING, since);
  cm_test_desk_check (desk);
}

static void
test_clears (gconstpointer data)
{
  const CmTestRule *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_rule_desk_new (rule);
  gint64 since = cm_test_rule_play (desk, rule->script);
  gint64 over;

  cm_test_rule_advance (desk, since + rule->notice);
  over = cm_test_rule_play (desk, rule->way_out);
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  cm_test_rule_advance (desk, over + CM_RULE_CLEARS_AFTER - 1);
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  cm_test_rule_advance (desk, over + CM_RULE_CLEARS_AFTER);
  g_assert_null (cm_test_rule_find (desk, rule->rule));
  cm_test_desk_check (desk);
}

/* What is over needs nobody, at once. */
static void
test_ends (gconstpointer data)
{
  const CmTestRule *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_rule_desk_new (rule);
  gint64 since = cm_test_rule_play (desk, rule->script);

  cm_test_rule_advance (desk, since + rule->notice);
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  cm_test_rule_play (desk, "a/1 removed");
  g_assert_cmpuint (cm_test_rule_get_document (desk)->attention->len, ==, 0);
  cm_test_rule_advance (desk, since + SECONDS (36000));
  g_assert_cmpuint (cm_test_rule_get_document (desk)->attention->len, ==, 0);
  cm_test_desk_check (desk);
}

static void
test_person_left (gconstpointer data)
{
  const CmTestRule *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_rule_desk_new (rule);
  gint64 since = cm_test_rule_play (desk, rule->script);
  gint64 over;

  cm_test_rule_advance (desk, since + rule->notice);
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  over = cm_test_rule_play (desk, rule->left);
  cm_test_rule_advance (desk, over + CM_RULE_CLEARS_AFTER);
  g_assert_null (cm_test_rule_find (desk, rule->rule));
  cm_test_rule_advance (desk, over + SECONDS (36000));
  g_assert_null (cm_test_rule_find (desk, rule->rule));
}

/* Nobody knows whether it lasts: what is told from then on is the silence, and that
 * it goes on when the source is there again and says nothing else. */
static void
test_source_lost (gconstpointer data)
{
  const CmTestRule *rule = data;
  g_autoptr(CmTestDesk) desk = cm_test_rule_desk_new (rule);
  gint64 since = cm_test_rule_play (desk, rule->script);
  gint64 lost, back;

  cm_test_rule_advance (desk, since + rule->notice);
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  lost = cm_test_rule_play (desk, "a status Lost");
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  cm_test_rule_advance (desk, lost + CM_RULE_CLEARS_AFTER);
  g_assert_null (cm_test_rule_find (desk, rule->rule));
  cm_test_rule_expect (desk, "source-silent", CM_LEVEL_NOTICE, lost);
  cm_test_rule_advance (desk, lost + SECONDS (36000));
  g_assert_null (cm_test_rule_find (desk, rule->rule));
  g_assert_cmpuint (cm_test_rule_get_document (desk)->attention->len, ==, 1);

  back = cm_test_rule_play (desk, "a status Connected");
  cm_test_rule_advance (desk, back + MAX (rule->notice, CM_RULE_CLEARS_AFTER));
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
  g_assert_null (cm_test_rule_find (desk, "source-silent"));
  cm_test_desk_check (desk);
}

static void
test_off (gconstpointer data)
{
  const CmTestRule *rule = data;
  const CmRuleThresholds off = { CM_RULE_OFF, CM_RULE_OFF };
  const CmRuleThresholds on = { rule->notice, rule->warning };
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since;
  CmRule number;

  g_assert_true (cm_rule_from_name (rule->rule, &number));
  cm_tracker_set_rule (desk->tracker, number, &off);
  since = cm_test_rule_play (desk, rule->script);
  cm_test_rule_advance (desk, since + SECONDS (36000));
  g_assert_null (cm_test_rule_find (desk, rule->rule));

  cm_tracker_set_rule (desk->tracker, number, &on);
  cm_test_rule_advance (desk, since + SECONDS (36001));
  g_assert_nonnull (cm_test_rule_find (desk, rule->rule));
}

/* Away for less than the time to clear is not away. */
static void
test_blink (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CONFERENCE "a/1 out bob");

  cm_test_rule_advance (desk, since + SECONDS (120));
  cm_test_rule_expect (desk, "alone", CM_LEVEL_NOTICE, since);
  cm_test_rule_play (desk, "a/1 in bob; a/1 out bob");
  cm_test_rule_expect (desk, "alone", CM_LEVEL_NOTICE, since);
  cm_test_rule_advance (desk, since + SECONDS (600));
  cm_test_rule_expect (desk, "alone", CM_LEVEL_WARNING, since);
}

/* What has not lasted begins anew. */
static void
test_begins_anew (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CONFERENCE "a/1 out bob");
  gint64 again;

  cm_test_rule_advance (desk, since + SECONDS (119));
  again = cm_test_rule_play (desk, "a/1 in bob; a/1 out bob");
  cm_test_rule_advance (desk, since + SECONDS (120));
  g_assert_null (cm_test_rule_find (desk, "alone"));
  cm_test_rule_advance (desk, again + SECONDS (120));
  cm_test_rule_expect (desk, "alone", CM_LEVEL_NOTICE, again);
}

/* Each step of an escalation has its own time. */
static void
test_next_step (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CALL "a/1 E 2");

  cm_test_rule_advance (desk, since + SECONDS (9));
  since = cm_test_rule_play (desk, "a/1 E 4");
  cm_test_rule_advance (desk, since + SECONDS (10) - 1);
  g_assert_null (cm_test_rule_find (desk, "escalation-stuck"));
  cm_test_rule_advance (desk, since + SECONDS (10));
  cm_test_rule_expect (desk, "escalation-stuck", CM_LEVEL_NOTICE, since);
}

/* A hold that is part of an escalation is nobody's. */
static void
test_hold_of_escalation (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CALL "a/1 E 2; a/1 av OnHold");

  cm_test_rule_advance (desk, since + SECONDS (3600));
  g_assert_null (cm_test_rule_find (desk, "on-hold"));
  g_assert_nonnull (cm_test_rule_find (desk, "escalation-stuck"));
}

static void
test_fall_back (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CALL "a/1 E 2; a/1 E 8");

  cm_test_desk_expect (desk, "a#1", "phase=in-call leg:a#1:banner=escalation-failed");
  cm_test_rule_expect (desk, "escalation-failed", CM_LEVEL_NOTICE, since);
}

static void
test_nobody_left_to_rejoin (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CONFERENCE "a/1 av Disconnected; a/1 out bob");

  cm_test_rule_advance (desk, since + SECONDS (3600));
  g_assert_null (cm_test_rule_find (desk, "left-not-rejoined"));
}

/* A client need not tell of everybody's audio: who is in its roster has his role there. */
static void
test_presenter_of_unknown_audio (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, "a/1 added; a/1 in ann isSelf=true; a/1 who ann IsPresenter false; "
                                    "a/1 in bob; a/1 who bob IsPresenter true; a/1 av Connected; a/1 uri ann f1");

  cm_test_rule_advance (desk, since + SECONDS (3600));
  g_assert_null (cm_test_rule_find (desk, "no-presenter"));
  since = cm_test_rule_play (desk, "a/1 who bob IsPresenter false");
  cm_test_rule_advance (desk, since + SECONDS (60));
  cm_test_rule_expect (desk, "no-presenter", CM_LEVEL_NOTICE, since);
}

/* A station that lists only the others is in the call all the same. */
static void
test_unlisted_is_not_nobody (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since;

  cm_test_desk_line (desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"lync/ann@x.org\",\"event\":\"ConversationAdded\","
                     "\"conversation\":\"1\",\"conferencingUri\":\"sip:ann@x.org;gruu;opaque=app:conf:focus:id:f1\"}");
  cm_test_desk_line (desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"lync/ann@x.org\",\"event\":\"ParticipantAdded\","
                     "\"conversation\":\"1\",\"participant\":\"sip:bob@x.org\"}");
  cm_test_desk_line (desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"lync/ann@x.org\",\"event\":\"ModalityStateChanged\","
                     "\"conversation\":\"1\",\"modality\":\"AudioVideo\",\"state\":\"Connected\",\"participant\":\"sip:bob@x.org\"}");
  cm_test_desk_line (desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"lync/ann@x.org\",\"event\":\"ModalityStateChanged\","
                     "\"conversation\":\"1\",\"modality\":\"AudioVideo\",\"state\":\"Connected\"}");
  cm_test_rule_advance (desk, CM_TEST_START + SECONDS (3600));
  g_assert_null (cm_test_rule_find (desk, "alone"));

  since = CM_TEST_START + SECONDS (3600);
  cm_test_desk_line (desk, "{\"at\":\"2011-11-09T10:00:00Z\",\"source\":\"lync/ann@x.org\",\"event\":\"ParticipantRemoved\","
                     "\"conversation\":\"1\",\"participant\":\"sip:bob@x.org\"}");
  cm_test_rule_advance (desk, since + SECONDS (120));
  cm_test_rule_expect (desk, "alone", CM_LEVEL_NOTICE, since);
}

/* Only who asks for it is told of a long call. */
static void
test_long_call_is_off (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, IN_CALL);

  cm_test_rule_advance (desk, since + SECONDS (36000));
  g_assert_null (cm_test_rule_find (desk, "long-call"));
}

/* A call that becomes a conference is the same call: what lasts goes on lasting. */
static void
test_becomes_conference (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  gint64 since = cm_test_rule_play (desk, "a/1 added #1; a/1 av Connected #3");

  cm_test_rule_advance (desk, since + SECONDS (9));
  cm_test_rule_play (desk, "a/1 uri ann f1");
  cm_test_rule_advance (desk, since + SECONDS (10));
  cm_test_rule_expect (desk, "unconfirmed", CM_LEVEL_NOTICE, since);
}

static void
add_rule_tests (const char    *name,
                GTestDataFunc  func)
{
  for (const CmTestRule *rule = cm_test_rules; rule->rule != NULL; rule++)
    {
      g_autofree char *path = g_strdup_printf ("/attention/%s/%d-%s", name, (int) (rule - cm_test_rules), rule->rule);

      if (func == test_person_left && rule->left == NULL)
        continue;
      if (func == test_source_lost && g_str_equal (rule->rule, "source-silent"))
        continue;
      g_test_add_data_func (path, rule, func);
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
  add_rule_tests ("person-left", test_person_left);
  add_rule_tests ("source-lost", test_source_lost);
  add_rule_tests ("off", test_off);
  g_test_add_func ("/attention/a-blink-does-not-clear", test_blink);
  g_test_add_func ("/attention/what-did-not-last-begins-anew", test_begins_anew);
  g_test_add_func ("/attention/next-step", test_next_step);
  g_test_add_func ("/attention/hold-of-escalation", test_hold_of_escalation);
  g_test_add_func ("/attention/fall-back", test_fall_back);
  g_test_add_func ("/attention/nobody-left-to-rejoin", test_nobody_left_to_rejoin);
  g_test_add_func ("/attention/presenter-of-unknown-audio", test_presenter_of_unknown_audio);
  g_test_add_func ("/attention/unlisted-is-not-nobody", test_unlisted_is_not_nobody);
  g_test_add_func ("/attention/long-call-is-off", test_long_call_is_off);
  g_test_add_func ("/attention/becomes-a-conference", test_becomes_conference);

  return g_test_run ();
}
