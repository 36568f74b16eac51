/* cm-text-side.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cm_text_side_follow (GtkInscription *inscription);

G_END_DECLS
