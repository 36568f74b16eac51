/* cm-about.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-about.h"

#include <glib/gi18n.h>

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

  gtk_window_present (about);
  /* Its first label would have the focus, and be selected. */
  gtk_window_set_focus (about, NULL);
}
