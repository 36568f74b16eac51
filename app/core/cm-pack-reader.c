/* cm-pack-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-pack-sum.h"

/**
 * CmPackReader:
 * @has_failed: it is no pack, or not one of what was asked for; nothing but zeros and
 *   no texts come from then on
 */
struct _CmPackReader
{
  const guint8 *next;
  const guint8 *end;
  gboolean      has_failed;
};

static gboolean
has_sum (const guint8 *bytes,
         gsize         size)
{
  guint64 sum;

  if (size < CM_PACK_SUM_SIZE)
    return FALSE;

  memcpy (&sum, bytes + size - CM_PACK_SUM_SIZE, sizeof sum);

  return GUINT64_FROM_LE (sum) == cm_pack_sum (CM_PACK_SUM_START, bytes, size - CM_PACK_SUM_SIZE);
}

/**
 * cm_pack_reader_new:
 * @bytes: (array length=size): what a #CmPackWriter has written; it has to be there
 *   until the reader is freed
 * @size: how many bytes
 *
 * Returns: (transfer full): a reader; one that is not good where they are damaged
 */
CmPackReader *
cm_pack_reader_new (const guint8 *bytes,
                    gsize         size)
{
  CmPackReader *self = g_new0 (CmPackReader, 1);

  self->has_failed = !has_sum (bytes, size);
  self->next = bytes;
  self->end = self->has_failed ? bytes : bytes + size - CM_PACK_SUM_SIZE;

  return self;
}

/**
 * cm_pack_reader_free:
 * @self: (transfer full): a reader
 */
void
cm_pack_reader_free (CmPackReader *self)
{
  g_free (self);
}

/**
 * cm_pack_reader_fail:
 * @self: a reader of something that cannot be meant
 */
void
cm_pack_reader_fail (CmPackReader *self)
{
  self->has_failed = TRUE;
  self->next = self->end;
}

/**
 * cm_pack_reader_is_good:
 * @self: a reader
 *
 * Returns: whether all that was asked for so far was there
 */
gboolean
cm_pack_reader_is_good (CmPackReader *self)
{
  return !self->has_failed;
}

/**
 * cm_pack_reader_is_at_end:
 * @self: a reader
 *
 * Returns: whether it is good and there is nothing left
 */
gboolean
cm_pack_reader_is_at_end (CmPackReader *self)
{
  return !self->has_failed && self->next == self->end;
}

static guint64
take_unsigned (CmPackReader *self)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64 && self->next < self->end; shift += 7)
    {
      guint8 byte = *self->next++;

      number |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return number;
    }

  cm_pack_reader_fail (self);

  return 0;
}

static gint64
take_signed (CmPackReader *self)
{
  guint64 number = take_unsigned (self);

  return (gint64) (number >> 1) ^ -(gint64) (number & 1);
}

/**
 * cm_pack_reader_number:
 * @self: a reader
 * @min: the least that can be meant
 * @max: the most; not less than @min
 *
 * Returns: the next number, or @min where there is none or it is not between them:
 *   then the reader is no longer good
 */
gint64
cm_pack_reader_number (CmPackReader *self,
                       gint64        min,
                       gint64        max)
{
  gint64 number = take_signed (self);

  if (number >= min && number <= max)
    return number;

  cm_pack_reader_fail (self);

  return min;
}

/**
 * cm_pack_reader_time:
 * @self: a reader
 *
 * Returns: the next time, ms UTC, or %CM_TIME_NONE
 */
gint64
cm_pack_reader_time (CmPackReader *self)
{
  gint64 number = take_signed (self);

  return number == 0 ? CM_TIME_NONE : number == CM_TIME_NONE ? 0 : number;
}

/**
 * cm_pack_reader_text:
 * @self: a reader
 *
 * Returns: the next text, in place; none where %NULL was written
 */
CmText
cm_pack_reader_text (CmPackReader *self)
{
  guint64 size = take_unsigned (self);
  CmText text = { (const char *) self->next, (gsize) (size - 1) };

  if (size == 0)
    return CM_TEXT_NONE;

  if (size - 1 > (guint64) (self->end - self->next))
    {
      cm_pack_reader_fail (self);
      return CM_TEXT_NONE;
    }

  self->next += size - 1;

  return text;
}

/**
 * cm_pack_reader_dup_text:
 * @self: a reader
 *
 * Returns: (nullable) (transfer full): the next text as a #GRefString
 */
char *
cm_pack_reader_dup_text (CmPackReader *self)
{
  CmText text = cm_pack_reader_text (self);

  return text.bytes != NULL ? g_ref_string_new_len (text.bytes, (gssize) text.size) : NULL;
}

/**
 * cm_pack_reader_count:
 * @self: a reader
 *
 * Returns: how many of something come next: no more than there are bytes left
 */
guint
cm_pack_reader_count (CmPackReader *self)
{
  return (guint) cm_pack_reader_number (self, 0, MIN (self->end - self->next, G_MAXUINT));
}
