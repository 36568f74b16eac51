/* cm-notifier.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-session.h"

G_BEGIN_DECLS

/* So many at once are told one by one; more in one notification. */
#define CM_NOTIFIER_MAX_SINGLE 3

/* What starts within so long after the first belongs together, ms. */
#define CM_NOTIFIER_DELAY 500

/**
 * CmNotificationSink:
 * @send: shows a notification, in the place of what has the same id
 * @withdraw: takes it away again
 *
 * Where notifications go: the desktop, or a test.
 */
typedef struct
{
  void (* send)     (gpointer       data,
                     const char    *id,
                     GNotification *notification);
  void (* withdraw) (gpointer       data,
                     const char    *id);
} CmNotificationSink;

#define CM_TYPE_NOTIFIER (cm_notifier_get_type ())

G_DECLARE_FINAL_TYPE (CmNotifier, cm_notifier, CM, NOTIFIER, GObject)

/* Notifies when a rule starts, and takes that back when it is over, whatever the way:
 * the call ended, the person left, the source is lost, the filter hides the call. A
 * source without a call and the tracker are told of too when they do not answer. */
CmNotifier *cm_notifier_new             (CmSession                *session,
                                         GSettings                *settings,
                                         const CmNotificationSink *sink,
                                         gpointer                  sink_data);
CmNotifier *cm_notifier_new_for_desktop (GApplication             *application,
                                         CmSession                *session,
                                         GSettings                *settings);

G_END_DECLS
