/* cm-start-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-late-page.h"

G_BEGIN_DECLS

#define CM_TYPE_START_PAGE (cm_start_page_get_type ())

G_DECLARE_FINAL_TYPE (CmStartPage, cm_start_page, CM, START_PAGE, CmLatePage)

/* Where one begins, or begins again when something did not work. Properties, rw:
 * "icon-name", "title", "text". */

G_END_DECLS
