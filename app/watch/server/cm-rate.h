/* cm-rate.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often each of many may do something: so often a second, and after a rest so
 * many times at once. */
typedef struct _CmRate CmRate;

CmRate   *cm_rate_new  (guint       per_second,
                        guint       burst);
void      cm_rate_free (CmRate     *self);
void      cm_rate_set  (CmRate     *self,
                        guint       per_second,
                        guint       burst);
gboolean  cm_rate_take (CmRate     *self,
                        const char *key,
                        gint64      now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRate, cm_rate_free)

G_END_DECLS
