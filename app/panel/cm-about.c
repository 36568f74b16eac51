/* cm-about.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-about.h"

#include <glib/gi18n.h>

/* GTK's dialog asks for more than the 320 px that all else has room in, and selects the
 * first text that it gives the focus to. */
static void
adapt (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget))
    {
      gtk_widget_set_size_request (widget, -1, -1);
      gtk_stack_set_hhomogeneous (GTK_STACK (widget), FALSE);
    }

  if (GTK_IS_LABEL (widget))
    gtk_label_set_selectable (GTK_LABEL (widget), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    adapt (child);
}

/* Says which program this is, and under what licence. */
void
cm_about_show (GtkWindow *parent)
{
  GtkWindow *about = GTK_WINDOW (gtk_about_dialog_new ());

  gtk_window_set_transient_for (about, parent);
  gtk_window_set_modal (about, TRUE);
  g_object_set (about,
                "program-name", _ ("Conference Monitor"),
                "version", PACKAGE_VERSION,
                "comments", _ ("Watch live calls"),
                "logo-icon-name", APPLICATION_ID,
                "license-type", GTK_LICENSE_GPL_3_0,
                NULL);

  adapt (GTK_WIDGET (about));
  gtk_window_set_default_size (about, 360, -1);
  gtk_window_present (about);
}
