/* cm-seen.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The newest of many ids, so that none counts twice: at least so many as were asked
 * for, at most twice as many. */
typedef struct _CmSeen CmSeen;

CmSeen   *cm_seen_new  (guint   size);
void      cm_seen_free (CmSeen *self);
gboolean  cm_seen_add  (CmSeen *self,
                        char   *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmSeen, cm_seen_free)

G_END_DECLS
