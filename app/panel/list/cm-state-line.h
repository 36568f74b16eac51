/* cm-state-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_STATE_LINE (cm_state_line_get_type ())

G_DECLARE_FINAL_TYPE (CmStateLine, cm_state_line, CM, STATE_LINE, GtkWidget)

/* The second line of a row: what "state" a call is in, and at its end how many are in
 * it, in "words" where those have room beside the whole state, else in "brief". What
 * of them is not set is not shown. */
GtkWidget *cm_state_line_new (void);

G_END_DECLS
