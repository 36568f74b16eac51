/* cm-banner-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/cm-banner-model.h"

G_BEGIN_DECLS

#define CM_TYPE_BANNER_BAR (cm_banner_bar_get_type ())

G_DECLARE_FINAL_TYPE (CmBannerBar, cm_banner_bar, CM, BANNER_BAR, GtkWidget)

/* The banner of a page: slides in while its model has words and out again. While
 * it is out there is nothing of it, for a screen reader either. Property: "model"
 * (CmBannerModel, rw). */

G_END_DECLS
