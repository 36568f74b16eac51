/* cm-picker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-call-order.h"
#include "model/cm-conversation-list.h"

G_BEGIN_DECLS

#define CM_TYPE_PICKER (cm_picker_get_type ())

G_DECLARE_FINAL_TYPE (CmPicker, cm_picker, CM, PICKER, GObject)

/* Which conversation is selected: something always is, while there is anything. What
 * the filter hides stays selected, and is so in the list again when it comes back.
 * Property: "selected" (CmConversation, read-only, notified). */
CmPicker           *cm_picker_new           (void);
void                cm_picker_set_list      (CmPicker           *self,
                                             CmCallOrder        *order,
                                             CmConversationList *list);
GtkSingleSelection *cm_picker_get_selection (CmPicker           *self);
CmConversation     *cm_picker_get_selected  (CmPicker           *self);
void                cm_picker_select        (CmPicker           *self,
                                             CmConversation     *conversation);
void                cm_picker_select_left   (CmPicker           *self,
                                             GListModel         *list);

G_END_DECLS
