/* cm-graph-content.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CmGraphKeys:
 *
 * Private keys, of which one opens what Graph has encrypted with the certificate of a
 * subscription: several, so that a certificate can be changed without a loss.
 */
typedef struct _CmGraphKeys CmGraphKeys;

CmGraphKeys *cm_graph_keys_new   (const char   *pem,
                                  GError      **error);
void         cm_graph_keys_free  (CmGraphKeys  *self);
GBytes      *cm_graph_keys_open  (CmGraphKeys  *self,
                                  JsonObject   *content,
                                  GError      **error);
gboolean     cm_graph_is_signed  (JsonObject   *key,
                                  const char   *text,
                                  gsize         size,
                                  const char   *signature,
                                  gsize         signature_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmGraphKeys, cm_graph_keys_free)

G_END_DECLS
