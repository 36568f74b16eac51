/* cm-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/cm-call-order.h"
#include "panel/cm-banner-model.h"

G_BEGIN_DECLS

/* The pages that ask the user what to watch. */
#define CM_SESSION_CONNECT "connect"
#define CM_SESSION_FOLLOW "follow"

#define CM_TYPE_SESSION (cm_session_get_type ())

G_DECLARE_FINAL_TYPE (CmSession, cm_session, CM, SESSION, GObject)

/* What stands between a watch and the widgets: what is selected, and what the
 * window says of it all.
 *
 * Properties, notified: "watch" (CmWatch, rw), "playback" (CmPlayback: the watch where
 * that is a recording), "demo" (gboolean), "selection" (GtkSingleSelection of
 * CmConversation, constant), "selected" (CmConversation, rw), "banner" (CmBannerModel,
 * constant), "order" (CmCallOrder: what the list shows, constant), "now" (gint64, the
 * watch's time), "lost" (gboolean: "now" stands still, because the tracker does not
 * answer), "page" ("welcome", "connect", "follow", "fault" or "calls"), and the words "title", "subtitle",
 * "hidden-text", "status", "status-icon", "fault-title", "fault-text".
 *
 * Signal "lobby-requested": the selected conversation's lobby is to be shown. */
CmSession          *cm_session_new           (void);
CmWatch            *cm_session_get_watch     (CmSession      *self);
void                cm_session_set_watch     (CmSession      *self,
                                              CmWatch        *watch);
GtkSingleSelection *cm_session_get_selection (CmSession      *self);
CmCallOrder        *cm_session_get_order     (CmSession      *self);
CmBannerModel      *cm_session_get_banner    (CmSession      *self);
CmConversation     *cm_session_get_selected  (CmSession      *self);
void                cm_session_set_selected  (CmSession      *self,
                                              CmConversation *conversation);
gint64              cm_session_get_now       (CmSession      *self);
void                cm_session_set_fault     (CmSession      *self,
                                              const char     *title,
                                              const char     *text);
void                cm_session_set_asking (CmSession      *self,
                                           const char     *page);

G_END_DECLS
