/* cm-conversation.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-document.h"
#include "model/cm-document-words.h"
#include "model/cm-roster.h"

G_BEGIN_DECLS

#define CM_CONVERSATION_DEPTH (CM_DOCUMENT_DEPTH + 1)

#define CM_TYPE_CONVERSATION (cm_conversation_get_type ())

G_DECLARE_FINAL_TYPE (CmConversation, cm_conversation, CM, CONVERSATION, GObject)

/* A conversation as something to bind to: a document and what it says in words.
 *
 * Properties, read-only unless told and notified only when they change.
 * Of the document: "id", "kind" (CmKind), "phase" (CmPhase), "live", "started",
 * "ended" (gint64, ms UTC or CM_TIME_NONE), "n-presenters", "n-attendees", "n-lobby",
 * "n-left", "n-legs" (guint), "attention" (guint: 0, or 1 + the worst CmLevel), "left"
 * (gboolean: a leg has the banner left-call).
 * Of the escalation that is shown: "escalation" (a CmEscalationState as guint),
 * "escalation-since" (gint64), "step", "steps" (guint), "fraction" (gdouble),
 * "escalating" (gboolean: it runs or has failed).
 * Words: "title", "kind-text", "state-text", "people-text", "counts-text", "step-text",
 * "sentence" (the row as a screen reader says it), "attention-text", "head-text",
 * "escalation-text", "escalation-times", "conference-id", "join-url", "numbers". They
 * are made when they are first asked for, and notified from then on, as long as who
 * was notified asks again.
 * Looks: "icon-name", "state-class".
 * "roster" (CmRoster) and "legs" (a GListModel of CmLegItem): made likewise.
 *
 * Signal "updated": after each update, whatever it changed. */
CmConversation   *cm_conversation_new          (CmDocument     *document);
const char       *cm_conversation_get_id       (CmConversation *self);
const CmDocument *cm_conversation_get_document (CmConversation *self);
void              cm_conversation_fetch        (CmConversation *self,
                                                guint           depth);
guint             cm_conversation_get_number   (CmConversation *self);
void              cm_conversation_set_number   (CmConversation *self,
                                                guint           number);
void              cm_conversation_fetch_search (CmConversation *self);
gboolean          cm_conversation_get_attention (CmConversation *self);
CmPhase           cm_conversation_get_phase    (CmConversation *self);
gint64            cm_conversation_get_ended    (CmConversation *self);
gboolean          cm_conversation_get_left     (CmConversation *self);
const char       *cm_conversation_get_search   (CmConversation *self);
const char       *cm_conversation_get_mirrored (CmConversation *self);
void              cm_conversation_set_mirrored (CmConversation *self,
                                                const char     *leg);
void              cm_conversation_set_own      (CmConversation *self,
                                                gboolean        own);
CmRoster         *cm_conversation_get_roster   (CmConversation *self);
GListModel       *cm_conversation_get_legs     (CmConversation *self);
char             *cm_conversation_dup_state_at (CmConversation *self,
                                                gint64          now);
void              cm_conversation_update       (CmConversation *self,
                                                CmDocument     *document);

G_END_DECLS
