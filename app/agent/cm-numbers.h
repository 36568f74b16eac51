/* cm-numbers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/cm-json-reader.h"

G_BEGIN_DECLS

/* The last number of each source, kept in a file. */
typedef struct _CmNumbers CmNumbers;

CmNumbers *cm_numbers_load      (const char   *path,
                                 GError      **error);
void       cm_numbers_free      (CmNumbers    *self);
gboolean   cm_numbers_save      (CmNumbers    *self,
                                 GError      **error);
void       cm_numbers_note      (CmNumbers    *self,
                                 const char   *source,
                                 gint64        seq);
void       cm_numbers_note_line (CmNumbers    *self,
                                 const char   *line,
                                 gsize         size);
gboolean   cm_numbers_get       (CmNumbers    *self,
                                 const char   *source,
                                 gint64       *seq);
gboolean   cm_numbers_read      (GHashTable   *table,
                                 CmJsonReader *json);
gboolean   cm_numbers_write     (CmNumbers    *self,
                                 const char   *line,
                                 gsize         size,
                                 GString      *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmNumbers, cm_numbers_free)

G_END_DECLS
