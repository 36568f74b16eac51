/* cm-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Others who can read it know the secret; others who can write it choose it. */
static gboolean
check_permissions (int      fd,
                   gsize    max_size,
                   GError **error)
{
  struct stat status;

  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && (gsize) status.st_size <= max_size &&
      (status.st_mode & 0077) == 0 && (status.st_uid == geteuid () || status.st_uid == 0))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _("it must be a file of this user that nobody else may read or write: chmod 600"));

  return FALSE;
}

/* Returns: how many bytes were read, or -1 */
static gssize
read_all (int    fd,
          char  *text,
          gsize  max_size)
{
  gsize used = 0;
  gssize size;

  do
    {
      size = read (fd, text + used, max_size - used);
      used += size > 0 ? (gsize) size : 0;
    }
  while (used < max_size && (size > 0 || (size < 0 && errno == EINTR)));

  return size < 0 ? -1 : (gssize) used;
}

/**
 * cm_secret_read_file:
 * @path: a file
 * @max_size: how long it may be, bytes
 * @error: where the reason goes
 *
 * Reads a file that is nobody else's business, and refuses one that is somebody
 * else's: a regular file of this user or of root, without rights for others.
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
cm_secret_read_file (const char  *path,
                     gsize        max_size,
                     GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autofree char *text = NULL;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));
      return NULL;
    }

  if (check_permissions (fd, max_size, error))
    {
      text = g_malloc0 (max_size + 1);
      if (read_all (fd, text, max_size) < 0)
        {
          g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));
          g_clear_pointer (&text, g_free);
        }
    }
  close (fd);

  return g_steal_pointer (&text);
}

static char *
check_line (char    *text,
            GError **error)
{
  g_strchomp (text);
  if (text[0] != '\0' && strpbrk (text, "\r\n") == NULL)
    return text;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it must hold the secret in one line"));
  cm_secret_free (text);

  return NULL;
}

/**
 * cm_secret_read_line:
 * @path: a file
 * @error: where the reason goes
 *
 * Returns: (transfer full) (nullable): the secret in it, to be freed with
 *   cm_secret_free(); as cm_secret_read_file() has it
 */
char *
cm_secret_read_line (const char  *path,
                     GError     **error)
{
  char *text = cm_secret_read_file (path, CM_SECRET_MAX_SIZE, error);

  return text != NULL ? check_line (text, error) : NULL;
}

/**
 * cm_secret_read_variable:
 * @name: of a variable of the environment
 * @error: where the reason goes
 *
 * Returns: (transfer full) (nullable): the secret in it, to be freed with
 *   cm_secret_free()
 */
char *
cm_secret_read_variable (const char  *name,
                         GError     **error)
{
  const char *value = g_getenv (name);

  if (value != NULL)
    return check_line (g_strdup (value), error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is no such variable"));

  return NULL;
}

/**
 * cm_secret_equal:
 * @secret: what is known here
 * @other: what somebody says
 *
 * Takes as long whether they differ early or late.
 *
 * Returns: whether they are the same
 */
gboolean
cm_secret_equal (const char *secret,
                 const char *other)
{
  gsize size = strlen (secret);
  gsize other_size = strlen (other);
  guint8 difference = size != other_size;

  for (gsize i = 0; i < other_size; i++)
    difference |= (guint8) (secret[size > 0 ? i % size : 0] ^ other[i]);

  return difference == 0;
}

/**
 * cm_secret_free:
 * @secret: (transfer full) (nullable): a secret
 *
 * Leaves nothing of it in memory that is used again.
 */
void
cm_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
