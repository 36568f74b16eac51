/* cm-late-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_LATE_PAGE (cm_late_page_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmLatePage, cm_late_page, CM, LATE_PAGE, GtkWidget)

/**
 * CmLatePageClass:
 * @build: (nullable): called when the template of the class is there
 */
struct _CmLatePageClass
{
  GtkWidgetClass parent_class;

  void (*build) (CmLatePage *self);
};

void     cm_late_page_build    (CmLatePage *self);
gboolean cm_late_page_is_built (CmLatePage *self);

G_END_DECLS
