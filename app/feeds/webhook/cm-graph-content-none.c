/* cm-graph-content-none.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-content.h"

/* What is built without libcrypto opens nothing, and says so. */

CmGraphKeys *
cm_graph_keys_new (const char  *pem,
                   GError     **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "this tracker was built without libcrypto, and opens nothing that is encrypted");

  return NULL;
}

void
cm_graph_keys_free (CmGraphKeys *self)
{
}

GBytes *
cm_graph_keys_open (CmGraphKeys  *self,
                    JsonObject   *content,
                    GError      **error)
{
  return NULL;
}

gboolean
cm_graph_is_signed (JsonObject *key,
                    const char *text,
                    gsize       size,
                    const char *signature,
                    gsize       signature_size)
{
  return FALSE;
}
