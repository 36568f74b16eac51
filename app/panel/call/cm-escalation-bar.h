/* cm-escalation-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_ESCALATION_BAR (cm_escalation_bar_get_type ())

G_DECLARE_FINAL_TYPE (CmEscalationBar, cm_escalation_bar, CM, ESCALATION_BAR, GtkWidget)

/* A completed escalation is seen for so long, ms. */
#define CM_ESCALATION_SHOWN_TIME 2000

/* The steps of an escalation as segments, of which the reached ones are filled in
 * the style's "color". Properties, rw: "step", "steps" (guint), "text" (what a
 * screen reader says for the value), "picture" (gboolean: it only shows how it was,
 * there is no progress). */
GtkWidget *cm_escalation_bar_new         (void);
char     **cm_escalation_bar_dup_classes (guint escalation);

G_END_DECLS
