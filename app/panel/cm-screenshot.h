/* cm-screenshot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CmScreenshotFunc:
 * @error: (nullable): why there is no picture
 * @user_data: what was given
 */
typedef void (*CmScreenshotFunc) (const GError *error,
                                  gpointer      user_data);

GtkWindow *cm_screenshot_find (GtkWindow        *window);
void       cm_screenshot_take (GtkWindow        *window,
                               const char       *filename,
                               CmScreenshotFunc  func,
                               gpointer          user_data);

G_END_DECLS
