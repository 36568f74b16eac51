/* test-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-silence.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-session.h"

typedef struct
{
  CmWatch   *watch;
  CmSession *session;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  fixture->session = cm_session_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->watch);
}

static void
show (Fixture    *fixture,
      const char *id)
{
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new (id, id));
  cm_call_order_flush (cm_session_get_order (fixture->session));
}

static void
assert_text (Fixture    *fixture,
             const char *property,
             const char *expected)
{
  g_autofree char *text = NULL;

  cm_call_order_flush (cm_session_get_order (fixture->session));
  g_object_get (fixture->session, property, &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_selected (Fixture    *fixture,
                 const char *id)
{
  CmConversation *selected;

  cm_call_order_flush (cm_session_get_order (fixture->session));
  selected = cm_session_get_selected (fixture->session);
  g_assert_cmpstr (selected != NULL ? cm_conversation_get_id (selected) : NULL, ==, id);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  assert_text (fixture, "page", "welcome");
  cm_session_set_fault (fixture->session, "Could not open it", "There is none");
  assert_text (fixture, "page", "fault");
  assert_text (fixture, "fault-title", "Could not open it");

  cm_session_set_watch (fixture->session, fixture->watch);
  assert_text (fixture, "page", "calls");
  assert_text (fixture, "fault-title", NULL);
  assert_text (fixture, "title", "No calls");

  cm_session_set_watch (fixture->session, NULL);
  assert_text (fixture, "page", "welcome");
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");

  cm_session_set_watch (fixture->session, fixture->watch);
  show (fixture, "a");
  assert_text (fixture, "title", "1 call");
  assert_text (fixture, "subtitle", NULL);

  cm_document_add_attention (document)->rule = g_ref_string_new ("on-hold");
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  show (fixture, "b");
  assert_text (fixture, "title", "2 calls");
  assert_text (fixture, "subtitle", "1 needs attention");

  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "a");
  assert_text (fixture, "title", "1 call");
  assert_text (fixture, "subtitle", NULL);
}

static void
test_status (Fixture       *fixture,
             gconstpointer  data)
{
  cm_session_set_watch (fixture->session, fixture->watch);
  assert_text (fixture, "status", "Live · 1 source");
  cm_watch_set_n_sources (fixture->watch, 3);
  assert_text (fixture, "status", "Live · 3 sources");
  cm_watch_set_clock (fixture->watch, 40, 0);
  assert_text (fixture, "status", "Live · 3 sources · 40 ms");
  cm_watch_set_unsaved (fixture->watch, TRUE);
  assert_text (fixture, "status", "Live · 3 sources · 40 ms · not saved");
  cm_watch_set_unsaved (fixture->watch, FALSE);
  cm_watch_set_clock (fixture->watch, 40, 2000);
  assert_text (fixture, "status", "Live · 3 sources · 40 ms");
  cm_watch_set_clock (fixture->watch, 40, 4000);
  assert_text (fixture, "status", "Live · 3 sources · 40 ms · The tracker’s clock is 4 s ahead");
  cm_watch_set_clock (fixture->watch, 1200, -4000);
  assert_text (fixture, "status", "Live · 3 sources · 1200 ms · The tracker’s clock is 4 s behind");
  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  assert_text (fixture, "status", "No connection · 3 sources");
}

/* @n: how many sources do not answer; no call is theirs */
static void
show_silent (Fixture *fixture,
             guint    n)
{
  GPtrArray *silences = cm_silences_new ();

  for (guint i = 0; i < n; i++)
    cm_silences_add (silences, (const char [2]) { (char) ('a' + i), 0 }, NULL, CM_FAKE_NOW);
  cm_watch_show_silent (fixture->watch, silences);
  cm_watch_commit (fixture->watch);
}

/* Who does not answer may have calls, so that nobody says that there are none. */
static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  cm_session_set_watch (fixture->session, fixture->watch);
  cm_watch_set_n_sources (fixture->watch, 3);
  assert_text (fixture, "title", "No calls");
  show_silent (fixture, 1);
  assert_text (fixture, "title", "No calls known");
  assert_text (fixture, "status", "Live · 3 sources · 1 does not answer");
  assert_text (fixture, "status-icon", "dialog-warning-symbolic");
  show_silent (fixture, 2);
  assert_text (fixture, "status", "Live · 3 sources · 2 do not answer");
  show_silent (fixture, 3);
  assert_text (fixture, "status", "No source answers · 3 sources");
  assert_text (fixture, "title", "No calls known");

  /* What was known is counted as ever. */
  show (fixture, "a");
  assert_text (fixture, "title", "1 call");
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "a");
  show_silent (fixture, 0);
  assert_text (fixture, "title", "No calls");
  assert_text (fixture, "status", "Live · 3 sources");
  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  assert_text (fixture, "title", "No calls known");
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  CmConversationList *list = cm_watch_get_conversations (fixture->watch);

  cm_session_set_watch (fixture->session, fixture->watch);
  assert_selected (fixture, NULL);
  show (fixture, "a");
  assert_selected (fixture, "a");
  show (fixture, "b");
  show (fixture, "c");
  assert_selected (fixture, "a");

  cm_session_set_selected (fixture->session, cm_conversation_list_lookup (list, "b"));
  assert_selected (fixture, "b");

  /* What comes and goes elsewhere does not touch it. */
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "a");
  show (fixture, "d");
  assert_selected (fixture, "b");

  /* When it goes itself, it is what comes into its place. */
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "b");
  assert_selected (fixture, "c");
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "c");
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "d");
  assert_selected (fixture, NULL);
  show (fixture, "e");
  assert_selected (fixture, "e");
}

static void
test_selection_goes_on_under_another_id (Fixture       *fixture,
                                         gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("conf:b", "b");

  cm_session_set_watch (fixture->session, fixture->watch);
  show (fixture, "a");
  show (fixture, "b");
  cm_session_set_selected (fixture->session,
                           cm_conversation_list_lookup (cm_watch_get_conversations (fixture->watch),
                                                        "b"));
  document->replaces = g_ref_string_new ("b");
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  assert_selected (fixture, "conf:b");

  /* Wound back, and it has its older id again. */
  cm_conversation_list_update (cm_watch_get_conversations (fixture->watch),
                               cm_fake_document_new ("b", "b"));
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "conf:b");
  assert_selected (fixture, "b");
}

static void
assert_state (Fixture    *fixture,
              const char *id,
              const char *state)
{
  CmConversation *conversation = cm_conversation_list_lookup (cm_watch_get_conversations (fixture->watch), id);
  g_autofree char *text = NULL;
  g_autofree char *sentence = NULL;

  g_object_get (conversation, "state-text", &text, "sentence", &sentence, NULL);
  g_assert_cmpstr (text, ==, state);
  g_assert_nonnull (strstr (sentence, state));
}

static void
assert_banner (Fixture    *fixture,
               const char *words)
{
  g_autofree char *said = NULL;

  g_object_get (cm_session_get_banner (fixture->session), "words", &said, NULL);
  g_assert_cmpstr (said, ==, words);
}

/* The row and the page of a call say of who has left what its banner says. */
static void
test_who_you_are (Fixture       *fixture,
                  gconstpointer  data)
{
  cm_session_set_watch (fixture->session, fixture->watch);
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new_left ("a", "a"));
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new_left ("b", "b"));
  assert_selected (fixture, "a");
  assert_state (fixture, "a", "You have left the call");
  assert_state (fixture, "b", "You have left the call");

  cm_watch_set_n_sources (fixture->watch, 2);
  assert_banner (fixture, "You have left the call");
  assert_state (fixture, "a", "You have left the call");
  assert_state (fixture, "b", "Ana has left the call");

  cm_session_set_selected (fixture->session,
                           cm_conversation_list_lookup (cm_watch_get_conversations (fixture->watch), "b"));
  assert_banner (fixture, "You have left the call");
  assert_state (fixture, "a", "Ana has left the call");
  assert_state (fixture, "b", "You have left the call");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/session/pages", test_pages);
  ADD ("/session/counts", test_counts);
  ADD ("/session/status", test_status);
  ADD ("/session/silent", test_silent);
  ADD ("/session/selection", test_selection);
  ADD ("/session/selection-goes-on", test_selection_goes_on_under_another_id);
  ADD ("/session/who-you-are", test_who_you_are);

  return g_test_run ();
}
