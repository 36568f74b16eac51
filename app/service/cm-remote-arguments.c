/* cm-remote-arguments.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "service/cm-remote-arguments.h"
#include "service/cm-service.h"

/* In the arguments a token would be for all to see. */
static gboolean
read_token (CmRemoteArguments *self)
{
  g_autoptr(GError) error = NULL;

  if (self->token_file == NULL)
    {
      self->token = g_strdup (g_getenv ("CONFERENCE_TRACKER_TOKEN"));
      return TRUE;
    }

  if (g_file_get_contents (self->token_file, &self->token, NULL, &error))
    {
      g_strstrip (self->token);
      return TRUE;
    }

  g_printerr (_("conference-tracker: %s cannot be read: %s\n"), self->token_file, error->message);

  return FALSE;
}

/**
 * cm_remote_arguments_parse:
 * @self: arguments, zeroed
 * @context: (transfer full): the options of a command
 * @argc: the command's arguments, its own name first
 * @argv: likewise
 *
 * Returns: 0, or the exit status where they cannot be read
 */
int
cm_remote_arguments_parse (CmRemoteArguments   *self,
                           GOptionContext      *context,
                           int                 *argc,
                           char              ***argv)
{
  const GOptionEntry entries[] = {
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &self->token_file,
      N_("A file with the token; without it $CONFERENCE_TRACKER_TOKEN"), N_("FILE") },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &self->authority,
      N_("Trust the certificates in this file, and no others"), N_("FILE") },
    { NULL }
  };
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_command_parse (context, argc, argv);
  if (status != CM_EXIT_OK)
    return status;

  if (*argc > 2)
    {
      g_printerr ("%s\n", _("conference-tracker: there can be only one address"));
      return CM_EXIT_FAULTS;
    }

  self->address = *argc == 2 ? g_strdup ((*argv)[1]) : NULL;

  return read_token (self) ? CM_EXIT_OK : CM_EXIT_UNREADABLE;
}

/**
 * cm_remote_arguments_clear:
 * @self: arguments
 */
void
cm_remote_arguments_clear (CmRemoteArguments *self)
{
  g_free (self->address);
  g_free (self->token);
  g_free (self->token_file);
  g_free (self->authority);
}

/**
 * cm_remote_arguments_connect:
 * @self: arguments
 *
 * Returns: (nullable) (transfer full): a watch that connects; %NULL where the
 *   arguments cannot be used, which is told
 */
CmRemoteWatch *
cm_remote_arguments_connect (CmRemoteArguments *self)
{
  g_autoptr(GError) error = NULL;
  CmRemoteOptions options = { self->address, self->token, self->authority };
  CmRemoteWatch *watch = cm_remote_watch_new (&options, &error);

  if (watch == NULL)
    g_printerr ("conference-tracker: %s\n", error->message);

  return watch;
}
