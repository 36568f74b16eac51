/* cm-document-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-document-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/cm-words.h"

/* So many names before it becomes "and 4 more". */
#define MAX_NAMES 3

static gboolean
is_present (const CmPerson *person)
{
  return person->left == CM_TIME_NONE;
}

static void
collect_names (const CmDocument *self,
               gboolean          everybody,
               CmRole            role,
               GPtrArray        *names)
{
  for (guint i = 0; i < self->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (self, i);

      if (person->role != role)
        continue;
      if (everybody || (is_present (person) && !person->is_self))
        g_ptr_array_add (names, cm_words_dup_name (person->address, person->name));
    }
}

/* Presenters first: they are who a conference is known by. */
static GPtrArray *
dup_names (const CmDocument *self,
           gboolean          everybody)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  collect_names (self, everybody, CM_ROLE_PRESENTER, names);
  collect_names (self, everybody, CM_ROLE_ATTENDEE, names);
  collect_names (self, everybody, CM_ROLE_LOBBY, names);

  return names;
}

static char *
join_names (GPtrArray *names)
{
  guint n_more = names->len > MAX_NAMES + 1 ? names->len - MAX_NAMES : 0;
  g_autofree char *joined = NULL;

  if (n_more > 0)
    g_ptr_array_set_size (names, MAX_NAMES);

  /* Translators: between two names */
  joined = cm_words_dup_join (names, _ (", "));
  if (n_more == 0)
    return g_steal_pointer (&joined);

  /* Translators: names, then how many people besides */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s and %u more", "%s and %u more", n_more),
                          joined, n_more);
}

static const char *
get_inviter (const CmDocument *self)
{
  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->inviter != NULL)
        return leg->inviter;
    }

  return NULL;
}

static CmLegDirection
get_direction (const CmDocument *self)
{
  const CmLeg *leg = self->legs.len == 1 ? cm_document_get_leg (self, 0) : NULL;

  return leg != NULL ? leg->direction : CM_LEG_DIRECTION_NONE;
}

static void
take_count (GPtrArray *parts,
            guint      n,
            char      *words)
{
  if (n > 0)
    g_ptr_array_add (parts, words);
  else
    g_free (words);
}

/**
 * cm_document_get_counts:
 * @self: a document
 *
 * Returns: how many people there are; who has left counts only as such
 */
CmCounts
cm_document_get_counts (const CmDocument *self)
{
  CmCounts counts = { 0 };

  for (guint i = 0; i < self->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (self, i);

      if (!is_present (person))
        counts.left++;
      else if (person->role == CM_ROLE_LOBBY)
        counts.lobby++;
      else if (person->role == CM_ROLE_PRESENTER)
        counts.presenters++;
      else
        counts.attendees++;
    }

  return counts;
}

/**
 * cm_document_dup_name:
 * @self: a document
 * @address: a person's address; need not be in the roster
 *
 * Returns: (transfer full): what to call that person
 */
char *
cm_document_dup_name (const CmDocument *self,
                      const char       *address)
{
  const CmPerson *person = cm_document_find_person (self, address);

  return cm_words_dup_name (address, person != NULL ? person->name : NULL);
}

static const char *
get_station (const CmLeg *leg)
{
  return leg->source != NULL ? cm_words_get_station (leg->source) : leg->id;
}

/**
 * cm_document_dup_leg_name:
 * @self: a document
 * @leg: one of its legs
 *
 * A station's source id ends in who is signed in there ("lync/ana@contoso.com").
 * Where it does not and the station is the only one, it is the roster's self.
 *
 * Returns: (transfer full): whose leg it is
 */
char *
cm_document_dup_leg_name (const CmDocument *self,
                          const CmLeg      *leg)
{
  g_autofree char *address = g_strconcat ("sip:", get_station (leg), NULL);
  const CmPerson *person = cm_document_find_person (self, address);

  for (guint i = 0; person == NULL && self->legs.len == 1 && i < self->persons.len; i++)
    {
      const CmPerson *other = cm_document_get_person (self, i);

      if (other->is_self)
        person = other;
    }

  if (person != NULL)
    return cm_words_dup_name (person->address, person->name);

  return g_strdup (get_station (leg));
}

/**
 * cm_document_dup_people:
 * @self: a document
 *
 * Returns: (transfer full): the other people's names, presenters first; of a
 *   conversation in which there is nobody but oneself, everybody's. May be empty
 */
char *
cm_document_dup_people (const CmDocument *self)
{
  g_autoptr (GPtrArray) names = dup_names (self, FALSE);

  if (names->len == 0)
    {
      g_ptr_array_unref (names);
      names = dup_names (self, TRUE);
    }

  return join_names (names);
}

/**
 * cm_document_dup_title:
 * @self: a document
 *
 * Returns: (transfer full): the subject, else the people, else who organized it,
 *   else who invited, else whose station reports it
 */
char *
cm_document_dup_title (const CmDocument *self)
{
  g_autofree char *people = NULL;
  const char *address = self->conference.organizer;

  if (self->subject != NULL && *self->subject != '\0')
    return g_strdup (self->subject);

  people = cm_document_dup_people (self);
  if (*people != '\0')
    return g_steal_pointer (&people);

  if (address == NULL)
    address = get_inviter (self);
  if (address != NULL)
    return cm_document_dup_name (self, address);
  if (self->legs.len > 0)
    return cm_document_dup_leg_name (self, cm_document_get_leg (self, 0));

  return g_strdup (self->id);
}

/**
 * cm_document_dup_counts:
 * @self: a document
 *
 * Returns: (transfer full): "2 presenters, 1 attendee" of a conference; of a call
 *   which way it went. May be empty
 */
char *
cm_document_dup_counts (const CmDocument *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  CmCounts counts = cm_document_get_counts (self);

  if (self->kind != CM_KIND_CONFERENCE)
    return g_strdup (cm_words_get_direction (get_direction (self)));

  take_count (parts, counts.presenters,
              g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u presenter", "%u presenters",
                                            counts.presenters),
                               counts.presenters));
  take_count (parts, counts.attendees,
              g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u attendee", "%u attendees",
                                            counts.attendees),
                               counts.attendees));
  take_count (parts, counts.lobby,
              g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u in lobby", "%u in lobby",
                                            counts.lobby),
                               counts.lobby));

  return cm_words_dup_join (parts, _ (", "));
}

/**
 * cm_document_dup_short_counts:
 * @self: a document
 *
 * Returns: (transfer full): the same where there is little room: "2 P · 1 A"
 */
char *
cm_document_dup_short_counts (const CmDocument *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  CmCounts counts = cm_document_get_counts (self);

  if (self->kind != CM_KIND_CONFERENCE)
    return cm_document_dup_counts (self);

  /* Translators: presenters, in as few letters as can be: “2 P” */
  take_count (parts, counts.presenters, g_strdup_printf (_ ("%u P"), counts.presenters));
  /* Translators: attendees, in as few letters as can be: “1 A” */
  take_count (parts, counts.attendees, g_strdup_printf (_ ("%u A"), counts.attendees));
  /* Translators: people in the lobby, in as few letters as can be: “3 L” */
  take_count (parts, counts.lobby, g_strdup_printf (_ ("%u L"), counts.lobby));

  return cm_words_dup_join (parts, " · ");
}

/**
 * cm_document_dup_head:
 * @self: a document
 *
 * The organizer created the conference and the inviter invited this leg: they
 * need not be the same person, and where they are not both are told.
 *
 * Returns: (transfer full): "Organized by User One · invited by User Two". May
 *   be empty
 */
char *
cm_document_dup_head (const CmDocument *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *inviter = get_inviter (self);
  const char *organizer = self->conference.organizer;
  const char *direction = cm_words_get_direction (get_direction (self));

  if (organizer != NULL)
    {
      g_autofree char *name = cm_document_dup_name (self, organizer);

      g_ptr_array_add (parts, g_strdup_printf (_ ("Organized by %s"), name));
    }

  if (inviter != NULL && g_strcmp0 (inviter, organizer) != 0)
    {
      g_autofree char *name = cm_document_dup_name (self, inviter);

      g_ptr_array_add (parts, g_strdup_printf (organizer != NULL ?
                                               _ ("invited by %s") : _ ("Invited by %s"), name));
    }

  if (parts->len == 0 && direction != NULL)
    g_ptr_array_add (parts, g_strdup (direction));

  return cm_words_dup_join (parts, " · ");
}
