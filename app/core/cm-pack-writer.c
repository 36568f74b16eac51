/* cm-pack-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-pack-sum.h"

/* What goes out at a time; the sum is taken of whole words of it. */
#define BLOCK_SIZE (256 * 1024)

struct _CmPackWriter
{
  CmPackFunc func;
  gpointer   user_data;
  guint8    *block;
  gsize      used;
  guint64    sum;
  gboolean   has_failed;
};

/**
 * cm_pack_writer_new:
 * @func: called with all that is written, part by part
 * @user_data: for @func
 *
 * Returns: (transfer full): a writer that has written nothing
 */
CmPackWriter *
cm_pack_writer_new (CmPackFunc func,
                    gpointer   user_data)
{
  CmPackWriter *self = g_new0 (CmPackWriter, 1);

  self->func = func;
  self->user_data = user_data;
  self->block = g_malloc (BLOCK_SIZE);
  self->sum = CM_PACK_SUM_START;

  return self;
}

/**
 * cm_pack_writer_free:
 * @self: (transfer full): a writer; what is not finished is no pack
 */
void
cm_pack_writer_free (CmPackWriter *self)
{
  g_free (self->block);
  g_free (self);
}

static void
put_out (CmPackWriter *self)
{
  self->sum = cm_pack_sum (self->sum, self->block, self->used);
  if (!self->has_failed && self->used > 0)
    self->has_failed = !self->func (self->block, self->used, self->user_data);
  self->used = 0;
}

static void
put_byte (CmPackWriter *self,
          guint8        byte)
{
  self->block[self->used++] = byte;
  if (self->used == BLOCK_SIZE)
    put_out (self);
}

/* Seven bits at a time, the lowest first; all but the last are marked. */
static void
put_unsigned (CmPackWriter *self,
              guint64       number)
{
  for (; number >= 0x80; number >>= 7)
    put_byte (self, (guint8) (number | 0x80));
  put_byte (self, (guint8) number);
}

/**
 * cm_pack_writer_number:
 * @self: a writer
 * @number: any number; those near 0 take one byte
 */
void
cm_pack_writer_number (CmPackWriter *self,
                       gint64        number)
{
  put_unsigned (self, ((guint64) number << 1) ^ (number < 0 ? G_MAXUINT64 : 0));
}

/**
 * cm_pack_writer_time:
 * @self: a writer
 * @time: ms UTC, or %CM_TIME_NONE, which takes one byte
 */
void
cm_pack_writer_time (CmPackWriter *self,
                     gint64        time)
{
  /* The begin of time and none change places: the one is rare. */
  cm_pack_writer_number (self, time == CM_TIME_NONE ? 0 : time == 0 ? CM_TIME_NONE : time);
}

/**
 * cm_pack_writer_text:
 * @self: a writer
 * @text: (nullable): a text
 */
void
cm_pack_writer_text (CmPackWriter *self,
                     const char   *text)
{
  gsize size = text != NULL ? strlen (text) : 0;

  put_unsigned (self, text != NULL ? size + 1 : 0);
  while (size > 0)
    {
      gsize taken = MIN (size, BLOCK_SIZE - self->used);

      memcpy (self->block + self->used, text, taken);
      self->used += taken;
      text += taken;
      size -= taken;
      if (self->used == BLOCK_SIZE)
        put_out (self);
    }
}

/**
 * cm_pack_writer_finish:
 * @self: a writer that has written all
 *
 * Returns: whether all of it was taken
 */
gboolean
cm_pack_writer_finish (CmPackWriter *self)
{
  guint8 sum[CM_PACK_SUM_SIZE];
  guint64 number;

  put_out (self);
  number = GUINT64_TO_LE (self->sum);
  memcpy (sum, &number, sizeof sum);

  return !self->has_failed && self->func (sum, sizeof sum, self->user_data);
}
