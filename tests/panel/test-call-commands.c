/* test-call-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/call/cm-call-commands.h"
#include "panel/call/cm-commander.h"
#include "panel/call/cm-conversation-page.h"
#include "panel/cm-panel-test.h"

#define ACTION(name) (1u << CM_ACTION_##name)

/* In place of five seconds, ms. */
#define DELAY 300

typedef struct
{
  CmWatch     *watch;
  CmSession   *session;
  GtkWindow   *window;
  GtkWidget   *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  cm_fake_watch_set_actions (CM_FAKE_WATCH (fixture->watch), GPOINTER_TO_UINT (data));
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->page = g_object_new (CM_TYPE_CONVERSATION_PAGE, "session", fixture->session, NULL);
  g_object_bind_property (fixture->session, "selected", fixture->page, "conversation",
                          G_BINDING_SYNC_CREATE);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_set_default_size (fixture->window, 400, 700);
  gtk_window_present (fixture->window);
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new ("a", "Budget"));
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  cm_panel_test_settle ();
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->watch);
}

static GtkWidget *
find (Fixture    *fixture,
      GType       type,
      const char *text)
{
  return cm_panel_test_find (fixture->page, type, text);
}

static const CmCommand *
get_command (Fixture *fixture)
{
  return cm_fake_watch_get_command (CM_FAKE_WATCH (fixture->watch));
}

static gboolean
is_sent (gpointer user_data)
{
  return get_command (user_data) != NULL;
}

/* Mapped or not. */
static GtkWidget *
find_commands (GtkWidget *root)
{
  GtkWidget *found = CM_IS_CALL_COMMANDS (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_commands (child);

  return found;
}

static CmCommander *
get_commander (Fixture *fixture)
{
  GtkWidget *commands = find_commands (fixture->page);
  CmCommander *commander = NULL;

  g_object_get (commands, "commander", &commander, NULL);
  g_object_set (commander, "delay", DELAY, NULL);
  g_object_unref (commander);

  return commander;
}

static void
expect_words (CmCommander *commander,
              const char  *expected)
{
  g_autofree char *words = NULL;

  g_object_get (commander, "words", &words, NULL);
  g_assert_cmpstr (words, ==, expected);
}

/* What no source takes is not there, not even insensitive. */
static void
test_none (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Lock"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "End for All"));
  g_assert_null (find (fixture, GTK_TYPE_MENU_BUTTON, NULL));
}

static void
test_offered (Fixture       *fixture,
              gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");

  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Lock"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Unlock"));
  g_assert_nonnull (find (fixture, GTK_TYPE_MENU_BUTTON, NULL));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "End for All"));

  document->conference.locked = CM_YES;
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_panel_test_settle ();
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Lock"));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Unlock"), "clicked");
  g_assert_cmpint (get_command (fixture)->action, ==, CM_ACTION_UNLOCK);
  g_assert_cmpstr (get_command (fixture)->leg, ==, "lync/ana@x.org#a");
}

static void
test_mute (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_widget_activate_action (fixture->page, "call.mute", "s", "sip:ben@x.org");
  g_assert_cmpint (get_command (fixture)->action, ==, CM_ACTION_MUTE);
  g_assert_cmpstr (get_command (fixture)->participant, ==, "sip:ben@x.org");
}

/* A menu has what fits the person. */
static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *menu = find (fixture, GTK_TYPE_MENU_BUTTON, NULL);
  GtkWidget *popover;

  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  cm_panel_test_settle ();
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)));
  g_assert_nonnull (cm_panel_test_find (popover, GTK_TYPE_BUTTON, "Mute"));
  g_assert_null (cm_panel_test_find (popover, GTK_TYPE_BUTTON, "Unmute"));
  g_assert_null (cm_panel_test_find (popover, GTK_TYPE_BUTTON, "Let In"));
  g_signal_emit_by_name (cm_panel_test_find (popover, GTK_TYPE_BUTTON, "Mute"), "clicked");
  cm_panel_test_settle ();
  g_assert_cmpint (get_command (fixture)->action, ==, CM_ACTION_MUTE);
}

static void
test_removal (Fixture       *fixture,
              gconstpointer  data)
{
  CmCommander *commander = get_commander (fixture);

  gtk_widget_activate_action (fixture->page, "call.remove", "s", "sip:ben@x.org");
  cm_panel_test_settle ();
  expect_words (commander, "Ben will be removed from the conference");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Ben will be removed from the conference"));
  g_assert_null (get_command (fixture));

  cm_panel_test_wait (is_sent, fixture);
  g_assert_cmpint (get_command (fixture)->action, ==, CM_ACTION_REMOVE);
  expect_words (commander, NULL);
}

static gboolean
set_flag (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* What was taken back is never sent. */
static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  gboolean over = FALSE;

  get_commander (fixture);
  gtk_widget_activate_action (fixture->page, "call.end", NULL);
  cm_panel_test_settle ();
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "The conference will be ended for everybody"));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Undo"), "clicked");
  g_timeout_add (3 * DELAY, set_flag, &over);
  cm_panel_test_wait (is_set, &over);
  g_assert_null (get_command (fixture));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Undo"));
}

static void
test_default_delay (void)
{
  g_autoptr (CmCommander) commander = cm_commander_new ();
  guint delay;

  g_object_get (commander, "delay", &delay, NULL);
  g_assert_cmpuint (delay, ==, 5000);
}

/* That the source would not is said with its reason. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  CmCommander *commander = get_commander (fixture);

  cm_fake_watch_set_refusal (CM_FAKE_WATCH (fixture->watch), "Only the organizer may do that");
  gtk_widget_activate_action (fixture->page, "call.mute", "s", "sip:ben@x.org");
  cm_panel_test_settle ();
  expect_words (commander, "Could not mute Ben: Only the organizer may do that");
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Close"), "clicked");
  expect_words (commander, NULL);
}

/* What cannot be done now says why beforehand. */
static void
test_why_not (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *lock;

  cm_fake_watch_set_why_not (CM_FAKE_WATCH (fixture->watch), "The station is on hold");
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), cm_fake_document_new ("a", "Budget now"));
  cm_panel_test_settle ();
  lock = find (fixture, GTK_TYPE_BUTTON, "Lock");
  g_assert_false (gtk_widget_get_sensitive (lock));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (lock), ==, "The station is on hold");
  gtk_test_accessible_assert_property (lock, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "The station is on hold");
}

#define ADD(name, actions, func) \
  g_test_add (name, Fixture, GUINT_TO_POINTER (actions), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/commands/none", 0, test_none);
  ADD ("/commands/offered", ACTION (LOCK) | ACTION (UNLOCK) | ACTION (MUTE), test_offered);
  ADD ("/commands/mute", ACTION (MUTE), test_mute);
  ADD ("/commands/menu", ACTION (MUTE) | ACTION (UNMUTE) | ACTION (ADMIT), test_menu);
  ADD ("/commands/removal", ACTION (REMOVE), test_removal);
  ADD ("/commands/undo", ACTION (END), test_undo);
  ADD ("/commands/refused", ACTION (MUTE), test_refused);
  ADD ("/commands/why-not", ACTION (LOCK), test_why_not);
  g_test_add_func ("/commands/default-delay", test_default_delay);

  return g_test_run ();
}
