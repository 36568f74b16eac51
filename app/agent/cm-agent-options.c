/* cm-agent-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-agent-options.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "agent/cm-agent-main.h"
#include "core/cm-event.h"

#define MAX_KEEP_MIB (1024 * 1024)
#define MAX_HEARTBEAT 3600

static int
wrong (const char *reason)
{
  g_printerr ("conference-agent: %s\n", reason);

  return CM_AGENT_EXIT_USAGE;
}

static int
check_sources (CmAgentOptions *self)
{
  if (self->sources == NULL)
    return wrong (_("say for whom you report, for example --source=lync/ana@example.org"));

  for (guint i = 0; self->sources[i] != NULL; i++)
    {
      if (self->sources[i][0] == '\0' || strlen (self->sources[i]) > CM_EVENT_MAX_ID ||
          !g_utf8_validate (self->sources[i], -1, NULL))
        return wrong (_("a source has 1 to 256 bytes of UTF-8"));
    }

  return CM_AGENT_EXIT_OK;
}

static int
check_actions (CmAgentOptions *self)
{
  g_auto(GStrv) names = g_strsplit (self->actions_text != NULL ? self->actions_text : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      CmAction action;

      if (!cm_action_parse (names[i], &action))
        {
          g_printerr (_("conference-agent: there is no action “%s”; see conference-tracker(1)\n"), names[i]);
          return CM_AGENT_EXIT_USAGE;
        }
      self->actions |= 1u << action;
    }

  return CM_AGENT_EXIT_OK;
}

/* A program that is not there is told now, and not when it is wanted. */
static int
check_command (CmAgentOptions *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *program = NULL;

  if ((self->command != NULL) != (self->actions != 0))
    return wrong (_("--actions and --command belong together: what can be asked for, and the program that does it"));
  if (self->command == NULL)
    return CM_AGENT_EXIT_OK;

  if (!g_shell_parse_argv (self->command, NULL, &self->argv, &error))
    return wrong (error->message);

  program = g_find_program_in_path (self->argv[0]);
  if (program != NULL)
    return CM_AGENT_EXIT_OK;

  g_printerr (_("conference-agent: there is no program “%s” that can be run\n"), self->argv[0]);

  return CM_AGENT_EXIT_UNREADABLE;
}

static int
read_token (CmAgentOptions *self)
{
  g_autoptr(GError) error = NULL;

  if (self->token_file == NULL)
    {
      self->token = g_strdup (g_getenv ("CONFERENCE_TRACKER_TOKEN"));
      return CM_AGENT_EXIT_OK;
    }

  if (!g_file_get_contents (self->token_file, &self->token, NULL, &error))
    {
      g_printerr ("conference-agent: %s\n", error->message);
      return CM_AGENT_EXIT_UNREADABLE;
    }
  g_strstrip (self->token);

  return CM_AGENT_EXIT_OK;
}

static int
check (CmAgentOptions *self)
{
  int (*const checks[]) (CmAgentOptions *) = { check_sources, check_actions, check_command, read_token };
  int status = CM_AGENT_EXIT_OK;

  if (self->keep_mib < 1 || self->keep_mib > MAX_KEEP_MIB)
    return wrong (_("--keep-mib is a number from 1 to 1048576"));
  if (self->heartbeat < 1 || self->heartbeat > MAX_HEARTBEAT)
    return wrong (_("--heartbeat is a number of seconds from 1 to 3600"));

  for (guint i = 0; i < G_N_ELEMENTS (checks) && status == CM_AGENT_EXIT_OK; i++)
    status = checks[i] (self);

  return status;
}

/**
 * cm_agent_options_parse:
 * @self: (out): what was asked; to be cleared in any case
 * @argc: how many arguments
 * @argv: the arguments
 *
 * Returns: the exit status; what is wrong is told
 */
int
cm_agent_options_parse (CmAgentOptions  *self,
                        int              argc,
                        char           **argv)
{
  const GOptionEntry entries[] = {
    /* Translators: the words in capitals stand for the values of options, as in --source=ID. */
    { "source", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->sources, N_("Whom it reports for; may be given again"), N_("ID") },
    { "actions", 0, 0, G_OPTION_ARG_STRING, &self->actions_text, N_("What the source can be asked to do: rejoin,mute,…"), N_("NAME") },
    { "command", 0, 0, G_OPTION_ARG_STRING, &self->command, N_("The program that does it, with its arguments"), N_("PROGRAM") },
    { "outbox", 0, 0, G_OPTION_ARG_FILENAME, &self->outbox, N_("Where lines are kept until the tracker has them"), N_("FOLDER") },
    { "keep-mib", 0, 0, G_OPTION_ARG_INT64, &self->keep_mib, N_("How much is kept there (64)"), N_("NUMBER") },
    { "input", 0, 0, G_OPTION_ARG_FILENAME, &self->input, N_("A named pipe or a file to read; else standard input"), N_("FILE") },
    { "heartbeat", 0, 0, G_OPTION_ARG_INT, &self->heartbeat, N_("To be missed after so many seconds (10)"), N_("SECONDS") },
    { "linger", 0, 0, G_OPTION_ARG_INT, &self->linger, N_("How long to wait at the end until the tracker has all"), N_("SECONDS") },
    { "kept", 0, 0, G_OPTION_ARG_NONE, &self->tells_kept, N_("Print how many lines are on disk, whenever it is more"), NULL },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &self->token_file,
      N_("A file with the token; without it $CONFERENCE_TRACKER_TOKEN"), N_("FILE") },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &self->authority,
      N_("Trust the certificates in this file, and no others"), N_("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->is_version, N_("Show the version"), NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("[ADDRESS] — bring event lines to a tracker"));
  g_autoptr(GError) error = NULL;

  *self = (CmAgentOptions) { .keep_mib = 64, .heartbeat = 10, .linger = -1 };
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return wrong (error->message);
  if (self->is_version)
    return CM_AGENT_EXIT_OK;
  if (argc > 2)
    return wrong (_("there can be only one address"));

  self->address = argc == 2 ? g_strdup (argv[1]) : NULL;
  if (self->outbox == NULL)
    self->outbox = g_build_filename (g_get_user_state_dir (), "conference-monitor", "outbox", NULL);

  return check (self);
}

/**
 * cm_agent_options_clear:
 * @self: options
 */
void
cm_agent_options_clear (CmAgentOptions *self)
{
  g_strfreev (self->sources);
  g_strfreev (self->argv);
  g_free (self->actions_text);
  g_free (self->command);
  g_free (self->outbox);
  g_free (self->input);
  g_free (self->token_file);
  g_free (self->token);
  g_free (self->authority);
  g_free (self->address);
}
