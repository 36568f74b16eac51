/* cm-save-recording.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

gboolean cm_save_recording_can    (CmWatch              *watch);
void     cm_save_recording_async  (CmWatch              *watch,
                                   GFile                *file,
                                   gboolean              masked,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean cm_save_recording_finish (CmWatch              *watch,
                                   GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
