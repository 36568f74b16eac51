/* cm-timeline-pane.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_TIMELINE_PANE (cm_timeline_pane_get_type ())

G_DECLARE_FINAL_TYPE (CmTimelinePane, cm_timeline_pane, CM, TIMELINE_PANE, GtkWidget)

/* A conversation's timeline and what zooms it.
 *
 * Properties: "session" (CmSession, rw), "conversation" (CmConversation, rw). */

G_END_DECLS
