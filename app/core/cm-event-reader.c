/* cm-event-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event.h"

#define EXCERPT_SIZE 80

/**
 * CmEventReader:
 *
 * Cuts a stream into lines and decodes them. A line that lies whole in what was
 * pushed is decoded in place; the begin of one is kept, up to the limit of a line.
 */
struct _CmEventReader
{
  CmEventFunc       event_func;
  CmEventFaultFunc  fault_func;
  gpointer          user_data;
  CmJsonReader     *json;
  CmTimeCache       cache;
  GByteArray       *pending;
  gboolean          is_skipping; /* the rest of a line that is too long */
  guint64           lines;
  guint64           faults;
};

static gsize
measure_printable (const char *bytes,
                   gsize       size)
{
  gunichar character = g_utf8_get_char_validated (bytes, (gssize) size);

  /* U+2028 and U+2029 pass for printable, and break a line. */
  if (character >= (gunichar) -2 || !g_unichar_isprint (character) ||
      character == 0x2028 || character == 0x2029)
    return 0;

  return (gsize) g_unichar_to_utf8 (character, NULL);
}

/* A terminal must be safe from what a stranger has put into a line: control
 * characters, marks of direction and broken bytes are shown by number. */
static void
make_excerpt (const char *line,
              gsize       size,
              char        excerpt[static EXCERPT_SIZE + 1])
{
  gsize used = 0;

  for (gsize position = 0; position < size;)
    {
      gsize length = measure_printable (line + position, size - position);
      gsize shown = length > 0 ? length : strlen ("\\x00");

      if (used + shown > EXCERPT_SIZE)
        break;

      if (length > 0)
        memcpy (excerpt + used, line + position, length);
      else
        g_snprintf (excerpt + used, shown + 1, "\\x%02X", (guint) (guchar) line[position]);

      used += shown;
      position += MAX (length, 1);
    }

  excerpt[used] = '\0';
}

static void
report (CmEventReader *self,
        const char    *line,
        gsize          size,
        gsize          column,
        const char    *reason,
        CmText         source)
{
  char excerpt[EXCERPT_SIZE + 1];
  CmEventFault fault = { self->lines, column, reason, excerpt, source };

  self->faults++;

  if (self->fault_func == NULL)
    return;

  make_excerpt (line, size, excerpt);
  self->fault_func (&fault, self->user_data);
}

static void
take_line (CmEventReader *self,
           const char    *line,
           gsize          size)
{
  g_autoptr(GError) error = NULL;
  CmEvent event;
  gsize column;

  self->lines++;

  if (!cm_event_decode (&event, self->json, &self->cache, line, size, &column, &error))
    report (self, line, size, column, error->message, event.source);
  else if (self->event_func != NULL)
    self->event_func (&event, self->lines, self->user_data);
}

/* Decodes as much of the line as may be, to learn whose it is. */
static void
refuse_long_line (CmEventReader *self,
                  const char    *bytes)
{
  g_autofree char *reason = g_strdup_printf ("the line is longer than %d bytes", CM_EVENT_MAX_LINE);
  GByteArray *pending = self->pending;
  CmEvent event;

  g_byte_array_append (pending, (const guint8 *) bytes, CM_EVENT_MAX_LINE - pending->len);
  cm_event_decode (&event, self->json, &self->cache, (const char *) pending->data, pending->len, NULL, NULL);

  self->lines++;
  report (self, (const char *) pending->data, pending->len, 0, reason, event.source);
}

/* Takes bytes without a line feed; @is_end tells that one stands behind them. */
static void
take_part (CmEventReader *self,
           const char    *bytes,
           gsize          size,
           gboolean       is_end)
{
  GByteArray *pending = self->pending;

  if (self->is_skipping)
    {
      self->is_skipping = !is_end;
    }
  else if (size > CM_EVENT_MAX_LINE - pending->len)
    {
      refuse_long_line (self, bytes);
      g_byte_array_set_size (pending, 0);
      self->is_skipping = !is_end;
    }
  else if (is_end && pending->len == 0)
    {
      take_line (self, bytes, size);
    }
  else
    {
      g_byte_array_append (pending, (const guint8 *) bytes, (guint) size);

      if (is_end)
        {
          take_line (self, (const char *) pending->data, pending->len);
          g_byte_array_set_size (pending, 0);
        }
    }
}

/**
 * cm_event_reader_new:
 * @event_func: (nullable): called for each event
 * @fault_func: (nullable): called for each line that is skipped
 * @user_data: for both
 *
 * Returns: (transfer full): a reader of event lines
 */
CmEventReader *
cm_event_reader_new (CmEventFunc      event_func,
                     CmEventFaultFunc fault_func,
                     gpointer         user_data)
{
  CmEventReader *self = g_new0 (CmEventReader, 1);

  self->event_func = event_func;
  self->fault_func = fault_func;
  self->user_data = user_data;
  self->json = cm_json_reader_new ();
  self->pending = g_byte_array_new ();

  return self;
}

/**
 * cm_event_reader_free:
 * @self: (transfer full): a reader
 *
 * Frees it; the begin of a line that it still has is dropped.
 */
void
cm_event_reader_free (CmEventReader *self)
{
  g_return_if_fail (self != NULL);

  cm_json_reader_free (self->json);
  g_byte_array_unref (self->pending);
  g_free (self);
}

/**
 * cm_event_reader_push:
 * @self: a reader
 * @bytes: (array length=size): the next bytes of the stream, cut anywhere
 * @size: how many
 *
 * Decodes every line that is now complete, in order. Memory stays bounded by one
 * line of %CM_EVENT_MAX_LINE bytes whatever comes.
 */
void
cm_event_reader_push (CmEventReader *self,
                      const char    *bytes,
                      gsize          size)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || size == 0);

  while (size > 0)
    {
      const char *feed = memchr (bytes, '\n', size);
      gsize length = feed != NULL ? (gsize) (feed - bytes) : size;

      take_part (self, bytes, length, feed != NULL);
      length += feed != NULL ? 1 : 0;
      bytes += length;
      size -= length;
    }
}

/**
 * cm_event_reader_finish:
 * @self: a reader
 *
 * Ends the stream: a last line without its line feed is decoded too.
 */
void
cm_event_reader_finish (CmEventReader *self)
{
  g_return_if_fail (self != NULL);

  if (self->pending->len > 0)
    take_part (self, "", 0, TRUE);

  self->is_skipping = FALSE;
}

/**
 * cm_event_reader_get_lines:
 * @self: a reader
 *
 * Returns: how many lines there were, good and bad
 */
guint64
cm_event_reader_get_lines (CmEventReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines;
}

/**
 * cm_event_reader_get_faults:
 * @self: a reader
 *
 * Returns: how many lines were skipped
 */
guint64
cm_event_reader_get_faults (CmEventReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->faults;
}
