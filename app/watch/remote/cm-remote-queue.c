/* cm-remote-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-remote-queue.h"

/* So much waits before it is full, bytes and messages: twice the largest message, and what
 * a tracker says of some hundred thousand conversations. */
#define MAX_SIZE (128 * 1024 * 1024)
#define MAX_MESSAGES 10000

/**
 * Waiting:
 * @heard_at: when it came, monotonic µs
 */
typedef struct
{
  GBytes *text;
  gint64  heard_at;
} Waiting;

struct _CmRemoteQueue
{
  GQueue messages;
  gsize  size;
};

static void
waiting_free (gpointer data)
{
  Waiting *self = data;

  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}

CmRemoteQueue *
cm_remote_queue_new (void)
{
  CmRemoteQueue *self = g_new0 (CmRemoteQueue, 1);

  g_queue_init (&self->messages);

  return self;
}

void
cm_remote_queue_free (CmRemoteQueue *self)
{
  cm_remote_queue_clear (self);
  g_free (self);
}

/**
 * cm_remote_queue_push:
 * @self: a queue
 * @text: a message
 * @heard_at: when it came, monotonic µs
 *
 * Takes it in any case: who pushes looks afterwards whether the queue is full, and
 * then takes out until it is not.
 */
void
cm_remote_queue_push (CmRemoteQueue *self,
                      GBytes        *text,
                      gint64         heard_at)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->text = g_bytes_ref (text);
  waiting->heard_at = heard_at;
  g_queue_push_tail (&self->messages, waiting);
  self->size += g_bytes_get_size (text);
}

/**
 * cm_remote_queue_pop:
 * @self: a queue that is not empty
 * @heard_at: (out): when the message came, monotonic µs
 *
 * Returns: (transfer full): the message that came first
 */
GBytes *
cm_remote_queue_pop (CmRemoteQueue *self,
                     gint64        *heard_at)
{
  Waiting *waiting = g_queue_pop_head (&self->messages);
  GBytes *text = g_steal_pointer (&waiting->text);

  *heard_at = waiting->heard_at;
  self->size -= g_bytes_get_size (text);
  waiting_free (waiting);

  return text;
}

/* Forgets all that waits. */
void
cm_remote_queue_clear (CmRemoteQueue *self)
{
  g_queue_clear_full (&self->messages, waiting_free);
  self->size = 0;
}

gboolean
cm_remote_queue_is_empty (CmRemoteQueue *self)
{
  return g_queue_is_empty (&self->messages);
}

/* Returns: whether more waits than may */
gboolean
cm_remote_queue_is_full (CmRemoteQueue *self)
{
  return self->size > MAX_SIZE || g_queue_get_length (&self->messages) > MAX_MESSAGES;
}
