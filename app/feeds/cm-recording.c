/* cm-recording.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-recording.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* A good line of the recording. */
typedef struct
{
  gint64 time;
  gsize  offset;
  gsize  size;
} Entry;

struct _CmRecording
{
  GBytes       *bytes;
  GArray       *entries;
  GPtrArray    *faults;
  guint64       n_faults;
  CmJsonReader *reader;
  CmTimeCache   cache;
};

/* Lines are counted by the reader and found by their line feeds. */
typedef struct
{
  CmRecording *recording;
  guint64      line;
  gsize        offset;
} Index;

G_DEFINE_QUARK (cm-recording-error-quark, cm_recording_error)

static gsize
get_line_end (CmRecording *self,
              gsize        offset)
{
  gsize size;
  const char *text = g_bytes_get_data (self->bytes, &size);
  const char *end = memchr (text + offset, '\n', size - offset);

  return end != NULL ? (gsize) (end - text) : size;
}

static void
go_to_line (Index   *index,
            guint64  line)
{
  while (index->line < line)
    {
      index->offset = get_line_end (index->recording, index->offset) + 1;
      index->line++;
    }
}

static void
add_entry (const CmEvent *event,
           guint64        line,
           gpointer       user_data)
{
  Index *index = user_data;
  GArray *entries = index->recording->entries;
  gint64 before = entries->len > 0 ? g_array_index (entries, Entry, entries->len - 1).time : G_MININT64;
  Entry entry;

  go_to_line (index, line);
  entry.time = MAX (before, event->at);
  entry.offset = index->offset;
  entry.size = get_line_end (index->recording, index->offset) - index->offset;
  g_array_append_val (entries, entry);
}

static void
add_fault (const CmEventFault *fault,
           gpointer            user_data)
{
  CmRecording *self = ((Index *) user_data)->recording;

  self->n_faults++;
  if (self->faults->len < CM_RECORDING_MAX_FAULTS)
    /* Translators: a line of a file that was skipped, and why. */
    g_ptr_array_add (self->faults, g_strdup_printf (_("Line %" PRIu64 ": %s"), fault->line, fault->reason));
}

static void
read_index (CmRecording *self)
{
  Index index = { self, 1, 0 };
  g_autoptr(CmEventReader) reader = cm_event_reader_new (add_entry, add_fault, &index);
  gsize size;
  const char *text = g_bytes_get_data (self->bytes, &size);

  cm_event_reader_push (reader, text, size);
  cm_event_reader_finish (reader);
}

/**
 * cm_recording_new_for_bytes:
 * @bytes: event lines
 * @error: where the reason goes
 *
 * Lines that are no events are skipped and told: cm_recording_get_fault().
 *
 * Returns: (transfer full): the recording, or %NULL where no line is an event
 */
CmRecording *
cm_recording_new_for_bytes (GBytes  *bytes,
                            GError **error)
{
  g_autoptr(CmRecording) self = g_new0 (CmRecording, 1);

  self->bytes = g_bytes_ref (bytes);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->faults = g_ptr_array_new_with_free_func (g_free);
  self->reader = cm_json_reader_new ();
  read_index (self);

  if (self->entries->len > 0)
    return g_steal_pointer (&self);

  if (self->faults->len > 0)
    g_set_error (error, CM_RECORDING_ERROR, CM_RECORDING_ERROR_EMPTY,
                 _("There is no event in it. %s"), cm_recording_get_fault (self, 0));
  else
    g_set_error_literal (error, CM_RECORDING_ERROR, CM_RECORDING_ERROR_EMPTY, _("It is empty."));

  return NULL;
}

/**
 * cm_recording_copy:
 * @self: a recording
 *
 * Returns: (transfer full): another one of the same bytes, for another thread
 */
CmRecording *
cm_recording_copy (CmRecording *self)
{
  CmRecording *copy = g_new0 (CmRecording, 1);

  copy->bytes = g_bytes_ref (self->bytes);
  copy->entries = g_array_ref (self->entries);
  copy->faults = g_ptr_array_ref (self->faults);
  copy->n_faults = self->n_faults;
  copy->reader = cm_json_reader_new ();

  return copy;
}

/**
 * cm_recording_free:
 * @self: (transfer full): a recording
 */
void
cm_recording_free (CmRecording *self)
{
  g_bytes_unref (self->bytes);
  g_array_unref (self->entries);
  g_ptr_array_unref (self->faults);
  cm_json_reader_free (self->reader);
  g_free (self);
}

/**
 * cm_recording_get_n_events:
 * @self: a recording
 *
 * Returns: how many events it has: at least one
 */
guint
cm_recording_get_n_events (CmRecording *self)
{
  return self->entries->len;
}

/**
 * cm_recording_get_time:
 * @self: a recording
 * @i: an event
 *
 * Returns: when it plays, ms UTC: never before the event in front of it
 */
gint64
cm_recording_get_time (CmRecording *self,
                       guint        i)
{
  g_return_val_if_fail (i < self->entries->len, CM_TIME_NONE);

  return g_array_index (self->entries, Entry, i).time;
}

/**
 * cm_recording_find:
 * @self: a recording
 * @time: ms UTC
 *
 * Returns: the first event that plays after @time; how many there are, where none does
 */
guint
cm_recording_find (CmRecording *self,
                   gint64       time)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->entries, Entry, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * cm_recording_dup_line:
 * @self: a recording
 * @i: an event
 *
 * Returns: (transfer full): the line as it stands in the file
 */
char *
cm_recording_dup_line (CmRecording *self,
                       guint        i)
{
  const Entry *entry = &g_array_index (self->entries, Entry, i);
  const char *text = g_bytes_get_data (self->bytes, NULL);

  g_return_val_if_fail (i < self->entries->len, NULL);

  return g_strndup (text + entry->offset, entry->size);
}

/**
 * cm_recording_get_event:
 * @self: a recording
 * @i: an event
 * @event: (out caller-allocates): the event; its texts are valid until the next
 *   call
 *
 */
void
cm_recording_get_event (CmRecording *self,
                        guint        i,
                        CmEvent     *event)
{
  const Entry *entry = &g_array_index (self->entries, Entry, i);
  const char *text = g_bytes_get_data (self->bytes, NULL);
  gsize column;
  gboolean decoded;

  g_return_if_fail (i < self->entries->len);

  /* It was an event when the index was made, and the bytes are ours. */
  decoded = cm_event_decode (event, self->reader, &self->cache, text + entry->offset, entry->size, &column, NULL);
  g_assert (decoded);
}

/**
 * cm_recording_get_n_faults:
 * @self: a recording
 *
 * Returns: how many of its lines are skipped
 */
guint64
cm_recording_get_n_faults (CmRecording *self)
{
  return self->n_faults;
}

/**
 * cm_recording_get_fault:
 * @self: a recording
 * @i: a fault
 *
 * Returns: (nullable) (transfer none): which line is skipped and why, in words;
 *   %NULL from %CM_RECORDING_MAX_FAULTS on
 */
const char *
cm_recording_get_fault (CmRecording *self,
                        guint        i)
{
  return i < self->faults->len ? g_ptr_array_index (self->faults, i) : NULL;
}
