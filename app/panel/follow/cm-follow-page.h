/* cm-follow-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/follow/cm-follow-form.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOW_PAGE (cm_follow_page_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowPage, cm_follow_page, CM, FOLLOW_PAGE, GtkWidget)

/* Lists the systems that are followed, and how it is with each; its form asks for one
 * more. Signal: "done" (their calls are to be shown). */
void          cm_follow_page_set_list    (CmFollowPage *self,
                                          GListModel   *list);
void          cm_follow_page_set_path    (CmFollowPage *self,
                                          const char   *path);
void          cm_follow_page_show_list   (CmFollowPage *self);
void          cm_follow_page_show_form   (CmFollowPage *self);
void          cm_follow_page_focus_first (CmFollowPage *self);
CmFollowForm *cm_follow_page_get_form    (CmFollowPage *self);

G_END_DECLS
