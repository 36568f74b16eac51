/* cm-line-writer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/* Writes event lines from which a tracker gets the documents that were taken: what
 * was seen of a tracker whose own lines are not at hand. What no document has, the
 * lines do not have either: sequence numbers, and which of several stations said what
 * of a person. */
typedef struct _CmLineWriter CmLineWriter;

CmLineWriter *cm_line_writer_new    (void);
void          cm_line_writer_free   (CmLineWriter     *self);
void          cm_line_writer_take   (CmLineWriter     *self,
                                     gint64            at,
                                     const char       *id,
                                     const CmDocument *document);
void          cm_line_writer_finish (CmLineWriter     *self);
gboolean      cm_line_writer_drain  (CmLineWriter     *self,
                                     GString          *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmLineWriter, cm_line_writer_free)

G_END_DECLS
