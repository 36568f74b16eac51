/* test-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libintl.h>
#include <locale.h>

#include "model/cm-document-attention.h"
#include "model/cm-document-words.h"
#include "model/cm-words.h"

static void
assert_take (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_ages (void)
{
  assert_take (cm_words_dup_age (42 * 1000), "00:42");
  assert_take (cm_words_dup_age ((42 * 60 + 10) * 1000 + 999), "42:10");
  assert_take (cm_words_dup_age ((62 * 60 + 10) * 1000), "1:02:10");
  assert_take (cm_words_dup_age (-5), "00:00");
  assert_take (cm_words_dup_age (G_GINT64_CONSTANT (100) * 3600 * 1000), "100:00:00");
  assert_take (cm_words_dup_span (59 * 1000), "59 s");
  assert_take (cm_words_dup_span (60 * 1000), "1 min");
  assert_take (cm_words_dup_span (2 * 3600 * 1000), "2 h");
  assert_take (cm_words_dup_seconds (6100), "6.1\302\240s");
}

static void
test_names (void)
{
  assert_take (cm_words_dup_name ("sip:ana@x.org", "Ana"), "Ana");
  assert_take (cm_words_dup_name ("sip:ana@x.org", NULL), "ana@x.org");
  assert_take (cm_words_dup_name ("tel:+385", ""), "+385");
  assert_take (cm_words_dup_initials ("User One"), "UO");
  assert_take (cm_words_dup_initials ("Ana Maria Kova\304\215"), "AK");
  assert_take (cm_words_dup_initials ("ana.kovac@x.org"), "AK");
  assert_take (cm_words_dup_initials ("\304\215edo"), "\304\214");
  assert_take (cm_words_dup_initials ("+385 1"), "31");
  assert_take (cm_words_dup_initials (" - "), "");
  assert_take (cm_words_dup_initials (""), "");
}

static void
test_availability_goes_by_range (void)
{
  g_assert_null (cm_words_get_availability (-1));
  g_assert_null (cm_words_get_availability (0));
  g_assert_cmpstr (cm_words_get_availability (3500), ==, "available");
  g_assert_cmpstr (cm_words_get_availability (6500), ==, "busy");
  g_assert_cmpstr (cm_words_get_availability (7000), ==, "busy");
  g_assert_cmpstr (cm_words_get_availability (7500), ==, "busy, idle");
  g_assert_cmpstr (cm_words_get_availability (9500), ==, "do not disturb");
  g_assert_cmpstr (cm_words_get_availability (12500), ==, "be right back");
  g_assert_cmpstr (cm_words_get_availability (15500), ==, "away");
  g_assert_cmpstr (cm_words_get_availability (18500), ==, "offline");
}

/* Fixed words: the stages of the product. */
static void
test_stages (void)
{
  static const char * const words[] = {
    [1] = "Setting up the conference",
    [2] = "Connecting to the conference",
    [3] = "Waiting in lobby",
    [4] = "Joining audio",
    [5] = "Waiting for the paired phone",
    [6] = "Waiting for the other side",
    [7] = "In the conference",
    [8] = "Could not join the conference",
    [9] = "Waiting for an answer to the disclaimer",
    [10] = "Waiting for an answer to the audio prompt",
  };

  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpstr (cm_words_get_stage (cm_wire_enum_get_name (&cm_wire_progress, (int) i)), ==,
                     words[i]);

  /* What nobody has words for is shown as the source calls it. */
  g_assert_cmpstr (cm_words_get_stage ("Levitating"), ==, "Levitating");
  g_assert_null (cm_words_get_stage (NULL));
}

static void
test_every_phase_has_words (void)
{
  for (int phase = 0; phase <= CM_PHASE_ENDED; phase++)
    {
      for (int kind = 0; kind <= CM_KIND_CONFERENCE; kind++)
        {
          const char *words = cm_words_get_phase ((CmPhase) phase, (CmKind) kind,
                                                  CM_LEG_DIRECTION_NONE);

          g_assert_nonnull (words);
          g_assert_false (g_str_has_suffix (words, "."));
        }
    }

  g_assert_cmpstr (cm_words_get_phase (CM_PHASE_RINGING, CM_KIND_CONFERENCE,
                                       CM_LEG_DIRECTION_INCOMING), ==, "Incoming conference call");
}

static void
test_titles (void)
{
  g_autoptr (CmDocument) document = cm_document_new ("lync/ana@x.org#c1");
  CmLeg *leg;
  CmPerson *person;

  assert_take (cm_document_dup_title (document), "lync/ana@x.org#c1");

  leg = cm_document_add_leg (document, "lync/ana@x.org#c1");
  leg->source = g_ref_string_new ("lync/ana@x.org");
  assert_take (cm_document_dup_title (document), "ana@x.org");

  document->conference.organizer = g_ref_string_new ("sip:org@x.org");
  assert_take (cm_document_dup_title (document), "org@x.org");

  cm_document_add_person (document, "sip:ana@x.org")->is_self = TRUE;
  assert_take (cm_document_dup_title (document), "ana@x.org");

  cm_document_add_person (document, "sip:ben@x.org");
  assert_take (cm_document_dup_title (document), "ben@x.org");

  person = cm_document_add_person (document, "sip:zoe@x.org");
  person->name = g_ref_string_new ("Zoe");
  person->role = CM_ROLE_PRESENTER;
  assert_take (cm_document_dup_title (document), "Zoe, ben@x.org");

  cm_document_add_person (document, "sip:d@x.org");
  cm_document_add_person (document, "sip:e@x.org");
  cm_document_add_person (document, "sip:f@x.org");
  assert_take (cm_document_dup_title (document), "Zoe, ben@x.org, d@x.org and 2 more");

  document->subject = g_ref_string_new ("Budget");
  assert_take (cm_document_dup_title (document), "Budget");
}

static void
add_escalation (CmDocument *document,
                const char *id,
                CmPhase     phase,
                const char *stage)
{
  CmLeg *leg = cm_document_add_leg (document, id);

  leg->phase = phase;
  leg->escalation.stage = g_ref_string_new (stage);
  leg->escalation.step = leg->escalation.steps = 4;
}

static void
set_stage (CmDocument *document,
           const char *id,
           const char *stage)
{
  CmLeg *leg = cm_document_add_leg (document, id);

  g_ref_string_release (leg->escalation.stage);
  leg->escalation.stage = g_ref_string_new (stage);
}

/* Two stations come into one conference, the second one with its audio still to come:
 * that is a moment, in which the row says what it said before. */
static void
test_second_arrival_is_no_news (void)
{
  g_autoptr (CmDocument) document = cm_document_new ("conf:ana@x.org/1");

  document->kind = CM_KIND_CONFERENCE;
  document->phase = CM_PHASE_ESCALATING;
  add_escalation (document, "lync/ana@x.org#c1", CM_PHASE_ESCALATING, "Completed");
  assert_take (cm_document_dup_step (document), "Step 4 of 4: in the conference");
  g_assert_cmpint (cm_document_get_shown_phase (document), ==, CM_PHASE_ESCALATING);

  add_escalation (document, "lync/ben@x.org#c1", CM_PHASE_IN_CONFERENCE, "Completed");
  g_assert_cmpint (cm_document_get_shown_phase (document), ==, CM_PHASE_IN_CONFERENCE);
  g_assert_cmpint (cm_document_get_escalation (document), ==, CM_ESCALATION_COMPLETED);
  assert_take (cm_document_dup_state (document, FALSE), "In a conference");

  set_stage (document, "lync/ana@x.org#c1", "WaitingForPeer");
  g_assert_cmpint (cm_document_get_escalation (document), ==, CM_ESCALATION_RUNNING);
  assert_take (cm_document_dup_step (document), "Step 4 of 4: waiting for the other side");

  /* Whoever points at a narrow row finds all of it. */
  document->subject = g_ref_string_new ("Budget");
  assert_take (cm_document_dup_lines (document, NULL, "Found: Ben"),
               "Budget\nEscalating to a conference\nStep 4 of 4: waiting for the other side\nFound: Ben");
}

static void
add_reason (CmDocument *document,
            const char *rule,
            CmLevel     level,
            const char *leg)
{
  CmAttention *attention = cm_document_add_attention (document);

  attention->rule = g_ref_string_new (rule);
  attention->level = level;
  attention->since = 1000;
  attention->leg = g_ref_string_new (leg);
}

/* The rule that an escalation stands still outlasts the standing still by a few seconds
 * in which it may be the worst one: what has become of it is said all the same. */
static void
test_failure_is_no_standstill (void)
{
  const char *id = "lync/ana@x.org#c1", *other = "lync/ben@x.org#c1";
  g_autoptr (CmDocument) document = cm_document_new ("conf:ana@x.org/1");
  g_autofree char *lines = NULL;
  CmLeg *leg;

  document->kind = CM_KIND_CONFERENCE;
  document->phase = CM_PHASE_ESCALATING;
  add_escalation (document, id, CM_PHASE_ESCALATING, "JoiningLocalMedia");
  add_reason (document, "escalation-stuck", CM_LEVEL_WARNING, id);
  assert_take (cm_document_dup_reason_at (document, id, 32000), "The escalation stands still for 31 s");
  g_assert_cmpstr (cm_document_get_reason (document)->rule, ==, "escalation-stuck");

  leg = cm_document_add_leg (document, id);
  leg->phase = document->phase = CM_PHASE_FAILED;
  leg->banner = CM_BANNER_ESCALATION_FAILED;
  leg->reason = g_ref_string_new ("Timeout");
  add_reason (document, "escalation-failed", CM_LEVEL_NOTICE, id);
  g_assert_cmpstr (cm_document_get_reason (document)->rule, ==, "escalation-failed");
  assert_take (cm_document_dup_reason_at (document, id, 33000), "Could not join the conference: Timeout");

  /* Where its audio call goes on. */
  leg->phase = document->phase = CM_PHASE_IN_CALL;
  assert_take (cm_document_dup_reason_at (document, id, 33000), cm_words_get_rule ("escalation-failed"));
  lines = cm_document_dup_lines (document, id, NULL);
  g_assert_nonnull (strstr (lines, cm_words_get_rule ("escalation-failed")));

  /* Another station's stands still as ever. */
  add_escalation (document, other, CM_PHASE_ESCALATING, "JoiningLocalMedia");
  g_ptr_array_set_size (document->attention, 0);
  add_reason (document, "escalation-stuck", CM_LEVEL_WARNING, id);
  add_reason (document, "escalation-stuck", CM_LEVEL_NOTICE, other);
  g_assert_cmpstr (cm_document_get_reason (document)->leg, ==, other);

  /* It went on after all. */
  g_ptr_array_set_size (document->attention, 0);
  add_reason (document, "escalation-stuck", CM_LEVEL_WARNING, id);
  leg->phase = document->phase = CM_PHASE_IN_CONFERENCE;
  g_assert_null (cm_document_get_reason (document));
  assert_take (cm_document_dup_reason_at (document, id, 33000), "In a conference");
}

/* In the row, on the page and in the banner the same is said of who was removed. */
static void
test_removed (void)
{
  g_autoptr (CmDocument) document = cm_document_new ("a#1");
  CmLeg *leg = cm_document_add_leg (document, "a#1");

  document->phase = leg->phase = CM_PHASE_LEFT;
  document->live = TRUE;
  leg->source = g_ref_string_new ("lync/ana@x.org");
  leg->banner = CM_BANNER_REMOVED;
  leg->timing.left = 1000;

  assert_take (cm_document_dup_state (document, "a#1"), "You have been removed from the call");
  assert_take (cm_document_dup_state (document, NULL), "ana@x.org has been removed from the call");
  assert_take (cm_document_dup_state_at (document, "a#1", 3600000), "You have been removed from the call");
  leg->banner = CM_BANNER_LEFT_CALL;
  assert_take (cm_document_dup_state (document, "a#1"), "You have left the call");
}

/* Who invited is told where that is somebody else. */
static void
test_head (void)
{
  g_autoptr (CmDocument) document = cm_document_new ("a#1");
  CmLeg *leg = cm_document_add_leg (document, "a#1");

  document->kind = CM_KIND_CONFERENCE;
  document->conference.organizer = g_ref_string_new ("sip:ana@x.org");
  leg->inviter = g_ref_string_new ("sip:ana@x.org");
  assert_take (cm_document_dup_head (document), "Organized by ana@x.org");
  g_clear_pointer (&leg->inviter, g_ref_string_release);
  leg->inviter = g_ref_string_new ("sip:ben@x.org");
  assert_take (cm_document_dup_head (document), "Organized by ana@x.org \302\267 invited by ben@x.org");
}

static void
test_counts (void)
{
  g_autoptr (CmDocument) document = cm_document_new ("a#1");

  document->kind = CM_KIND_CONFERENCE;
  assert_take (cm_document_dup_short_counts (document), "");
  cm_document_add_person (document, "sip:a@x.org")->role = CM_ROLE_PRESENTER;
  cm_document_add_person (document, "sip:b@x.org")->role = CM_ROLE_ATTENDEE;
  cm_document_add_person (document, "sip:c@x.org")->role = CM_ROLE_ATTENDEE;
  cm_document_add_person (document, "sip:d@x.org")->role = CM_ROLE_LOBBY;
  assert_take (cm_document_dup_counts (document), "1 presenter, 2 attendees, 1 in lobby");
  assert_take (cm_document_dup_short_counts (document), "1 P \302\267 2 A \302\267 1 L");
}

/* What has been translated is looked up again only after a change of the locale. */
static void
set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "C"));
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
}

/* Within Arabic, what runs from left to right is set apart (LRI, PDI), line by line;
 * elsewhere nothing is put into what may be copied. */
static void
test_isolated (void)
{
  g_assert_nonnull (bindtextdomain (GETTEXT_PACKAGE, g_getenv ("CM_TRANSLATIONS")));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  set_language ("ar");
  assert_take (cm_words_dup_isolated ("+1 555 0100"), "\342\201\246+1 555 0100\342\201\251");
  assert_take (cm_words_dup_isolated ("+1 555\n48213"),
               "\342\201\246+1 555\342\201\251\n\342\201\24648213\342\201\251");
  assert_take (cm_words_dup_name ("sip:ana@x.org", NULL), "\342\201\246ana@x.org\342\201\251");
  assert_take (cm_words_dup_name ("sip:ana@x.org", "Ana"), "Ana");

  for (guint i = 0; i < 2; i++)
    {
      set_language (i == 0 ? "de" : "en");
      assert_take (cm_words_dup_isolated ("+1 555 0100"), "+1 555 0100");
      assert_take (cm_words_dup_name ("sip:ana@x.org", NULL), "ana@x.org");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/ages", test_ages);
  g_test_add_func ("/words/names", test_names);
  g_test_add_func ("/words/availability", test_availability_goes_by_range);
  g_test_add_func ("/words/stages", test_stages);
  g_test_add_func ("/words/phases", test_every_phase_has_words);
  g_test_add_func ("/words/titles", test_titles);

  g_test_add_func ("/words/second-arrival", test_second_arrival_is_no_news);
  g_test_add_func ("/words/failure", test_failure_is_no_standstill);
  g_test_add_func ("/words/removed", test_removed);
  g_test_add_func ("/words/head", test_head);
  g_test_add_func ("/words/counts", test_counts);
  g_test_add_func ("/words/isolated", test_isolated);

  return g_test_run ();
}
