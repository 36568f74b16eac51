/* cm-notification-texts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-document.h"

G_BEGIN_DECLS

/* What a notification says, and what its buttons do. @names: whether it may say who. */
GNotification *cm_notification_new_of_call    (const CmDocument *document,
                                               const char       *rule,
                                               gboolean          names);
GNotification *cm_notification_new_of_source  (const char       *source,
                                               gboolean          names);
GNotification *cm_notification_new_of_tracker (void);
GNotification *cm_notification_new_of_calls   (guint             n);
GNotification *cm_notification_new_of_sources (guint             n);

G_END_DECLS
