/* connect-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* connect-secret store ADDRESS TOKEN | forget ADDRESS | lookup ADDRESS: what the panel
 * does with the token of a tracker, in words on the standard output. */

#include <string.h>

#include "panel/connect/cm-connect-secret.h"

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_refused;

  if (!cm_connect_secret_store_finish (result, &is_refused, &error))
    g_print ("error: %s\n", error->message);
  else
    g_print (is_refused ? "refused\n" : "done\n");
  g_main_loop_quit (user_data);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  static const char * const places[] = { "nowhere", "keyring", "file" };
  g_autoptr (GError) error = NULL;
  CmConnectPlace place;
  g_autofree char *token = cm_connect_secret_lookup_finish (result, &place, &error);

  if (error != NULL)
    g_print ("error: %s\n", error->message);
  else
    g_print ("%s %s\n", places[place], token != NULL ? token : "-");
  g_main_loop_quit (user_data);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc == 4 && g_str_equal (argv[1], "store"))
    cm_connect_secret_store_async (argv[2], argv[3], NULL, stored_cb, loop);
  else if (argc == 3 && g_str_equal (argv[1], "forget"))
    cm_connect_secret_store_async (argv[2], NULL, NULL, stored_cb, loop);
  else if (argc == 3 && g_str_equal (argv[1], "lookup"))
    cm_connect_secret_lookup_async (argv[2], NULL, found_cb, loop);
  else
    return 2;

  g_main_loop_run (loop);

  return 0;
}
