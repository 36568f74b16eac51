/* test-conversation-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-attention.h"
#include "panel/call/cm-conversation-page.h"
#include "panel/cm-panel-test.h"

typedef struct
{
  CmWatch   *watch;
  CmSession *session;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  fixture->session = cm_session_new ();
  cm_session_set_watch (fixture->session, fixture->watch);
  fixture->page = g_object_new (CM_TYPE_CONVERSATION_PAGE, "session", fixture->session, NULL);
  g_object_bind_property (fixture->session, "selected", fixture->page, "conversation",
                          G_BINDING_SYNC_CREATE);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_set_default_size (fixture->window, 400, 700);
  gtk_window_present (fixture->window);
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

static void
show (Fixture    *fixture,
      CmDocument *document)
{
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_panel_test_settle ();
}

static gboolean
says (Fixture    *fixture,
      const char *text)
{
  return cm_panel_test_find (fixture->page, GTK_TYPE_LABEL, text) != NULL;
}

static GtkWidget *
find_group (Fixture    *fixture,
            const char *title)
{
  GtkWidget *heading = cm_panel_test_find (fixture->page, GTK_TYPE_LABEL, title);

  /* What leads the keyboard out of the list is around it. */
  return heading != NULL ? gtk_widget_get_first_child (gtk_widget_get_next_sibling (heading)) : NULL;
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_true (says (fixture, "No call is selected"));
  show (fixture, cm_fake_document_new ("a", "Budget"));
  g_assert_false (says (fixture, "No call is selected"));
}

static void
test_head (Fixture       *fixture,
           gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");
  CmLeg *leg = cm_document_edit_leg (document, 0);

  document->conference.organizer = g_ref_string_new ("sip:ben@x.org");
  leg->inviter = g_ref_string_new ("sip:dan@x.org");
  show (fixture, document);

  g_assert_true (says (fixture, "Budget"));
  g_assert_true (says (fixture, "00:10"));
  g_assert_true (says (fixture, "In a conference"));
  g_assert_true (says (fixture, "Conference · Organized by Ben · invited by dan@x.org"));
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");
  GtkWidget *group;
  CmPerson *person;

  show (fixture, document);
  group = find_group (fixture, "Presenters (2)");
  g_assert_nonnull (group);
  gtk_test_accessible_assert_role (group, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (group, GTK_ACCESSIBLE_PROPERTY_LABEL, "Presenters (2)");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (group),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Ana, presenter, connected");
  g_assert_false (says (fixture, "Lobby (0)"));
  g_assert_false (says (fixture, "Attendees (0)"));
  g_assert_false (says (fixture, "Left (0)"));

  document = cm_fake_document_new ("a", "Budget");
  cm_fake_document_add (document, "cyd", CM_ROLE_ATTENDEE)->muted = CM_YES;
  cm_fake_document_add (document, "dan", CM_ROLE_LOBBY);
  person = cm_fake_document_add (document, "eva", CM_ROLE_ATTENDEE);
  person->left = CM_FAKE_NOW + 1000;
  person->left_reason = g_ref_string_new ("removed");
  show (fixture, document);

  g_assert_nonnull (find_group (fixture, "Lobby (1)"));
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (find_group (fixture, "Attendees (1)")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Cyd, attendee, connected, muted");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (find_group (fixture, "Left (1)")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Eva, left, Removed by a presenter");
}

static void
test_no_presenter (Fixture       *fixture,
                   gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");

  cm_document_add_person (document, "sip:ana@x.org")->role = CM_ROLE_ATTENDEE;
  cm_document_add_person (document, "sip:ben@x.org")->role = CM_ROLE_ATTENDEE;
  show (fixture, document);
  g_assert_true (says (fixture, "No presenter"));
  g_assert_nonnull (find_group (fixture, "Attendees (2)"));
}

static void
test_access (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");

  show (fixture, document);
  g_assert_false (says (fixture, "Join link"));

  document = cm_fake_document_new ("a", "Budget");
  document->conference.access.id = g_ref_string_new ("48213");
  document->conference.access.join_url = g_ref_string_new ("https://meet.x.org/ana/1");
  show (fixture, document);
  g_assert_true (says (fixture, "48213"));
  g_assert_true (says (fixture, "meet.x.org/ana/1"));
  g_assert_nonnull (cm_panel_test_find (fixture->page, GTK_TYPE_LINK_BUTTON, NULL));

  /* Whatever is no web address is never something to click on. */
  document = cm_fake_document_new ("a", "Budget");
  document->conference.access.join_url = g_ref_string_new ("file:///etc/passwd");
  show (fixture, document);
  g_assert_true (says (fixture, "file:///etc/passwd"));
  g_assert_null (cm_panel_test_find (fixture->page, GTK_TYPE_LINK_BUTTON, NULL));
}

static void
test_stations (Fixture       *fixture,
               gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new_left ("a", "Budget");
  CmLeg *leg;
  GtkWidget *list;

  show (fixture, document);
  g_assert_false (says (fixture, "Stations"));
  g_assert_true (says (fixture, "You have left the call"));

  document = cm_fake_document_new_left ("a", "Budget");
  leg = cm_document_add_leg (document, "lync/ben@x.org#1");
  leg->source = g_ref_string_new ("lync/ben@x.org");
  leg->phase = CM_PHASE_IN_CONFERENCE;
  show (fixture, document);
  g_assert_true (says (fixture, "Stations"));
  g_assert_true (says (fixture, "Ana has left the call"));

  /* The station that is selected is "you". */
  list = find_group (fixture, "Stations");
  gtk_list_box_select_row (GTK_LIST_BOX (list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  cm_panel_test_settle ();
  g_assert_true (says (fixture, "You have left the call"));
}

static void
test_ages_end (Fixture       *fixture,
               gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");

  document->ended = CM_FAKE_NOW + 65000;
  document->phase = CM_PHASE_ENDED;
  show (fixture, document);
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 99000);
  g_assert_true (says (fixture, "01:05"));
  g_assert_false (says (fixture, "01:39"));
}

/* What nobody can say now is told to be of when somebody could. */
static void
test_as_of (Fixture       *fixture,
            gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");
  CmLeg *leg = cm_document_edit_leg (document, 0);
  g_autofree char *as_of = cm_words_dup_as_of (CM_FAKE_NOW + 5000);

  leg->silent_since = CM_FAKE_NOW + 5000;
  leg->confirmed = FALSE;
  cm_document_edit_person (document, 1)->confirmed = FALSE;
  show (fixture, document);
  g_assert_true (says (fixture, as_of));

  /* Those who are in the roster stand still with it. */
  cm_watch_set_now (fixture->watch, CM_FAKE_NOW + 60000);
  cm_panel_test_settle ();
  g_assert_true (says (fixture, as_of));
  g_assert_true (says (fixture, "00:05"));
  g_assert_false (says (fixture, "01:00"));

  g_assert_true (says (fixture, "Connected · not confirmed"));

  show (fixture, cm_fake_document_new ("a", "Budget"));
  g_assert_false (says (fixture, as_of));
  g_assert_true (says (fixture, "01:00"));
}

static GtkWidget *
find_icon (GtkWidget  *root,
           const char *icon_name)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_IMAGE (root) && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (root)), icon_name) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_icon (child, icon_name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_not_confirmed (Fixture       *fixture,
                    gconstpointer  data)
{
  CmDocument *document = cm_fake_document_new ("a", "Budget");
  CmPerson *gone = cm_fake_document_add (document, "eva", CM_ROLE_ATTENDEE);
  GtkWidget *group, *icon;

  gone->left = CM_FAKE_NOW + 1000;
  gone->confirmed = FALSE;
  show (fixture, document);
  g_assert_null (find_icon (fixture->page, "dialog-question-symbolic"));

  document = cm_fake_document_new ("a", "Budget");
  cm_document_edit_person (document, 0)->confirmed = FALSE;
  show (fixture, document);
  icon = find_icon (fixture->page, "dialog-question-symbolic");
  g_assert_nonnull (icon);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (icon), ==, "Not confirmed");
  gtk_test_accessible_assert_property (icon, GTK_ACCESSIBLE_PROPERTY_LABEL, "Not confirmed");
  group = find_group (fixture, "Presenters (2)");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Ana, presenter, connected, not confirmed");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/conversation-page/nothing", test_nothing);
  ADD ("/conversation-page/head", test_head);
  ADD ("/conversation-page/groups", test_groups);
  ADD ("/conversation-page/no-presenter", test_no_presenter);
  ADD ("/conversation-page/access", test_access);
  ADD ("/conversation-page/stations", test_stations);
  ADD ("/conversation-page/ages-end", test_ages_end);

  ADD ("/conversation-page/as-of", test_as_of);
  ADD ("/conversation-page/not-confirmed", test_not_confirmed);

  return g_test_run ();
}
