/* test-keys.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "panel/cm-application.h"
#include "panel/cm-keys-window.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-window.h"

/* What GTK's own widgets do with a key, and what a window does without a binding. */
static const char * const elsewhere[] = { "Up", "Down", "Return", "space", "F10", "Left", "Right" };

/* Keys that do the same as one that is listed, for other keyboards. */
static const char * const same[] = { "<Control>equal", "<Control><Shift>question", "equal", "KP_Add", "KP_Subtract" };

static char *
dup_canonical (const char *trigger)
{
  guint key;
  GdkModifierType modifiers;

  g_assert_true (gtk_accelerator_parse (trigger, &key, &modifiers));

  return gtk_accelerator_name (key, modifiers);
}

static void
add (GHashTable *set,
     const char *trigger)
{
  g_hash_table_add (set, dup_canonical (trigger));
}

static GHashTable *
create_listed (void)
{
  GHashTable *listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n;
  const CmKeys *keys = cm_keys_window_get_keys (&n);

  for (gsize i = 0; i < n; i++)
    {
      for (guint j = 0; j < CM_KEYS_MAX && keys[i].triggers[j] != NULL; j++)
        add (listed, keys[i].triggers[j]);
    }

  return listed;
}

/* What does something of ours, not of GTK. */
static gboolean
is_ours (GtkWidget         *widget,
         GtkShortcutAction *action)
{
  const char *name = GTK_IS_NAMED_ACTION (action) ? gtk_named_action_get_action_name (GTK_NAMED_ACTION (action)) : NULL;

  if (name != NULL)
    return g_str_has_prefix (name, "win.") || g_str_has_prefix (name, "calls.") ||
           g_str_has_prefix (name, "timeline.");

  return GTK_IS_CALLBACK_ACTION (action) && g_str_equal (G_OBJECT_TYPE_NAME (widget), "CmTimelineView");
}

static void
collect_widget (GtkWidget  *widget,
                GHashTable *bound)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (is_ours (widget, gtk_shortcut_get_action (shortcut)))
            add (bound, trigger);
        }
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_widget (child, bound);
}

static void
collect_application (GtkApplication *application,
                     GHashTable     *bound)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, actions[i]);

      for (guint j = 0; accels[j] != NULL; j++)
        add (bound, accels[j]);
    }
}

static void
check_bound (GHashTable *bound)
{
  g_autoptr (GHashTable) listed = create_listed ();
  GHashTableIter iter;
  gpointer key;

  g_assert_cmpuint (g_hash_table_size (bound), >=, 25);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *trigger = dup_canonical (same[i]);

      g_assert_true (g_hash_table_remove (bound, trigger));
    }

  g_hash_table_iter_init (&iter, bound);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_test_message ("%s does something", (const char *) key);
      g_assert_true (g_hash_table_remove (listed, key));
    }
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    {
      g_autofree char *trigger = dup_canonical (elsewhere[i]);

      g_hash_table_remove (listed, trigger);
    }

  g_hash_table_iter_init (&iter, listed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_error ("%s is listed and does nothing", (const char *) key);
}

static void
collect (GtkApplication *application,
         GHashTable     *bound)
{
  g_autoptr (CmSession) session = cm_session_new ();
  GtkWidget *window = cm_window_new (application, session);

  gtk_window_present (GTK_WINDOW (window));
  cm_panel_test_settle ();
  collect_widget (window, bound);
  collect_application (application, bound);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every key that does something is in the list, and every key there does something. */
static void
test_complete (void)
{
  g_autoptr (CmApplication) application = cm_application_new ();
  g_autoptr (GHashTable) bound = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  collect (GTK_APPLICATION (application), bound);
  check_bound (bound);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  g_test_add_func ("/keys/complete", test_complete);

  return g_test_run ();
}
