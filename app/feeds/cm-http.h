/* cm-http.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void     cm_http_send_async      (SoupSession          *session,
                                  SoupMessage          *message,
                                  gsize                 max_size,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GBytes  *cm_http_send_finish     (GAsyncResult         *result,
                                  GError              **error);
gboolean cm_http_is_busy         (guint                 status);
guint    cm_http_get_retry_after (SoupMessage          *message);

G_END_DECLS
