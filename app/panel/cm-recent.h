/* cm-recent.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void        cm_recent_add  (const char *uri);
GListStore *cm_recent_list (guint       max);

G_END_DECLS
