/* cm-history-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-history.h"

G_BEGIN_DECLS

typedef enum
{
  CM_HISTORY_NEW,
  CM_HISTORY_PATCH,
  CM_HISTORY_REMOVED,
} CmHistoryChange;

/* One change in a log: this, the id with its NUL, and @size bytes of JSON. */
typedef struct
{
  gint64  at;
  guint32 kind;
  guint32 id_size;
  guint32 size;
  guint32 reserved;
} CmHistoryRecord;

/**
 * CmHistoryBlock:
 * @first: when its first change was, ms UTC
 * @base: (nullable): the documents that the block before has changed, as they are
 *   at the beginning, deflated; each a guint32 size and its JSON
 * @log: (nullable): the changes, deflated; %NULL until they are
 *
 * A stretch of history, and a checkpoint at its beginning.
 */
typedef struct
{
  gint64  first;
  gint64  last;
  GBytes *base;
  GBytes *log;
} CmHistoryBlock;

typedef struct _CmHistoryDeflater CmHistoryDeflater;

/**
 * CmHistorySettled:
 * @from: the first block at whose beginning it stands like this
 * @to: the first one behind, or %G_MAXUINT64
 * @refs: whoever shows it holds it; another thread may, too
 * @size: of the document as JSON, for the count
 * @origin: (nullable): what @document is borrowed from
 *
 * A document that no longer changes is kept once, for all checkpoints.
 */
typedef struct _CmHistorySettled CmHistorySettled;

struct _CmHistorySettled
{
  guint64           from;
  guint64           to;
  gatomicrefcount   refs;
  gsize             size;
  CmDocument       *document;
  CmHistorySettled *origin;
};

void              cm_history_block_free     (gpointer              data);
CmHistoryBlock   *cm_history_block_copy     (const CmHistoryBlock *self);
gsize             cm_history_block_get_size (const CmHistoryBlock *self);
CmHistoryDeflater *cm_history_deflater_new  (void);
void              cm_history_deflater_write (CmHistoryDeflater    *self,
                                             gconstpointer         bytes,
                                             gsize                 size);
GBytes           *cm_history_deflater_finish
                                            (CmHistoryDeflater    *self);
GBytes           *cm_history_inflate        (GBytes               *bytes);
CmHistorySettled *cm_history_settled_copy   (CmHistorySettled     *self);
CmHistorySettled *cm_history_settled_ref    (CmHistorySettled     *self);
void              cm_history_settled_unref  (CmHistorySettled     *self);

/**
 * CmHistoryClosing:
 *
 * What is left to be done of a block that was closed: it takes too long to be done at
 * once, so a little of it is done with each change that comes.
 */
typedef struct _CmHistoryClosing CmHistoryClosing;

/**
 * CmHistorySizeFunc:
 * @document: a document that has been written
 * @size: how long it is as JSON
 */
typedef void (*CmHistorySizeFunc) (const CmDocument *document,
                                   gsize             size,
                                   gpointer          user_data);

CmHistoryClosing *cm_history_closing_new    (GByteArray           *log,
                                             GPtrArray            *documents,
                                             CmHistorySizeFunc     func,
                                             gpointer              user_data);
void              cm_history_closing_free   (CmHistoryClosing     *self);
gboolean          cm_history_closing_go_on  (CmHistoryClosing     *self,
                                             gsize                 size);
gsize             cm_history_closing_get_size
                                            (CmHistoryClosing     *self);
GBytes           *cm_history_closing_finish (CmHistoryClosing     *self,
                                             GBytes              **base);

/* Blocks are counted from the beginning of all; the last one is still open. */
guint64   cm_history_find_block    (CmHistory  *self,
                                    gint64      time);
gboolean  cm_history_has_block     (CmHistory  *self,
                                    guint64     number);
gboolean  cm_history_is_open       (CmHistory  *self,
                                    guint64     number);
GBytes   *cm_history_load_base     (CmHistory  *self,
                                    guint64     number);
GBytes   *cm_history_load_log      (CmHistory  *self,
                                    guint64     number);
const guint8 *cm_history_peek_open (CmHistory  *self,
                                    gsize      *size);
GPtrArray *cm_history_get_settled  (CmHistory  *self);

G_END_DECLS
