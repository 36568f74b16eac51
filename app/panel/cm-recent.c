/* cm-recent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-recent.h"

#include <gtk/gtk.h>

/* Unlike the name that people see it is the same in every language. */
#define PROGRAM "conference-monitor"

#define MEDIA_TYPE "application/jsonl"

/**
 * cm_recent_add:
 * @uri: of a recording that has been opened
 *
 * Tells the desktop, which lists it among the recently used files.
 */
void
cm_recent_add (const char *uri)
{
  static char program[] = PROGRAM, media_type[] = MEDIA_TYPE, command[] = PROGRAM " %u";

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &(GtkRecentData) {
    .mime_type = media_type,
    .app_name = program,
    .app_exec = command,
  });
}

static int
compare_visits (gconstpointer a,
                gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

/**
 * cm_recent_list:
 * @max: how many at most
 *
 * Returns: (transfer full): GFiles that this program has opened and that are still
 *   there, the latest first
 */
GListStore *
cm_recent_list (guint max)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  items = g_list_sort (items, compare_visits);
  for (GList *l = items; l != NULL && g_list_model_get_n_items (G_LIST_MODEL (files)) < max;
       l = l->next)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (l->data));

      if (gtk_recent_info_has_application (l->data, PROGRAM) && gtk_recent_info_exists (l->data))
        g_list_store_append (files, file);
    }

  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);

  return files;
}
