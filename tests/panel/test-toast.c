/* test-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-panel-test.h"
#include "panel/cm-toast.h"

typedef struct
{
  CmWatch   *watch;
  GtkWindow *window;
  GtkWidget *toast;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->watch = cm_fake_watch_new ();
  fixture->toast = g_object_new (CM_TYPE_TOAST, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->toast);
  gtk_window_present (fixture->window);
  cm_panel_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->watch);
}

static void
show (Fixture    *fixture,
      const char *id,
      CmPhase     phase)
{
  CmDocument *document = cm_fake_document_new (id, id);

  document->phase = phase;
  cm_fake_watch_show (CM_FAKE_WATCH (fixture->watch), document);
  cm_panel_test_settle ();
}

static void
look_at (Fixture    *fixture,
         const char *id)
{
  CmConversationList *list = cm_watch_get_conversations (fixture->watch);

  g_object_set (fixture->toast, "conversation", cm_conversation_list_lookup (list, id), NULL);
  cm_panel_test_settle ();
}

static GtkWidget *
find (Fixture *fixture)
{
  return cm_panel_test_find (fixture->toast, GTK_TYPE_LABEL, "The call has ended");
}

static gboolean
is_gone (gpointer data)
{
  return find (data) == NULL;
}

static void
test_ends (Fixture       *fixture,
           gconstpointer  data)
{
  show (fixture, "a", CM_PHASE_IN_CALL);
  look_at (fixture, "a");
  g_assert_null (find (fixture));

  show (fixture, "a", CM_PHASE_ENDED);
  g_assert_nonnull (find (fixture));
  gtk_test_accessible_assert_role (gtk_widget_get_parent (find (fixture)), GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (gtk_widget_get_parent (find (fixture)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "The call has ended");

  /* By itself, and once only. */
  cm_panel_test_wait (is_gone, fixture);
  show (fixture, "a", CM_PHASE_ENDED);
  g_assert_null (find (fixture));
}

/* It goes on after all, as where a recording is wound back. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  show (fixture, "a", CM_PHASE_IN_CALL);
  look_at (fixture, "a");
  show (fixture, "a", CM_PHASE_ENDED);
  g_assert_nonnull (find (fixture));
  show (fixture, "a", CM_PHASE_IN_CALL);
  g_assert_null (find (fixture));
}

static void
test_others (Fixture       *fixture,
             gconstpointer  data)
{
  show (fixture, "a", CM_PHASE_IN_CALL);
  show (fixture, "b", CM_PHASE_IN_CALL);
  look_at (fixture, "b");
  show (fixture, "a", CM_PHASE_ENDED);
  g_assert_null (find (fixture));

  /* That it had ended before is no news. */
  look_at (fixture, "a");
  g_assert_null (find (fixture));
  look_at (fixture, "nobody");
  g_assert_null (find (fixture));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  ADD ("/toast/ends", test_ends);
  ADD ("/toast/goes-on", test_goes_on);
  ADD ("/toast/others", test_others);

  return g_test_run ();
}
