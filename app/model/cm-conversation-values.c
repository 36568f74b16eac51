/* cm-conversation-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-conversation-values.h"

#include "model/cm-document-attention.h"
#include "model/cm-document-words.h"
#include "model/cm-enum-types.h"
#include "model/cm-phase-look.h"
#include "model/cm-roster.h"
#include "model/cm-words.h"

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static CmLegDirection
get_direction (const CmDocument *document)
{
  const CmLeg *leg = cm_document_get_shown_leg (document);

  return leg != NULL ? leg->direction : CM_LEG_DIRECTION_NONE;
}

static char *
dup_attention (const CmDocument *document)
{
  const CmAttention *attention = cm_document_get_reason (document);

  return attention != NULL ? g_strdup (cm_words_get_rule (attention->rule)) : NULL;
}

static char *
dup_numbers (const CmDocument *document)
{
  char **numbers = document->conference.access.numbers;

  return numbers != NULL && *numbers != NULL ? g_strjoinv (", ", numbers) : NULL;
}

static gint64
get_attention (const CmDocument *document)
{
  gint64 worst = 0;

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      worst = MAX (worst, (gint64) attention->level + 1);
    }

  return worst;
}

static gboolean
has_left (const CmDocument *document)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      if (leg->banner == CM_BANNER_LEFT_CALL)
        return TRUE;
    }

  return FALSE;
}

static void
read_escalation (const CmDocument *document,
                 gint64            numbers[static N_NUMBERS])
{
  const CmLeg *leg = cm_document_get_escalation_leg (document);
  CmEscalationState state = cm_document_get_escalation (document);

  numbers[PROP_ESCALATION - FIRST_NUMBER] = state;
  numbers[PROP_ESCALATING - FIRST_NUMBER] = state == CM_ESCALATION_RUNNING ||
                                            state == CM_ESCALATION_FAILED;
  numbers[PROP_ESCALATION_SINCE - FIRST_NUMBER] = leg != NULL ? leg->escalation.since : CM_TIME_NONE;
  numbers[PROP_STEP - FIRST_NUMBER] = leg != NULL ? leg->escalation.step : 0;
  numbers[PROP_STEPS - FIRST_NUMBER] = leg != NULL ? leg->escalation.steps : 0;
}

/**
 * cm_conversation_values_dup_text:
 * @document: a document
 * @mirrored: whether "you" is who its only station belongs to
 * @prop: one of the properties that are words
 *
 * Returns: (nullable) (transfer full): the property's value
 */
char *
cm_conversation_values_dup_text (const CmDocument *document,
                                 const char        *mirrored,
                                 guint             prop)
{
  switch (prop)
    {
    case PROP_TITLE:
      return cm_document_dup_title (document);
    case PROP_KIND_TEXT:
      return g_strdup (cm_words_get_kind (document->kind));
    case PROP_STATE_TEXT:
      return cm_document_dup_state (document, mirrored);
    case PROP_PEOPLE_TEXT:
      return cm_document_dup_people (document);
    case PROP_COUNTS_TEXT:
      return cm_document_dup_counts (document);
    case PROP_STEP_TEXT:
      return cm_document_dup_step (document);
    case PROP_SENTENCE:
      return cm_document_dup_sentence (document, mirrored);
    case PROP_ATTENTION_TEXT:
      return dup_attention (document);
    case PROP_HEAD_TEXT:
      return cm_document_dup_head (document);
    case PROP_ESCALATION_TEXT:
      return cm_document_dup_escalation (document);
    case PROP_ESCALATION_TIMES:
      return cm_document_dup_escalation_times (document);
    case PROP_CONFERENCE_ID:
      return g_strdup (document->conference.access.id);
    case PROP_JOIN_URL:
      return g_strdup (document->conference.access.join_url);
    case PROP_NUMBERS:
      return dup_numbers (document);
    case PROP_ICON_NAME:
      return g_strdup (cm_phase_get_icon_name (cm_document_get_shown_phase (document),
                                               get_direction (document)));
    case PROP_STATE_CLASS:
      return g_strdup (cm_phase_get_state_class (cm_document_get_shown_phase (document)));
    default:
      g_assert_not_reached ();
    }
}

/**
 * cm_conversation_values_read_numbers:
 * @document: a document
 * @numbers: where the values of the properties that are numbers go
 */
void
cm_conversation_values_read_numbers (const CmDocument *document,
                                     gint64            numbers[static N_NUMBERS])
{
  CmCounts counts = cm_document_get_counts (document);

  numbers[PROP_KIND - FIRST_NUMBER] = document->kind;
  numbers[PROP_PHASE - FIRST_NUMBER] = document->phase;
  numbers[PROP_LIVE - FIRST_NUMBER] = document->live;
  numbers[PROP_STARTED - FIRST_NUMBER] = document->started;
  numbers[PROP_ENDED - FIRST_NUMBER] = document->ended;
  numbers[PROP_N_PRESENTERS - FIRST_NUMBER] = counts.presenters;
  numbers[PROP_N_ATTENDEES - FIRST_NUMBER] = counts.attendees;
  numbers[PROP_N_LOBBY - FIRST_NUMBER] = counts.lobby;
  numbers[PROP_N_LEFT - FIRST_NUMBER] = counts.left;
  numbers[PROP_N_LEGS - FIRST_NUMBER] = document->legs.len;
  numbers[PROP_ATTENTION - FIRST_NUMBER] = get_attention (document);
  numbers[PROP_LEFT - FIRST_NUMBER] = has_left (document);
  read_escalation (document, numbers);
}

static void
create_texts (GParamSpec *properties[static N_PROPS])
{
  static const char * const names[N_PROPS] = {
    [PROP_TITLE] = "title",
    [PROP_KIND_TEXT] = "kind-text",
    [PROP_STATE_TEXT] = "state-text",
    [PROP_PEOPLE_TEXT] = "people-text",
    [PROP_COUNTS_TEXT] = "counts-text",
    [PROP_STEP_TEXT] = "step-text",
    [PROP_SENTENCE] = "sentence",
    [PROP_ATTENTION_TEXT] = "attention-text",
    [PROP_HEAD_TEXT] = "head-text",
    [PROP_ESCALATION_TEXT] = "escalation-text",
    [PROP_ESCALATION_TIMES] = "escalation-times",
    [PROP_CONFERENCE_ID] = "conference-id",
    [PROP_JOIN_URL] = "join-url",
    [PROP_NUMBERS] = "numbers",
    [PROP_ICON_NAME] = "icon-name",
    [PROP_STATE_CLASS] = "state-class",
  };

  for (guint i = FIRST_TEXT; i < FIRST_NUMBER; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, READABLE);

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, READABLE);
}

static void
create_counts (GParamSpec *properties[static N_PROPS])
{
  static const char * const names[N_PROPS] = {
    [PROP_N_PRESENTERS] = "n-presenters",
    [PROP_N_ATTENDEES] = "n-attendees",
    [PROP_N_LOBBY] = "n-lobby",
    [PROP_N_LEFT] = "n-left",
    [PROP_N_LEGS] = "n-legs",
    [PROP_ATTENTION] = "attention",
    [PROP_ESCALATION] = "escalation",
    [PROP_STEP] = "step",
    [PROP_STEPS] = "steps",
  };

  for (guint i = 0; i < N_PROPS; i++)
    {
      if (names[i] != NULL)
        properties[i] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0, READABLE);
    }
}

static void
create_times (GParamSpec *properties[static N_PROPS])
{
  static const char * const names[N_PROPS] = {
    [PROP_STARTED] = "started",
    [PROP_ENDED] = "ended",
    [PROP_ESCALATION_SINCE] = "escalation-since",
  };

  for (guint i = 0; i < N_PROPS; i++)
    {
      if (names[i] != NULL)
        properties[i] = g_param_spec_int64 (names[i], NULL, NULL, G_MININT64, G_MAXINT64,
                                            CM_TIME_NONE, READABLE);
    }
}

static void
create_others (GParamSpec *properties[static N_PROPS])
{
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, CM_TYPE_KIND, CM_KIND_MESSAGE, READABLE);
  properties[PROP_PHASE] =
    g_param_spec_enum ("phase", NULL, NULL, CM_TYPE_PHASE, CM_PHASE_IDLE, READABLE);
  properties[PROP_LIVE] = g_param_spec_boolean ("live", NULL, NULL, FALSE, READABLE);
  properties[PROP_LEFT] = g_param_spec_boolean ("left", NULL, NULL, FALSE, READABLE);
  properties[PROP_ESCALATING] = g_param_spec_boolean ("escalating", NULL, NULL, FALSE, READABLE);
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, READABLE);
  properties[PROP_ROSTER] = g_param_spec_object ("roster", NULL, NULL, CM_TYPE_ROSTER, READABLE);
  properties[PROP_LEGS] = g_param_spec_object ("legs", NULL, NULL, G_TYPE_LIST_MODEL, READABLE);
}

/* @properties: where the specifications of all of them go */
void
cm_conversation_values_create_properties (GParamSpec *properties[static N_PROPS])
{
  create_texts (properties);
  create_counts (properties);
  create_times (properties);
  create_others (properties);
}
