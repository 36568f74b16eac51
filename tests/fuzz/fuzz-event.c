/* fuzz-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event.h"

typedef struct
{
  GString      *written;
  CmTimeCache   cache;
  CmJsonReader *reader;
} Listener;

/* What is written decodes, and is written in the same way again. */
static void
check_written (Listener   *self,
               const char *line,
               gsize       size)
{
  g_autoptr(GString) again = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  CmTimeCache cache = { 0 };
  CmEvent event;

  cm_event_decode (&event, self->reader, &cache, line, size, NULL, &error);
  g_assert_no_error (error);
  cm_event_write (again, &cache, &event);
  g_assert_cmpmem (again->str, again->len, line, size);
}

static void
on_event (const CmEvent *event,
          guint64        line,
          gpointer       user_data)
{
  Listener *self = user_data;
  gsize start = self->written->len;

  cm_event_write (self->written, &self->cache, event);

  /* Escapes may take more room than what they stand for. */
  if (self->written->len - start <= CM_EVENT_MAX_LINE)
    check_written (self, self->written->str + start, self->written->len - start);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  Listener *self = user_data;

  g_assert_true (g_utf8_validate (fault->excerpt, -1, NULL));
  g_assert_cmpuint (strlen (fault->excerpt), <=, 80);
  g_string_append_printf (self->written, "%" G_GUINT64_FORMAT ":%" G_GSIZE_FORMAT ":%s:%s:%.*s\n",
                          fault->line, fault->column, fault->reason, fault->excerpt,
                          (int) fault->source.size, fault->source.bytes);
}

static GString *
read_in_parts (const char *bytes,
               gsize       size,
               gsize       part)
{
  Listener listener = { g_string_new (NULL), { 0 }, cm_json_reader_new () };
  g_autoptr(CmEventReader) reader = cm_event_reader_new (on_event, on_fault, &listener);

  for (gsize position = 0; position < size; position += part)
    {
      gsize length = MIN (part, size - position);
      g_autofree char *copy = g_memdup2 (bytes + position, length);

      cm_event_reader_push (reader, copy, length);
    }

  cm_event_reader_finish (reader);
  cm_json_reader_free (listener.reader);

  return listener.written;
}

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         size);

/* The first byte tells how the rest is cut; however it is cut, the same is read. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         size)
{
  g_autoptr(GString) whole = NULL;
  g_autoptr(GString) parts = NULL;

  if (size < 2)
    return 0;

  whole = read_in_parts ((const char *) bytes + 1, size - 1, size);
  parts = read_in_parts ((const char *) bytes + 1, size - 1, (gsize) bytes[0] + 1);
  g_assert_cmpmem (whole->str, whole->len, parts->str, parts->len);

  return 0;
}
