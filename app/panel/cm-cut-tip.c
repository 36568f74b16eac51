/* cm-cut-tip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-cut-tip.h"

/**
 * cm_cut_tip_query:
 * @label: a label that is cut where there is no room for it
 * @x: where the pointer is
 * @y: likewise
 * @keyboard: whether it is asked for by key
 * @tooltip: what shows it
 *
 * Handles a label's "query-tooltip": all of the text, where some of it is cut. To set the
 * text beforehand would ask the display server where the pointer is at each change of it,
 * and wait for the answer.
 *
 * Returns: whether there is anything to show
 */
gboolean
cm_cut_tip_query (GtkLabel   *label,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));

  return TRUE;
}
