/* cm-command-convert.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "service/cm-input.h"
#include "service/cm-service.h"

typedef struct
{
  const char  *path;
  GString     *line;
  CmTimeCache  cache;
} Convert;

static void
on_event (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  Convert *self = user_data;

  g_string_truncate (self->line, 0);
  cm_event_write (self->line, &self->cache, event);
  fputs (self->line->str, stdout);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  Convert *self = user_data;

  cm_input_print_fault (self->path, fault);
}

/**
 * cm_command_convert:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Prints a feed's raw recording as event lines.
 *
 * Returns: the exit status
 */
int
cm_command_convert (int    argc,
                    char **argv)
{
  g_autofree char *feed = NULL;
  g_autoptr(CmDecoder) decoder = NULL;
  g_autoptr(GString) line = g_string_new (NULL);
  Convert self = { .line = line };
  const GOptionEntry entries[] = {
    { "feed", 'f', 0, G_OPTION_ARG_STRING, &feed,
      N_("The feed that the file is a raw recording of"), N_("NAME") },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("FILE — turn a feed’s raw recording into event lines"));
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_command_parse (context, &argc, &argv);
  if (status != CM_EXIT_OK)
    return status;

  if (argc != 2 || feed == NULL)
    {
      g_printerr ("%s\n", _("conference-tracker: convert needs --feed=NAME and a file; “-” is the standard input"));
      return CM_EXIT_FAULTS;
    }

  decoder = cm_input_get_decoder (feed);
  if (decoder == NULL)
    return CM_EXIT_FAULTS;

  self.path = argv[1];
  cm_decoder_set_sink (decoder, on_event, on_fault, &self);
  if (!cm_input_read_feed (self.path, decoder))
    return CM_EXIT_UNREADABLE;

  if (fflush (stdout) == 0 && !ferror (stdout))
    return CM_EXIT_OK;

  g_printerr (_("conference-tracker: the events cannot be written: %s\n"), g_strerror (errno));

  return CM_EXIT_UNREADABLE;
}
