/* cm-document-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"
#include "model/cm-fields.h"

G_BEGIN_DECLS

/* The tables of the structs in cm-document.h. */
extern const CmField cm_document_head_fields[];
extern const CmField cm_document_tail_fields[];
extern const CmField cm_person_fields[];
extern const CmField cm_leg_fields[];
extern const CmField cm_attention_fields[];

extern const CmDocument cm_document_fresh;
extern const CmAttention cm_attention_fresh;
extern const CmItemType cm_person_type;
extern const CmItemType cm_leg_type;

G_END_DECLS
