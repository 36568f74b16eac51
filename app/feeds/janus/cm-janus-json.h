/* cm-janus-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-record-json.h"

G_BEGIN_DECLS

/* An id of a room or a person is longer than any that Janus gives out. */
#define CM_JANUS_MAX_ID 100

char       *cm_janus_dup_id     (JsonObject *object,
                                 const char *name);
const char *cm_janus_get_plugin (JsonObject *object);

G_END_DECLS
