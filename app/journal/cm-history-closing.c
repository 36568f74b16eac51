/* cm-history-closing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-history-private.h"

/* So much at least is done with each change. A log has at most some thousand changes and
 * some MB, so that its block is closed long before the next one is. */
#define STEP_SIZE 2048
#define STEP_DOCUMENTS 4

/**
 * CmHistoryClosing:
 * @log: the changes of the block
 * @n_deflated: how many bytes of @log are deflated
 * @documents: (element-type CmDocument): what the block has changed, as it was then; of
 *   that is the base of the next one
 * @n_written: how many of them are written
 */
struct _CmHistoryClosing
{
  GByteArray        *log;
  gsize              n_deflated;
  CmHistoryDeflater *log_deflater;
  GPtrArray         *documents;
  guint              n_written;
  CmHistoryDeflater *base_deflater;
  GString           *json;
  CmHistorySizeFunc  func;
  gpointer           user_data;
};

/**
 * cm_history_closing_new:
 * @log: (transfer full): the changes of the block
 * @documents: (transfer full) (element-type CmDocument): what it has changed
 * @func: called for each document when it is written
 * @user_data: for @func
 */
CmHistoryClosing *
cm_history_closing_new (GByteArray        *log,
                        GPtrArray         *documents,
                        CmHistorySizeFunc  func,
                        gpointer           user_data)
{
  CmHistoryClosing *self = g_new0 (CmHistoryClosing, 1);

  self->log = log;
  self->log_deflater = cm_history_deflater_new ();
  self->documents = documents;
  self->base_deflater = cm_history_deflater_new ();
  self->json = g_string_new (NULL);
  self->func = func;
  self->user_data = user_data;

  return self;
}

static void
write_document (CmHistoryClosing *self,
                const CmDocument *document)
{
  guint32 size;

  g_string_truncate (self->json, 0);
  cm_document_write (document, self->json);
  size = (guint32) self->json->len;
  cm_history_deflater_write (self->base_deflater, &size, sizeof size);
  cm_history_deflater_write (self->base_deflater, self->json->str, size);
  self->func (document, size, self->user_data);
}

/**
 * cm_history_closing_go_on:
 * @self: what is left to be done
 * @size: how many bytes to deflate, at least some
 *
 * Returns: whether something is left
 */
gboolean
cm_history_closing_go_on (CmHistoryClosing *self,
                          gsize             size)
{
  gsize part = MIN (MAX (size, STEP_SIZE), self->log->len - self->n_deflated);

  if (part > 0)
    {
      cm_history_deflater_write (self->log_deflater, self->log->data + self->n_deflated, part);
      self->n_deflated += part;
      return TRUE;
    }

  for (guint i = 0; i < STEP_DOCUMENTS && self->n_written < self->documents->len; i++)
    write_document (self, g_ptr_array_index (self->documents, self->n_written++));

  return self->n_written < self->documents->len;
}

/* Returns: how many bytes it takes, beside the documents */
gsize
cm_history_closing_get_size (CmHistoryClosing *self)
{
  return self->log->len;
}

/* Returns: (transfer full): the log as far as it is deflated; likewise @base */
static GBytes *
end (CmHistoryClosing  *self,
     GBytes           **base)
{
  GBytes *log = cm_history_deflater_finish (self->log_deflater);

  *base = cm_history_deflater_finish (self->base_deflater);
  g_byte_array_unref (self->log);
  g_ptr_array_unref (self->documents);
  g_string_free (self->json, TRUE);
  g_free (self);

  return log;
}

/* @self: (transfer full): what need not be done any more */
void
cm_history_closing_free (CmHistoryClosing *self)
{
  g_autoptr(GBytes) base = NULL;
  g_autoptr(GBytes) log = end (self, &base);
}

/**
 * cm_history_closing_finish:
 * @self: (transfer full): what is left to be done
 * @base: (out) (transfer full): the documents, deflated
 *
 * Does all of it.
 *
 * Returns: (transfer full): the log, deflated
 */
GBytes *
cm_history_closing_finish (CmHistoryClosing  *self,
                           GBytes           **base)
{
  while (cm_history_closing_go_on (self, self->log->len))
    ;

  return end (self, base);
}
