/* cm-line-mask.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces names, addresses and numbers of event lines, each by the same always. */
typedef struct _CmLineMask CmLineMask;

CmLineMask *cm_line_mask_new  (void);
void        cm_line_mask_free (CmLineMask *self);
char       *cm_line_mask_dup  (CmLineMask *self,
                               const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmLineMask, cm_line_mask_free)

G_END_DECLS
