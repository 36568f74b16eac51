/* cm-record-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

/* What a record has under a name, as far as it is of that type. */
const char *cm_record_get_string  (JsonObject *object,
                                   const char *name);
JsonObject *cm_record_get_object  (JsonObject *object,
                                   const char *name);
JsonArray  *cm_record_get_array   (JsonObject *object,
                                   const char *name);
gint64      cm_record_get_integer (JsonObject *object,
                                   const char *name,
                                   gint64      otherwise);
double      cm_record_get_number  (JsonObject *object,
                                   const char *name);
int         cm_record_get_flag    (JsonObject *object,
                                   const char *name);
char       *cm_record_dup_text    (JsonObject *object,
                                   const char *name);

JsonObject *cm_record_as_object   (JsonNode   *node);
gboolean    cm_record_is_blank    (const char *bytes,
                                   gsize       size);
JsonParser *cm_record_parse        (CmDecoder  *decoder,
                                    const char *bytes,
                                    gsize       size);
JsonParser *cm_record_parse_object (const char *bytes,
                                    gsize       size);
JsonParser *cm_record_parse_body   (GBytes     *body);
JsonObject *cm_record_get_root     (JsonParser *parser);

G_END_DECLS
