/* cm-notification-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-notifier.h"

G_BEGIN_DECLS

/* What is told of the whole has the rule of a silent source too, and is switched off
 * with it. No conversation's id has a blank before its rule. */
#define CM_NOTIFICATION_SILENT " source-silent"
#define CM_NOTIFICATION_TRACKER "tracker" CM_NOTIFICATION_SILENT
#define CM_NOTIFICATION_OF_SOURCE "source "

/* Shows notifications: a little after what they tell of has started, one by one where there
 * are few and as one where there are many, and not what the user has switched off. */
typedef struct _CmNotificationDesk CmNotificationDesk;

CmNotificationDesk *cm_notification_desk_new    (GSettings                *settings,
                                                 const CmNotificationSink *sink,
                                                 gpointer                  sink_data);
void                cm_notification_desk_free   (CmNotificationDesk       *self);
void                cm_notification_desk_start  (CmNotificationDesk       *self,
                                                 const char               *key,
                                                 CmConversation           *conversation);
void                cm_notification_desk_stop   (CmNotificationDesk       *self,
                                                 const char               *key);
void                cm_notification_desk_settle (CmNotificationDesk       *self,
                                                 guint                     n_calls,
                                                 guint                     n_sources);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmNotificationDesk, cm_notification_desk_free)

G_END_DECLS
