/* panel-start.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-application.h"
#include "panel/list/cm-conversation-row.h"

#include <stdlib.h>

/* conference-monitor, that tells when it has drawn its first row: ms since the time in
 * CM_BENCH_STARTED. */

static gboolean
has_row (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (CM_IS_CONVERSATION_ROW (widget) && gtk_widget_get_first_child (widget) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (has_row (child))
        return TRUE;
    }

  return FALSE;
}

static void
painted_cb (GdkFrameClock *clock,
            GtkWidget     *window)
{
  const char *started = g_getenv ("CM_BENCH_STARTED");

  if (started == NULL || !has_row (window))
    return;

  g_print ("row %.1f\n",
           (double) (g_get_monotonic_time () - g_ascii_strtoll (started, NULL, 10)) / 1000);
  g_signal_handlers_disconnect_by_func (clock, painted_cb, window);
}

static gboolean
mapped_cb (GSignalInvocationHint *hint,
             guint                  n_values,
             const GValue          *values,
             gpointer               user_data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (!GTK_IS_WINDOW (widget))
    return TRUE;

  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                    widget);

  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  g_type_ensure (GTK_TYPE_WIDGET);
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped_cb, NULL,
                              NULL);

  return cm_application_main (argc, argv);
}
