/* cm-connect-secret-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-secret-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define GROUP "tokens"
#define NAME "secrets.conf"

/* What it was called before, and what the tracker's own file of other tokens is called. */
#define OLD_NAME "tokens"

/* What no user has so many tokens for, bytes. */
#define MAX_SIZE (256 * 1024)

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "conference-monitor", NULL);
}

static char *
dup_path (const char *name)
{
  g_autofree char *folder = dup_folder ();

  return g_build_filename (folder, name, NULL);
}

/* A name of a key file has no brackets, no "=" and no spaces. */
static char *
dup_key (const char *address)
{
  return g_uri_escape_string (address, ":/.-_", FALSE);
}

/* What others may read, or may have written, is no secret and no token of ours. */
static gboolean
check_file (int          fd,
            const char  *path,
            GError     **error)
{
  struct stat status;

  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_uid == getuid () &&
      (status.st_mode & 077) == 0 && status.st_size <= MAX_SIZE)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _ ("%s is not used: it must be a file of yours that nobody else can read; “chmod 600” "
                  "makes it one"), path);

  return FALSE;
}

static gboolean
read_whole (int        fd,
            GKeyFile  *file,
            GError   **error)
{
  g_autofree char *bytes = g_malloc (MAX_SIZE);
  gsize size = 0;
  gboolean ok;
  gssize n;

  while (size < MAX_SIZE && (n = read (fd, bytes + size, MAX_SIZE - size)) > 0)
    size += (gsize) n;

  ok = size == 0 || g_key_file_load_from_data (file, bytes, size, G_KEY_FILE_KEEP_COMMENTS, error);
  explicit_bzero (bytes, size);

  return ok;
}

static int
open_file (const char *path)
{
  return open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
}

/* Secrets of ours, and nothing else: the tracker's file has no groups, and is no
 * key file. */
static gboolean
is_panels (int       fd,
           GKeyFile *file)
{
  g_auto (GStrv) groups = NULL, keys = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_SIZE ||
      !read_whole (fd, file, NULL))
    return FALSE;

  groups = g_key_file_get_groups (file, NULL);
  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);

  return g_strv_length (groups) == 1 && keys != NULL && keys[0] != NULL;
}

/* What is read may be another file by now, which goes back to its place. */
static void
move (int         fd,
      const char *old)
{
  g_autofree char *path = dup_path (NAME);
  struct stat read, moved;

  if (g_rename (old, path) == 0 && fstat (fd, &read) == 0 && lstat (path, &moved) == 0 &&
      (read.st_ino != moved.st_ino || read.st_dev != moved.st_dev))
    g_rename (path, old);
}

/* Once, after the name has changed.
 *
 * Returns: (nullable) (transfer full): an empty one where there is none of ours */
static GKeyFile *
load_old (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = dup_path (OLD_NAME);
  int fd = open_file (path);
  gboolean ok;

  if (fd < 0)
    return g_steal_pointer (&file);

  if (!is_panels (fd, file))
    {
      close (fd);
      return g_key_file_new ();
    }

  ok = check_file (fd, path, error);
  if (ok)
    move (fd, path);
  close (fd);

  return ok ? g_steal_pointer (&file) : NULL;
}

/* Returns: (nullable) (transfer full): an empty one where there is no file */
static GKeyFile *
load (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = dup_path (NAME);
  int fd = open_file (path);
  int fault = errno;
  gboolean ok;

  if (fd < 0 && fault == ENOENT)
    return load_old (error);

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (fault), "%s: %s", path,
                   g_strerror (fault));
      return NULL;
    }

  ok = check_file (fd, path, error) && read_whole (fd, file, error);
  close (fd);

  return ok ? g_steal_pointer (&file) : NULL;
}

static gboolean
save (GKeyFile  *file,
      GError   **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = dup_path (NAME);
  g_autofree char *text = NULL;
  gsize size;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int fault = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (fault), "%s: %s", folder,
                   g_strerror (fault));
      return FALSE;
    }

  text = g_key_file_to_data (file, &size, NULL);

  return g_file_set_contents_full (path, text, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/**
 * cm_connect_secret_file_lookup:
 * @address: of a tracker
 * @error: where the reason goes; a file that is not there is none
 *
 * Returns: (nullable) (transfer full): its token
 */
char *
cm_connect_secret_file_lookup (const char  *address,
                               GError     **error)
{
  g_autoptr (GKeyFile) file = load (error);
  g_autofree char *key = dup_key (address);

  return file != NULL ? g_key_file_get_string (file, GROUP, key, NULL) : NULL;
}

/**
 * cm_connect_secret_file_store:
 * @address: of a tracker
 * @token: (nullable): its token; %NULL to forget it
 * @error: where the reason goes
 *
 * Returns: %FALSE where it could not be kept, or forgotten
 */
gboolean
cm_connect_secret_file_store (const char  *address,
                              const char  *token,
                              GError     **error)
{
  g_autoptr (GKeyFile) file = load (error);
  g_autofree char *key = dup_key (address);

  if (file == NULL)
    return FALSE;

  if (token == NULL && !g_key_file_remove_key (file, GROUP, key, NULL))
    return TRUE;
  if (token != NULL)
    g_key_file_set_string (file, GROUP, key, token);

  return save (file, error);
}
