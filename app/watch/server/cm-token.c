/* cm-token.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-token.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/random.h>

#include "feeds/cm-secret.h"

#define SECRET_SIZE 32
#define SALT_SIZE 16
#define MAX_FILE (1024 * 1024)

/* A token is "cm.ID.SECRET": the id finds the line, the secret is compared. */
#define PREFIX "cm."

/**
 * CmTokens:
 *
 * Who may connect. The file has a line for each token: id, role, salt, hash, when
 * it was made, and the sources that it is limited to or "*". The secrets have 256
 * bits of chance, so that a salted hash needs no slow function to be safe.
 */
struct _CmTokens
{
  GPtrArray *tokens;
};

G_DEFINE_QUARK (cm-token-error-quark, cm_token_error)

static void
token_free (CmToken *token)
{
  g_free (token->id);
  g_free (token->salt);
  g_free (token->hash);
  g_free (token->created);
  g_strfreev (token->sources);
  g_free (token);
}

static char *
dup_random (gsize size)
{
  g_autofree guint8 *bytes = g_malloc (size);
  GString *hex = g_string_new (NULL);

  if (getrandom (bytes, size, 0) != (gssize) size)
    g_error ("The system has no random numbers: %s", g_strerror (errno));

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (hex, FALSE);
}

static char *
dup_hash (const char *salt,
          const char *secret)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) salt, strlen (salt), secret, -1);
}

static gboolean
is_id (const char *id)
{
  gsize size = strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

  return size > 0 && size <= 64 && id[size] == '\0';
}

static CmToken *
find (CmTokens   *self,
      const char *id)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      CmToken *token = g_ptr_array_index (self->tokens, i);

      if (g_str_equal (token->id, id))
        return token;
    }

  return NULL;
}

static gboolean
parse_line (CmTokens    *self,
            const char  *line,
            guint        number,
            GError     **error)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  CmAccessRole role;
  CmToken *token;

  if (line[0] == '\0' || line[0] == '#')
    return TRUE;

  if (g_strv_length (words) != 6 || !is_id (words[0]) || !cm_access_role_parse (words[1], &role) ||
      strlen (words[3]) != 64 || find (self, words[0]) != NULL)
    {
      g_set_error (error, CM_TOKEN_ERROR, CM_TOKEN_ERROR_FORMAT, "line %u is not one of a token", number);
      return FALSE;
    }

  token = g_new0 (CmToken, 1);
  token->id = g_strdup (words[0]);
  token->role = role;
  token->salt = g_strdup (words[2]);
  token->hash = g_strdup (words[3]);
  token->created = g_strdup (words[4]);
  if (!g_str_equal (words[5], "*"))
    token->sources = g_strsplit (words[5], ",", -1);
  g_ptr_array_add (self->tokens, token);

  return TRUE;
}

/**
 * cm_tokens_new:
 *
 * Returns: (transfer full): a book without tokens
 */
CmTokens *
cm_tokens_new (void)
{
  CmTokens *self = g_new0 (CmTokens, 1);

  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);

  return self;
}

/**
 * cm_tokens_free:
 * @self: (transfer full): a book
 */
void
cm_tokens_free (CmTokens *self)
{
  g_ptr_array_unref (self->tokens);
  g_free (self);
}

/**
 * cm_tokens_load:
 * @self: a book
 * @path: its file; one that is not there has no tokens
 * @error: where the reason goes
 *
 * Returns: %FALSE where it cannot be trusted or read; then there are none
 */
gboolean
cm_tokens_load (CmTokens    *self,
                const char  *path,
                GError     **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autofree char *text = cm_secret_read_file (path, MAX_FILE, &read_error);
  g_auto(GStrv) lines = NULL;

  g_ptr_array_set_size (self->tokens, 0);
  if (g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;

  if (text == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!parse_line (self, lines[i], i + 1, error))
        {
          g_ptr_array_set_size (self->tokens, 0);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * cm_tokens_save:
 * @self: a book
 * @path: its file
 * @error: where the reason goes
 *
 * Returns: whether it is on disk, for nobody else to read
 */
gboolean
cm_tokens_save (CmTokens    *self,
                const char  *path,
                GError     **error)
{
  g_autoptr(GString) text = g_string_new ("# id role salt hash created sources\n");
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < self->tokens->len; i++)
    {
      const CmToken *token = g_ptr_array_index (self->tokens, i);
      g_autofree char *sources = token->sources != NULL ? g_strjoinv (",", token->sources) : g_strdup ("*");

      g_string_append_printf (text, "%s %s %s %s %s %s\n", token->id, cm_access_role_get_name (token->role),
                              token->salt, token->hash, token->created, sources);
    }

  g_mkdir_with_parents (folder, 0700);

  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * cm_tokens_get_all:
 * @self: a book
 *
 * Returns: (transfer none) (element-type CmToken): its tokens
 */
GPtrArray *
cm_tokens_get_all (CmTokens *self)
{
  return self->tokens;
}

/**
 * cm_tokens_add:
 * @self: a book
 * @id: a name for it: letters, digits, "-" and "_"
 * @role: what it allows
 * @sources: (nullable): patterns of the sources that it may report for
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the token; it is told this once
 */
char *
cm_tokens_add (CmTokens            *self,
               const char          *id,
               CmAccessRole         role,
               const char * const  *sources,
               GError             **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *secret = NULL;
  CmToken *token;

  if (!is_id (id) || find (self, id) != NULL)
    {
      g_set_error (error, CM_TOKEN_ERROR, CM_TOKEN_ERROR_NAME,
                   "“%s” must be a new name of letters, digits, “-” and “_”", id);
      return NULL;
    }

  secret = dup_random (SECRET_SIZE);
  token = g_new0 (CmToken, 1);
  token->id = g_strdup (id);
  token->role = role;
  token->salt = dup_random (SALT_SIZE);
  token->hash = dup_hash (token->salt, secret);
  token->created = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  token->sources = g_strdupv ((char **) sources);
  g_ptr_array_add (self->tokens, token);

  return g_strconcat (PREFIX, id, ".", secret, NULL);
}

/**
 * cm_tokens_revoke:
 * @self: a book
 * @id: a token's id
 * @error: where the reason goes
 *
 * Returns: whether it was there
 */
gboolean
cm_tokens_revoke (CmTokens    *self,
                  const char  *id,
                  GError     **error)
{
  CmToken *token = find (self, id);

  if (token == NULL)
    {
      g_set_error (error, CM_TOKEN_ERROR, CM_TOKEN_ERROR_UNKNOWN, "there is no token “%s”", id);
      return FALSE;
    }

  return g_ptr_array_remove (self->tokens, token);
}

/**
 * cm_tokens_check:
 * @self: a book
 * @secret: (nullable): what somebody says is a token
 *
 * Takes as long for an id that is not known as for one that is.
 *
 * Returns: (nullable) (transfer full): the right that it gives
 */
CmAccessGrant *
cm_tokens_check (CmTokens   *self,
                 const char *secret)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *hash = NULL;
  const CmToken *token;

  if (secret == NULL || !g_str_has_prefix (secret, PREFIX))
    return NULL;

  parts = g_strsplit (secret + strlen (PREFIX), ".", 3);
  if (g_strv_length (parts) != 2)
    return NULL;

  token = find (self, parts[0]);
  hash = dup_hash (token != NULL ? token->salt : "0123456789abcdef0123456789abcdef", parts[1]);
  if (token == NULL || !cm_secret_equal (token->hash, hash))
    return NULL;

  return cm_access_grant_new (token->id, token->role, (const char * const *) token->sources);
}

/**
 * cm_tokens_still_has:
 * @self: a book
 * @grant: a right that was given before
 *
 * Returns: whether it would be given again
 */
gboolean
cm_tokens_still_has (CmTokens            *self,
                     const CmAccessGrant *grant)
{
  const CmToken *token = find (self, grant->token);

  const CmAccessGrant now = { .role = token != NULL ? token->role : CM_ACCESS_N_ROLES,
                              .sources = token != NULL ? token->sources : NULL };

  return grant->is_local || cm_access_is_same (&now, grant);
}
