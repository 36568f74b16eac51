/* cm-connect-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-late-page.h"
#include "panel/connect/cm-connect-check.h"

G_BEGIN_DECLS

#define CM_TYPE_CONNECT_PAGE (cm_connect_page_get_type ())

G_DECLARE_FINAL_TYPE (CmConnectPage, cm_connect_page, CM, CONNECT_PAGE, CmLatePage)

/* Asks for a tracker's address, a token and whom to trust, and shows the checks of it.
 *
 * Signals: "start" (what was entered is to be checked) and "cancelled". */
void        cm_connect_page_set_check      (CmConnectPage  *self,
                                            CmConnectCheck *check);
void        cm_connect_page_set_address    (CmConnectPage  *self,
                                            const char     *address);
const char *cm_connect_page_get_address    (CmConnectPage  *self);
const char *cm_connect_page_get_token      (CmConnectPage  *self);
const char *cm_connect_page_get_authority  (CmConnectPage  *self);
void        cm_connect_page_set_authority  (CmConnectPage  *self,
                                            const char     *path);
void        cm_connect_page_set_note       (CmConnectPage  *self,
                                            const char     *note);
void        cm_connect_page_show_steps     (CmConnectPage  *self,
                                            gboolean        shown);
void        cm_connect_page_focus_address  (CmConnectPage  *self);
void        cm_connect_page_forget_token   (CmConnectPage  *self);

G_END_DECLS
