/* cm-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "service/cm-service.h"

typedef struct
{
  const char *name;
  const char *usage;
  const char *summary;
  int       (*run) (int    argc,
                    char **argv);
} Command;

static const Command commands[] = {
  { "replay", N_("FILE…"), N_("Follow recordings and print what they come to"), cm_command_replay },
  { "check", N_("FILE…"), N_("Tell every fault of a recording"), cm_command_check },
  { "convert", N_("--feed=NAME FILE"), N_("Turn a feed’s raw recording into event lines"), cm_command_convert },
  { "serve", "", N_("Take events in, and tell those who watch"), cm_command_serve },
  { "watch", N_("[ADDRESS]"), N_("Show what a tracker knows"), cm_command_watch },
  { "status", N_("[ADDRESS]"), N_("Tell in one line how a tracker is"), cm_command_status },
  { "token", N_("add|list|revoke"), N_("Say who may connect over TCP"), cm_command_token },
  { "simulate", "", N_("Print event lines of a desk at work"), cm_command_simulate },
};

static void
print_help (void)
{
  g_print ("%s\n  conference-tracker %s\n\n%s\n", _("Usage:"), _("COMMAND [OPTION…]"), _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *call = g_strconcat (commands[i].name, " ", commands[i].usage[0] != '\0' ? _(commands[i].usage) : "", NULL);

      g_print ("  %-27s %s\n", call, _(commands[i].summary));
    }
  g_print ("\n%s\n  %-27s %s\n  %-27s %s\n", _("Options:"), "-h, --help", _("Show this help"),
           "--version", _("Show the version"));
  g_print ("\n%s\n", _("“conference-tracker COMMAND --help” tells the options of a command."));
}

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }

  return NULL;
}

static int
run_command (int    argc,
             char **argv)
{
  const Command *command = find_command (argv[1]);

  if (command == NULL)
    {
      g_printerr (_("conference-tracker: there is no command “%s”; see conference-tracker --help\n"), argv[1]);
      return CM_EXIT_FAULTS;
    }

  return command->run (argc - 1, argv + 1);
}

/**
 * cm_command_parse:
 * @context: (transfer full): the options of a command
 * @argc: the command's arguments, its own name first
 * @argv: likewise; what is not an option stays
 *
 * Returns: 0, or the exit status where the options cannot be read
 */
int
cm_command_parse (GOptionContext   *context,
                  int              *argc,
                  char           ***argv)
{
  g_autoptr(GOptionContext) owned = context;
  g_autoptr(GError) error = NULL;

  g_option_context_set_translation_domain (owned, GETTEXT_PACKAGE);
  if (g_option_context_parse (owned, argc, argv, &error))
    return CM_EXIT_OK;

  g_printerr ("conference-tracker: %s\n", error->message);

  return CM_EXIT_FAULTS;
}

/**
 * cm_service_main:
 * @argc: how many arguments
 * @argv: the arguments
 *
 * The program conference-tracker.
 *
 * Returns: its exit status
 */
int
cm_service_main (int    argc,
                 char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc < 2)
    {
      print_help ();
      return CM_EXIT_FAULTS;
    }

  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return CM_EXIT_OK;
    }

  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("conference-tracker %s\n", PACKAGE_VERSION);
      return CM_EXIT_OK;
    }

  return run_command (argc, argv);
}
