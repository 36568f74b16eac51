/* cm-conversation-values.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/* The properties of a CmConversation and how they come from its document. */

/* The words, then the numbers, then the rest. */
enum
{
  PROP_0,
  PROP_TITLE,
  PROP_KIND_TEXT,
  PROP_STATE_TEXT,
  PROP_PEOPLE_TEXT,
  PROP_COUNTS_TEXT,
  PROP_STEP_TEXT,
  PROP_SENTENCE,
  PROP_ATTENTION_TEXT,
  PROP_HEAD_TEXT,
  PROP_ESCALATION_TEXT,
  PROP_ESCALATION_TIMES,
  PROP_CONFERENCE_ID,
  PROP_JOIN_URL,
  PROP_NUMBERS,
  PROP_ICON_NAME,
  PROP_STATE_CLASS,
  PROP_KIND,
  PROP_PHASE,
  PROP_LIVE,
  PROP_STARTED,
  PROP_ENDED,
  PROP_N_PRESENTERS,
  PROP_N_ATTENDEES,
  PROP_N_LOBBY,
  PROP_N_LEFT,
  PROP_N_LEGS,
  PROP_ATTENTION,
  PROP_LEFT,
  PROP_ESCALATION,
  PROP_ESCALATION_SINCE,
  PROP_STEP,
  PROP_STEPS,
  PROP_ESCALATING,
  PROP_ID,
  PROP_FRACTION,
  PROP_ROSTER,
  PROP_LEGS,
  N_PROPS,
};

#define FIRST_TEXT PROP_TITLE
#define FIRST_NUMBER PROP_KIND
#define N_TEXTS (FIRST_NUMBER - FIRST_TEXT)
#define N_NUMBERS (PROP_ID - FIRST_NUMBER)

void  cm_conversation_values_create_properties (GParamSpec       *properties[static N_PROPS]);
char *cm_conversation_values_dup_text          (const CmDocument *document,
                                                const char       *mirrored,
                                                guint             prop);
void  cm_conversation_values_read_numbers      (const CmDocument *document,
                                                gint64            numbers[static N_NUMBERS]);

G_END_DECLS
