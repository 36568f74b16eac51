/* cm-base64url.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char       *cm_base64url_encode       (const guint8 *bytes,
                                       gsize         size);
char       *cm_base64url_decode       (const char   *text,
                                       gsize        *size);
JsonParser *cm_base64url_parse_object (const char   *text);

G_END_DECLS
