/* test-ended.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/list/cm-ended-window.h"
#include "panel/cm-panel-test.h"

typedef struct
{
  CmWatch    *watch;
  GListStore *ended;
  GtkWidget  *window;
} Fixture;

static void
add_ended (Fixture    *fixture,
           const char *id,
           const char *subject,
           const char *guest)
{
  CmDocument *document = cm_fake_document_new (id, subject);
  g_autoptr (CmConversation) conversation = NULL;

  cm_fake_document_add (document, guest, CM_ROLE_ATTENDEE);
  document->phase = CM_PHASE_ENDED;
  document->ended = document->started + 60000;
  conversation = cm_conversation_new (document);
  g_list_store_append (fixture->ended, conversation);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());

  fixture->watch = cm_fake_watch_new ();
  fixture->ended = g_list_store_new (CM_TYPE_CONVERSATION);
  add_ended (fixture, "a", "Budget review", "zoe");
  add_ended (fixture, "b", "Stand-up", "ulla");
  fixture->window = cm_ended_window_new (parent, cm_watch_get_conversations (fixture->watch),
                                         G_LIST_MODEL (fixture->ended));
  gtk_window_present (parent);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (gtk_window_get_transient_for (GTK_WINDOW (fixture->window)));
  cm_panel_test_settle ();
  g_object_unref (fixture->ended);
  g_assert_finalize_object (fixture->watch);
}

typedef struct
{
  GtkWidget *window;
  gboolean   budget;
  gboolean   stand_up;
} Wanted;

static gboolean
shows (GtkWidget  *window,
       const char *title)
{
  GtkWidget *label = cm_panel_test_find (window, GTK_TYPE_LABEL, title);

  return label != NULL && cm_panel_test_is_seen (label);
}

static gboolean
is_as_wanted (gpointer user_data)
{
  Wanted *wanted = user_data;

  return shows (wanted->window, "Budget review") == wanted->budget &&
         shows (wanted->window, "Stand-up") == wanted->stand_up &&
         shows (wanted->window, "No ended calls") == (!wanted->budget && !wanted->stand_up);
}

static void
search (Fixture    *fixture,
        const char *text,
        gboolean    budget,
        gboolean    stand_up)
{
  GtkWidget *entry = cm_panel_test_find (fixture->window, GTK_TYPE_SEARCH_ENTRY, NULL);
  Wanted wanted = { fixture->window, budget, stand_up };

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  cm_panel_test_wait (is_as_wanted, &wanted);
}

/* By subject and by person, however it is written; and back. */
static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  search (fixture, "", TRUE, TRUE);
  search (fixture, "BUDGET", TRUE, FALSE);
  search (fixture, "ulla", FALSE, TRUE);
  search (fixture, "ana", TRUE, TRUE);
  search (fixture, "nobody of that name", FALSE, FALSE);
  search (fixture, "", TRUE, TRUE);
}

/* What ends while one looks at the list comes in, if it is what one looks for. */
static void
test_comes_in (Fixture       *fixture,
               gconstpointer  data)
{
  Wanted none = { fixture->window, FALSE, FALSE }, one = { fixture->window, TRUE, FALSE };

  g_list_store_remove_all (fixture->ended);
  cm_panel_test_wait (is_as_wanted, &none);
  search (fixture, "zoe", FALSE, FALSE);
  add_ended (fixture, "c", "Budget review", "zoe");
  add_ended (fixture, "d", "Stand-up", "ulla");
  cm_panel_test_wait (is_as_wanted, &one);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/ended/search", test_search);
  ADD ("/ended/comes-in", test_comes_in);
#undef ADD

  return g_test_run ();
}
