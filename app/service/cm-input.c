/* cm-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "service/cm-input.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* Whole buffers are read and taken apart in place, not line by line. */
#define BUFFER_SIZE (1024 * 1024)

typedef void (*PushFunc) (gpointer    reader,
                          const char *bytes,
                          gsize       size);

static GInputStream *
open_input (const char  *path,
            GError     **error)
{
  g_autoptr(GFile) file = NULL;

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);

  file = g_file_new_for_commandline_arg (path);

  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

static gboolean
read_stream (GInputStream  *stream,
             PushFunc       push,
             gpointer       reader,
             GError       **error)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gssize size;

  while ((size = g_input_stream_read (stream, buffer, BUFFER_SIZE, NULL, error)) > 0)
    push (reader, buffer, (gsize) size);

  return size == 0;
}

static gboolean
read_file (const char *path,
           PushFunc    push,
           gpointer    reader)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = open_input (path, &error);

  if (stream != NULL && read_stream (stream, push, reader, &error))
    return TRUE;

  g_printerr (_("conference-tracker: %s cannot be read: %s\n"), path, error->message);

  return FALSE;
}

static void
push_events (gpointer    reader,
             const char *bytes,
             gsize       size)
{
  cm_event_reader_push (reader, bytes, size);
}

static void
push_records (gpointer    decoder,
              const char *bytes,
              gsize       size)
{
  cm_decoder_push (decoder, bytes, size);
}

/**
 * cm_input_read:
 * @path: a file, or "-" for the standard input
 * @reader: what gets its bytes
 *
 * Reads the file to its end. What goes wrong is told on the standard error.
 *
 * Returns: %FALSE where the file cannot be read, or not to its end
 */
gboolean
cm_input_read (const char    *path,
               CmEventReader *reader)
{
  gboolean ok = read_file (path, push_events, reader);

  cm_event_reader_finish (reader);

  return ok;
}

/**
 * cm_input_read_feed:
 * @path: a file, or "-" for the standard input
 * @decoder: what gets its bytes
 *
 * Like cm_input_read(), for the raw recording of a feed.
 *
 * Returns: %FALSE where the file cannot be read, or not to its end
 */
gboolean
cm_input_read_feed (const char *path,
                    CmDecoder  *decoder)
{
  gboolean ok = read_file (path, push_records, decoder);

  cm_decoder_finish (decoder);

  return ok;
}

/**
 * cm_input_get_decoder:
 * @feed: a feed's name
 *
 * Returns: (transfer full) (nullable): its decoder; where there is none, that is
 *   told on the standard error
 */
CmDecoder *
cm_input_get_decoder (const char *feed)
{
  CmDecoder *decoder = cm_decoder_new_for_name (feed, NULL);
  g_autofree char *names = NULL;

  if (decoder != NULL)
    return decoder;

  names = g_strjoinv (", ", (char **) cm_decoder_get_names ());
  g_printerr (_("conference-tracker: there is no feed “%s”; there are: events, %s\n"), feed, names);

  return NULL;
}

/* An id may hold what a terminal would obey. */
static char *
dup_printable (CmText text)
{
  GString *printable = g_string_new (NULL);
  g_autofree char *copy = cm_text_dup (text);

  for (const char *p = copy; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c) && c != 0x2028 && c != 0x2029)
        g_string_append_unichar (printable, c);
      else
        g_string_append_printf (printable, "\\u%04X", c);
    }

  return g_string_free (printable, FALSE);
}

/**
 * cm_input_print_fault:
 * @path: the file that the line is in
 * @fault: the line that was skipped
 *
 * Tells it on the standard error: FILE:LINE: reason, then the place in the line,
 * its source and its beginning as far as these are known.
 */
void
cm_input_print_fault (const char         *path,
                      const CmEventFault *fault)
{
  g_autoptr(GString) message = g_string_new (NULL);

  g_string_append_printf (message, "%s:%" G_GUINT64_FORMAT ": %s", path, fault->line, fault->reason);
  if (fault->column > 0)
    g_string_append_printf (message, _(", at byte %zu"), fault->column);
  if (fault->source.bytes != NULL)
    {
      g_autofree char *source = dup_printable (fault->source);

      g_string_append_printf (message, _(", from %s"), source);
    }
  if (fault->excerpt != NULL && fault->excerpt[0] != '\0')
    g_string_append_printf (message, ": %s", fault->excerpt);

  g_printerr ("%s\n", message->str);
}
