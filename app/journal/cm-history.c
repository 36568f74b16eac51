/* cm-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-history-private.h"

/* A block is closed at one of these: the whole of it is gone through to reach its
 * last moment. */
#define MAX_CHANGES 4096
#define MAX_LOG (2 * 1024 * 1024)

/* With each change so much more of the block before it is deflated than it takes itself. */
#define PACE 4

/**
 * Latest:
 * @document: (nullable): while it changes
 * @size: of @document as JSON, once that has been in a base
 * @settled: (nullable): later, the place where it is settled
 * @changed: the block of the last change
 * @link: in @changing, while it changes
 *
 * What is known of a conversation now.
 */
typedef struct
{
  CmDocument       *document;
  gsize             size;
  CmHistorySettled *settled;
  guint64           changed;
  GList             link;
} Latest;

struct _CmHistory
{
  gatomicrefcount  refs;
  gint64           duration;
  gsize            max_size;
  gsize            size;
  guint64          first;    /* the number of the first block */
  GQueue           blocks;   /* CmHistoryBlock, all closed */
  GByteArray      *log;      /* of the open block, as are the next */
  GBytes          *base;
  gint64           log_first;
  gint64           end;
  guint            n_changes;
  GHashTable      *latest;
  GQueue           changing; /* Latest that are not settled, the last change last */
  CmHistoryClosing *closing; /* what is left of the last of @blocks, and of @base */
  GPtrArray       *settled;  /* CmHistorySettled */
  GString         *json;
};

static void
latest_free (gpointer data)
{
  Latest *self = data;

  g_clear_pointer (&self->document, cm_document_free);
  g_free (self);
}

static guint64
get_open_number (CmHistory *self)
{
  return self->first + self->blocks.length;
}

/* It changes again, or is no more. */
static void
unsettle (CmHistory *self,
          Latest    *latest)
{
  if (latest->settled != NULL)
    latest->settled->to = get_open_number (self) + 1;
  else
    g_queue_unlink (&self->changing, &latest->link);
  latest->settled = NULL;
}

static void
settle (CmHistory *self,
        Latest    *latest)
{
  CmHistorySettled *settled = g_new0 (CmHistorySettled, 1);

  settled->from = get_open_number (self);
  settled->to = G_MAXUINT64;
  g_atomic_ref_count_init (&settled->refs);
  settled->size = latest->size;
  settled->document = g_steal_pointer (&latest->document);
  g_ptr_array_add (self->settled, settled);
  self->size += settled->size;

  latest->settled = settled;
  g_queue_unlink (&self->changing, &latest->link);
}

/* What the block that was just closed has not changed is settled.
 *
 * Returns: (transfer full) (element-type CmDocument): the rest, as it is now */
static GPtrArray *
dup_changing (CmHistory *self)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  guint64 closed = get_open_number (self) - 1;

  while (self->changing.length > 0 && ((Latest *) self->changing.head->data)->changed < closed)
    settle (self, self->changing.head->data);
  for (GList *l = self->changing.head; l != NULL; l = l->next)
    g_ptr_array_add (documents, cm_document_ref (((Latest *) l->data)->document));

  return documents;
}

static void
note_size (const CmDocument *document,
           gsize             size,
           gpointer          user_data)
{
  CmHistory *self = user_data;
  Latest *latest = g_hash_table_lookup (self->latest, document->id);

  if (latest != NULL && latest->document == document)
    latest->size = size;
}

static void
forget_settled (CmHistory *self)
{
  for (guint i = self->settled->len; i-- > 0;)
    {
      CmHistorySettled *settled = g_ptr_array_index (self->settled, i);

      if (settled->to > self->first)
        continue;

      self->size -= settled->size;
      g_ptr_array_remove_index_fast (self->settled, i);
    }
}

static void
forget_old (CmHistory *self)
{
  guint64 first = self->first;

  while (self->blocks.length > 0)
    {
      CmHistoryBlock *block = g_queue_peek_head (&self->blocks);

      if (self->end - block->last <= self->duration && self->size <= self->max_size)
        break;

      self->size -= cm_history_block_get_size (block);
      cm_history_block_free (g_queue_pop_head (&self->blocks));
      self->first++;
    }

  if (first != self->first)
    forget_settled (self);
}

/* Makes the last block that was closed as all before it. Nothing is forgotten by that, as
 * it is done for one who looks at a block, too. */
static void
finish_closing (CmHistory *self)
{
  CmHistoryBlock *block = g_queue_peek_tail (&self->blocks);

  if (self->closing == NULL)
    return;

  block->log = cm_history_closing_finish (g_steal_pointer (&self->closing), &self->base);
  self->size += cm_history_block_get_size (block);
}

static void
close_block (CmHistory *self)
{
  CmHistoryBlock *block = g_new0 (CmHistoryBlock, 1);

  finish_closing (self);
  forget_old (self);
  block->first = self->log_first;
  block->last = self->end;
  block->base = g_steal_pointer (&self->base);
  g_queue_push_tail (&self->blocks, block);

  self->closing = cm_history_closing_new (self->log, dup_changing (self), note_size, self);
  self->log = g_byte_array_new ();
  self->n_changes = 0;
}

static void
write_record (CmHistory       *self,
              CmHistoryChange  kind,
              const char      *id)
{
  CmHistoryRecord record = { 0 };

  record.at = self->end;
  record.kind = kind;
  record.id_size = (guint32) strlen (id) + 1;
  record.size = (guint32) self->json->len;
  g_byte_array_append (self->log, (const guint8 *) &record, sizeof record);
  g_byte_array_append (self->log, (const guint8 *) id, record.id_size);
  g_byte_array_append (self->log, (const guint8 *) self->json->str, record.size);
}

static void
note_latest (CmHistory        *self,
             const char       *id,
             const CmDocument *document)
{
  Latest *latest = g_hash_table_lookup (self->latest, id);

  if (latest != NULL)
    unsettle (self, latest);

  if (document == NULL)
    {
      g_hash_table_remove (self->latest, id);
      return;
    }

  if (latest == NULL)
    {
      latest = g_new0 (Latest, 1);
      latest->link.data = latest;
      g_hash_table_insert (self->latest, g_strdup (id), latest);
    }

  g_clear_pointer (&latest->document, cm_document_free);
  latest->document = cm_document_copy (document);
  latest->changed = get_open_number (self);
  g_queue_push_tail_link (&self->changing, &latest->link);
}

/**
 * cm_history_new:
 * @duration: how far back it goes, ms
 * @max_size: how much memory it takes, bytes, beside what the documents of now
 *   take; it then goes less far back
 *
 * What the documents were at any moment. Changes are kept as merge patches, and at
 * intervals there is a checkpoint of all documents, so that a moment is reached by
 * a few thousand patches however long the history is.
 *
 * Returns: (transfer full): an empty history
 */
CmHistory *
cm_history_new (gint64 duration,
                gsize  max_size)
{
  CmHistory *self = g_new0 (CmHistory, 1);

  g_atomic_ref_count_init (&self->refs);
  self->duration = duration;
  self->max_size = max_size;
  self->log = g_byte_array_new ();
  self->log_first = self->end = CM_TIME_NONE;
  self->latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, latest_free);
  self->settled = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_history_settled_unref);
  self->json = g_string_new (NULL);

  return self;
}

/**
 * cm_history_copy:
 * @self: a history
 *
 * What is long past is not copied but shared, so that this takes little.
 *
 * Returns: (transfer full): what it is now, to be read, and by another thread too
 */
CmHistory *
cm_history_copy (CmHistory *self)
{
  CmHistory *copy = cm_history_new (self->duration, self->max_size);

  finish_closing (self);
  copy->size = self->size;
  copy->first = self->first;
  copy->log_first = self->log_first;
  copy->end = self->end;
  copy->n_changes = self->n_changes;
  copy->base = self->base != NULL ? g_bytes_ref (self->base) : NULL;
  g_byte_array_append (copy->log, self->log->data, self->log->len);

  for (GList *block = self->blocks.head; block != NULL; block = block->next)
    g_queue_push_tail (&copy->blocks, cm_history_block_copy (block->data));
  for (guint i = 0; i < self->settled->len; i++)
    g_ptr_array_add (copy->settled, cm_history_settled_copy (g_ptr_array_index (self->settled, i)));

  return copy;
}

CmHistory *
cm_history_ref (CmHistory *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
cm_history_unref (CmHistory *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->closing, cm_history_closing_free);
  g_queue_clear_full (&self->blocks, cm_history_block_free);
  g_byte_array_unref (self->log);
  g_clear_pointer (&self->base, g_bytes_unref);
  g_hash_table_unref (self->latest);
  g_ptr_array_unref (self->settled);
  g_string_free (self->json, TRUE);
  g_free (self);
}

/**
 * cm_history_add:
 * @self: a history
 * @at: when, ms UTC; taken as the last change's time where that is later
 * @id: a conversation
 * @before: (nullable): as the last change has left it
 * @after: (nullable): as it is now; %NULL where it is no more
 */
void
cm_history_add (CmHistory        *self,
                gint64            at,
                const char       *id,
                const CmDocument *before,
                const CmDocument *after)
{
  CmHistoryChange kind = before != NULL ? CM_HISTORY_PATCH : CM_HISTORY_NEW;

  if (self->n_changes >= MAX_CHANGES || self->log->len >= MAX_LOG)
    close_block (self);

  self->end = MAX (self->end, at);
  if (self->n_changes++ == 0)
    self->log_first = self->end;

  g_string_truncate (self->json, 0);
  if (after == NULL)
    kind = CM_HISTORY_REMOVED;
  else
    cm_document_write_patch (before, after, self->json);

  write_record (self, kind, id);
  note_latest (self, id, after);
  if (self->closing != NULL && !cm_history_closing_go_on (self->closing, self->json->len * PACE))
    {
      finish_closing (self);
      forget_old (self);
    }
}

/* Returns: the first moment that can be shown, ms UTC, or %CM_TIME_NONE */
gint64
cm_history_get_start (CmHistory *self)
{
  const CmHistoryBlock *block = g_queue_peek_head (&self->blocks);

  return block != NULL ? block->first : self->log_first;
}

/* Returns: whether what was first is no longer in it */
gboolean
cm_history_has_forgotten (CmHistory *self)
{
  return self->first > 0;
}

/* Returns: when the last change was, ms UTC, or %CM_TIME_NONE */
gint64
cm_history_get_end (CmHistory *self)
{
  return self->end;
}

/* Returns: how many bytes it takes, beside the documents of now */
gsize
cm_history_get_size (CmHistory *self)
{
  return self->size + self->log->len + (self->closing != NULL ? cm_history_closing_get_size (self->closing) : 0);
}

/* Returns: the last block that has a change at @time or before; the first one,
 * where there is none */
guint64
cm_history_find_block (CmHistory *self,
                       gint64     time)
{
  guint64 number = get_open_number (self);

  if (self->n_changes > 0 && self->log_first <= time)
    return number;

  for (GList *l = self->blocks.tail; l != NULL; l = l->prev)
    {
      number--;
      if (((CmHistoryBlock *) l->data)->first <= time)
        return number;
    }

  return self->first;
}

gboolean
cm_history_has_block (CmHistory *self,
                      guint64    number)
{
  return number >= self->first && number <= get_open_number (self);
}

gboolean
cm_history_is_open (CmHistory *self,
                    guint64    number)
{
  return number == get_open_number (self);
}

/* Returns: (nullable) (transfer full): the block's base, inflated */
GBytes *
cm_history_load_base (CmHistory *self,
                      guint64    number)
{
  const CmHistoryBlock *block;
  GBytes *base;

  finish_closing (self);
  block = g_queue_peek_nth (&self->blocks, (guint) (number - self->first));
  base = block != NULL ? block->base : self->base;

  return base != NULL ? cm_history_inflate (base) : NULL;
}

/* Returns: (transfer full): the log of a closed block, inflated */
GBytes *
cm_history_load_log (CmHistory *self,
                     guint64    number)
{
  const CmHistoryBlock *block = g_queue_peek_nth (&self->blocks, (guint) (number - self->first));

  g_return_val_if_fail (block != NULL, NULL);

  if (block->log == NULL)
    finish_closing (self);

  return cm_history_inflate (block->log);
}

/* Returns: (transfer none): the log of the open block, until the next change */
const guint8 *
cm_history_peek_open (CmHistory *self,
                      gsize     *size)
{
  *size = self->log->len;

  return self->log->data;
}

/* Returns: (transfer none) (element-type CmHistorySettled): in no order */
GPtrArray *
cm_history_get_settled (CmHistory *self)
{
  return self->settled;
}
