/* cm-follow-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "watch/server/cm-server-config.h"

/* More than anybody writes, bytes. */
#define MAX_SIZE (1024 * 1024)

/* So many faults are told; the next attempt tells the others. */
#define MAX_TOLD 5

typedef struct
{
  const char *path;
  GString    *words;
  guint       n_faults;
} Faults;

/**
 * cm_follow_file_dup_path:
 *
 * Returns: (transfer full): where the systems are kept that the user follows
 */
char *
cm_follow_file_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "conference-monitor", "feeds.conf", NULL);
}

static void
on_fault (guint       line,
          const char *reason,
          gpointer    user_data)
{
  Faults *self = user_data;

  self->n_faults++;
  if (self->n_faults > MAX_TOLD)
    return;

  if (self->words->len > 0)
    g_string_append_c (self->words, '\n');
  if (line > 0)
    g_string_append_printf (self->words, "%s:%u: %s", self->path, line, reason);
  else
    g_string_append_printf (self->words, "%s: %s", self->path, reason);
}

static char *
read_text (const char  *path,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = g_malloc0 (MAX_SIZE + 1);
  gsize size = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_SIZE, &size, NULL, error))
    return NULL;

  if (size < MAX_SIZE && strlen (text) == size)
    return g_steal_pointer (&text);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s is no configuration"), path);

  return NULL;
}

/**
 * cm_follow_file_load:
 * @path: of a tracker’s configuration, or of the user's own
 * @error: where the reason goes; faults with their places
 *
 * Returns: (nullable) (transfer full) (element-type CmFeedConfig): the feeds in it
 */
GPtrArray *
cm_follow_file_load (const char  *path,
                     GError     **error)
{
  g_autoptr (CmServerConfig) config = cm_server_config_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  Faults faults = { path, words, 0 };
  g_autofree char *text = read_text (path, error);

  if (text == NULL)
    return NULL;

  if (cm_server_config_read (config, text, on_fault, &faults))
    return g_ptr_array_ref (config->feeds);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, words->str);

  return NULL;
}

/**
 * cm_follow_file_save:
 * @path: the file; it and its folder are made where they are not there
 * @configs: (element-type CmFeedConfig): the feeds
 * @error: where the reason goes
 *
 * Nobody else can read it, though it has no secrets: only where they are.
 *
 * Returns: %FALSE where it could not be kept
 */
gboolean
cm_follow_file_save (const char  *path,
                     GPtrArray   *configs,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GString) text = g_string_new ("# The systems that Conference Monitor follows.\n");

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int fault = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (fault), "%s: %s", folder,
                   g_strerror (fault));
      return FALSE;
    }

  for (guint i = 0; i < configs->len; i++)
    {
      g_string_append_c (text, '\n');
      cm_feed_config_write (g_ptr_array_index (configs, i), text);
    }

  return g_file_set_contents_full (path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}
