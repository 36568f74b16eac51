/* cm-timeline-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "journal/cm-timeline.h"
#include "model/cm-conversation-list.h"

G_BEGIN_DECLS

#define CM_TYPE_TIMELINE_VIEW (cm_timeline_view_get_type ())

G_DECLARE_FINAL_TYPE (CmTimelineView, cm_timeline_view, CM, TIMELINE_VIEW, GtkWidget)

/* A timeline, drawn: a lane a person and one for the escalation.
 *
 * Properties: "timeline" (CmTimeline, rw), "now" (gint64, ms UTC, rw: nothing later is
 * drawn). Actions: "timeline.zoom-in", "timeline.zoom-out", "timeline.fit". */
GtkWidget *cm_timeline_view_new               (void);
void       cm_timeline_view_set_span          (CmTimelineView     *self,
                                               gint64              from,
                                               gint64              to);
void       cm_timeline_view_set_conversations (CmTimelineView     *self,
                                               CmConversationList *conversations);

G_END_DECLS
