/* cm-command-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "core/cm-json-writer.h"
#include "journal/cm-call-records.h"
#include "service/cm-input.h"
#include "service/cm-service.h"
#include "tracker/cm-tracker.h"

typedef enum
{
  OUTPUT_DOCUMENTS,
  OUTPUT_CHANGES,
  OUTPUT_RECORDS,
  OUTPUT_NONE,
} Output;

typedef struct
{
  Output       output;
  const char  *path;
  const char  *feed;
  CmTracker   *tracker;
  GString     *patch;
  CmTimeCache  cache;
} Replay;

static void
write_change (const char       *id,
              const CmDocument *before,
              const CmDocument *after,
              gpointer          user_data)
{
  GString *patch = user_data;

  if (patch->len > 0)
    g_string_append_c (patch, ',');
  cm_json_write_string (patch, id);
  g_string_append_c (patch, ':');

  if (after == NULL)
    g_string_append (patch, "null");
  else
    cm_document_write_patch (before, after, patch);
}

/* The attention rules look at each change, told or not. */
static void
tell_changes (Replay  *self,
              guint64  line)
{
  char at[CM_TIME_FORMAT_SIZE];

  if (self->output != OUTPUT_CHANGES)
    {
      cm_tracker_look (self->tracker);
      return;
    }

  g_string_truncate (self->patch, 0);
  if (!cm_tracker_flush (self->tracker, write_change, self->patch))
    return;

  cm_time_format (&self->cache, cm_tracker_get_now (self->tracker), at);
  printf ("{\"line\":%" G_GUINT64_FORMAT ",\"at\":\"%s\",\"patch\":{\"conversations\":{%s}}}\n",
          line, at, self->patch->str);
}

/* What the passing of time alone has changed is told before what the line says: each
 * change with the moment from which on it is so. */
static void
pass (Replay  *self,
      gint64   now,
      guint64  line)
{
  gint64 due;

  while ((due = cm_tracker_get_due (self->tracker)) != CM_TIME_NONE && due < now)
    {
      cm_tracker_advance (self->tracker, due);
      tell_changes (self, line);
    }

  cm_tracker_advance (self->tracker, now);
  tell_changes (self, line);
}

static void
on_event (const CmEvent *event,
          guint64        line,
          gpointer       user_data)
{
  Replay *self = user_data;

  if (self->output == OUTPUT_NONE || self->output == OUTPUT_RECORDS)
    {
      cm_tracker_handle (self->tracker, event);
      return;
    }

  pass (self, event->at, line);
  cm_tracker_handle (self->tracker, event);
  tell_changes (self, line);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  Replay *self = user_data;

  cm_input_print_fault (self->path, fault);
}

static void
print_documents (CmTracker *tracker)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (tracker);
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < documents->len; i++)
    {
      g_string_truncate (line, 0);
      cm_document_write (g_ptr_array_index (documents, i), line);
      puts (line->str);
    }
}

static void
print_records (CmTracker *tracker)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (tracker);
  g_autoptr(GString) csv = g_string_new (NULL);

  cm_call_records_write_csv (documents, csv);
  fputs (csv->str, stdout);
}

static gboolean
parse_output (const char *name,
              Output     *output)
{
  static const char * const names[] = { "documents", "changes", "records", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], name))
        {
          *output = (Output) i;
          return TRUE;
        }
    }

  g_printerr (_("conference-tracker: the output “%s” is none of documents, changes, records, none\n"), name);

  return FALSE;
}

static gboolean
replay_feed (Replay     *self,
             const char *path)
{
  g_autoptr(CmDecoder) decoder = cm_input_get_decoder (self->feed);

  cm_decoder_set_sink (decoder, on_event, on_fault, self);

  return cm_input_read_feed (path, decoder);
}

/* Event lines need no feed to become events. */
static gboolean
replay_file (Replay     *self,
             const char *path)
{
  g_autoptr(CmEventReader) reader = NULL;

  self->path = path;
  if (self->feed != NULL && !g_str_equal (self->feed, "events"))
    return replay_feed (self, path);

  reader = cm_event_reader_new (on_event, on_fault, self);

  return cm_input_read (path, reader);
}

static gboolean
check_feed (const char *feed)
{
  g_autoptr(CmDecoder) decoder = NULL;

  if (feed == NULL || g_str_equal (feed, "events"))
    return TRUE;

  decoder = cm_input_get_decoder (feed);

  return decoder != NULL;
}

static int
replay_files (Replay  *self,
              char   **paths)
{
  int status = CM_EXIT_OK;

  /* All of it is to be told, however long ago it ended. */
  if (self->output != OUTPUT_NONE)
    cm_tracker_set_history (self->tracker, G_MAXINT64, G_MAXUINT);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      if (!replay_file (self, paths[i]))
        status = CM_EXIT_UNREADABLE;
    }

  if (self->output == OUTPUT_DOCUMENTS)
    print_documents (self->tracker);
  if (self->output == OUTPUT_RECORDS)
    print_records (self->tracker);

  if (fflush (stdout) != 0 || ferror (stdout))
    {
      g_printerr (_("conference-tracker: the output cannot be written: %s\n"), g_strerror (errno));
      status = CM_EXIT_UNREADABLE;
    }

  return status;
}

/**
 * cm_command_replay:
 * @argc: how many arguments, the command's name among them
 * @argv: the arguments
 *
 * Reads recordings as fast as it can and prints what they come to. The clock is
 * the events' own time.
 *
 * Returns: the exit status
 */
int
cm_command_replay (int    argc,
                   char **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *feed = NULL;
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  g_autoptr(GString) patch = g_string_new (NULL);
  Replay self = { .output = OUTPUT_DOCUMENTS, .tracker = tracker, .patch = patch };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_STRING, &output,
      N_("What to print: documents (the default), changes, records or none"), N_("WHAT") },
    { "feed", 'f', 0, G_OPTION_ARG_STRING, &feed,
      N_("The feed that the files are a raw recording of"), N_("NAME") },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_("replay FILE… — follow recordings; “-” is the standard input"));
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  status = cm_command_parse (context, &argc, &argv);
  if (status != CM_EXIT_OK)
    return status;

  self.feed = feed;
  if (!check_feed (feed) || (output != NULL && !parse_output (output, &self.output)))
    return CM_EXIT_FAULTS;

  if (argc < 2)
    {
      g_printerr ("%s\n", _("conference-tracker: replay needs a file; “-” is the standard input"));
      return CM_EXIT_FAULTS;
    }

  return replay_files (&self, argv + 1);
}
