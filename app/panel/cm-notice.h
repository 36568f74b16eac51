/* cm-notice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cm_notice_show (GtkWindow  *parent,
                     const char *title,
                     const char *text);

G_END_DECLS
