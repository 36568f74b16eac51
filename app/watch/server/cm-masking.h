/* cm-masking.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"
#include "watch/server/cm-access.h"

G_BEGIN_DECLS

typedef struct _CmMasking CmMasking;

CmMasking  *cm_masking_new      (const CmAccessGrant *grant,
                                 const char         *person,
                                 const char * const *internal_domains);
CmMasking  *cm_masking_ref      (CmMasking          *self);
void        cm_masking_unref    (CmMasking          *self);
gboolean    cm_masking_has_source
                                (const CmMasking    *self,
                                 const char         *source);
gboolean    cm_masking_is       (const CmMasking    *self,
                                 const CmAccessGrant *grant,
                                 const char         *person);
CmDocument *cm_masking_apply    (const CmMasking    *self,
                                 const CmDocument   *document);
char       *cm_masking_dup_id   (const CmMasking    *self,
                                 const char         *id);
char       *cm_masking_dup_leg  (const CmMasking    *self,
                                 const char         *id);
char       *cm_masking_dup_address
                                (const CmMasking    *self,
                                 const char         *address);
CmAccessRole cm_masking_get_role
                                (const CmMasking    *self);
char       *cm_masking_dup_source
                                (const CmMasking    *self,
                                 const char         *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmMasking, cm_masking_unref)

G_END_DECLS
