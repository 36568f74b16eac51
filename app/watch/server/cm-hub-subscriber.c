/* cm-hub-subscriber.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-private.h"

#include "core/cm-json-writer.h"
#include "watch/server/cm-hub-input.h"

/* So much is written at a time where what is retried must be the same. */
#define TLS_CHUNK (16 * 1024)

/**
 * State:
 * @SNAPSHOT: gets all conversations, part by part
 * @CATCHING_UP: gets what has changed meanwhile, up to @target
 * @LIVE: gets what comes
 * @GONE: has fallen out of the ring, and begins anew
 * @CLOSING: gets what is still to be written, then nothing more
 * @OVER: is not there any more
 */
typedef enum
{
  SNAPSHOT,
  CATCHING_UP,
  LIVE,
  GONE,
  CLOSING,
  OVER,
} State;

/**
 * CmHubSubscriber:
 * @place: what comes next out of the ring
 * @own: what is written before that, and to nobody else
 * @retry: how many bytes of @own were tried last; 0 for none
 * @progress_at: when something was written last, or nothing was to be, µs
 */
struct _CmHubSubscriber
{
  CmHubView             *view;
  CmAccessGrant         *grant;
  GIOStream             *stream;
  GPollableInputStream  *in;
  GPollableOutputStream *out;
  CmHubRead             *read;
  GSource               *out_source;
  gboolean               is_tls;
  State                  state;
  CmHubWalk              walk;
  guint64                place;
  guint64                target;
  GByteArray            *own;
  gsize                  own_done;
  gsize                  retry;
  gint64                 progress_at;
  CmHubInput             input;
};

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
end (CmHubSubscriber *self)
{
  self->state = OVER;
  g_clear_pointer (&self->read, cm_hub_read_free);
  clear_source (&self->out_source);
}

static void
append_text (CmHubSubscriber *self,
             const GString   *text)
{
  cm_protocol_append_frame (self->own, CM_FRAME_TEXT, text->str, text->len);
}

static void
append_note (CmHubSubscriber *self,
             const char      *type)
{
  g_autoptr(GString) text = g_string_new (NULL);

  cm_protocol_begin (text, type, self->view->rev, g_get_real_time () / 1000);
  if (g_str_equal (type, "live"))
    g_string_append_printf (text, ",\"epoch\":\"%s\",\"count\":%u", self->view->epoch,
                            cm_hub_sources_count (self->view->hub->sources, self->view->masking));
  g_string_append_c (text, '}');
  append_text (self, text);
}

static void
begin_snapshot (CmHubSubscriber *self)
{
  self->state = SNAPSHOT;
  self->place = self->view->ring.head;
  cm_hub_walk_begin (&self->walk, self->view->hub);
  self->view->hub->counters.snapshots++;
}

static void
catch_up (CmHubSubscriber *self)
{
  cm_hub_walk_clear (&self->walk);
  self->state = CATCHING_UP;
  self->target = self->view->ring.head;
}

static void
append_part (CmHubSubscriber *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean has_more = cm_hub_view_write_snapshot (self->view, &self->walk, text);

  append_text (self, text);
  if (!has_more)
    catch_up (self);
}

/* What comes once all that was to be written is: FALSE where nothing does. */
static gboolean
prepare (CmHubSubscriber *self)
{
  switch (self->state)
    {
    case SNAPSHOT:
      append_part (self);
      return TRUE;
    case GONE:
      append_note (self, "gone");
      begin_snapshot (self);
      return TRUE;
    case CATCHING_UP:
      if (self->place < self->target)
        return FALSE;
      append_note (self, "live");
      cm_hub_append_news (self->view, self->own);
      self->state = LIVE;
      return TRUE;
    case CLOSING:
      end (self);
      return FALSE;
    case LIVE:
    case OVER:
    default:
      return FALSE;
    }
}

static gboolean
on_writable (GObject  *stream,
             gpointer  user_data)
{
  CmHubSubscriber *self = user_data;

  clear_source (&self->out_source);
  cm_hub_subscriber_pump (self);

  return G_SOURCE_REMOVE;
}

static void
wait_until_writable (CmHubSubscriber *self)
{
  self->out_source = g_pollable_output_stream_create_source (self->out, NULL);
  g_source_set_callback (self->out_source, G_SOURCE_FUNC (on_writable), self, NULL);
  g_source_attach (self->out_source, NULL);
}

/* Returns: how much was written; 0 where it has to wait or is over. */
static gsize
write_some (CmHubSubscriber *self,
            const void      *bytes,
            gsize            size)
{
  g_autoptr(GError) error = NULL;
  gssize written = g_pollable_output_stream_write_nonblocking (self->out, bytes, size, NULL, &error);

  if (written > 0)
    {
      self->progress_at = g_get_monotonic_time ();
      self->view->hub->counters.sent += (guint64) written;
      return (gsize) written;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    wait_until_writable (self);
  else
    end (self);

  return 0;
}

static gboolean
write_own (CmHubSubscriber *self)
{
  gsize left = self->own->len - self->own_done;
  gsize size = self->retry > 0 ? self->retry : self->is_tls ? MIN (left, TLS_CHUNK) : left;
  gsize written = write_some (self, self->own->data + self->own_done, size);

  self->retry = written > 0 ? 0 : size;
  self->own_done += written;
  if (self->own_done < self->own->len)
    return written > 0;

  /* A snapshot's part is large: who has got all is not to hold on to it. */
  g_byte_array_unref (self->own);
  self->own = g_byte_array_new ();
  self->own_done = 0;

  return TRUE;
}

static gboolean
write_ring (CmHubSubscriber *self)
{
  guint64 end_place = self->state == CATCHING_UP ? self->target : self->view->ring.head;
  const char *bytes;
  gsize size = cm_hub_ring_peek (&self->view->ring, self->place, &bytes);

  size = (gsize) MIN (size, end_place - self->place);
  if (self->is_tls)
    {
      size = MIN (size, TLS_CHUNK);
      g_byte_array_append (self->own, (const guint8 *) bytes, (guint) size);
    }
  else
    {
      size = write_some (self, bytes, size);
    }

  self->place += size;

  return size > 0;
}

static gboolean
has_ring (CmHubSubscriber *self)
{
  return (self->state == LIVE && self->place < self->view->ring.head) ||
         (self->state == CATCHING_UP && self->place < self->target);
}

/* One step further; FALSE where there is nothing to do, or it has to wait. */
static gboolean
step (CmHubSubscriber *self)
{
  if (self->state == OVER)
    return FALSE;
  if (self->own_done < self->own->len)
    return write_own (self);
  if (has_ring (self))
    return write_ring (self);
  if (prepare (self))
    return TRUE;

  self->progress_at = g_get_monotonic_time ();

  return FALSE;
}

/* Control frames may stand between two others only. */
static gboolean
is_between_frames (CmHubSubscriber *self)
{
  return self->own_done == 0 && self->retry == 0 &&
         cm_hub_ring_frame_end (&self->view->ring, self->place) == self->place;
}

static gboolean
on_control (CmFrameKind  kind,
            const char  *payload,
            gsize        size,
            gpointer     user_data)
{
  CmHubSubscriber *self = user_data;

  if (kind == CM_FRAME_PING && is_between_frames (self))
    cm_protocol_append_frame (self->own, CM_FRAME_PONG, payload, size);
  else if (kind == CM_FRAME_CLOSE)
    cm_hub_subscriber_close (self, 1000, "");

  return self->state < CLOSING;
}

/* @user_data: a subscriber. What it says is of little interest. */
void
cm_hub_subscriber_read (gpointer user_data)
{
  CmHubSubscriber *self = user_data;
  g_autoptr(GError) error = NULL;
  guint8 bytes[4096];
  gssize size = g_pollable_input_stream_read_nonblocking (self->in, bytes, sizeof bytes, NULL, &error);

  if (size < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return;

  if (size <= 0)
    {
      end (self);
      return;
    }

  if (!cm_hub_input_push (&self->input, bytes, (gsize) size, on_control, self) && self->state < CLOSING)
    cm_hub_subscriber_close (self, 1002, "not a frame of the WebSocket protocol");
  cm_hub_subscriber_pump (self);

  if (self->state >= CLOSING)
    g_clear_pointer (&self->read, cm_hub_read_free);
}

/**
 * cm_hub_subscriber_new:
 * @view: what it sees
 * @request: who it is, and what he has
 *
 * Returns: (transfer full): a subscriber, to whom nothing is written yet
 */
CmHubSubscriber *
cm_hub_subscriber_new (CmHubView          *view,
                       const CmHubRequest *request)
{
  CmHubSubscriber *self = g_new0 (CmHubSubscriber, 1);

  self->view = view;
  self->grant = cm_access_grant_copy (request->grant);
  self->stream = g_object_ref (request->stream);
  self->in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  self->out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
  self->is_tls = request->is_tls;
  self->own = g_byte_array_new ();
  self->progress_at = g_get_monotonic_time ();
  self->read = cm_hub_read_new (view->hub->poll, self->stream, self);

  if (request->epoch != NULL && g_str_equal (request->epoch, view->epoch) && request->since <= view->rev &&
      cm_hub_ring_find (&view->ring, request->since, &self->place))
    {
      catch_up (self);
      view->hub->counters.resumed++;
    }
  else
    {
      begin_snapshot (self);
    }

  return self;
}

/**
 * cm_hub_subscriber_free:
 * @self: (transfer full): a subscriber
 *
 * Closes the connection.
 */
void
cm_hub_subscriber_free (CmHubSubscriber *self)
{
  end (self);
  /* Not waited for: a peer that takes nothing would hold up everybody. */
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (self->stream);
  cm_hub_walk_clear (&self->walk);
  cm_access_grant_free (self->grant);
  g_byte_array_unref (self->own);
  g_free (self);
}

/**
 * cm_hub_subscriber_pump:
 * @self: a subscriber
 *
 * Writes as much as the connection takes now.
 */
void
cm_hub_subscriber_pump (CmHubSubscriber *self)
{
  if (self->out_source != NULL)
    return;

  while (step (self))
    ;
}

/**
 * cm_hub_subscriber_make_room:
 * @self: a subscriber
 * @tail: what stands before it in the ring is about to go
 *
 * Keeps the rest of the frame that is half written, where it is among that.
 */
void
cm_hub_subscriber_make_room (CmHubSubscriber *self,
                             guint64          tail)
{
  CmHubRing *ring = &self->view->ring;
  guint64 frame_end;

  if (self->place >= tail || self->state > LIVE)
    return;

  frame_end = cm_hub_ring_frame_end (ring, self->place);
  while (self->state != SNAPSHOT && self->place < frame_end)
    {
      const char *bytes;
      gsize size = (gsize) MIN (cm_hub_ring_peek (ring, self->place, &bytes), frame_end - self->place);

      g_byte_array_append (self->own, (const guint8 *) bytes, (guint) size);
      self->place += size;
    }

  self->state = GONE;
  self->view->hub->counters.gone++;
}

/**
 * cm_hub_subscriber_is_over:
 * @self: a subscriber
 *
 * Returns: whether the connection is
 */
gboolean
cm_hub_subscriber_is_over (CmHubSubscriber *self)
{
  return self->state == OVER;
}

/**
 * cm_hub_subscriber_is_stuck:
 * @self: a subscriber
 * @now: monotonic µs
 *
 * Returns: whether it has taken nothing for too long
 */
gboolean
cm_hub_subscriber_is_stuck (CmHubSubscriber *self,
                            gint64           now)
{
  return self->out_source != NULL &&
         now - self->progress_at > self->view->hub->options.stuck * G_GINT64_CONSTANT (1000);
}

/**
 * cm_hub_subscriber_get_grant:
 * @self: a subscriber
 *
 * Returns: (transfer none): its right
 */
const CmAccessGrant *
cm_hub_subscriber_get_grant (CmHubSubscriber *self)
{
  return self->grant;
}

/**
 * cm_hub_subscriber_close:
 * @self: a subscriber
 * @code: why (RFC 6455, section 7.4)
 * @reason: in words
 *
 * Tells it so as far as that is possible at once, and ends the connection.
 */
void
cm_hub_subscriber_close (CmHubSubscriber *self,
                         guint16          code,
                         const char      *reason)
{
  g_autofree char *payload = g_strdup_printf ("%c%c%s", code >> 8, code & 0xff, reason);

  if (self->state >= CLOSING)
    return;

  if (self->out_source != NULL || !is_between_frames (self))
    {
      end (self);
      return;
    }

  cm_protocol_append_frame (self->own, CM_FRAME_CLOSE, payload, 2 + strlen (reason));
  self->state = CLOSING;
}
