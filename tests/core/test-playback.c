/* test-playback.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <unistd.h>

#include "support/cm-test-desk.h"

#include "model/cm-conversation.h"
#include "watch/play/cm-demo.h"
#include "watch/play/cm-playback.h"

static GFile *
get_recording (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), name, NULL);

  return g_file_new_for_path (path);
}

static CmPlayback *
play (const char *name,
      double      speed)
{
  g_autoptr(GFile) file = get_recording (name);
  g_autoptr(GError) error = NULL;
  CmPlayback *playback = cm_playback_new (file, speed, &error);

  g_assert_no_error (error);

  return playback;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* All documents that a watch shows, as one text. */
static char *
dup_shown (CmWatch *watch)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      GString *json = g_string_new (NULL);

      cm_document_write (cm_conversation_get_document (conversation), json);
      g_ptr_array_add (texts, g_string_free (json, FALSE));
    }

  g_ptr_array_sort (texts, compare_strings);
  g_ptr_array_add (texts, NULL);

  return g_strjoinv ("\n", (char **) texts->pdata);
}

/* What a tracker says that got the recording up to a time and nothing else. */
static char *
dup_direct (const char *name,
            gint64      position)
{
  g_autoptr(CmPlayback) playback = play (name, 1);

  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_position (playback, position);

  return dup_shown (CM_WATCH (playback));
}

static void
check_position (CmPlayback *playback,
                const char *name,
                gint64      position)
{
  g_autofree char *direct = dup_direct (name, position);
  g_autofree char *shown = NULL;

  cm_playback_set_position (playback, position);
  g_assert_cmpint (cm_playback_get_position (playback), ==, position);
  shown = dup_shown (CM_WATCH (playback));
  g_assert_cmpstr (shown, ==, direct);
}

/* Wherever one comes from, a position shows what was so then. */
static void
test_seek (void)
{
  const char *name = "escalation-merged.jsonl";
  g_autoptr(CmPlayback) playback = play (name, 1);
  g_autoptr(GRand) random = g_rand_new_with_seed (4);
  gint64 duration = cm_playback_get_duration (playback);

  g_assert_cmpint (duration, ==, 504000);
  cm_playback_set_playing (playback, FALSE);
  for (gint64 position = 0; position < duration; position += 5000)
    check_position (playback, name, position);
  for (gint64 position = duration; position > 0; position -= 7000)
    check_position (playback, name, position);
  for (guint i = 0; i < 50; i++)
    check_position (playback, name, g_rand_int_range (random, 0, (gint32) duration + 1));

  cm_playback_set_position (playback, duration + 10000);
  g_assert_cmpint (cm_playback_get_position (playback), ==, duration);
  cm_playback_set_position (playback, -5);
  g_assert_cmpint (cm_playback_get_position (playback), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&playback));
}

static gboolean
give_up (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* It goes on by itself, stands still at its end, and from there starts over. */
static void
test_to_its_end (void)
{
  g_autoptr(CmPlayback) playback = play ("escalation-merged.jsonl", 60);
  gint64 duration = cm_playback_get_duration (playback);
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (20, give_up, &late);

  g_assert_cmpint (cm_watch_get_status (CM_WATCH (playback)), ==, CM_WATCH_LIVE);
  cm_playback_set_position (playback, duration - 3000);
  while (cm_playback_get_playing (playback) && !late)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (late);
  g_source_remove (source);
  g_assert_cmpint (cm_playback_get_position (playback), ==, duration);
  g_assert_cmpint (cm_watch_get_status (CM_WATCH (playback)), ==, CM_WATCH_PAUSED);
  g_assert_cmpint (cm_watch_get_now (CM_WATCH (playback)), ==, CM_TEST_START + duration);

  cm_playback_set_playing (playback, TRUE);
  g_assert_cmpint (cm_playback_get_position (playback), <, duration);
  g_assert_finalize_object (g_steal_pointer (&playback));
}

static void
test_speed (void)
{
  g_autoptr(CmPlayback) usual = play ("escalation-merged.jsonl", 0);
  g_autoptr(CmPlayback) fast = play ("escalation-merged.jsonl", 1e9);
  g_autoptr(CmPlayback) slow = play ("escalation-merged.jsonl", 0.001);

  g_assert_true (G_APPROX_VALUE (cm_playback_get_speed (usual), 504.0 / 20, 0.01));
  g_assert_true (G_APPROX_VALUE (cm_playback_get_speed (fast), CM_PLAYBACK_MAX_SPEED, 0.01));
  g_assert_true (G_APPROX_VALUE (cm_playback_get_speed (slow), CM_PLAYBACK_MIN_SPEED, 0.01));
}

static void
test_faults (void)
{
  g_autofree char *folder = g_dir_make_tmp ("conference-monitor-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.jsonl", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(CmPlayback) playback = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *fault = NULL;

  g_file_set_contents (path, "x\n{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"a\",\"conversation\":\"1\",\"event\":\"ConversationAdded\"}\n[]\n", -1, &error);
  g_assert_no_error (error);
  playback = cm_playback_new (file, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cm_playback_get_n_faults (playback), ==, 2);
  fault = cm_playback_dup_fault (playback, 1);
  g_assert_true (g_str_has_prefix (fault, "Line 3: "));
  g_assert_null (cm_playback_dup_fault (playback, 2));
  g_assert_cmpint (cm_playback_get_duration (playback), ==, 0);

  g_file_delete (file, NULL, NULL);
  g_assert_null (cm_playback_new (file, 1, &error));
  g_assert_nonnull (error);
  rmdir (folder);
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_notify (void)
{
  g_autoptr(CmPlayback) playback = play ("escalation-user2.jsonl", 1);
  guint playing = 0, speed = 0, position = 0;

  g_signal_connect_swapped (playback, "notify::playing", G_CALLBACK (count_notify), &playing);
  g_signal_connect_swapped (playback, "notify::speed", G_CALLBACK (count_notify), &speed);
  g_signal_connect_swapped (playback, "notify::position", G_CALLBACK (count_notify), &position);
  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_speed (playback, 2);
  cm_playback_set_speed (playback, 2);
  cm_playback_set_position (playback, 1000);
  cm_playback_set_position (playback, 1000);
  g_assert_cmpuint (playing, ==, 1);
  g_assert_cmpuint (speed, ==, 1);
  g_assert_cmpuint (position, ==, 1);
}

static void
on_refused (GObject      *watch,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (cm_watch_command_finish (CM_WATCH (watch), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  *(gboolean *) user_data = TRUE;
}

/* There is no call in a recording. */
static void
test_no_rejoin (void)
{
  g_autoptr(CmPlayback) playback = play ("escalation-user2.jsonl", 1);
  g_autoptr(CmCommand) command = cm_command_new (NULL, "lync/user2@contoso.com#c1", CM_ACTION_REJOIN, NULL);
  g_autofree char *why = cm_watch_why_not (CM_WATCH (playback), command);
  gboolean refused = FALSE;

  g_assert_nonnull (why);
  cm_watch_command_async (CM_WATCH (playback), command, NULL, on_refused, &refused);
  while (!refused)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: the id of a leg with that banner whose source ends so. */
static char *
find_banner (CmWatch  *watch,
             CmBanner  banner)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      const CmDocument *document = cm_conversation_get_document (conversation);

      for (guint j = 0; j < document->legs.len; j++)
        {
          const CmLeg *leg = cm_document_get_leg (document, j);

          if (leg->banner == banner && g_str_equal (leg->source, "lync/user2@contoso.com"))
            return g_strdup (leg->id);
        }
    }

  return NULL;
}

static CmPhase
get_phase (CmWatch    *watch,
           const char *id)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      const CmLeg *leg = cm_document_find_leg (cm_conversation_get_document (conversation), id);

      if (leg != NULL)
        return leg->phase;
    }

  return CM_PHASE_ENDED;
}

static void
on_rejoin (GObject      *watch,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (cm_watch_command_finish (CM_WATCH (watch), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* Within 20 s a person sees the banner come; Rejoin makes it go. */
static void
test_demo (void)
{
  g_autoptr(CmDemo) demo = cm_demo_new ();
  CmWatch *watch = CM_WATCH (demo);
  g_autoptr(CmCommand) command = NULL;
  g_autofree char *leg = NULL;
  g_autofree char *why = NULL, *why_again = NULL;
  gboolean done = FALSE;

  for (guint second = 0; second < 20 && leg == NULL; second++)
    {
      cm_demo_advance (demo, 1000);
      leg = find_banner (watch, CM_BANNER_LEFT_CALL);
    }
  g_assert_nonnull (leg);
  command = cm_command_new (NULL, leg, CM_ACTION_REJOIN, NULL);
  why = cm_watch_why_not (watch, command);
  g_assert_null (why);

  cm_watch_command_async (watch, command, NULL, on_rejoin, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  cm_demo_advance (demo, 1500);
  g_assert_cmpint (get_phase (watch, leg), ==, CM_PHASE_REJOINING);
  why_again = cm_watch_why_not (watch, command);
  g_assert_nonnull (why_again);
  cm_demo_advance (demo, 3000);
  g_assert_cmpint (get_phase (watch, leg), ==, CM_PHASE_IN_CONFERENCE);
  g_assert_finalize_object (g_steal_pointer (&demo));
}

static CmConversation *
find_conference (CmWatch *watch)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (watch));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, i);
      const CmDocument *document = cm_conversation_get_document (conversation);
      const CmLeg *leg = cm_document_get_leg (document, 0);

      if (leg->phase == CM_PHASE_IN_CONFERENCE && g_str_equal (leg->source, "lync/user2@contoso.com"))
        return conversation;
    }

  return NULL;
}

static void
command (CmDemo           *demo,
         const CmDocument *document,
         CmAction          action,
         const char       *participant)
{
  const CmLeg *leg = cm_document_get_leg (document, 0);
  g_autoptr(CmCommand) asked = cm_command_new (document->id, leg->id, action, participant);
  g_autofree char *reason = cm_watch_why_not (CM_WATCH (demo), asked);
  gboolean done = FALSE;

  g_assert_cmpstr (reason, ==, NULL);
  cm_watch_command_async (CM_WATCH (demo), asked, NULL, on_rejoin, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  cm_demo_advance (demo, 500);
}

/* What a station is asked for shows by the events that follow. */
static void
test_demo_commands (void)
{
  g_autoptr(CmDemo) demo = cm_demo_new ();
  CmWatch *watch = CM_WATCH (demo);
  g_autoptr(CmConversation) conversation = NULL;
  const char *user = "sip:user1@contoso.com";

  for (guint second = 0; second < 20 && conversation == NULL; second++)
    {
      cm_demo_advance (demo, 500);
      g_set_object (&conversation, find_conference (watch));
    }
  g_assert_nonnull (conversation);

#define PERSON(address) cm_document_find_person (cm_conversation_get_document (conversation), address)
  command (demo, cm_conversation_get_document (conversation), CM_ACTION_MUTE, user);
  g_assert_cmpint (PERSON (user)->muted, ==, CM_YES);
  command (demo, cm_conversation_get_document (conversation), CM_ACTION_UNMUTE, user);
  g_assert_cmpint (PERSON (user)->muted, ==, CM_NO);
  command (demo, cm_conversation_get_document (conversation), CM_ACTION_LOCK, NULL);
  g_assert_cmpint (cm_conversation_get_document (conversation)->conference.locked, ==, CM_YES);
  command (demo, cm_conversation_get_document (conversation), CM_ACTION_INVITE, "sip:eva@contoso.com");
  g_assert_cmpstr (PERSON ("sip:eva@contoso.com")->state, ==, "Connecting");
  command (demo, cm_conversation_get_document (conversation), CM_ACTION_REMOVE, "sip:eva@contoso.com");
  g_assert_cmpstr (PERSON ("sip:eva@contoso.com")->left_reason, ==, "removed");
#undef PERSON

  command (demo, cm_conversation_get_document (conversation), CM_ACTION_END, NULL);
  g_assert_cmpint (cm_conversation_get_document (conversation)->phase, ==, CM_PHASE_ENDED);
  g_clear_object (&conversation);
  g_assert_finalize_object (g_steal_pointer (&demo));
}

/* Round after round: each has its banner, and none leaves anything behind. */
static void
test_demo_loops (void)
{
  g_autoptr(CmDemo) demo = cm_demo_new ();
  CmWatch *watch = CM_WATCH (demo);

  for (guint round = 0; round < 5; round++)
    {
      gboolean escalates = FALSE, left = FALSE;

      for (guint second = 0; second < 60; second++)
        {
          g_autofree char *leg = NULL;

          cm_demo_advance (demo, 1000);
          leg = find_banner (watch, CM_BANNER_LEFT_CALL);
          left |= leg != NULL;
          for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (cm_watch_get_conversations (watch))); i++)
            {
              g_autoptr(CmConversation) conversation =
                g_list_model_get_item (G_LIST_MODEL (cm_watch_get_conversations (watch)), i);

              escalates |= cm_conversation_get_document (conversation)->phase == CM_PHASE_ESCALATING;
            }
        }
      g_assert_true (left && escalates);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (cm_watch_get_conversations (watch))), <, 40);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playback/seek", test_seek);
  g_test_add_func ("/playback/to-its-end", test_to_its_end);
  g_test_add_func ("/playback/speed", test_speed);
  g_test_add_func ("/playback/faults", test_faults);
  g_test_add_func ("/playback/notify", test_notify);
  g_test_add_func ("/playback/no-rejoin", test_no_rejoin);
  g_test_add_func ("/demo/rejoin", test_demo);
  g_test_add_func ("/demo/commands", test_demo_commands);
  g_test_add_func ("/demo/loops", test_demo_loops);

  return g_test_run ();
}
