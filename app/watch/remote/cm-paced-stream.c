/* cm-paced-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-paced-stream.h"

/* For so long it says then that nothing is there: what is due meanwhile comes first, ms. */
#define PAUSE 1

/**
 * CmPacedStream:
 * @turn: so long it is read at once, µs
 * @begin: when somebody began to read all that is there, monotonic µs; 0 where nobody does
 * @pauses: whether there may be more, but not now
 *
 * A stream that pauses now and then, for readers that do not return to the main loop as
 * long as anything is there: with a fast peer that can take seconds.
 */
struct _CmPacedStream
{
  GFilterInputStream parent_instance;
  gint64             turn;
  gint64             begin;
  gboolean           pauses;
};

static GPollableInputStream *
get_base (gpointer self)
{
  return G_POLLABLE_INPUT_STREAM (g_filter_input_stream_get_base_stream (self));
}

static gboolean
cm_paced_stream_can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (get_base (stream));
}

static gboolean
cm_paced_stream_is_readable (GPollableInputStream *stream)
{
  return !CM_PACED_STREAM (stream)->pauses && g_pollable_input_stream_is_readable (get_base (stream));
}

/* Who has been told that nothing is there asks for this before it reads again. */
static GSource *
cm_paced_stream_create_source (GPollableInputStream *stream,
                               GCancellable         *cancellable)
{
  CmPacedStream *self = CM_PACED_STREAM (stream);
  g_autoptr(GSource) source = self->pauses ? g_timeout_source_new (PAUSE)
                                           : g_pollable_input_stream_create_source (get_base (self), cancellable);

  self->pauses = FALSE;

  return g_pollable_source_new_full (self, source, cancellable);
}

static gssize
cm_paced_stream_read_nonblocking (GPollableInputStream  *stream,
                                  void                  *buffer,
                                  gsize                  count,
                                  GError               **error)
{
  CmPacedStream *self = CM_PACED_STREAM (stream);
  gint64 now = g_get_monotonic_time ();
  gssize n;

  if (self->begin != 0 && now - self->begin >= self->turn)
    {
      self->begin = 0;
      self->pauses = TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "The stream pauses");
      return -1;
    }

  n = g_pollable_input_stream_read_nonblocking (get_base (self), buffer, count, NULL, error);
  if (n <= 0)
    self->begin = 0;
  else if (self->begin == 0)
    self->begin = now;

  return n;
}

static void
pollable_iface_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = cm_paced_stream_can_poll;
  iface->is_readable = cm_paced_stream_is_readable;
  iface->create_source = cm_paced_stream_create_source;
  iface->read_nonblocking = cm_paced_stream_read_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CmPacedStream, cm_paced_stream, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_iface_init))

static gssize
cm_paced_stream_read (GInputStream  *stream,
                      void          *buffer,
                      gsize          count,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return g_input_stream_read (G_INPUT_STREAM (get_base (stream)), buffer, count, cancellable, error);
}

static void
cm_paced_stream_class_init (CmPacedStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = cm_paced_stream_read;
}

static void
cm_paced_stream_init (CmPacedStream *self)
{
}

/**
 * cm_paced_stream_new:
 * @base: a #GPollableInputStream
 * @turn: how long it is read at once, µs
 *
 * Returns: (transfer full): @base, with pauses
 */
GInputStream *
cm_paced_stream_new (GInputStream *base,
                     gint64        turn)
{
  CmPacedStream *self = g_object_new (CM_TYPE_PACED_STREAM, "base-stream", base, NULL);

  self->turn = turn;

  return G_INPUT_STREAM (self);
}

/**
 * cm_paced_stream_put_below:
 * @stream: what others read from already
 * @turn: how long it is to be read at once, µs
 *
 * What @stream reads from gets pauses: whoever makes the streams of his connections
 * himself, as libsoup does, leaves no other way. A stream that does not read from another
 * one is left alone, and one that cannot be asked without waiting.
 */
void
cm_paced_stream_put_below (GInputStream *stream,
                           gint64        turn)
{
  g_autoptr(GInputStream) base = NULL;
  GFilterInputStream *filter;

  if (!G_IS_FILTER_INPUT_STREAM (stream))
    return;

  filter = G_FILTER_INPUT_STREAM (stream);
  if (!G_IS_POLLABLE_INPUT_STREAM (filter->base_stream))
    return;

  base = filter->base_stream;
  filter->base_stream = cm_paced_stream_new (base, turn);
}
