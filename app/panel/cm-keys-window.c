/* cm-keys-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-keys-window.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "panel/list/cm-tab-stop.h"


struct _CmKeysWindow
{
  GtkWindow parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CmKeysWindow, cm_keys_window, GTK_TYPE_WINDOW)

static const CmKeys keys[] = {
  { { "Up" }, N_ ("Previous call") },
  { { "Down" }, N_ ("Next call") },
  { { "Return" }, N_ ("Open the selected call") },
  { { "Escape", "<Alt>Left" }, N_ ("Back to the list") },
  { { "<Control>f" }, N_ ("Search and filter") },
  { { "<Shift>F10", "Menu" }, N_ ("Snooze, where a call needs attention, or wake") },
  { { "<Control>r" }, N_ ("Rejoin the call") },
  { { "F9" }, N_ ("Timeline beside the call, or below it") },
  { { "space" }, N_ ("Play or pause a recording") },
  { { "<Control><Shift>Right" }, N_ ("Next event of a recording") },
  { { "<Control><Shift>Left" }, N_ ("Event before") },
  { { "<Control>j" }, N_ ("Next that needs attention in a recording") },
  { { "<Control>h" }, N_ ("Look back at what was") },
  { { "<Control>c" }, N_ ("Copy a note on the call") },
  { { "<Control>l" }, N_ ("Copy the join link") },
  { { "<Control>o" }, N_ ("Open a recording") },
  { { "<Control>p" }, N_ ("Pin to the edge of the screen, or unpin") },
  { { "<Control>plus" }, N_ ("Make the side panel wider") },
  { { "<Control>minus" }, N_ ("Make the side panel narrower") },
  { { "<Control><Shift>m" }, N_ ("Hide names and numbers, or show them") },
  { { "<Control>comma" }, N_ ("Preferences") },
  { { "F10" }, N_ ("Menu") },
  { { "<Control>question" }, N_ ("Keyboard shortcuts") },
  { { "<Control>q" }, N_ ("Quit") },
  { { "Up", "Down" }, N_ ("Timeline: the person before or after") },
  { { "Left", "Right" }, N_ ("Timeline: the state before or after") },
  { { "<Shift>Left", "<Shift>Right" }, N_ ("Timeline: move it") },
  { { "Home", "End" }, N_ ("Timeline: its beginning or its end") },
  { { "plus", "minus" }, N_ ("Timeline: zoom in or out") },
  { { "0" }, N_ ("Timeline: show all of it") },
};

static char *
dup_key_label (const char *trigger)
{
  guint key;
  GdkModifierType modifiers;

  if (!gtk_accelerator_parse (trigger, &key, &modifiers))
    return g_strdup (trigger);

  return gtk_accelerator_get_label (key, modifiers);
}

static GtkWidget *
create_key (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (label, GTK_ALIGN_END);
  gtk_widget_add_css_class (label, "key");

  return label;
}

/* A second key stands below the first: there is not always room beside it. */
static GtkWidget *
create_row (const CmKeys *of_row)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *words = gtk_label_new (_ (of_row->words));
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sentence = NULL;

  g_ptr_array_add (said, g_strdup (_ (of_row->words)));
  for (guint i = 0; i < CM_KEYS_MAX && of_row->triggers[i] != NULL; i++)
    {
      char *key = dup_key_label (of_row->triggers[i]);

      gtk_box_append (GTK_BOX (column), create_key (key));
      g_ptr_array_add (said, key);
    }
  sentence = cm_words_dup_join (said, _ (", "));

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), column);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);

  return row;
}

static void
cm_keys_window_class_init (CmKeysWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CM_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-keys-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CmKeysWindow, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cm_keys_window_init (CmKeysWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_list_box_append (self->list, create_row (&keys[i]));
}

GtkWidget *
cm_keys_window_new (GtkWindow *parent)
{
  return g_object_new (CM_TYPE_KEYS_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
}

/* Returns: (array length=n): every key that does something, and what */
const CmKeys *
cm_keys_window_get_keys (gsize *n)
{
  *n = G_N_ELEMENTS (keys);

  return keys;
}
