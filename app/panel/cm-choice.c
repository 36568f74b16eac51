/* cm-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-choice.h"

static void
name_button (GtkDropDown *choice,
             GParamSpec  *pspec,
             const char  *caption)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (choice);
  g_autofree char *name = NULL;

  if (item == NULL)
    return;

  name = g_strdup_printf ("%s: %s", caption, gtk_string_object_get_string (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (choice))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
free_caption (gpointer  caption,
              GClosure *closure)
{
  g_free (caption);
}

/**
 * cm_choice_set_caption:
 * @choice: a choice of texts
 * @caption: what it is a choice of, in the language of the user
 *
 * Has a screen reader read that and what is chosen. What of a choice has the focus is a
 * button within, which GTK 4.8 names by its class.
 */
void
cm_choice_set_caption (GtkDropDown *choice,
                       const char  *caption)
{
  g_signal_connect_data (choice, "notify::selected-item", G_CALLBACK (name_button), g_strdup (caption), free_caption,
                         0);
  name_button (choice, NULL, caption);
}
