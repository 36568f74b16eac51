/* cm-graph-identity.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *cm_graph_get_either    (JsonObject *object,
                                    const char *name,
                                    const char *other);
char       *cm_graph_dup_either    (JsonObject *object,
                                    const char *name,
                                    const char *other);
JsonObject *cm_graph_find_identity (JsonObject *set,
                                    gboolean   *is_phone);
char       *cm_graph_dup_address   (const char *id,
                                    const char *mail,
                                    gboolean    is_phone);
char       *cm_graph_dup_set_address
                                   (JsonObject *set);

G_END_DECLS
