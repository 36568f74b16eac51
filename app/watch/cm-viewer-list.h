/* cm-viewer-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation-list.h"
#include "watch/cm-viewer-rules.h"

G_BEGIN_DECLS

/**
 * CmViewerList:
 * @list: what is shown
 * @rules: what the viewer wants of it
 * @told: (element-type utf8 CmDocument): what needs attention, as the tracker tells it
 * @now: the time that is shown, ms UTC, or %CM_TIME_NONE
 * @due: when the rules have to look again, ms UTC, or %CM_TIME_NONE
 *
 * The way into a list of conversations on which a viewer's own rules are applied.
 */
typedef struct
{
  CmConversationList *list;
  CmViewerRules      *rules;
  GHashTable         *told;
  gint64              now;
  gint64              due;
} CmViewerList;

void cm_viewer_list_init    (CmViewerList *self);
void cm_viewer_list_clear   (CmViewerList *self);
void cm_viewer_list_update  (CmViewerList *self,
                             CmDocument   *document);
void cm_viewer_list_remove  (CmViewerList *self,
                             const char   *id);
void cm_viewer_list_look    (CmViewerList *self);
void cm_viewer_list_set_now (CmViewerList *self,
                             gint64        now);

G_END_DECLS
