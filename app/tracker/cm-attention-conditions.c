/* cm-attention-conditions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention-conditions.h"

#include <string.h>

#include "model/cm-words.h"
#include "tracker/cm-leg-counts.h"
#include "tracker/cm-tracked-source.h"

/* Returns: (nullable): the rule that the phase of a leg may be a matter of */
static const CmRule *
get_phase_rule (CmPhase phase)
{
  static const CmRule stuck = CM_RULE_ESCALATION_STUCK, lobby = CM_RULE_LOBBY_WAIT;
  static const CmRule hold = CM_RULE_ON_HOLD, ringing = CM_RULE_RINGING;

  switch ((int) phase)
    {
    case CM_PHASE_ESCALATING:
      return &stuck;
    case CM_PHASE_LOBBY:
      return &lobby;
    case CM_PHASE_ON_HOLD:
      return &hold;
    case CM_PHASE_RINGING:
      return &ringing;
    default:
      return NULL;
    }
}

static gint64
get_phase_since (const CmTrackedLeg *leg)
{
  switch ((int) leg->phase)
    {
    case CM_PHASE_ON_HOLD:
      return leg->timing.hold_since;
    case CM_PHASE_RINGING:
      return leg->timing.ring_since;
    default:
      return cm_tracked_leg_get_stage_since (leg);
    }
}

/**
 * cm_attention_conditions_of_leg:
 * @leg: a leg
 * @is_live: its call is still going on
 * @conditions: (out caller-allocates): what could need attention, were it to last
 *
 * Returns: how many there are
 */
guint
cm_attention_conditions_of_leg (const CmTrackedLeg *leg,
                                gboolean            is_live,
                                CmCondition         conditions[CM_MAX_CONDITIONS])
{
  const CmRule *rule = get_phase_rule (leg->phase);
  guint n = 0;

  if (leg->phase == CM_PHASE_ENDED)
    return 0;

  /* Of all that it said last nobody knows whether it lasts. */
  if (leg->source->silent_since != CM_TIME_NONE)
    {
      conditions[n++] = (CmCondition) { CM_RULE_SOURCE_SILENT, leg->source->silent_since };
      return n;
    }

  if (rule != NULL)
    conditions[n++] = (CmCondition) { *rule, get_phase_since (leg) };
  if (leg->banner == CM_BANNER_ESCALATION_FAILED)
    conditions[n++] = (CmCondition) { CM_RULE_ESCALATION_FAILED, cm_tracked_leg_get_stage_since (leg) };
  if (leg->banner == CM_BANNER_LEFT_CALL && is_live)
    conditions[n++] = (CmCondition) { CM_RULE_LEFT_NOT_REJOINED, leg->timing.left };
  if (!cm_tracked_leg_is_confirmed (leg))
    conditions[n++] = (CmCondition) { CM_RULE_UNCONFIRMED, CM_TIME_NONE };

  return n;
}

/* Whether a station in the conference does not list its user. */
static gboolean
is_unlisted (const CmDocument   *document,
             const CmTrackedLeg *leg)
{
  const char *station = cm_words_get_station (leg->source->id);
  g_autofree char *address = NULL;

  if (strchr (station, '@') == NULL)
    return FALSE;

  address = g_strconcat ("sip:", station, NULL);

  return cm_document_find_person (document, address) == NULL;
}

/* A roster that has one of the stations' own users is taken to have them all. Whether
 * there are more than @most is nobody's question. */
static guint
count_unlisted (const CmTrackedConversation *conversation,
                const CmDocument            *document,
                guint                        most)
{
  const GPtrArray *inside = conversation->counts.inside;
  guint n = 0;

  if (conversation->crowd.others < document->persons.len)
    return 0;

  for (guint i = 0; inside != NULL && i < inside->len && n <= most; i++)
    n += is_unlisted (document, g_ptr_array_index (inside, i));

  return n;
}

static gboolean
is_alone (const CmTrackedConversation *conversation,
          const CmDocument            *document)
{
  const CmCrowd *crowd = &conversation->crowd;

  return crowd->unknown == 0 && crowd->in <= 1 &&
         crowd->in + count_unlisted (conversation, document, 1 - crowd->in) == 1;
}

/**
 * cm_attention_conditions_of_all:
 * @conversation: a conversation that is not over
 * @document: its document, of which the roster and what the call is like are there
 * @conditions: (out caller-allocates): what of all but a single leg could need
 *   attention, were it to last
 *
 * A conference whose source says nothing of roles has nobody missing.
 *
 * Returns: how many there are
 */
guint
cm_attention_conditions_of_all (const CmTrackedConversation *conversation,
                                const CmDocument            *document,
                                CmCondition                  conditions[CM_MAX_CONDITIONS])
{
  const CmCrowd *crowd = &conversation->crowd;
  guint n = 0;

  if (crowd->waiting > 0)
    conditions[n++] = (CmCondition) { CM_RULE_LOBBY_WAIT, CM_TIME_NONE };

  if (document->kind == CM_KIND_CONFERENCE && document->live && document->phase != CM_PHASE_ESCALATING)
    {
      if (is_alone (conversation, document))
        conditions[n++] = (CmCondition) { CM_RULE_ALONE, CM_TIME_NONE };
      if (crowd->attendees > 0 && crowd->presenters == 0 && crowd->roles > 0)
        conditions[n++] = (CmCondition) { CM_RULE_NO_PRESENTER, CM_TIME_NONE };
    }

  if (document->live)
    conditions[n++] = (CmCondition) { CM_RULE_LONG_CALL, document->started };

  return n;
}
