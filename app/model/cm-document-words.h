/* cm-document-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/* What a document says, in words. Pure functions: what changes with the time
 * alone takes the tracker's time. */

/**
 * CmCounts:
 *
 * How many people a conversation has, by the groups of the roster.
 */
typedef struct
{
  guint presenters;
  guint attendees;
  guint lobby;
  guint left;
} CmCounts;

/**
 * CmEscalationState:
 * @CM_ESCALATION_NONE: there is none to be shown
 * @CM_ESCALATION_RUNNING: it moves, or waits for an answer
 * @CM_ESCALATION_COMPLETED: it came to its end
 * @CM_ESCALATION_FAILED: it did not
 */
typedef enum
{
  CM_ESCALATION_NONE,
  CM_ESCALATION_RUNNING,
  CM_ESCALATION_COMPLETED,
  CM_ESCALATION_FAILED,
} CmEscalationState;

/* What the button of a banner does. */
typedef enum
{
  CM_BANNER_ACTION_NONE,
  CM_BANNER_ACTION_REJOIN,
  CM_BANNER_ACTION_SHOW,
  CM_BANNER_ACTION_SEE_LOBBY,
  CM_BANNER_ACTION_TRY_AGAIN,
  CM_BANNER_ACTION_RECONNECT,
  CM_BANNER_ACTION_DETAILS,
} CmBannerAction;

/**
 * CmBannerText:
 * @words: %NULL while there is no banner
 * @button: (nullable): what the button says, translated
 * @leg: (nullable): the leg that is meant
 */
typedef struct
{
  char           *words;
  const char     *button;
  CmBannerAction  action;
  char           *leg;
} CmBannerText;

/* cm-document-words.c */
CmCounts cm_document_get_counts   (const CmDocument *self);
char    *cm_document_dup_name     (const CmDocument *self,
                                   const char       *address);
char    *cm_document_dup_leg_name (const CmDocument *self,
                                   const CmLeg      *leg);
char    *cm_document_dup_people   (const CmDocument *self);
char    *cm_document_dup_title    (const CmDocument *self);
char    *cm_document_dup_counts   (const CmDocument *self);
char    *cm_document_dup_short_counts
                                  (const CmDocument *self);
char    *cm_document_dup_head     (const CmDocument *self);

/* cm-document-since.c */
char    *cm_document_dup_since_left (const CmDocument *self);

/* cm-document-escalation.c */
CmPhase           cm_document_get_shown_phase      (const CmDocument *self);
const CmLeg      *cm_document_get_escalation_leg   (const CmDocument *self);
CmEscalationState cm_document_get_escalation       (const CmDocument *self);
char             *cm_document_dup_step             (const CmDocument *self);
char             *cm_document_dup_escalation       (const CmDocument *self);
char             *cm_document_dup_escalation_times (const CmDocument *self);

/* cm-document-state.c */
const char  *cm_document_find_mirrored (const CmDocument  *self,
                                        const char        *selected,
                                        char             **stations);
const CmLeg *cm_document_get_shown_leg (const CmDocument *self);
char        *cm_document_dup_state     (const CmDocument *self,
                                        const char       *mirrored);
char        *cm_document_dup_state_at  (const CmDocument *self,
                                        const char       *mirrored,
                                        gint64            now);
char        *cm_document_dup_sentence  (const CmDocument *self,
                                        const char       *mirrored);
char        *cm_document_dup_lines     (const CmDocument *self,
                                        const char       *mirrored,
                                        const char       *found);
void         cm_document_get_banner    (const CmDocument *self,
                                        const char       *mirrored,
                                        CmBannerText     *banner);
void         cm_banner_text_clear      (CmBannerText     *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmBannerText, cm_banner_text_clear)

G_END_DECLS
