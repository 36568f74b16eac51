/* cm-janus-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An id of a room or a person is longer than any that Janus gives out. */
#define CM_JANUS_MAX_ID 100

const char *cm_janus_get_string  (JsonObject *object,
                                  const char *name);
JsonObject *cm_janus_get_object  (JsonObject *object,
                                  const char *name);
JsonArray  *cm_janus_get_array   (JsonObject *object,
                                  const char *name);
gint64      cm_janus_get_integer (JsonObject *object,
                                  const char *name,
                                  gint64      otherwise);
double      cm_janus_get_number  (JsonObject *object,
                                  const char *name);
int         cm_janus_get_flag    (JsonObject *object,
                                  const char *name);
char       *cm_janus_dup_id      (JsonObject *object,
                                  const char *name);
const char *cm_janus_get_plugin  (JsonObject *object);
gboolean    cm_janus_is_blank    (const char *bytes,
                                  gsize       size);

G_END_DECLS
