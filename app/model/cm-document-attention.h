/* cm-document-attention.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/* Why a conversation needs attention, and whether what it says is still so. */
gint64             cm_document_get_as_of     (const CmDocument *self);
const CmAttention *cm_document_get_reason    (const CmDocument *self);
char              *cm_document_dup_reason_at (const CmDocument *self,
                                              const char       *mirrored,
                                              gint64            now);
char              *cm_words_dup_as_of        (gint64            as_of);

G_END_DECLS
