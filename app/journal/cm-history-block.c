/* cm-history-block.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-history-private.h"

/* Documents say the same again and again: the fastest level is enough. */
#define LEVEL 1

void
cm_history_block_free (gpointer data)
{
  CmHistoryBlock *self = data;

  g_clear_pointer (&self->base, g_bytes_unref);
  g_clear_pointer (&self->log, g_bytes_unref);
  g_free (self);
}

CmHistoryBlock *
cm_history_block_copy (const CmHistoryBlock *self)
{
  CmHistoryBlock *copy = g_new0 (CmHistoryBlock, 1);

  *copy = *self;
  copy->base = self->base != NULL ? g_bytes_ref (self->base) : NULL;
  copy->log = g_bytes_ref (self->log);

  return copy;
}

gsize
cm_history_block_get_size (const CmHistoryBlock *block)
{
  return g_bytes_get_size (block->log) +
         (block->base != NULL ? g_bytes_get_size (block->base) : 0);
}

CmHistorySettled *
cm_history_settled_ref (CmHistorySettled *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
cm_history_settled_unref (CmHistorySettled *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  if (self->origin != NULL)
    cm_history_settled_unref (self->origin);
  else
    cm_document_free (self->document);
  g_free (self);
}

CmHistorySettled *
cm_history_settled_copy (CmHistorySettled *self)
{
  CmHistorySettled *copy = g_new0 (CmHistorySettled, 1);

  *copy = *self;
  copy->origin = cm_history_settled_ref (self);
  g_atomic_ref_count_init (&copy->refs);

  return copy;
}

/**
 * CmHistoryDeflater:
 *
 * Deflates what it is given bit by bit.
 */
struct _CmHistoryDeflater
{
  GOutputStream *memory;
  GOutputStream *stream;
};

static CmHistoryDeflater *
converter_new (GConverter *converter)
{
  CmHistoryDeflater *self = g_new0 (CmHistoryDeflater, 1);

  self->memory = g_memory_output_stream_new_resizable ();
  self->stream = g_converter_output_stream_new (self->memory, converter);

  return self;
}

CmHistoryDeflater *
cm_history_deflater_new (void)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, LEVEL);

  return converter_new (G_CONVERTER (compressor));
}

/* Memory does not fail, and what is read is what was written here. */
void
cm_history_deflater_write (CmHistoryDeflater *self,
                           gconstpointer      bytes,
                           gsize              size)
{
  g_output_stream_write_all (self->stream, bytes, size, NULL, NULL, NULL);
}

/**
 * cm_history_deflater_finish:
 * @self: (transfer full): a deflater
 *
 * Returns: (transfer full): all that it was given, deflated
 */
GBytes *
cm_history_deflater_finish (CmHistoryDeflater *self)
{
  GBytes *bytes;

  g_output_stream_close (self->stream, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (self->memory));
  g_object_unref (self->stream);
  g_object_unref (self->memory);
  g_free (self);

  return bytes;
}

GBytes *
cm_history_inflate (GBytes *bytes)
{
  g_autoptr(GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  CmHistoryDeflater *inflater = converter_new (G_CONVERTER (decompressor));

  cm_history_deflater_write (inflater, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return cm_history_deflater_finish (inflater);
}
