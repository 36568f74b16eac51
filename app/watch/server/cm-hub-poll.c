/* cm-hub-poll.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-poll.h"

#include <glib-unix.h>
#include <sys/epoll.h>
#include <unistd.h>

/* Then others have their turn. */
#define MAX_AT_ONCE 64

struct _CmHubPoll
{
  int           set;
  guint         source_id;
  CmHubPollFunc func;
};

/**
 * CmHubRead:
 * @fd: in the set, or -1
 * @source: (nullable): for what cannot be in it
 */
struct _CmHubRead
{
  CmHubPoll *poll;
  gpointer   user_data;
  int        fd;
  GSource   *source;
};

/* One at a time: what is taken out meanwhile is not told any more. */
static gboolean
on_ready (int           fd,
          GIOCondition  condition,
          gpointer      user_data)
{
  CmHubPoll *self = user_data;
  struct epoll_event event;

  for (guint i = 0; i < MAX_AT_ONCE && epoll_wait (self->set, &event, 1, 0) == 1; i++)
    self->func (event.data.ptr);

  return G_SOURCE_CONTINUE;
}

/**
 * cm_hub_poll_new:
 * @func: called, in the main context, with what was given with a stream that can be
 *   read, or has been closed
 *
 * Returns: (transfer full): an empty set
 */
CmHubPoll *
cm_hub_poll_new (CmHubPollFunc func)
{
  CmHubPoll *self = g_new0 (CmHubPoll, 1);

  self->func = func;
  self->set = epoll_create1 (EPOLL_CLOEXEC);
  if (self->set >= 0)
    self->source_id = g_unix_fd_add (self->set, G_IO_IN, on_ready, self);

  return self;
}

/**
 * cm_hub_poll_free:
 * @self: (transfer full): a set
 */
void
cm_hub_poll_free (CmHubPoll *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->set >= 0)
    close (self->set);
  g_free (self);
}

static gboolean
on_readable (GObject  *stream,
             gpointer  user_data)
{
  CmHubRead *self = user_data;

  self->poll->func (self->user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
add_to_set (CmHubRead *self,
            int        fd)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = self->user_data };

  if (self->poll->set < 0 || epoll_ctl (self->poll->set, EPOLL_CTL_ADD, fd, &event) != 0)
    return FALSE;

  self->fd = fd;

  return TRUE;
}

/* libsoup wraps a connection into a stream of its own, which puts nothing aside once
 * the head of a request is read.
 *
 * Returns: -1 where there is more to it than a socket, or something has been put aside */
static int
get_descriptor (GIOStream *stream)
{
  g_autoptr(GIOStream) base = NULL;
  GPollableInputStream *in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream));

  if (g_pollable_input_stream_is_readable (in))
    return -1;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (stream), "base-iostream") != NULL)
    g_object_get (stream, "base-iostream", &base, NULL);
  else
    base = g_object_ref (stream);

  return G_IS_SOCKET_CONNECTION (base)
    ? g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)))
    : -1;
}

/**
 * cm_hub_read_new:
 * @poll: a set
 * @stream: what is read from; it has to be there until this is freed
 * @user_data: for the function of the set
 *
 * Returns: (transfer full): something that tells when there is something to read. It
 *   may be freed by what it calls
 */
CmHubRead *
cm_hub_read_new (CmHubPoll *poll,
                 GIOStream *stream,
                 gpointer   user_data)
{
  CmHubRead *self = g_new0 (CmHubRead, 1);
  GPollableInputStream *in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream));
  int fd;

  self->poll = poll;
  self->user_data = user_data;
  self->fd = -1;
  fd = get_descriptor (stream);
  if (fd >= 0 && add_to_set (self, fd))
    return self;

  self->source = g_pollable_input_stream_create_source (in, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, NULL);

  return self;
}

void
cm_hub_read_free (CmHubRead *self)
{
  if (self->fd >= 0)
    epoll_ctl (self->poll->set, EPOLL_CTL_DEL, self->fd, NULL);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_free (self);
}
