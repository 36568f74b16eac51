/* cm-rule-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_RULE_ROW (cm_rule_row_get_type ())

G_DECLARE_FINAL_TYPE (CmRuleRow, cm_rule_row, CM, RULE_ROW, GtkWidget)

/* A rule of attention in the preferences: when it begins, and whether it notifies.
 *
 * Property "title" (char *, read-only). */
GtkWidget *cm_rule_row_new (GSettings  *settings,
                            const char *rule);

G_END_DECLS
