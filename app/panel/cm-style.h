/* cm-style.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_STYLE (cm_style_get_type ())

G_DECLARE_FINAL_TYPE (CmStyle, cm_style, CM, STYLE, GObject)

/* The style sheets: one of structure and one of colours, light, dark or of high
 * contrast as the desktop has it. In force while the object lives. */
CmStyle *cm_style_new        (GdkDisplay *display);
void     cm_style_force_dark (CmStyle    *self);
void     cm_style_follow     (CmStyle    *self,
                              GSettings  *preferences);

G_END_DECLS
