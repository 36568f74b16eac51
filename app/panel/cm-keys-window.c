/* cm-keys-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-keys-window.h"

#include <glib/gi18n.h>

struct _CmKeysWindow
{
  GtkWindow parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CmKeysWindow, cm_keys_window, GTK_TYPE_WINDOW)

static const struct
{
  const char *trigger;
  const char *words;
} keys[] = {
  { "Up", N_ ("Previous call") },
  { "Down", N_ ("Next call") },
  { "Return", N_ ("Open the selected call") },
  { "Escape", N_ ("Back to the list") },
  { "<Alt>Left", N_ ("Back to the list") },
  { "<Control>f", N_ ("Search and filter") },
  { "<Shift>F10", N_ ("Snooze, where a call needs attention, or wake") },
  { "<Control>r", N_ ("Rejoin the call") },
  { "space", N_ ("Play or pause a recording") },
  { "<Control><Shift>Right", N_ ("Next event of a recording") },
  { "<Control><Shift>Left", N_ ("Event before") },
  { "<Control>j", N_ ("Next that needs attention in a recording") },
  { "<Control>h", N_ ("Look back at what was") },
  { "<Control>c", N_ ("Copy a note on the call") },
  { "<Control>l", N_ ("Copy the join link") },
  { "<Control>o", N_ ("Open a recording") },
  { "<Control>p", N_ ("Pin to the edge of the screen, or unpin") },
  { "<Control>plus", N_ ("Make the side panel wider") },
  { "<Control>minus", N_ ("Make the side panel narrower") },
  { "<Control><Shift>m", N_ ("Hide names and numbers, or show them") },
  { "<Control>comma", N_ ("Preferences") },
  { "F10", N_ ("Menu") },
  { "<Control>question", N_ ("Keyboard shortcuts") },
  { "<Control>q", N_ ("Quit") },
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
create_row (const char *trigger,
            const char *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *key = dup_key_label (trigger);
  GtkWidget *words_label = gtk_label_new (words);
  GtkWidget *key_label = gtk_label_new (key);
  g_autofree char *sentence = g_strdup_printf ("%s, %s", words, key);

  gtk_label_set_xalign (GTK_LABEL (words_label), 0);
  gtk_widget_set_valign (key_label, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (words_label), TRUE);
  gtk_widget_set_hexpand (words_label, TRUE);
  gtk_widget_add_css_class (key_label, "key");
  gtk_box_append (GTK_BOX (box), words_label);
  gtk_box_append (GTK_BOX (box), key_label);
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
    gtk_list_box_append (self->list, create_row (keys[i].trigger, _ (keys[i].words)));
}

GtkWidget *
cm_keys_window_new (GtkWindow *parent)
{
  return g_object_new (CM_TYPE_KEYS_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
}
