/* cm-history.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-document.h"

G_BEGIN_DECLS

/* So much of what was is kept in memory, in bytes, where nothing else is said. */
#define CM_HISTORY_MAX_SIZE (192u * 1024 * 1024)

typedef struct _CmHistory CmHistory;
typedef struct _CmHistoryCursor CmHistoryCursor;

/**
 * CmHistoryFunc:
 * @id: a conversation
 * @document: (nullable): what it is at the moment that the cursor stands at; %NULL
 *   where there is no such conversation then
 * @user_data: what cm_history_cursor_move() was given
 */
typedef void (*CmHistoryFunc) (const char       *id,
                               const CmDocument *document,
                               gpointer          user_data);

/**
 * CmHistoryChangeFunc:
 * @at: when, ms UTC
 * @id: a conversation
 * @after: (nullable): what it is from then on; %NULL where it is no more
 * @user_data: what cm_history_walk() was given
 *
 * Returns: whether to go on
 */
typedef gboolean (*CmHistoryChangeFunc) (gint64            at,
                                         const char       *id,
                                         const CmDocument *after,
                                         gpointer          user_data);

CmHistory       *cm_history_new         (gint64            duration,
                                         gsize             max_size);
CmHistory       *cm_history_copy        (CmHistory        *self);
CmHistory       *cm_history_ref         (CmHistory        *self);
void             cm_history_unref       (CmHistory        *self);
void             cm_history_add         (CmHistory        *self,
                                         gint64            at,
                                         const char       *id,
                                         const CmDocument *before,
                                         const CmDocument *after);
gint64           cm_history_get_start   (CmHistory        *self);
gint64           cm_history_get_end     (CmHistory        *self);
gsize            cm_history_get_size    (CmHistory        *self);
gboolean         cm_history_has_forgotten
                                        (CmHistory        *self);

CmHistoryCursor *cm_history_cursor_new  (CmHistory        *history);
void             cm_history_cursor_free (CmHistoryCursor  *self);
void             cm_history_cursor_adopt (CmHistoryCursor *self,
                                         CmHistory        *history);
gboolean         cm_history_cursor_has  (CmHistoryCursor  *self,
                                         const char       *id);
void             cm_history_cursor_move (CmHistoryCursor  *self,
                                         gint64            time,
                                         CmHistoryFunc     func,
                                         gpointer          user_data);
const CmDocument *
                 cm_history_cursor_lookup
                                        (CmHistoryCursor  *self,
                                         const char       *id);
gboolean         cm_history_walk        (CmHistory        *self,
                                         gint64            until,
                                         CmHistoryChangeFunc func,
                                         gpointer          user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmHistory, cm_history_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmHistoryCursor, cm_history_cursor_free)

G_END_DECLS
