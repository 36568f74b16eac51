/* test-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-notifier.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-settings.h"

#include "model/cm-silence.h"

typedef struct
{
  CmWatch    *watch;
  CmSession  *session;
  GSettings  *settings;
  CmNotifier *notifier;
  GHashTable *shown; /* what the desktop would show: ids */
} Fixture;

static void
send (gpointer       data,
      const char    *id,
      GNotification *notification)
{
  g_hash_table_add (data, g_strdup (id));
}

static void
withdraw (gpointer    data,
          const char *id)
{
  g_hash_table_remove (data, id);
}

static const CmNotificationSink sink = { send, withdraw };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->settings = cm_settings_new ();
  fixture->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->notifier = cm_notifier_new (fixture->session, fixture->settings, &sink,
                                       fixture->shown);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->notifier);
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
  g_hash_table_unref (fixture->shown);
  g_settings_reset (fixture->settings, "notifications-off");
  g_settings_reset (fixture->settings, "notifications");
  g_settings_reset (fixture->settings, "filter-attention");
  g_object_unref (fixture->settings);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->watch);
}

static void
show (Fixture    *fixture,
      const char *id,
      const char *rule)
{
  CmDocument *document = cm_fake_document_new (id, id);

  if (rule != NULL)
    {
      CmAttention *attention = cm_document_add_attention (document);

      attention->rule = g_ref_string_new (rule);
      attention->since = CM_FAKE_NOW;
    }

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_call_order_flush (cm_session_get_order (fixture->session));
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
settle (void)
{
  gboolean over = FALSE;

  g_timeout_add (CM_NOTIFIER_DELAY + 300, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_shown (Fixture    *fixture,
          const char *id)
{
  return g_hash_table_contains (fixture->shown, id);
}

static void
test_starts_and_ends (Fixture       *fixture,
                      gconstpointer  data)
{
  show (fixture, "a", NULL);
  show (fixture, "b", "on-hold");
  settle ();
  g_assert_true (is_shown (fixture, "b on-hold"));
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 1);

  /* Another rule of the same call is another notification; the rule ends. */
  show (fixture, "b", "alone");
  settle ();
  g_assert_false (is_shown (fixture, "b on-hold"));
  g_assert_true (is_shown (fixture, "b alone"));

  /* The call goes. */
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "b");
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

static void
test_too_short (Fixture       *fixture,
                gconstpointer  data)
{
  show (fixture, "a", "on-hold");
  show (fixture, "a", NULL);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

static void
test_summary (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const ids[] = { "a", "b", "c", "d" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    show (fixture, ids[i], "on-hold");
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    show (fixture, ids[i], NULL);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

static void
end_rule (Fixture *fixture)
{
  show (fixture, "a", NULL);
}

static void
end_call (Fixture *fixture)
{
  CmDocument *document = cm_fake_document_new ("a", "a");

  document->phase = CM_PHASE_ENDED;
  document->live = FALSE;
  document->ended = CM_FAKE_NOW;
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
}

static void
forget_call (Fixture *fixture)
{
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "a");
}

/* The rule's hysteresis keeps it for a while, but it may no longer be so. */
static void
lose_source (Fixture *fixture)
{
  CmDocument *document = cm_fake_document_new ("a", "a");
  CmAttention *attention = cm_document_add_attention (document);

  attention->rule = g_ref_string_new ("on-hold");
  attention->since = CM_FAKE_NOW;
  cm_document_edit_leg (document, 0)->silent_since = CM_FAKE_NOW;
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
}

static void
snooze_call (Fixture *fixture)
{
  cm_watch_snooze (fixture->watch, "a", CM_RULE_ON_HOLD, CM_FAKE_NOW + 900000);
}

static void
snooze_rule (Fixture *fixture)
{
  cm_watch_snooze (fixture->watch, NULL, CM_RULE_ON_HOLD, CM_FAKE_NOW + 900000);
}

static void
switch_rule_off (Fixture *fixture)
{
  const CmRuleThresholds off = { CM_RULE_OFF, CM_RULE_OFF };

  cm_watch_set_rule (fixture->watch, CM_RULE_ON_HOLD, &off);
}

static void
switch_notification_off (Fixture *fixture)
{
  g_settings_set_strv (fixture->settings, "notifications-off", (const char * const []) { "on-hold", NULL });
}

static void
switch_all_off (Fixture *fixture)
{
  g_settings_set_boolean (fixture->settings, "notifications", FALSE);
}

static void
filter_out (Fixture *fixture)
{
  cm_call_order_set_filter (cm_session_get_order (fixture->session),
                            &(CmCallFilter) { .source = (char *) "nobody", .phase = CM_PHASE_ANY });
}

static void
search_else (Fixture *fixture)
{
  cm_call_order_set_search (cm_session_get_order (fixture->session), "nobody is called so");
}

static void
leave_tracker (Fixture *fixture)
{
  cm_session_set_watch (fixture->session, NULL);
}

static void
look_at_past (Fixture *fixture)
{
  cm_watch_set_status (fixture->watch, CM_WATCH_PAUSED);
}

typedef struct
{
  const char *name;
  void     (* go) (Fixture *fixture);
} WayOut;

static const WayOut ways_out[] = {
  { "rule-ended", end_rule },
  { "call-ended", end_call },
  { "call-forgotten", forget_call },
  { "source-lost", lose_source },
  { "snoozed", snooze_call },
  { "snoozed-everywhere", snooze_rule },
  { "rule-off", switch_rule_off },
  { "notification-off", switch_notification_off },
  { "notifications-off", switch_all_off },
  { "filtered", filter_out },
  { "not-found", search_else },
  { "tracker-left", leave_tracker },
  { "past", look_at_past },
};

/* One alone and many in one: on each way out all of it is taken back. */
static void
test_way_out (Fixture       *fixture,
              gconstpointer  data)
{
  const WayOut *way = data;

  show (fixture, "a", "on-hold");
  settle ();
  g_assert_true (is_shown (fixture, "a on-hold"));

  way->go (fixture);
  cm_call_order_flush (cm_session_get_order (fixture->session));
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

/* What was hidden for a while is not told of once more, what began meanwhile is, and what is
 * over meanwhile is forgotten. */
static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  CmCallOrder *order = cm_session_get_order (fixture->session);

  show (fixture, "a", "on-hold");
  show (fixture, "b", NULL);
  show (fixture, "c", "on-hold");
  settle ();
  g_assert_true (is_shown (fixture, "a on-hold"));
  g_assert_true (is_shown (fixture, "c on-hold"));

  cm_call_order_set_search (order, "nobody");
  show (fixture, "b", "alone");
  show (fixture, "c", NULL);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);

  show (fixture, "c", "on-hold");
  cm_call_order_set_search (order, NULL);
  settle ();
  g_assert_true (is_shown (fixture, "b alone"));
  g_assert_true (is_shown (fixture, "c on-hold"));
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 2);

  /* It goes as any other does. */
  show (fixture, "a", NULL);
  show (fixture, "b", NULL);
  cm_fake_watch_remove (CM_FAKE_WATCH (fixture->watch), "c");
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

/* Its calls' notifications go, and its own comes: nobody looks at the window. */
static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  show (fixture, "a", "on-hold");
  settle ();
  g_assert_true (is_shown (fixture, "a on-hold"));

  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  settle ();
  g_assert_false (is_shown (fixture, "a on-hold"));
  g_assert_true (is_shown (fixture, "tracker source-silent"));

  cm_watch_set_status (fixture->watch, CM_WATCH_LIVE);
  settle ();
  g_assert_false (is_shown (fixture, "tracker source-silent"));
}

/* @since: of sources without a call, "a", "b" and so on */
static void
show_silent (Fixture *fixture,
             guint    n,
             gint64   since)
{
  GPtrArray *silences = cm_silences_new ();

  for (guint i = 0; i < n; i++)
    cm_silences_add (silences, (const char [2]) { (char) ('a' + i), 0 }, NULL, since);
  cm_watch_show_silent (fixture->watch, silences);
  cm_watch_commit (fixture->watch);
}

/* At the threshold of the rule, and not before; many in one. */
static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 now = cm_watch_get_now (fixture->watch);

  show_silent (fixture, 1, now - 4500);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
  cm_watch_set_now (fixture->watch, now + 500);
  settle ();
  g_assert_true (is_shown (fixture, "source a source-silent"));

  show_silent (fixture, 0, 0);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);

  show_silent (fixture, 5, now - 60000);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 1);
  g_assert_true (is_shown (fixture, "sources"));
  show_silent (fixture, 0, 0);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

static void
test_off (Fixture       *fixture,
          gconstpointer  data)
{
  g_settings_set_strv (fixture->settings, "notifications-off",
                       (const char * const []) { "on-hold", "source-silent", NULL });
  show (fixture, "a", "on-hold");
  show (fixture, "b", "ringing");
  show_silent (fixture, 1, CM_FAKE_NOW - 60000);
  settle ();
  g_assert_true (is_shown (fixture, "b ringing"));
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/notifier/starts-and-ends", test_starts_and_ends);
  ADD ("/notifier/too-short", test_too_short);
  ADD ("/notifier/summary", test_summary);
  ADD ("/notifier/hidden", test_hidden);
  ADD ("/notifier/lost", test_lost);
  ADD ("/notifier/silent", test_silent);
  ADD ("/notifier/off", test_off);
#undef ADD

  for (guint i = 0; i < G_N_ELEMENTS (ways_out); i++)
    {
      g_autofree char *path = g_strconcat ("/notifier/way-out/", ways_out[i].name, NULL);

      g_test_add (path, Fixture, &ways_out[i], set_up, test_way_out, tear_down);
    }

  return g_test_run ();
}
