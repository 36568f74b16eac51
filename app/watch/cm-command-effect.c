/* cm-command-effect.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/cm-command-effect.h"

#include <glib/gi18n-lib.h>

static const CmPerson *
find_present (const CmCommand  *command,
              const CmDocument *document)
{
  const CmPerson *person = cm_document_find_person (document, command->participant);

  return person != NULL && person->left == CM_TIME_NONE ? person : NULL;
}

static gboolean
tells_states (const CmDocument *document)
{
  for (guint i = 0; i < document->persons.len; i++)
    {
      if (cm_document_get_person (document, i)->state != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Who is called is on the roster before he has answered; some sources tell no more
 * of anybody than that he is there. */
static gboolean
has_come (const CmPerson   *person,
          const CmDocument *document)
{
  static const char * const on_the_way[] = { "Notified", "Connecting", "ConnectingToCaller", "Joining", NULL };

  if (person == NULL || person->state == NULL)
    return person != NULL && !tells_states (document);

  return person->role == CM_ROLE_LOBBY || !g_strv_contains (on_the_way, person->state);
}

static gboolean
is_back (const CmLeg *leg)
{
  return g_strcmp0 (leg->audio_video, "Connecting") == 0 || g_strcmp0 (leg->audio_video, "Joining") == 0 ||
         g_strcmp0 (leg->audio_video, "Connected") == 0;
}

/* In the same call again, or in another of the same conference. */
static gboolean
has_rejoined (const CmCommand  *command,
              const CmDocument *before,
              const CmDocument *after)
{
  const CmLeg *asked = cm_document_find_leg (before, command->leg);

  for (guint i = 0; i < after->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (after, i);

      if (!is_back (leg))
        continue;
      if (g_str_equal (leg->id, command->leg) ||
          (g_str_equal (leg->source, asked->source) && cm_document_find_leg (before, leg->id) == NULL))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_heard (const CmPerson *person)
{
  return person->left == CM_TIME_NONE && person->role != CM_ROLE_LOBBY && person->muted != CM_YES;
}

static gboolean
is_muted (const CmPerson *person)
{
  return person->left == CM_TIME_NONE && person->muted == CM_YES;
}

static gboolean
has_any (const CmDocument *document,
         gboolean        (*is_so) (const CmPerson *person))
{
  for (guint i = 0; i < document->persons.len; i++)
    {
      if (is_so (cm_document_get_person (document, i)))
        return TRUE;
    }

  return FALSE;
}

/* Who was muted on his own may stay so: some systems let that be when all are to be
 * heard again. */
static gboolean
is_unmuted (const CmDocument *before,
            const CmDocument *after)
{
  for (guint i = 0; i < before->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (before, i);
      const CmPerson *now = is_muted (person) ? cm_document_find_person (after, person->address) : NULL;

      if (now != NULL && is_heard (now))
        return TRUE;
    }

  return !has_any (after, is_muted);
}

static gboolean
is_over (const CmDocument *document)
{
  return document->ended != CM_TIME_NONE || document->phase == CM_PHASE_ENDED;
}

static const char *
find_obstacle_to_mute (const CmPerson *person,
                       gboolean        mute)
{
  if (person->muted == (mute ? CM_YES : CM_NO))
    return mute ? N_("That person is muted already") : N_("That person is not muted");

  return NULL;
}

static const char *
find_obstacle_of_person (const CmCommand  *command,
                         const CmDocument *document)
{
  const CmPerson *person = find_present (command, document);

  if (command->action == CM_ACTION_REJOIN && cm_document_find_person (document, command->participant) == NULL)
    return N_("That person was not in the conversation");
  if (command->action == CM_ACTION_INVITE || command->action == CM_ACTION_REJOIN)
    return person != NULL ? N_("That person is in the conversation already") : NULL;
  if (person == NULL)
    return N_("That person is not in the conversation");
  if (command->action == CM_ACTION_MUTE || command->action == CM_ACTION_UNMUTE)
    return find_obstacle_to_mute (person, command->action == CM_ACTION_MUTE);
  if (command->action == CM_ACTION_ADMIT && person->role != CM_ROLE_LOBBY)
    return N_("That person does not wait in the lobby");

  return NULL;
}

/**
 * cm_command_find_obstacle:
 * @command: what is asked; its leg is one of the conversation's
 * @document: the conversation
 *
 * Returns: (nullable): why that cannot be done as things are, one sentence
 */
const char *
cm_command_find_obstacle (const CmCommand  *command,
                          const CmDocument *document)
{
  if (is_over (document))
    return N_("The call is over");

  switch (command->action)
    {
    case CM_ACTION_REJOIN:
      if (command->participant != NULL)
        return find_obstacle_of_person (command, document);
      return cm_document_find_leg (document, command->leg)->phase != CM_PHASE_LEFT
        ? N_("The station has not left the call") : NULL;
    case CM_ACTION_LOCK:
      return document->conference.locked == CM_YES ? N_("The conference is locked already") : NULL;
    case CM_ACTION_UNLOCK:
      return document->conference.locked == CM_NO ? N_("The conference is not locked") : NULL;
    case CM_ACTION_MUTE:
    case CM_ACTION_UNMUTE:
    case CM_ACTION_REMOVE:
    case CM_ACTION_ADMIT:
    case CM_ACTION_INVITE:
      return find_obstacle_of_person (command, document);
    case CM_ACTION_MUTE_ALL:
      return !has_any (document, is_heard) ? N_("Nobody is there who is not muted already") : NULL;
    case CM_ACTION_UNMUTE_ALL:
      return !has_any (document, is_muted) ? N_("Nobody is muted") : NULL;
    case CM_ACTION_END:
    case CM_N_ACTIONS:
    default:
      return NULL;
    }
}

/**
 * cm_command_is_done:
 * @command: what was asked
 * @before: the conversation as it was then
 * @after: (nullable): the conversation as it is now; %NULL where it is no more
 *
 * That a source has taken a command says nothing yet: what its events come to
 * does.
 *
 * Returns: whether the command has had its effect
 */
gboolean
cm_command_is_done (const CmCommand  *command,
                    const CmDocument *before,
                    const CmDocument *after)
{
  const CmPerson *person;

  if (after == NULL || is_over (after))
    return command->action == CM_ACTION_END;

  person = command->participant != NULL ? find_present (command, after) : NULL;
  switch (command->action)
    {
    case CM_ACTION_REJOIN:
      return command->participant != NULL ? has_come (person, after) : has_rejoined (command, before, after);
    case CM_ACTION_MUTE:
      return person != NULL && person->muted == CM_YES;
    case CM_ACTION_UNMUTE:
      return person != NULL && person->muted == CM_NO;
    case CM_ACTION_REMOVE:
      return person == NULL;
    case CM_ACTION_ADMIT:
      return person != NULL && person->role != CM_ROLE_LOBBY;
    case CM_ACTION_LOCK:
      return after->conference.locked == CM_YES;
    case CM_ACTION_UNLOCK:
      return after->conference.locked == CM_NO;
    case CM_ACTION_INVITE:
      return has_come (person, after);
    case CM_ACTION_MUTE_ALL:
      return !has_any (after, is_heard);
    case CM_ACTION_UNMUTE_ALL:
      return is_unmuted (before, after);
    case CM_ACTION_END:
    case CM_N_ACTIONS:
    default:
      return FALSE;
    }
}
