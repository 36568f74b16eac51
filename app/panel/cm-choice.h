/* cm-choice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cm_choice_set_caption (GtkDropDown *choice,
                            const char  *caption);

G_END_DECLS
