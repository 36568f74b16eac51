/* cm-crowd.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-crowd.h"

static gboolean
is_state (const CmPerson *person,
          const char     *state)
{
  return g_strcmp0 (person->state, state) == 0;
}

static gboolean
may_be_in (const CmPerson *person)
{
  return person->left == CM_TIME_NONE && !is_state (person, "Disconnected") && !is_state (person, "Disconnecting");
}

static gboolean
is_on_his_way (const CmPerson *person)
{
  return is_state (person, "Notified") || is_state (person, "Connecting");
}

/* Who of the others is there. */
static void
count_present (CmCrowd        *self,
               const CmPerson *person,
               guint           by)
{
  if (person->role == CM_ROLE_LOBBY)
    {
      self->waiting += by;
      return;
    }

  if (!may_be_in (person) || is_on_his_way (person))
    return;

  /* Who is in the roster has his role there, be his audio known or not. */
  self->unknown += person->state == NULL ? by : 0;
  self->in += person->state != NULL ? by : 0;
  self->presenters += person->role == CM_ROLE_PRESENTER ? by : 0;
  self->attendees += person->role == CM_ROLE_ATTENDEE ? by : 0;
}

/* @by: 1, or the number that takes one away: unsigned numbers wrap around */
static void
count (CmCrowd        *self,
       const CmPerson *person,
       guint           by)
{
  self->others += person->is_self ? 0 : by;
  self->roles += person->role_known ? by : 0;
  if (may_be_in (person))
    {
      self->may_be_in += by;
      self->told_in += person->state != NULL ? by : 0;
    }
  if (person->left == CM_TIME_NONE)
    count_present (self, person, by);
}

void
cm_crowd_add (CmCrowd        *self,
              const CmPerson *person)
{
  count (self, person, 1);
}

/* @person: as it was when it was added */
void
cm_crowd_remove (CmCrowd        *self,
                 const CmPerson *person)
{
  count (self, person, G_MAXUINT);
}

void
cm_crowd_count (CmCrowd          *self,
                const CmDocument *document)
{
  *self = (CmCrowd) { 0 };
  for (guint i = 0; i < document->persons.len; i++)
    cm_crowd_add (self, cm_document_get_person (document, i));
}
