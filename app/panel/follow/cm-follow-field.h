/* cm-follow-field.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

#define CM_TYPE_FOLLOW_FIELD (cm_follow_field_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowField, cm_follow_field, CM, FOLLOW_FIELD, GtkWidget)

/* One thing that a system can be told, and what the user enters for it. Signals:
 * "changed", and "activate" (Enter was pressed in it). */
CmFollowField *cm_follow_field_new   (const CmFeedOption *option,
                                      const CmFeedConfig *config);
void           cm_follow_field_write (CmFollowField      *self,
                                      CmFeedConfig       *config);

G_END_DECLS
