/* cm-record-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/cm-decoder.h"

G_BEGIN_DECLS

/* Returns: (nullable) (transfer full): the record, taken apart; %NULL where it is
 * blank, or no JSON, which is told. */
JsonParser *cm_record_json_parse      (CmDecoder  *decoder,
                                       const char *bytes,
                                       gsize       size);
JsonObject *cm_record_json_get_object (JsonNode   *node);
char       *cm_record_json_dup_text   (JsonObject *object,
                                       const char *name);

G_END_DECLS
