/* cm-popup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-popup.h"

#define FOCUS "cm-popup-focus"

static void
unparent (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

/* Left to itself, the focus goes to the first thing of the parent's. */
static gboolean
leave_cb (gpointer user_data)
{
  GtkWidget *popover = user_data;
  GWeakRef *before = g_object_get_data (G_OBJECT (popover), FOCUS);
  g_autoptr (GtkWidget) focus = g_weak_ref_get (before);

  unparent (popover);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);

  return G_SOURCE_REMOVE;
}

/* The action of the item that closes it comes after the closing. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (popover), g_object_unref);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* What has the focus when it comes has it again when it is gone. */
static void
keep_focus (GtkWidget *popover,
            GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GWeakRef *before = g_new0 (GWeakRef, 1);

  g_weak_ref_init (before, root != NULL ? gtk_root_get_focus (root) : NULL);
  g_object_set_data_full (G_OBJECT (popover), FOCUS, before, weak_ref_free);
}

/**
 * cm_popup_show:
 * @popover: (transfer floating): a popover that is needed once
 * @parent: where it comes; it has the actions
 *
 * Shows it; it is gone once it is closed.
 */
void
cm_popup_show (GtkWidget *popover,
               GtkWidget *parent)
{
  keep_focus (popover, parent);
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (unparent), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
create_menu_cb (GtkMenuButton *button,
                gpointer       menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/**
 * cm_popup_set_menu:
 * @button: a button
 * @menu: what it opens
 *
 * As gtk_menu_button_set_menu_model(), but the menu's widgets are made when it is opened
 * for the first time.
 */
void
cm_popup_set_menu (GtkMenuButton *button,
                   GMenuModel    *menu)
{
  gtk_menu_button_set_create_popup_func (button, create_menu_cb, g_object_ref (menu), g_object_unref);
}
