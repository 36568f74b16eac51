/* cm-http.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void    cm_http_send_async  (SoupSession          *session,
                             SoupMessage          *message,
                             gsize                 max_size,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
GBytes *cm_http_send_finish (GAsyncResult         *result,
                             GError              **error);

G_END_DECLS
