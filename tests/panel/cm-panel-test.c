/* cm-panel-test.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-panel-test.h"

/* A condition that does not come within so long, ms, never does. */
#define PATIENCE 10000

static CmStyle *style;

static gboolean
set_flag (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
keep (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_label (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));

  return NULL;
}

static void
drop_style (void)
{
  g_clear_object (&style);
}

/* Begins a test of widgets; without a display it is skipped. */
void
cm_panel_test_init (int    *argc,
                    char ***argv)
{
  g_test_init (argc, argv, NULL);
  gtk_disable_setlocale ();

  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      exit (0);
    }

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  style = cm_style_new (gdk_display_get_default ());
  atexit (drop_style);
}

/* Runs the main loop until @condition holds. What that asks for may come about without
 * the loop: a file, say, that another program writes. */
void
cm_panel_test_wait (CmCondition condition,
                    gpointer    user_data)
{
  gboolean late = FALSE;
  guint id = g_timeout_add (PATIENCE, set_flag, &late);
  guint tick = g_timeout_add (20, keep, NULL);

  while (!condition (user_data) && !late)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (late);
  g_source_remove (id);
  g_source_remove (tick);
}

/* Runs the main loop until nothing is to be done but wait. */
void
cm_panel_test_settle (void)
{
  gboolean idle = FALSE;

  g_timeout_add (60, set_flag, &idle);

  while (!idle || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: whether @widget is drawn, as far as widgets decide that */
gboolean
cm_panel_test_is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget);
}

/**
 * cm_panel_test_find:
 * @root: where to look
 * @type: the type of what is looked for
 * @text: (nullable): what it says
 *
 * Returns: (nullable): the first such widget that is mapped
 */
GtkWidget *
cm_panel_test_find (GtkWidget  *root,
                    GType       type,
                    const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type) &&
      (text == NULL || g_strcmp0 (get_text (root), text) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = cm_panel_test_find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Gives @window a size as its user would, frame and all. */
void
cm_panel_test_resize (GtkWindow *window,
                      int        width,
                      int        height)
{
  gtk_window_set_default_size (window, width, height);
  cm_panel_test_settle ();
}

void
cm_panel_test_move_focus (GtkWindow        *window,
                          GtkDirectionType  direction)
{
  gtk_widget_child_focus (GTK_WIDGET (window), direction);
  cm_panel_test_settle ();
}
