/* test-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-notifier.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-settings.h"

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
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  show (fixture, "a", "on-hold");
  settle ();
  g_assert_true (is_shown (fixture, "a on-hold"));

  cm_watch_set_status (fixture->watch, CM_WATCH_LOST);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
}

static void
test_off (Fixture       *fixture,
          gconstpointer  data)
{
  CmCallFilter filter = { .kinds = CM_CALL_KINDS_CONFERENCES, .phase = CM_PHASE_ANY };

  g_settings_set_strv (fixture->settings, "notifications-off",
                       (const char * const []) { "on-hold", NULL });
  show (fixture, "a", "on-hold");
  show (fixture, "b", "ringing");
  settle ();
  g_assert_false (is_shown (fixture, "a on-hold"));
  g_assert_true (is_shown (fixture, "b ringing"));

  /* The filter hides the call. */
  filter.source = (char *) "nobody";
  cm_call_order_set_filter (cm_session_get_order (fixture->session), &filter);
  settle ();
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 0);
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
  ADD ("/notifier/lost", test_lost);
  ADD ("/notifier/off", test_off);
#undef ADD

  return g_test_run ();
}
