/* cm-attention-conditions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention-conditions.h"

#include <string.h>

#include "model/cm-document-attention.h"
#include "model/cm-words.h"

static void
add (GArray     *conditions,
     CmRule      rule,
     const char *leg,
     gint64      since)
{
  CmCondition condition = { rule, leg, since };

  g_array_append_val (conditions, condition);
}

static void
collect_leg (GArray           *conditions,
             const CmDocument *document,
             const CmLeg      *leg)
{
  if (leg->phase == CM_PHASE_ENDED)
    return;

  /* Of all that it said last nobody knows whether it lasts. */
  if (leg->silent_since != CM_TIME_NONE)
    {
      add (conditions, CM_RULE_SOURCE_SILENT, leg->id, leg->silent_since);
      return;
    }

  switch ((int) leg->phase)
    {
    case CM_PHASE_ESCALATING:
      add (conditions, CM_RULE_ESCALATION_STUCK, leg->id, leg->escalation.since);
      break;
    case CM_PHASE_LOBBY:
      add (conditions, CM_RULE_LOBBY_WAIT, leg->id, leg->escalation.since);
      break;
    case CM_PHASE_ON_HOLD:
      add (conditions, CM_RULE_ON_HOLD, leg->id, leg->timing.hold_since);
      break;
    case CM_PHASE_RINGING:
      add (conditions, CM_RULE_RINGING, leg->id, leg->timing.ring_since);
      break;
    default:
      break;
    }

  if (leg->banner == CM_BANNER_ESCALATION_FAILED)
    add (conditions, CM_RULE_ESCALATION_FAILED, leg->id, leg->escalation.since);
  if (leg->banner == CM_BANNER_LEFT_CALL && document->live)
    add (conditions, CM_RULE_LEFT_NOT_REJOINED, leg->id, leg->timing.left);
  if (!leg->confirmed)
    add (conditions, CM_RULE_UNCONFIRMED, leg->id, CM_TIME_NONE);
}

/* A station whose user is in the call, and that does not list him. */
static gboolean
is_unlisted (const CmDocument *document,
             const CmLeg      *leg)
{
  const char *station = leg->source != NULL ? cm_words_get_station (leg->source) : "";
  g_autofree char *address = NULL;

  if (leg->phase != CM_PHASE_IN_CONFERENCE || strchr (station, '@') == NULL)
    return FALSE;

  address = g_strconcat ("sip:", station, NULL);

  return cm_document_find_person (document, address) == NULL;
}

/* A roster that has one of the stations' own users is taken to have them all. */
static guint
count_unlisted (const CmDocument *document,
                const CmCrowd    *crowd)
{
  guint n = 0;

  if (crowd->others < document->persons.len)
    return 0;

  for (guint i = 0; i < document->legs.len; i++)
    n += is_unlisted (document, cm_document_get_leg (document, i));

  return n;
}

/* A conference whose source says nothing of roles has nobody missing. */
static void
collect_people (GArray           *conditions,
                const CmCrowd    *crowd,
                const CmDocument *document)
{
  if (crowd->waiting > 0)
    add (conditions, CM_RULE_LOBBY_WAIT, NULL, CM_TIME_NONE);

  if (document->kind != CM_KIND_CONFERENCE || !document->live || document->phase == CM_PHASE_ESCALATING)
    return;

  if (crowd->unknown == 0 && crowd->in + count_unlisted (document, crowd) == 1)
    add (conditions, CM_RULE_ALONE, NULL, CM_TIME_NONE);
  if (crowd->attendees > 0 && crowd->presenters == 0 && crowd->roles > 0)
    add (conditions, CM_RULE_NO_PRESENTER, NULL, CM_TIME_NONE);
}

/**
 * cm_attention_conditions_collect:
 * @document: a conversation
 * @crowd: how many of its people are what
 *
 * Returns: (transfer full) (element-type CmCondition): what could need attention,
 *   were it to last. A conversation that is over needs none.
 */
GArray *
cm_attention_conditions_collect (const CmDocument *document,
                                 const CmCrowd    *crowd)
{
  GArray *conditions = g_array_new (FALSE, FALSE, sizeof (CmCondition));

  if (document->phase == CM_PHASE_ENDED)
    return conditions;

  for (guint i = 0; i < document->legs.len; i++)
    collect_leg (conditions, document, cm_document_get_leg (document, i));
  if (cm_document_get_as_of (document) != CM_TIME_NONE)
    return conditions;

  collect_people (conditions, crowd, document);
  if (document->live)
    add (conditions, CM_RULE_LONG_CALL, NULL, document->started);

  return conditions;
}
