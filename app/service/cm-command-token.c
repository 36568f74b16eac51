/* cm-command-token.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "service/cm-service.h"
#include "watch/server/cm-token.h"

typedef struct
{
  CmTokens *tokens;
  char     *path;
  char     *role;
  char     *sources;
} TokenCommand;

static int
fail (TokenCommand *self,
      const GError *error)
{
  g_printerr ("conference-tracker: %s: %s\n", self->path, error->message);

  return CM_EXIT_FAULTS;
}

static int
save (TokenCommand *self)
{
  g_autoptr(GError) error = NULL;

  return cm_tokens_save (self->tokens, self->path, &error) ? CM_EXIT_OK : fail (self, error);
}

static int
add_token (TokenCommand *self,
           const char   *id)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) sources = self->sources != NULL ? g_strsplit (self->sources, ",", -1) : NULL;
  g_autofree char *token = NULL;
  CmAccessRole role;
  int status;

  if (self->role == NULL || !cm_access_role_parse (self->role, &role))
    {
      g_printerr ("%s\n", _("conference-tracker: --role must be one of watcher, supporter, engineer, agent"));
      return CM_EXIT_FAULTS;
    }

  if (self->sources != NULL && strpbrk (self->sources, " \n\r\t") != NULL)
    {
      g_printerr ("%s\n", _("conference-tracker: --sources must be patterns with commas between them"));
      return CM_EXIT_FAULTS;
    }

  token = cm_tokens_add (self->tokens, id, role, (const char * const *) sources, &error);
  if (token == NULL)
    return fail (self, error);

  status = save (self);
  if (status == CM_EXIT_OK)
    g_print ("%s\n", token);

  return status;
}

static int
list_tokens (TokenCommand *self)
{
  GPtrArray *tokens = cm_tokens_get_all (self->tokens);

  for (guint i = 0; i < tokens->len; i++)
    {
      const CmToken *token = g_ptr_array_index (tokens, i);
      g_autofree char *sources = token->sources != NULL ? g_strjoinv (",", token->sources) : g_strdup ("*");

      g_print ("%s %s %s %s\n", token->id, cm_access_role_get_name (token->role), token->created, sources);
    }

  return CM_EXIT_OK;
}

static int
revoke_token (TokenCommand *self,
              const char   *id)
{
  g_autoptr(GError) error = NULL;

  return cm_tokens_revoke (self->tokens, id, &error) ? save (self) : fail (self, error);
}

static int
run_token (TokenCommand  *self,
           int            argc,
           char         **argv)
{
  g_autoptr(GError) error = NULL;

  if (!cm_tokens_load (self->tokens, self->path, &error))
    return fail (self, error);

  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list_tokens (self);
  if (argc == 3 && g_str_equal (argv[1], "add"))
    return add_token (self, argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "revoke"))
    return revoke_token (self, argv[2]);

  g_printerr ("%s\n", _("conference-tracker: it is token add NAME --role=ROLE, token list, or token revoke NAME"));

  return CM_EXIT_FAULTS;
}

/**
 * cm_command_token:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Adds, lists and revokes what others connect with. A token is printed once, when
 * it is made; the file has only a hash of it.
 *
 * Returns: the exit status
 */
int
cm_command_token (int    argc,
                  char **argv)
{
  g_autofree char *config_path = NULL;
  g_autofree char *role = NULL;
  g_autofree char *sources = NULL;
  g_autoptr(CmServerConfig) config = cm_server_config_new ();
  g_autoptr(CmTokens) tokens = cm_tokens_new ();
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config_path, N_("The configuration that names the file of tokens"), N_("FILE") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_("What it allows: watcher, supporter, engineer or agent"), N_("ROLE") },
    { "sources", 0, 0, G_OPTION_ARG_STRING, &sources, N_("The sources that an agent may report for: patterns with commas"), N_("PATTERNS") },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("token add NAME | list | revoke NAME — who may connect over TCP"));
  TokenCommand self = { tokens, NULL, NULL, NULL };
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_command_parse (context, &argc, &argv);
  if (status == CM_EXIT_OK && config_path != NULL)
    status = cm_service_read_config (config_path, config);
  if (status != CM_EXIT_OK)
    return status;

  self.path = config->tokens;
  self.role = role;
  self.sources = sources;

  return run_token (&self, argc, argv);
}
