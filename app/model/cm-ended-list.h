/* cm-ended-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-document.h"

G_BEGIN_DECLS

/* More ended calls are not listed. */
#define CM_ENDED_LIST_MAX 10000

#define CM_TYPE_ENDED_LIST (cm_ended_list_get_type ())

/* The calls that have ended: a GListModel of CmConversation, the one that ended last
 * first. They are made when somebody asks for them. */
G_DECLARE_FINAL_TYPE (CmEndedList, cm_ended_list, CM, ENDED_LIST, GObject)

/**
 * CmEndedFunc:
 * @id: a call that was put without its document
 * @user_data: what cm_ended_list_set_lookup() was given
 *
 * Returns: (nullable) (transfer none): its document
 */
typedef const CmDocument *(*CmEndedFunc) (const char *id,
                                          gpointer    user_data);

CmEndedList *cm_ended_list_new        (void);
void         cm_ended_list_set_lookup (CmEndedList      *self,
                                       CmEndedFunc       lookup,
                                       gpointer          user_data);
void         cm_ended_list_put        (CmEndedList      *self,
                                       const CmDocument *document);
void         cm_ended_list_remove     (CmEndedList      *self,
                                       const char       *id);
void         cm_ended_list_set_moment (CmEndedList      *self,
                                       gint64            moment);
void         cm_ended_list_clear      (CmEndedList      *self);
void         cm_ended_list_begin      (CmEndedList      *self);
void         cm_ended_list_commit     (CmEndedList      *self);

G_END_DECLS
