/* cm-load-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

#define CM_LOAD_NOW G_GINT64_CONSTANT (1320829200000)

/* So many conversations, and so much of them a second; half of the moves come. */
#define CM_LOAD_CALLS 100000
#define CM_LOAD_UPDATES 20000
#define CM_LOAD_MOVES 200

/* What the tracker tells together, as it does by default. */
#define CM_LOAD_FRAME 50
#define CM_LOAD_FRAMES (1000 / CM_LOAD_FRAME)

#define CM_TYPE_LOAD_WATCH (cm_load_watch_get_type ())

G_DECLARE_FINAL_TYPE (CmLoadWatch, cm_load_watch, CM, LOAD_WATCH, CmWatch)

CmWatch *cm_load_watch_new         (void);
guint    cm_load_watch_run         (CmLoadWatch *self);
double   cm_load_watch_get_foreign (CmLoadWatch *self);

/**
 * CmLoadBatch:
 * @documents: (element-type CmDocument): what is another one now, or has come
 * @gone: (element-type utf8): ids
 */
typedef struct
{
  GPtrArray *documents;
  GPtrArray *gone;
} CmLoadBatch;

GPtrArray   *cm_load_documents_new (void);
CmLoadBatch *cm_load_batch_new     (GPtrArray   *documents,
                                    GRand       *random,
                                    guint       *version);
void         cm_load_batch_free    (CmLoadBatch *batch);

G_END_DECLS
