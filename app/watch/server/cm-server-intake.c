/* cm-server-intake.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include "core/cm-json-writer.h"

/* An event may be so much ahead of the clock here, ms. */
#define MAX_AHEAD 2000

/* So many faults are told in an answer; all are counted. */
#define MAX_TOLD 10

/* How long a caller waits for the disk, s. */
#define MAX_WAIT 10

/* A caller who waits for the disk; @message is %NULL once it is answered or gone. */
typedef struct
{
  SoupServerMessage *message;
  gulong             finished_id;
  guint              timeout_id;
  guint              status;
  char              *type;
  char              *text;
} Wait;

static void
refuse_line (CmServerIntake *self,
             const char     *reason)
{
  self->refused++;
  self->server->counters.refused++;
  if (self->refused > MAX_TOLD)
    return;

  if (self->faults->len > 0)
    g_string_append_c (self->faults, ',');
  g_string_append_printf (self->faults, "{\"line\":%" G_GUINT64_FORMAT ",\"reason\":", self->line);
  cm_json_write_string (self->faults, reason);
  g_string_append_c (self->faults, '}');
}

/* A clock that is ahead would drag that of all others with it. */
static gboolean
limit_time (CmServer *self,
            CmEvent  *event,
            gint64    now)
{
  if (event->at <= now + MAX_AHEAD)
    return FALSE;

  event->at = now;
  self->counters.future++;

  return TRUE;
}

static void
keep (CmServer      *self,
      const CmEvent *event)
{
  g_autoptr(GString) written = g_string_new (NULL);

  cm_event_write (written, &self->cache, event);
  cm_journal_append (self->journal, written->str, written->len - 1);
}

/* Returns: %FALSE where it was there already */
static gboolean
take_event (CmServer      *self,
            const CmEvent *event)
{
  const CmTrackerCounters *counters = cm_tracker_get_counters (self->tracker);
  guint64 duplicates = counters->duplicates;

  cm_tracker_handle (self->tracker, event);
  if (counters->duplicates > duplicates)
    {
      self->counters.duplicates++;
      return FALSE;
    }

  self->counters.accepted++;
  cm_hub_note_source (self->hub, event, g_get_real_time () / 1000);
  cm_hub_look (self->hub);

  return TRUE;
}

/* A line is kept as it came, unless its time was not to be believed. */
static void
take_decoded (CmServerIntake *self,
              CmEvent        *event,
              CmText          line)
{
  CmServer *server = self->server;
  gboolean is_changed = limit_time (server, event, g_get_real_time () / 1000);
  gboolean is_said_again;

  if (self->event_func != NULL)
    self->event_func (event, self->line, self->user_data);

  is_said_again = !event->has_seq && cm_tracker_is_heartbeat (server->tracker, event);
  if (!take_event (server, event))
    {
      self->duplicates++;
      return;
    }

  self->accepted++;
  /* What is soon said again need not be kept. */
  if (server->journal == NULL || is_said_again)
    return;

  if (is_changed)
    keep (server, event);
  else
    cm_journal_append (server->journal, line.bytes, line.size);
}

static void
take_line (CmServerIntake *self,
           CmText          line)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *source = NULL;
  CmEvent event;
  gsize column;

  self->line++;
  if (line.size > CM_EVENT_MAX_LINE)
    {
      refuse_line (self, "the line is too long");
      return;
    }

  if (!cm_event_decode (&event, self->server->json, &self->server->cache, line.bytes, line.size, &column, &error))
    {
      refuse_line (self, error->message);
      return;
    }

  source = cm_text_dup (event.source);
  if (!cm_access_has_source (self->grant, source))
    refuse_line (self, "this token may not report for that source");
  else if (cm_rate_take (self->server->source_rate, source, g_get_monotonic_time ()))
    take_decoded (self, &event, line);
  else if (self->may_stop)
    self->has_stopped = TRUE;
  else
    refuse_line (self, "too many events of this source a second; send it again later");
}

static char *
dup_counts (const CmServerIntake *self)
{
  return g_strdup_printf ("{\"accepted\":%" G_GUINT64_FORMAT ",\"duplicates\":%" G_GUINT64_FORMAT
                          ",\"refused\":%" G_GUINT64_FORMAT ",\"faults\":[%s]}\n",
                          self->accepted, self->duplicates, self->refused, self->faults->str);
}

static SoupServerMessage *
end_wait (Wait *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_signal_handler (&self->finished_id, self->message);

  return g_steal_pointer (&self->message);
}

static void
on_finished (SoupServerMessage *message,
             gpointer           user_data)
{
  g_object_unref (end_wait (user_data));
}

static void
answer_wait (Wait       *self,
             guint       status,
             const char *type,
             const char *text)
{
  g_autoptr(SoupServerMessage) message = end_wait (self);

  cm_server_answer (message, status, type, text);
  soup_server_message_unpause (message);
}

static gboolean
on_timeout (gpointer user_data)
{
  Wait *self = user_data;

  self->timeout_id = 0;
  answer_wait (self, SOUP_STATUS_SERVICE_UNAVAILABLE, "application/json",
               "{\"error\":\"the events are not on disk yet; send them again\"}\n");

  return G_SOURCE_REMOVE;
}

static void
on_kept (gpointer user_data)
{
  Wait *self = user_data;

  if (self->message != NULL)
    answer_wait (self, self->status, self->type, self->text);
  g_free (self->type);
  g_free (self->text);
  g_free (self);
}

/**
 * cm_server_answer_when_kept:
 * @self: a server
 * @message: a request that has brought events
 * @status: the HTTP status
 * @type: the type of the content
 * @text: the content
 *
 * Nothing is acknowledged before it is on disk; that which was there already may
 * still be on its way there.
 */
void
cm_server_answer_when_kept (CmServer          *self,
                            SoupServerMessage *message,
                            guint              status,
                            const char        *type,
                            const char        *text)
{
  Wait *wait;

  if (self->journal == NULL)
    {
      cm_server_answer (message, status, type, text);
      return;
    }

  wait = g_new0 (Wait, 1);
  wait->message = g_object_ref (message);
  wait->status = status;
  wait->type = g_strdup (type);
  wait->text = g_strdup (text);
  wait->finished_id = g_signal_connect (message, "finished", G_CALLBACK (on_finished), wait);
  wait->timeout_id = g_timeout_add_seconds (MAX_WAIT, on_timeout, wait);
  soup_server_message_pause (message);
  cm_journal_when_kept (self->journal, on_kept, wait);
}

/**
 * cm_server_take_own:
 * @self: a server
 * @event: what the tracker itself has to say of a source, or one of its feeds
 *
 * Tracks it, and keeps it with all else.
 */
void
cm_server_take_own (CmServer      *self,
                    const CmEvent *event)
{
  CmEvent own = *event;

  limit_time (self, &own, g_get_real_time () / 1000);
  if (take_event (self, &own) && self->journal != NULL)
    keep (self, &own);
}

/**
 * cm_server_take_lines:
 * @self: what is known of who sends them; its counts are added to
 * @bytes: (array length=size): event lines; the last may be without a line end
 * @size: how many bytes
 */
void
cm_server_take_lines (CmServerIntake *self,
                      const char     *bytes,
                      gsize           size)
{
  while (size > 0 && !self->has_stopped)
    {
      const char *feed = memchr (bytes, '\n', size);
      gsize length = feed != NULL ? (gsize) (feed - bytes) : size;

      take_line (self, (CmText) { bytes, length });
      length += feed != NULL;
      bytes += length;
      size -= length;
    }
}

/**
 * cm_server_take_events:
 * @self: a server
 * @message: a request whose body is event lines
 * @call: what is known of it
 *
 * Tracks the good lines, and answers once they are on disk.
 */
void
cm_server_take_events (CmServer          *self,
                       SoupServerMessage *message,
                       CmServerCall      *call)
{
  g_autoptr(GString) faults = g_string_new (NULL);
  CmServerIntake intake = { .server = self, .grant = call->grant, .faults = faults };
  g_autofree char *text = NULL;

  if (self->journal != NULL && !cm_journal_can_take (self->journal))
    {
      cm_server_refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "the journal cannot be written; try again later");
      return;
    }

  cm_server_take_lines (&intake, (const char *) call->body->data, call->body->len);
  text = dup_counts (&intake);
  cm_server_answer_when_kept (self, message, SOUP_STATUS_OK, "application/json", text);
}
