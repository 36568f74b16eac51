/* cm-audit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-audit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cm-json-writer.h"
#include "core/cm-time.h"

/**
 * CmAudit:
 * @fd: of the file; -1 where the lines go to the log
 * @is_failing: the last line could not be written, and that is told already
 *
 * Who has looked at whom, and who has asked for what: a JSON object a line. It has
 * ids and addresses, and neither names nor secrets.
 */
struct _CmAudit
{
  char     *path;
  int       fd;
  gboolean  is_failing;
};

static int
open_file (const char  *path,
           GError     **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  struct stat status;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      return -1;
    }

  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && (status.st_mode & 0077) == 0)
    return fd;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               "%s: it must be a file that nobody else may read or write: chmod 600", path);
  close (fd);

  return -1;
}

static void
append_pair (GString    *line,
             const char *name,
             const char *value)
{
  g_string_append_c (line, line->len > 0 ? ',' : '{');
  cm_json_write_string (line, name);
  g_string_append_c (line, ':');
  cm_json_write_string (line, value);
}

static void
begin_line (GString             *line,
            const CmAccessGrant *grant,
            const char          *what)
{
  CmTimeCache cache = { 0 };
  char at[CM_TIME_FORMAT_SIZE];

  cm_time_format (&cache, g_get_real_time () / 1000, at);
  append_pair (line, "at", at);
  append_pair (line, "token", grant->token);
  append_pair (line, "role", cm_access_role_get_name (grant->role));
  append_pair (line, "what", what);
}

/* A line is one call, so that lines of several writers do not mix. */
static void
put_line (CmAudit *self,
          GString *line)
{
  gboolean ok;

  if (self->fd < 0)
    {
      g_message ("audit: %s", line->str);
      return;
    }

  g_string_append_c (line, '\n');
  ok = write (self->fd, line->str, line->len) == (gssize) line->len;
  if (!ok && !self->is_failing)
    g_warning ("The audit log cannot be written: %s: %s", self->path, g_strerror (errno));
  self->is_failing = !ok;
}

/**
 * cm_audit_open:
 * @path: (nullable): the file; %NULL for the program's log
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the audit log
 */
CmAudit *
cm_audit_open (const char  *path,
               GError     **error)
{
  g_autoptr(CmAudit) self = g_new0 (CmAudit, 1);

  self->fd = -1;

  return cm_audit_reopen (self, path, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * cm_audit_free:
 * @self: (transfer full): an audit log
 */
void
cm_audit_free (CmAudit *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * cm_audit_reopen:
 * @self: an audit log
 * @path: (nullable): the file, which may have been put aside; %NULL for the log
 * @error: where the reason goes
 *
 * Returns: %FALSE where it cannot be opened; then all stays as it was
 */
gboolean
cm_audit_reopen (CmAudit     *self,
                 const char  *path,
                 GError     **error)
{
  int fd = path != NULL ? open_file (path, error) : -1;

  if (path != NULL && fd < 0)
    return FALSE;

  if (self->fd >= 0)
    close (self->fd);
  self->fd = fd;
  g_free (self->path);
  self->path = g_strdup (path);

  return TRUE;
}

/**
 * cm_audit_write:
 * @self: an audit log
 * @grant: who it is
 * @what: what he has done
 * @pairs: names and their values in turn, then %NULL; what has no value is left
 *   out
 */
void
cm_audit_write (CmAudit             *self,
                const CmAccessGrant *grant,
                const char          *what,
                const char * const  *pairs)
{
  g_autoptr(GString) line = g_string_new (NULL);

  begin_line (line, grant, what);
  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      if (pairs[i + 1] != NULL)
        append_pair (line, pairs[i], pairs[i + 1]);
    }

  g_string_append_c (line, '}');
  put_line (self, line);
}
