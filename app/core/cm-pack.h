/* cm-pack.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-time.h"

G_BEGIN_DECLS

/* Numbers and texts as bytes, for files that the same program reads again: small,
 * without names, and with a sum at the end that tells damage. It does not tell
 * malice: whoever may write such a file may write anything. */

/* Called with what comes next; returns %FALSE where it cannot be taken. */
typedef gboolean (*CmPackFunc) (const guint8 *bytes,
                                gsize         size,
                                gpointer      user_data);

typedef struct _CmPackWriter CmPackWriter;
typedef struct _CmPackReader CmPackReader;

CmPackWriter *cm_pack_writer_new        (CmPackFunc     func,
                                         gpointer       user_data);
void          cm_pack_writer_free       (CmPackWriter  *self);
void          cm_pack_writer_number     (CmPackWriter  *self,
                                         gint64         number);
void          cm_pack_writer_time       (CmPackWriter  *self,
                                         gint64         time);
void          cm_pack_writer_text       (CmPackWriter  *self,
                                         const char    *text);
gboolean      cm_pack_writer_finish     (CmPackWriter  *self);

CmPackReader *cm_pack_reader_new        (const guint8  *bytes,
                                         gsize          size);
void          cm_pack_reader_free       (CmPackReader  *self);
gint64        cm_pack_reader_number     (CmPackReader  *self,
                                         gint64         min,
                                         gint64         max);
gint64        cm_pack_reader_time       (CmPackReader  *self);
CmText        cm_pack_reader_text       (CmPackReader  *self);
char         *cm_pack_reader_dup_text   (CmPackReader  *self);
guint         cm_pack_reader_count      (CmPackReader  *self);
void          cm_pack_reader_fail       (CmPackReader  *self);
gboolean      cm_pack_reader_is_good    (CmPackReader  *self);
gboolean      cm_pack_reader_is_at_end  (CmPackReader  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPackWriter, cm_pack_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPackReader, cm_pack_reader_free)

G_END_DECLS
