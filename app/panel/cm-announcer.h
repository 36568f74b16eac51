/* cm-announcer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-session.h"

G_BEGIN_DECLS

/* From one announcement to the next, ms, unless "interval" has been set. */
#define CM_ANNOUNCER_INTERVAL 5000

/* What changes within this time is said at once, ms. */
#define CM_ANNOUNCER_DELAY 250

typedef void (*CmAnnounceFunc) (const char *text,
                                gpointer    user_data);

#define CM_TYPE_ANNOUNCER (cm_announcer_get_type ())

G_DECLARE_FINAL_TYPE (CmAnnouncer, cm_announcer, CM, ANNOUNCER, GObject)

/* What a screen reader says of its own accord: what has changed of the banner, the
 * selected call and the counts, as it is when it is said, and not more often than every
 * five seconds. Who goes to another call hears its row from the list. */
CmAnnouncer *cm_announcer_new (CmSession      *session,
                               CmAnnounceFunc  func,
                               gpointer        user_data);
void         cm_announcer_say (CmAnnouncer    *self,
                               const char     *text);

G_END_DECLS
