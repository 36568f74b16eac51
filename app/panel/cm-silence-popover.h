/* cm-silence-popover.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *cm_silence_popover_new (GPtrArray *silences);

G_END_DECLS
