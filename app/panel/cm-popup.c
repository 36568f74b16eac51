/* cm-popup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-popup.h"

static gboolean
unparent_cb (gpointer user_data)
{
  if (gtk_widget_get_parent (user_data) != NULL)
    gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

/* The action of the item that closes it comes after the closing. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
parent_destroyed_cb (GtkWidget *popover)
{
  unparent_cb (popover);
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
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (parent_destroyed_cb), popover,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}
