/* cm-audit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "watch/server/cm-access.h"

G_BEGIN_DECLS

typedef struct _CmAudit CmAudit;

CmAudit  *cm_audit_open   (const char           *path,
                           GError              **error);
void      cm_audit_free   (CmAudit              *self);
gboolean  cm_audit_reopen (CmAudit              *self,
                           const char           *path,
                           GError              **error);
void      cm_audit_write  (CmAudit              *self,
                           const CmAccessGrant  *grant,
                           const char           *what,
                           const char * const   *pairs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmAudit, cm_audit_free)

G_END_DECLS
