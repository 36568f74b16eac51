/* cm-follow-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "panel/follow/cm-follow-check.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOW_FORM (cm_follow_form_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowForm, cm_follow_form, CM, FOLLOW_FORM, GtkWidget)

/* Asks what a system has to be told, by what the registry of feeds knows of its kind,
 * and shows the checks of it.
 *
 * Signals: "start" (what was entered is to be checked), "anyway" (it is to be followed
 * though it does not answer), "remove" and "cancelled". */
void          cm_follow_form_set_check   (CmFollowForm  *self,
                                          CmFollowCheck *check);
void          cm_follow_form_set_config  (CmFollowForm  *self,
                                          CmFeedConfig  *config,
                                          const char    *name);
CmFeedConfig *cm_follow_form_dup_config  (CmFollowForm  *self);
void          cm_follow_form_focus_first (CmFollowForm  *self);
gboolean      cm_follow_form_is_new      (CmFollowForm  *self);
void          cm_follow_form_set_state   (CmFollowForm  *self,
                                          const char    *note,
                                          gboolean       has_steps,
                                          gboolean       has_anyway);

G_END_DECLS
