/* cm-save-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GOutputStream *cm_save_file_open        (GFile                *file,
                                         GCancellable         *cancellable,
                                         GError              **error);
gboolean       cm_save_file_close       (GOutputStream        *stream,
                                         gboolean              whole,
                                         GCancellable         *cancellable,
                                         GError              **error);
void           cm_save_file_text_async  (GFile                *file,
                                         GBytes               *text,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       cm_save_file_text_finish (GFile                *file,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
