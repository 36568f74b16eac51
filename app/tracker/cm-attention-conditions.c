/* cm-attention-conditions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-attention-conditions.h"

#include <string.h>

#include "model/cm-document-attention.h"
#include "model/cm-words.h"
#include "tracker/cm-tracked-roster.h"

/* Who is in the call, of those whose audio is known and of those where it is
 * not. */
typedef struct
{
  guint  in;
  guint  unknown;
  guint  presenters;
  guint  attendees;
  gint64 waits_since;
  guint  waiting;
} People;

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

static gboolean
may_be_in (const CmPerson *person)
{
  return cm_tracked_roster_may_be_in (person) &&
         g_strcmp0 (person->state, "Notified") != 0 && g_strcmp0 (person->state, "Connecting") != 0;
}

static void
count_person (People         *people,
              const CmPerson *person)
{
  if (person->left != CM_TIME_NONE)
    return;

  if (person->role == CM_ROLE_LOBBY)
    {
      people->waiting++;
      return;
    }

  if (!may_be_in (person))
    return;

  /* Who is in the roster has his role there, be his audio known or not. */
  people->unknown += person->state == NULL;
  people->in += person->state != NULL;
  people->presenters += person->role == CM_ROLE_PRESENTER;
  people->attendees += person->role == CM_ROLE_ATTENDEE;
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

static gboolean
has_self (const CmDocument *document)
{
  for (guint i = 0; i < document->persons->len; i++)
    {
      if (((const CmPerson *) g_ptr_array_index (document->persons, i))->is_self)
        return TRUE;
    }

  return FALSE;
}

static People
count_people (const CmDocument *document)
{
  People people = { 0 };

  for (guint i = 0; i < document->persons->len; i++)
    count_person (&people, g_ptr_array_index (document->persons, i));
  for (guint i = 0; i < document->legs->len && !has_self (document); i++)
    people.in += is_unlisted (document, g_ptr_array_index (document->legs, i));

  return people;
}

/* A conference whose source says nothing of roles has nobody missing. */
static gboolean
knows_roles (const CmDocument *document)
{
  for (guint i = 0; i < document->persons->len; i++)
    {
      if (((CmPerson *) g_ptr_array_index (document->persons, i))->role_known)
        return TRUE;
    }

  return FALSE;
}

static void
collect_people (GArray           *conditions,
                const CmDocument *document)
{
  People people = count_people (document);

  if (people.waiting > 0)
    add (conditions, CM_RULE_LOBBY_WAIT, NULL, CM_TIME_NONE);

  if (document->kind != CM_KIND_CONFERENCE || !document->live || document->phase == CM_PHASE_ESCALATING)
    return;

  if (people.in == 1 && people.unknown == 0)
    add (conditions, CM_RULE_ALONE, NULL, CM_TIME_NONE);
  if (people.attendees > 0 && people.presenters == 0 && knows_roles (document))
    add (conditions, CM_RULE_NO_PRESENTER, NULL, CM_TIME_NONE);
}

/**
 * cm_attention_conditions_collect:
 * @document: a conversation
 *
 * Returns: (transfer full) (element-type CmCondition): what could need attention,
 *   were it to last. A conversation that is over needs none.
 */
GArray *
cm_attention_conditions_collect (const CmDocument *document)
{
  GArray *conditions = g_array_new (FALSE, FALSE, sizeof (CmCondition));

  if (document->phase == CM_PHASE_ENDED)
    return conditions;

  for (guint i = 0; i < document->legs->len; i++)
    collect_leg (conditions, document, g_ptr_array_index (document->legs, i));
  if (cm_document_get_as_of (document) != CM_TIME_NONE)
    return conditions;

  collect_people (conditions, document);
  if (document->live)
    add (conditions, CM_RULE_LONG_CALL, NULL, document->started);

  return conditions;
}
