/* cm-hub-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-input.h"

/* RFC 6455, section 5.5. */
#define MAX_CONTROL 125

/* Nothing that a subscriber may say is longer. */
#define MAX_DATA (64 * 1024)

typedef struct
{
  CmFrameKind kind;
  guint64     size;
  gsize       head;
  guint8      mask[4];
} Head;

/* Returns: %FALSE where it is not all there. */
static gboolean
read_head (const CmHubInput *self,
           Head             *head)
{
  const guint8 *bytes = self->bytes;
  gsize n_length;

  if (self->used < 2)
    return FALSE;

  head->kind = (CmFrameKind) (bytes[0] & 0x0f);
  head->size = bytes[1] & 0x7f;
  n_length = head->size == 126 ? 2 : head->size == 127 ? 8 : 0;
  head->head = 2 + n_length + 4;
  if (self->used < head->head)
    return FALSE;

  if (n_length > 0)
    head->size = 0;
  for (gsize i = 0; i < n_length; i++)
    head->size = head->size << 8 | bytes[2 + i];
  memcpy (head->mask, bytes + 2 + n_length, 4);

  return TRUE;
}

/* A client's frames are masked (RFC 6455, section 5.1); there are no extensions. */
static gboolean
is_lawful (const CmHubInput *self)
{
  guint8 kind = self->bytes[0] & 0x0f;

  if ((self->bytes[0] & 0x70) != 0 || (self->used > 1 && (self->bytes[1] & 0x80) == 0))
    return FALSE;

  if (kind >= CM_FRAME_CLOSE)
    return kind <= CM_FRAME_PONG && (self->bytes[0] & 0x80) != 0 &&
           (self->used < 2 || (self->bytes[1] & 0x7f) <= MAX_CONTROL);

  return kind <= CM_FRAME_BINARY;
}

static void
forget (CmHubInput *self,
        gsize       size)
{
  memmove (self->bytes, self->bytes + size, self->used - size);
  self->used -= size;
}

/* Returns: whether there may be another frame in what is there. */
static gboolean
take_frame (CmHubInput     *self,
            CmHubInputFunc  func,
            gpointer        user_data,
            gboolean       *over)
{
  char payload[MAX_CONTROL];
  Head head;

  *over = self->used > 0 && !is_lawful (self);
  if (*over || !read_head (self, &head))
    return FALSE;

  if (head.kind < CM_FRAME_CLOSE)
    {
      *over = head.size > MAX_DATA;
      self->skip = head.size;
      forget (self, head.head);
      return !*over;
    }

  if (self->used < head.head + head.size)
    return FALSE;

  for (gsize i = 0; i < head.size; i++)
    payload[i] = (char) (self->bytes[head.head + i] ^ head.mask[i % 4]);
  forget (self, head.head + (gsize) head.size);
  *over = !func (head.kind, payload, (gsize) head.size, user_data);

  return !*over;
}

/* Returns: how many bytes were taken. */
static gsize
take_bytes (CmHubInput   *self,
            const guint8 *bytes,
            gsize         size)
{
  gsize taken = MIN (size, CM_HUB_INPUT_SIZE - self->used);

  memcpy (self->bytes + self->used, bytes, taken);
  self->used += taken;

  return taken;
}

static void
skip_data (CmHubInput *self)
{
  gsize skipped = (gsize) MIN (self->skip, self->used);

  self->skip -= skipped;
  forget (self, skipped);
}

/**
 * cm_hub_input_push:
 * @self: what has come
 * @bytes: (array length=size): what comes now, cut anywhere
 * @size: how many bytes
 * @func: called with each control frame
 * @user_data: for @func
 *
 * Returns: %FALSE where the connection is over: what came is not lawful, or
 *   @func has said so
 */
gboolean
cm_hub_input_push (CmHubInput     *self,
                   const guint8   *bytes,
                   gsize           size,
                   CmHubInputFunc  func,
                   gpointer        user_data)
{
  gboolean over = FALSE;

  while (size > 0)
    {
      gsize taken = take_bytes (self, bytes, size);

      bytes += taken;
      size -= taken;
      do
        skip_data (self);
      while (self->skip == 0 && take_frame (self, func, user_data, &over));
      if (over)
        return FALSE;
    }

  return TRUE;
}
