/* cm-disguise.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/**
 * CmDisguise:
 *
 * Takes names and numbers out of documents, for as long as others look on: the
 * same person is always called the same.
 */
typedef struct _CmDisguise CmDisguise;

CmDisguise *cm_disguise_new      (void);
void        cm_disguise_free     (CmDisguise       *self);
char       *cm_disguise_dup_name (CmDisguise       *self,
                                  const char       *address);
char       *cm_disguise_dup_source
                                 (CmDisguise       *self,
                                  const char       *source);
CmDocument *cm_disguise_apply    (CmDisguise       *self,
                                  const CmDocument *document);
CmDocument *cm_disguise_take     (CmDisguise       *self,
                                  CmDocument       *document);
void        cm_disguise_forget   (CmDisguise       *self,
                                  const char       *id);
GHashTable *cm_disguise_get_originals
                                 (CmDisguise       *self);
void        cm_disguise_hide_ids (CmDocument       *document,
                                  guint             number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmDisguise, cm_disguise_free)

G_END_DECLS
