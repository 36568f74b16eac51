/* cm-load-tracker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A tracker that tells whoever connects the same, about as fast as one that has to write
 * it. It has a thread of its own. */
typedef struct _CmLoadTracker CmLoadTracker;

CmLoadTracker *cm_load_tracker_new         (GPtrArray     *messages);
void           cm_load_tracker_free        (CmLoadTracker *self);
const char    *cm_load_tracker_get_address (CmLoadTracker *self);

G_END_DECLS
