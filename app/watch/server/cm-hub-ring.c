/* cm-hub-ring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-ring.h"

static void
drop_oldest (CmHubRing *self)
{
  CmHubMark *mark = g_queue_pop_head (&self->marks);
  CmHubMark *next = g_queue_peek_head (&self->marks);

  self->lost_rev = MAX (self->lost_rev, mark->rev);
  self->tail = next != NULL ? next->start : self->head;
  g_free (mark);
}

static void
copy_in (CmHubRing  *self,
         const char *bytes,
         gsize       size)
{
  gsize offset = self->head % self->size;
  gsize first = MIN (size, self->size - offset);

  memcpy (self->bytes + offset, bytes, first);
  memcpy (self->bytes, bytes + first, size - first);
  self->head += size;
}

/**
 * cm_hub_ring_init:
 * @self: a ring
 * @size: how many bytes it may hold
 * @rev: the revision before the first frame
 */
void
cm_hub_ring_init (CmHubRing *self,
                  gsize      size,
                  guint64    rev)
{
  *self = (CmHubRing) { .bytes = g_malloc (size), .size = size, .lost_rev = rev };
  g_queue_init (&self->marks);
}

/**
 * cm_hub_ring_clear:
 * @self: a ring
 */
void
cm_hub_ring_clear (CmHubRing *self)
{
  g_clear_pointer (&self->bytes, g_free);
  g_queue_clear_full (&self->marks, g_free);
}

/**
 * cm_hub_ring_make_room:
 * @self: a ring
 * @payload_size: the size of the frame that comes next
 *
 * Forgets the oldest frames; their bytes stay until the frame is appended.
 *
 * Returns: the place before which nothing will be there
 */
guint64
cm_hub_ring_make_room (CmHubRing *self,
                       gsize      payload_size)
{
  gsize size = payload_size + CM_FRAME_MAX_HEAD;

  while (!g_queue_is_empty (&self->marks) && self->head - self->tail + size > self->size)
    drop_oldest (self);

  return self->tail;
}

/**
 * cm_hub_ring_append:
 * @self: a ring
 * @rev: the revision that the frame brings about; 0 for none
 * @payload: (array length=size): the text
 * @size: how many bytes; at most what the ring holds
 */
void
cm_hub_ring_append (CmHubRing  *self,
                    guint64     rev,
                    const char *payload,
                    gsize       size)
{
  guint8 head[CM_FRAME_MAX_HEAD];
  gsize head_size = cm_protocol_write_head (head, CM_FRAME_TEXT, size);
  CmHubMark *mark = g_new (CmHubMark, 1);

  g_assert (self->head - self->tail + head_size + size <= self->size);

  *mark = (CmHubMark) { self->head, rev };
  g_queue_push_tail (&self->marks, mark);
  copy_in (self, (const char *) head, head_size);
  copy_in (self, payload, size);
}

/**
 * cm_hub_ring_peek:
 * @self: a ring
 * @place: a place in it
 * @bytes: (out): the bytes that stand there
 *
 * Returns: how many of them lie in one piece
 */
gsize
cm_hub_ring_peek (CmHubRing   *self,
                  guint64      place,
                  const char **bytes)
{
  gsize offset = place % self->size;

  *bytes = self->bytes + offset;

  return MIN (self->head - place, self->size - offset);
}

/**
 * cm_hub_ring_frame_end:
 * @self: a ring
 * @place: a place in it
 *
 * Returns: where the frame ends that has begun before @place; @place where a
 *   frame begins there
 */
guint64
cm_hub_ring_frame_end (CmHubRing *self,
                       guint64    place)
{
  for (GList *link = self->marks.head; link != NULL; link = link->next)
    {
      const CmHubMark *mark = link->data;

      if (mark->start >= place)
        return mark->start;
    }

  return self->head;
}

/**
 * cm_hub_ring_find:
 * @self: a ring
 * @since: the last revision that a subscriber has
 * @place: (out): where the next one stands
 *
 * Returns: %FALSE where that is no longer there
 */
gboolean
cm_hub_ring_find (CmHubRing *self,
                  guint64    since,
                  guint64   *place)
{
  if (since < self->lost_rev)
    return FALSE;

  *place = self->head;
  for (GList *link = self->marks.tail; link != NULL; link = link->prev)
    {
      const CmHubMark *mark = link->data;

      if (mark->rev != 0 && mark->rev <= since)
        break;
      if (mark->rev != 0)
        *place = mark->start;
    }

  return TRUE;
}
