/* test-banner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-silence.h"
#include "panel/cm-banner-bar.h"
#include "panel/cm-panel-test.h"

typedef struct
{
  CmWatch       *watch;
  CmBannerModel *model;
  GtkWindow     *window;
  GtkWidget     *bar;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  fixture->model = cm_banner_model_new ();
  cm_banner_model_set_watch (fixture->model, fixture->watch);

  fixture->bar = g_object_new (CM_TYPE_BANNER_BAR, "model", fixture->model, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->bar);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->watch);
}

static void
show (Fixture    *fixture,
      CmDocument *document)
{
  CmConversationList *list = cm_watch_get_conversations (fixture->watch);
  g_autofree char *id = g_strdup (document->id);

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_banner_model_set_conversation (fixture->model, cm_conversation_list_lookup (list, id));
  cm_panel_test_settle ();
}

static GtkWidget *
assert_banner (Fixture    *fixture,
               const char *words,
               const char *label)
{
  GtkWidget *banner = cm_panel_test_find (fixture->bar, GTK_TYPE_LABEL, words);
  GtkWidget *button = cm_panel_test_find (fixture->bar, GTK_TYPE_BUTTON, NULL);

  g_assert_nonnull (banner);
  gtk_test_accessible_assert_role (gtk_widget_get_parent (banner), GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (gtk_widget_get_parent (banner),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, words);

  if (label == NULL)
    {
      g_assert_null (button);
      return NULL;
    }

  g_assert_nonnull (button);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, label);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  return button;
}

static void
assert_none (Fixture *fixture)
{
  g_assert_null (cm_panel_test_find (fixture->bar, GTK_TYPE_LABEL, NULL));
}

static void
test_comes_and_goes (Fixture       *fixture,
                     gconstpointer  data)
{
  assert_none (fixture);
  show (fixture, cm_fake_document_new ("a", "Budget"));
  assert_none (fixture);
  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  assert_banner (fixture, "You have left the call", "Rejoin");
  show (fixture, cm_fake_document_new ("a", "Budget"));
  assert_none (fixture);
}

static void
test_rejoin (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *button;

  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  button = assert_banner (fixture, "You have left the call", "Rejoin");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (cm_fake_watch_get_command (CM_FAKE_WATCH (fixture->watch))->leg, ==,
                   "lync/ana@x.org#a");

  /* That it worked is what events show. */
  cm_panel_test_settle ();
  assert_banner (fixture, "You have left the call", "Rejoin");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *button;

  cm_fake_watch_set_refusal (CM_FAKE_WATCH (fixture->watch), "the conference is locked");
  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  button = assert_banner (fixture, "You have left the call", "Rejoin");
  g_signal_emit_by_name (button, "clicked");
  cm_panel_test_settle ();
  assert_banner (fixture, "Could not rejoin the call: the conference is locked", "Try Again");

  /* Another conversation knows nothing of it. */
  show (fixture, cm_fake_document_new_left ("b", "Stand-up"));
  assert_banner (fixture, "You have left the call", "Rejoin");
}

static void
test_why_not (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *button;

  cm_fake_watch_set_why_not (CM_FAKE_WATCH (fixture->watch), "This is a recording");
  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  button = assert_banner (fixture, "You have left the call", "Rejoin");
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "This is a recording");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "This is a recording");
}

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  show (fixture, cm_fake_document_new_left ("b", "Stand-up"));
  assert_banner (fixture, "You have left the call", "Rejoin");

  show (fixture, cm_fake_document_new ("c", "Lunch"));
  assert_banner (fixture, "You have left 2 calls", "Show");

  /* Where several stations report, nobody of them is "you". */
  cm_watch_set_n_sources (fixture->watch, 2);
  cm_panel_test_settle ();
  assert_none (fixture);
}

static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *words = NULL;

  show (fixture, cm_fake_document_new_left ("a", "Budget"));
  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  cm_panel_test_settle ();
  g_object_get (fixture->model, "words", &words, NULL);
  g_assert_true (g_str_has_prefix (words, "No connection to the tracker, showing "));
  assert_banner (fixture, words, "Reconnect");

  cm_banner_model_activate (fixture->model);
  cm_panel_test_settle ();
  assert_banner (fixture, "You have left the call", "Rejoin");
}

/* Since then Ana's station has said nothing. */
static CmDocument *
silent_new (const char *id,
            const char *subject,
            gint64      since)
{
  CmDocument *document = cm_fake_document_new (id, subject);

  cm_document_edit_leg (document, 0)->silent_since = since;

  return document;
}

/* Whatever is selected: nobody else says that a site is dead. */
static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *other = cm_fake_document_new ("b", "Stand-up");

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch),
                      silent_new ("a", "Budget", CM_FAKE_NOW));
  show (fixture, other);
  assert_none (fixture);

  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 14700);
  cm_panel_test_settle ();
  assert_none (fixture);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 15000);
  cm_panel_test_settle ();
  assert_banner (fixture, "Ana has not answered for 15 s", "Details");

  /* What the selected call itself says comes first. */
  show (fixture, cm_fake_document_new_left ("b", "Stand-up"));
  assert_banner (fixture, "You have left the call", "Rejoin");
  show (fixture, cm_fake_document_new ("b", "Stand-up"));
  assert_banner (fixture, "Ana has not answered for 15 s", "Details");

  /* Back without a click. */
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new ("a", "Budget"));
  cm_panel_test_settle ();
  assert_none (fixture);
}

/* What can be done here comes first. */
static void
test_unsaved (Fixture       *fixture,
              gconstpointer  data)
{
  show (fixture, cm_fake_document_new ("b", "Stand-up"));
  assert_none (fixture);

  cm_watch_set_unsaved (fixture->watch, TRUE);
  cm_panel_test_settle ();
  assert_banner (fixture, "The tracker is live but cannot save: its disk may be full", NULL);
  show (fixture, cm_fake_document_new_left ("b", "Stand-up"));
  assert_banner (fixture, "You have left the call", "Rejoin");
  show (fixture, cm_fake_document_new ("b", "Stand-up"));

  cm_watch_set_unsaved (fixture->watch, FALSE);
  cm_panel_test_settle ();
  assert_none (fixture);
}

static void
test_silent_and_ended (Fixture       *fixture,
                       gconstpointer  data)
{
  CmDocument *document = silent_new ("a", "Budget", CM_FAKE_NOW - 60000);

  show (fixture, silent_new ("a", "Budget", CM_FAKE_NOW - 60000));
  assert_banner (fixture, "Ana has not answered for 1 min", "Details");
  document->phase = cm_document_edit_leg (document, 0)->phase = CM_PHASE_ENDED;
  show (fixture, document);
  assert_none (fixture);

  show (fixture, silent_new ("a", "Budget", CM_FAKE_NOW - 60000));
  assert_banner (fixture, "Ana has not answered for 1 min", "Details");
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "a");
  cm_banner_model_set_conversation (fixture->model, NULL);
  cm_panel_test_settle ();
  assert_none (fixture);
}

/* Of a source that has no call, as of any: when the rule warns, unless that is off. */
static void
test_silent_and_idle (Fixture       *fixture,
                      gconstpointer  data)
{
  const CmRuleThresholds later = { 5000, 30000 }, notice = { 20000, CM_RULE_OFF },
                         off = { CM_RULE_OFF, CM_RULE_OFF };
  GPtrArray *silences = cm_silences_new ();

  cm_silences_add (silences, "lync/ben@x.org", NULL, CM_FAKE_NOW);
  cm_watch_show_silent (fixture->watch, silences);
  cm_watch_commit (fixture->watch);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 14700);
  cm_panel_test_settle ();
  assert_none (fixture);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 15000);
  cm_panel_test_settle ();
  assert_banner (fixture, "ben@x.org has not answered for 15 s", "Details");

  cm_watch_set_rule (fixture->watch, CM_RULE_SOURCE_SILENT, &later);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 16000);
  cm_panel_test_settle ();
  assert_none (fixture);
  cm_watch_set_rule (fixture->watch, CM_RULE_SOURCE_SILENT, &notice);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 20000);
  cm_panel_test_settle ();
  assert_banner (fixture, "ben@x.org has not answered for 20 s", "Details");
  cm_watch_set_rule (fixture->watch, CM_RULE_SOURCE_SILENT, &off);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 60000);
  cm_panel_test_settle ();
  assert_none (fixture);
  cm_watch_set_rule (fixture->watch, CM_RULE_SOURCE_SILENT, NULL);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 61000);
  cm_panel_test_settle ();

  /* One whose calls are on the screen comes first. */
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), silent_new ("a", "Budget", CM_FAKE_NOW + 1000));
  cm_panel_test_settle ();
  assert_banner (fixture, "Ana has not answered for 1 min", "Details");

  /* In safe mode nobody is named. */
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "a");
  cm_conversation_list_set_disguised (cm_watch_get_conversations (fixture->watch), TRUE);
  cm_watch_commit (fixture->watch);
  cm_panel_test_settle ();
  assert_banner (fixture, "Person 1 has not answered for 1 min", "Details");
}

static gboolean
is_closed (gpointer bar)
{
  return cm_panel_test_find (bar, GTK_TYPE_POPOVER, NULL) == NULL;
}

static void
test_details (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *button, *popover, *call;
  const char *id;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("call-%u", i);

      cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch),
                          silent_new (name, name, CM_FAKE_NOW - 60000));
    }
  cm_panel_test_settle ();
  button = assert_banner (fixture, "Ana has not answered for 1 min", "Details");
  g_signal_emit_by_name (button, "clicked");
  cm_panel_test_settle ();

  popover = cm_panel_test_find (fixture->bar, GTK_TYPE_POPOVER, NULL);
  g_assert_nonnull (popover);
  gtk_test_accessible_assert_property (popover, GTK_ACCESSIBLE_PROPERTY_LABEL, "Details");
  g_assert_nonnull (cm_panel_test_find (popover, GTK_TYPE_LABEL, "Ana does not answer"));
  g_assert_nonnull (cm_panel_test_find (popover, GTK_TYPE_LABEL, "and 2 more calls"));
  call = cm_panel_test_find (popover, GTK_TYPE_BUTTON, "call-4");
  g_assert_nonnull (call);
  g_assert_null (cm_panel_test_find (popover, GTK_TYPE_BUTTON, "call-5"));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (call)), ==, "app.show-call");
  g_variant_get (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (call)), "&s", &id);
  g_assert_cmpstr (id, ==, "call-4");

  /* The popover goes with the click, and what it hung on may go with it. */
  g_signal_emit_by_name (call, "clicked");
  cm_panel_test_wait (is_closed, fixture->bar);
  g_signal_emit_by_name (button, "clicked");
  cm_panel_test_settle ();
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/banner/comes-and-goes", test_comes_and_goes);
  ADD ("/banner/rejoin", test_rejoin);
  ADD ("/banner/refused", test_refused);
  ADD ("/banner/why-not", test_why_not);
  ADD ("/banner/several", test_several);
  ADD ("/banner/lost", test_lost);

  ADD ("/banner/silent", test_silent);
  ADD ("/banner/silent-and-ended", test_silent_and_ended);
  ADD ("/banner/unsaved", test_unsaved);
  ADD ("/banner/silent-and-idle", test_silent_and_idle);
  ADD ("/banner/details", test_details);

  return g_test_run ();
}
