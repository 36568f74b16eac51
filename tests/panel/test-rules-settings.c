/* test-rules-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-panel-test.h"
#include "panel/list/cm-rules-settings.h"
#include "panel/cm-settings.h"
#include "watch/play/cm-playback.h"

#define KEY "rule-source-silent"

typedef struct
{
  CmPlayback *playback;
  GSettings  *settings;
} Fixture;

/* At 45 s a source has been silent for 25. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "silent-source.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  fixture->playback = cm_playback_new (file, 1, &error);
  g_assert_no_error (error);
  fixture->settings = cm_settings_new ();
  cm_playback_set_playing (fixture->playback, FALSE);
  cm_rules_settings_bind (fixture->settings, CM_WATCH (fixture->playback));
  cm_playback_set_position (fixture->playback, 45000);
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_settings_reset (fixture->settings, KEY);
  g_assert_finalize_object (fixture->playback);
  g_clear_object (&fixture->settings);
}

/* Returns: what the list says of the call: -1 nothing, else a level */
static int
get_level (Fixture *fixture)
{
  CmConversation *conversation =
    cm_conversation_list_lookup (cm_watch_get_conversations (CM_WATCH (fixture->playback)),
                                 "lync/user2@contoso.com#c1");
  const CmDocument *document = cm_conversation_get_document (conversation);
  const CmAttention *attention;

  if (document->attention->len == 0)
    return -1;

  attention = g_ptr_array_index (document->attention, 0);

  return (int) attention->level;
}

/* Sets both, in s, and holds the list to a level, or to none by -1. */
static void
expect (Fixture *fixture,
        int      notice,
        int      warning,
        int      level)
{
  g_settings_set (fixture->settings, KEY, "(ii)", notice, warning);
  cm_panel_test_settle ();
  g_assert_cmpint (get_level (fixture), ==, level);
}

/* At once, also while a recording stands still. */
static void
test_thresholds (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_cmpint (get_level (fixture), ==, CM_LEVEL_WARNING);
  expect (fixture, 5, 60, CM_LEVEL_NOTICE);
  expect (fixture, 24, 25, CM_LEVEL_WARNING);
  expect (fixture, 26, 60, -1);
  expect (fixture, 0, -1, CM_LEVEL_NOTICE);
  expect (fixture, -1, 10, CM_LEVEL_WARNING);
}

static void
test_off (Fixture       *fixture,
          gconstpointer  data)
{
  expect (fixture, -1, -1, -1);
  g_settings_reset (fixture->settings, KEY);
  cm_panel_test_settle ();
  g_assert_cmpint (get_level (fixture), ==, CM_LEVEL_WARNING);
}

/* Whatever somebody wrote into the settings by hand. */
static void
test_odd (Fixture       *fixture,
          gconstpointer  data)
{
  expect (fixture, G_MAXINT, G_MAXINT, -1);
  expect (fixture, G_MININT, G_MININT, -1);
  expect (fixture, -7, -7, -1);
  expect (fixture, G_MININT, G_MAXINT, -1);
  expect (fixture, 60, 10, CM_LEVEL_WARNING);
  expect (fixture, 0, 0, CM_LEVEL_WARNING);
}

/* A recording that is wound back begins with a new tracker: for it they hold too. */
static void
test_wound_back (Fixture       *fixture,
                 gconstpointer  data)
{
  expect (fixture, 5, 60, CM_LEVEL_NOTICE);
  cm_playback_set_position (fixture->playback, 10000);
  cm_panel_test_settle ();
  g_assert_cmpint (get_level (fixture), ==, -1);
  cm_playback_set_position (fixture->playback, 45000);
  cm_panel_test_settle ();
  g_assert_cmpint (get_level (fixture), ==, CM_LEVEL_NOTICE);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/rules-settings/thresholds", test_thresholds);
  ADD ("/rules-settings/off", test_off);
  ADD ("/rules-settings/odd-values", test_odd);
  ADD ("/rules-settings/wound-back", test_wound_back);

  return g_test_run ();
}
