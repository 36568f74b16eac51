/* test-announcer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-announcer.h"
#include "panel/cm-panel-test.h"

#define N_BURST 100

/* Long against what else takes time, ms, and shorter than what users have. */
#define INTERVAL 1000

typedef struct
{
  CmWatch     *watch;
  CmSession   *session;
  CmAnnouncer *announcer;
  GPtrArray   *heard;
  GArray      *times; /* when, monotonic µs */
  guint        n_wanted;
} Fixture;

static void
hear (const char *text,
      gpointer    user_data)
{
  Fixture *fixture = user_data;
  gint64 now = g_get_monotonic_time ();

  g_ptr_array_add (fixture->heard, g_strdup (text));
  g_array_append_val (fixture->times, now);
}

static gboolean
has_heard (gpointer user_data)
{
  return ((Fixture *) user_data)->heard->len >= ((Fixture *) user_data)->n_wanted;
}

/* Returns: what was heard as the @n-th, from 1 on */
static const char *
wait_for (Fixture *fixture,
          guint    n)
{
  fixture->n_wanted = n;
  cm_panel_test_wait (has_heard, fixture);
  for (guint i = 1; i < fixture->times->len; i++)
    g_assert_cmpint (g_array_index (fixture->times, gint64, i) - g_array_index (fixture->times, gint64, i - 1), >=,
                     INTERVAL * 1000);

  return g_ptr_array_index (fixture->heard, n - 1);
}

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;

  return G_SOURCE_REMOVE;
}

/* Longer than anything is put off. */
static void
expect_silence (Fixture *fixture)
{
  guint n = fixture->heard->len;
  gboolean over = FALSE;

  g_timeout_add (INTERVAL + 4 * CM_ANNOUNCER_DELAY, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->heard->len, ==, n);
}

static void
show (Fixture    *fixture,
      const char *id,
      guint       n_attendees)
{
  CmDocument *document = cm_fake_document_new (id, id);

  for (guint i = 0; i < n_attendees; i++)
    {
      g_autofree char *user = g_strdup_printf ("user%u", i);

      cm_fake_document_add (document, user, CM_ROLE_ATTENDEE);
    }
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  guint interval;

  fixture->heard = g_ptr_array_new_with_free_func (g_free);
  fixture->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->watch = cm_fake_watch_new ();
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->announcer = cm_announcer_new (fixture->session, hear, fixture);
  g_object_get (fixture->announcer, "interval", &interval, NULL);
  g_assert_cmpuint (interval, ==, 5000);
  g_object_set (fixture->announcer, "interval", INTERVAL, NULL);
  show (fixture, "budget", 1);
  cm_call_order_flush (cm_session_get_order (fixture->session));
  g_assert_cmpstr (wait_for (fixture, 1), ==, "1 call");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->announcer);
  cm_session_set_watch (fixture->session, NULL);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->watch);
  g_ptr_array_unref (fixture->heard);
  g_array_unref (fixture->times);
}

/* A hundred changes are one announcement, of what is so then. */
static void
test_burst (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 1; i <= N_BURST; i++)
    show (fixture, "budget", i % 7 + 2);

  g_assert_cmpstr (wait_for (fixture, 2), ==,
                   "budget, Conference, In a conference, 2 presenters, 4 attendees, Ben, User0, User1 and 2 more");
  expect_silence (fixture);
}

/* What is again as it was said is no news. */
static void
test_back (Fixture       *fixture,
           gconstpointer  data)
{
  show (fixture, "budget", 3);
  show (fixture, "budget", 1);
  expect_silence (fixture);
}

/* The banner's words are in the call's sentence, and said once. */
static void
test_leaves (Fixture       *fixture,
             gconstpointer  data)
{
  const char *text;

  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new_left ("budget", "budget"));
  text = wait_for (fixture, 2);
  g_assert_true (g_str_has_prefix (text, "budget, Conference, You have left the call"));
  g_assert_null (strstr (strstr (text, "You have left") + 1, "You have left"));
}

/* Who goes to another call hears its row; of what changes there he hears here. */
static void
test_selects (Fixture       *fixture,
              gconstpointer  data)
{
  CmConversationList *list = cm_watch_get_conversations (fixture->watch);

  show (fixture, "stand-up", 0);
  cm_call_order_flush (cm_session_get_order (fixture->session));
  g_assert_cmpstr (wait_for (fixture, 2), ==, "2 calls");

  cm_session_set_selected (fixture->session, cm_conversation_list_lookup (list, "stand-up"));
  expect_silence (fixture);
  show (fixture, "budget", 5);
  expect_silence (fixture);
  show (fixture, "stand-up", 1);
  g_assert_cmpstr (wait_for (fixture, 3), ==,
                   "stand-up, Conference, In a conference, 2 presenters, 1 attendee, Ben, User0");
}

/* What came of an action waits its turn too, and is not lost. */
static void
test_says (Fixture       *fixture,
           gconstpointer  data)
{
  cm_announcer_say (fixture->announcer, "Copied");
  show (fixture, "budget", 2);
  g_assert_cmpstr (wait_for (fixture, 2), ==,
                   "Copied. budget, Conference, In a conference, 2 presenters, 2 attendees, Ben, User0, User1");
}

static void
test_fault (Fixture       *fixture,
            gconstpointer  data)
{
  cm_session_set_fault (fixture->session, "Could not open a.jsonl", "No such file");
  g_assert_cmpstr (wait_for (fixture, 2), ==, "Could not open a.jsonl, No such file");
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  g_test_add ("/announcer/burst", Fixture, NULL, set_up, test_burst, tear_down);
  g_test_add ("/announcer/back", Fixture, NULL, set_up, test_back, tear_down);
  g_test_add ("/announcer/leaves", Fixture, NULL, set_up, test_leaves, tear_down);
  g_test_add ("/announcer/selects", Fixture, NULL, set_up, test_selects, tear_down);
  g_test_add ("/announcer/says", Fixture, NULL, set_up, test_says, tear_down);
  g_test_add ("/announcer/fault", Fixture, NULL, set_up, test_fault, tear_down);

  return g_test_run ();
}
