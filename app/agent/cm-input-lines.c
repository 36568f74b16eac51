/* cm-input-lines.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-input-lines.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <unistd.h>

#include "core/cm-event.h"
#include "watch/server/cm-agent-message.h"

#define READ_SIZE (64 * 1024)

/* What a number takes in a line, bytes. */
#define NUMBER_SIZE 32

/* A disk that is full is asked again so often, ms. */
#define RETRY 1000

/**
 * CmInputLines:
 * @pending: the begin of a line
 * @batch: lines that are to be kept
 * @n_batch: how many
 * @n_kept: how many of the lines that were read are settled: kept, or told to be bad
 * @has_raw: lines wait for the tracker to say where the numbers go on
 * @is_skipping: the rest of a line that is too long
 */
struct _CmInputLines
{
  int                 fd;
  CmOutbox           *outbox;
  GHashTable         *sources;
  CmInputLinesFuncs   funcs;
  gpointer            user_data;
  CmJsonReader       *json;
  CmTimeCache         cache;
  GByteArray         *pending;
  GString            *batch;
  guint64             n_batch;
  guint64             n_lines;
  guint64             n_kept;
  guint64             dropped;
  guint               source_id;
  guint               retry_id;
  gboolean            has_raw;
  gboolean            has_ended;
  gboolean            is_skipping;
  gboolean            is_disk_told;
  gboolean            is_drop_told;
};

static void
refuse_line (CmInputLines *self,
             const char   *reason)
{
  g_printerr (_("conference-agent: line %" PRIu64 ": %s; it is skipped\n"), self->n_lines, reason);
}

static void
take_line (CmInputLines *self,
           const char   *line,
           gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *source = NULL;
  CmEvent event;

  self->n_lines++;
  if (size > CM_EVENT_MAX_LINE - NUMBER_SIZE)
    {
      refuse_line (self, _("it is too long"));
      return;
    }
  if (!cm_event_decode (&event, self->json, &self->cache, line, size, NULL, &error))
    {
      refuse_line (self, error->message);
      return;
    }

  source = cm_text_dup (event.source);
  if (!g_hash_table_contains (self->sources, source))
    {
      refuse_line (self, _("its source is none of those of --source"));
      return;
    }

  /* To the tracker it would be a message of the agent's own. */
  if (cm_agent_message_is_one (self->json, line, size))
    {
      refuse_line (self, _("its first member is “type”"));
      return;
    }

  self->has_raw |= !cm_numbers_write (cm_outbox_get_numbers (self->outbox), line, size, self->batch);
  self->n_batch++;
}

/* Takes bytes without a line end; @is_end tells that one stands behind them. */
static void
take_part (CmInputLines *self,
           const char   *bytes,
           gsize         size,
           gboolean      is_end)
{
  if (self->is_skipping)
    {
      self->is_skipping = !is_end;
      return;
    }

  g_byte_array_append (self->pending, (const guint8 *) bytes, (guint) size);
  if (!is_end && self->pending->len <= CM_EVENT_MAX_LINE)
    return;

  take_line (self, (const char *) self->pending->data, self->pending->len);
  self->is_skipping = !is_end;
  g_byte_array_set_size (self->pending, 0);
}

static void
take_bytes (CmInputLines *self,
            const char   *bytes,
            gsize         size)
{
  while (size > 0)
    {
      const char *feed = memchr (bytes, '\n', size);
      gsize length = feed != NULL ? (gsize) (feed - bytes) : size;

      take_part (self, bytes, length, feed != NULL);
      length += feed != NULL;
      bytes += length;
      size -= length;
    }
}

static void
make_room (CmInputLines *self)
{
  guint64 dropped = cm_outbox_make_room (self->outbox, self->batch->len);

  self->dropped += dropped;
  if (dropped == 0 || self->is_drop_told)
    return;

  self->is_drop_told = TRUE;
  g_printerr ("%s\n", _("conference-agent: the outbox is full, and the tracker away: the oldest lines are dropped"));
}

/* Returns: whether nothing waits for the disk */
static gboolean
keep_batch (CmInputLines *self)
{
  g_autoptr(GError) error = NULL;

  if (self->n_batch == 0)
    {
      self->n_kept = self->n_lines;
      return TRUE;
    }

  if (!cm_outbox_has_room (self->outbox, self->batch->len))
    make_room (self);
  if (!cm_outbox_append (self->outbox, self->batch, self->n_batch, &error))
    {
      if (!self->is_disk_told)
        g_printerr (_("conference-agent: %s; it is tried again\n"), error->message);
      self->is_disk_told = TRUE;
      return FALSE;
    }

  self->is_disk_told = FALSE;
  g_string_set_size (self->batch, 0);
  self->n_batch = 0;
  self->n_kept = self->n_lines;
  self->funcs.kept (self->user_data);

  return TRUE;
}

static void
end (CmInputLines *self,
     gboolean      failed)
{
  self->has_ended = TRUE;
  if (self->pending->len > 0)
    take_part (self, "", 0, TRUE);
  if (keep_batch (self))
    self->funcs.ended (failed, self->user_data);
}

static gboolean
on_retry (gpointer user_data)
{
  CmInputLines *self = user_data;

  if (!keep_batch (self))
    return G_SOURCE_CONTINUE;

  self->retry_id = 0;
  if (self->has_ended)
    self->funcs.ended (FALSE, self->user_data);
  else
    cm_input_lines_go_on (self);

  return G_SOURCE_REMOVE;
}

/* Returns: whether there may be more */
static gboolean
read_some (CmInputLines *self)
{
  g_autofree char *bytes = g_malloc (READ_SIZE);
  gssize n = read (self->fd, bytes, READ_SIZE);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return TRUE;

  if (n < 0)
    g_printerr (_("conference-agent: what is given cannot be read: %s\n"), g_strerror (errno));
  if (n > 0)
    take_bytes (self, bytes, (gsize) n);
  else
    end (self, n < 0);

  return n > 0;
}

static gboolean
on_readable (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  CmInputLines *self = user_data;

  /* What the tracker is soon to take may wait where it is. */
  if (!cm_outbox_has_room (self->outbox, 2 * READ_SIZE + self->pending->len) && self->funcs.may_wait (self->user_data))
    {
      self->source_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (read_some (self) && keep_batch (self))
    return G_SOURCE_CONTINUE;

  if (self->n_batch > 0)
    self->retry_id = g_timeout_add (RETRY, on_retry, self);
  self->source_id = 0;

  return G_SOURCE_REMOVE;
}

/**
 * cm_input_lines_new:
 * @fd: where they are read, from the main loop on
 * @outbox: (transfer none): where they are kept
 * @sources: whose lines are taken
 * @funcs: what to call
 * @user_data: for them
 *
 * Returns: (transfer full): the input, which does nothing before
 *   cm_input_lines_go_on()
 */
CmInputLines *
cm_input_lines_new (int                      fd,
                    CmOutbox                *outbox,
                    const char *const       *sources,
                    const CmInputLinesFuncs *funcs,
                    gpointer                 user_data)
{
  CmInputLines *self = g_new0 (CmInputLines, 1);

  self->fd = fd;
  self->outbox = outbox;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->json = cm_json_reader_new ();
  self->pending = g_byte_array_new ();
  self->batch = g_string_new (NULL);
  /* What was kept before may wait for its numbers too. */
  self->has_raw = !cm_outbox_is_empty (outbox);
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; sources[i] != NULL; i++)
    g_hash_table_add (self->sources, g_strdup (sources[i]));

  return self;
}

/**
 * cm_input_lines_free:
 * @self: (transfer full): an input
 */
void
cm_input_lines_free (CmInputLines *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  cm_json_reader_free (self->json);
  g_byte_array_unref (self->pending);
  g_string_free (self->batch, TRUE);
  g_hash_table_unref (self->sources);
  g_free (self);
}

/**
 * cm_input_lines_go_on:
 * @self: an input that may have stopped for want of room
 */
void
cm_input_lines_go_on (CmInputLines *self)
{
  if (self->source_id == 0 && self->retry_id == 0 && !self->has_ended)
    self->source_id = g_unix_fd_add_full (G_PRIORITY_DEFAULT_IDLE, self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR,
                                          on_readable, self, NULL);
}

static void
number_line (const char *line,
             gsize       size,
             GString    *out,
             gpointer    user_data)
{
  CmInputLines *self = user_data;

  cm_numbers_write (cm_outbox_get_numbers (self->outbox), line, size, out);
}

/**
 * cm_input_lines_number_all:
 * @self: an input
 * @error: where the reason goes
 *
 * Now that it is known of every source where its numbers go on, the lines that
 * wait for theirs get them.
 *
 * Returns: whether that is on disk
 */
gboolean
cm_input_lines_number_all (CmInputLines  *self,
                           GError       **error)
{
  if (self->has_raw && !cm_outbox_rewrite (self->outbox, number_line, self, error))
    return FALSE;

  self->has_raw = FALSE;

  return TRUE;
}

/* Returns: how many lines were dropped since this was last asked */
guint64
cm_input_lines_take_dropped (CmInputLines *self)
{
  guint64 dropped = self->dropped;

  self->dropped = 0;
  self->is_drop_told = FALSE;

  return dropped;
}

/* Returns: how many lines of the input need not be given again */
guint64
cm_input_lines_get_kept (CmInputLines *self)
{
  return self->n_kept;
}
