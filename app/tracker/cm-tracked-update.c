/* cm-tracked-update.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked-update.h"

#include "tracker/cm-leg-counts.h"
#include "tracker/cm-tracked-roster.h"

/* So many persons are noted one by one, or as many as the roster has. */
#define MIN_TOUCHED 64

/**
 * cm_tracked_conversation_touch:
 * @self: a conversation
 * @contact: somebody of whom something else may be to be told
 */
void
cm_tracked_conversation_touch (CmTrackedConversation *self,
                               const CmContact       *contact)
{
  if (self->published == NULL || self->is_stale || self->is_reborn)
    return;

  if (self->touched == NULL)
    self->touched = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  if (self->touched->len > 0 && g_ptr_array_index (self->touched, self->touched->len - 1) == contact->address)
    return;

  if (self->touched->len < MAX (MIN_TOUCHED, self->published->persons.len))
    g_ptr_array_add (self->touched, g_ref_string_acquire (contact->address));
  else
    self->is_stale = TRUE;
}

static void
touch_members (CmTrackedConversation *self,
               const CmTrackedLeg    *leg)
{
  for (guint i = 0; i < leg->members->len; i++)
    cm_tracked_conversation_touch (self, g_array_index (leg->members, CmMember, i).contact);
}

/**
 * cm_tracked_conversation_note_leg:
 * @self: a conversation
 * @leg: one of its legs, of which something else may be to be told
 */
void
cm_tracked_conversation_note_leg (CmTrackedConversation *self,
                                  CmTrackedLeg          *leg)
{
  if (self->published == NULL || leg->is_changed)
    return;

  if (self->changed_legs == NULL)
    self->changed_legs = g_ptr_array_new ();
  g_ptr_array_add (self->changed_legs, leg);
  leg->is_changed = TRUE;
}

/* @leg: one that has come; its people may be told of in another way now */
void
cm_tracked_conversation_add_leg (CmTrackedConversation *self,
                                 CmTrackedLeg          *leg)
{
  leg->place = self->n_placed++;
  g_ptr_array_add (self->legs, leg);
  touch_members (self, leg);
}

/* Returns: where it stands, or would, among legs in the order of their places */
static guint
find_place (const GPtrArray    *legs,
            const CmTrackedLeg *leg)
{
  guint low = 0, high = legs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((const CmTrackedLeg *) g_ptr_array_index (legs, middle))->place < leg->place)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
list_ended (CmTrackedConversation *self)
{
  self->ended_legs = g_ptr_array_new ();
  for (guint i = 0; i < self->legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (self->legs, i);

      if (leg->is_over)
        g_ptr_array_add (self->ended_legs, leg);
    }
}

/**
 * cm_tracked_conversation_get_ended:
 * @self: a conversation
 *
 * Returns: (transfer none) (element-type CmTrackedLeg): those of its legs that have
 *   ended, in the order in which they came
 */
const GPtrArray *
cm_tracked_conversation_get_ended (CmTrackedConversation *self)
{
  if (self->ended_legs == NULL)
    list_ended (self);

  return self->ended_legs;
}

static void
set_over (CmTrackedConversation *self,
          CmTrackedLeg          *leg,
          gboolean               is_over)
{
  if ((gboolean) leg->is_over == is_over)
    return;

  leg->is_over = is_over != FALSE;
  self->n_ended += is_over ? 1 : G_MAXUINT;
  if (self->ended_legs == NULL)
    return;

  if (is_over)
    g_ptr_array_insert (self->ended_legs, (gint) find_place (self->ended_legs, leg), leg);
  else
    g_ptr_array_remove_index (self->ended_legs, find_place (self->ended_legs, leg));
}

/* @leg: one of its legs, whose phase may be another one now */
void
cm_tracked_conversation_count_leg (CmTrackedConversation *self,
                                   CmTrackedLeg          *leg)
{
  set_over (self, leg, leg->phase == CM_PHASE_ENDED);
}

/* @leg: one of its legs, that its source has begun anew */
void
cm_tracked_conversation_leave_leg (CmTrackedConversation *self,
                                   CmTrackedLeg          *leg)
{
  if (self->orphans == NULL)
    self->orphans = g_ptr_array_new ();
  g_ptr_array_add (self->orphans, leg);
}

/**
 * cm_tracked_conversation_drop_leg:
 * @self: a conversation
 * @leg: (transfer full): one of its legs
 *
 * Takes it out.
 */
void
cm_tracked_conversation_drop_leg (CmTrackedConversation *self,
                                  CmTrackedLeg          *leg)
{
  g_ptr_array_remove_index (self->legs, find_place (self->legs, leg));
  set_over (self, leg, FALSE);
  if (self->orphans != NULL)
    g_ptr_array_remove_fast (self->orphans, leg);
  cm_leg_counts_drop (self, leg);
  if (leg->is_changed)
    g_ptr_array_remove_fast (self->changed_legs, leg);
  leg->is_changed = FALSE;
  if (self->published == NULL)
    return;

  touch_members (self, leg);
  if (self->gone_legs == NULL)
    self->gone_legs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  g_ptr_array_add (self->gone_legs, g_ref_string_acquire (leg->id));
}

/* What is told of a leg's people because of the leg itself. */
static CmLegTold
get_told (const CmTrackedLeg *leg)
{
  return (CmLegTold) {
    .phase = leg->phase,
    .confirmed = cm_tracked_leg_is_confirmed (leg),
    .gone = leg->timing.left != CM_TIME_NONE ? leg->timing.left : leg->timing.ended,
  };
}

static gboolean
is_over (CmPhase phase)
{
  return phase == CM_PHASE_ENDED || phase == CM_PHASE_HUNG_UP;
}

/* An end is one for all, and so is doubt; the rest is about the station's own user. */
static gboolean
concerns_all (const CmLegTold *before,
              const CmLegTold *now)
{
  if (before->confirmed != now->confirmed)
    return TRUE;

  return (is_over (before->phase) || is_over (now->phase)) &&
         (before->phase != now->phase || before->gone != now->gone);
}

static void
touch_concerned (CmTrackedConversation *self,
                 CmTrackedLeg          *leg)
{
  CmLegTold now = get_told (leg);

  if (concerns_all (&leg->told, &now))
    touch_members (self, leg);
  for (guint i = 0; leg->selves != NULL && i < leg->selves->len; i++)
    cm_tracked_conversation_touch (self, g_ptr_array_index (leg->selves, i));

  leg->told = now;
}

static void
update_person (CmTrackedConversation *self,
               CmContactBook         *book,
               const char            *address,
               CmDocument            *document)
{
  const CmPerson *before = cm_document_find_person (document, address);
  CmPerson person;

  cm_person_init (&person, (char *) address);
  if (!cm_tracked_roster_build_person (self, document, cm_contact_book_find (book, address), &person))
    {
      if (before != NULL)
        cm_crowd_remove (&self->crowd, before);
      cm_document_remove_person (document, address);
      return;
    }

  if (before != NULL && cm_person_equal (before, &person))
    {
      cm_person_clear (&person);
      return;
    }

  if (before != NULL)
    cm_crowd_remove (&self->crowd, before);
  cm_crowd_add (&self->crowd, &person);
  cm_document_take_person (document, &person);
}

/* Whose line says whether he is the organizer. */
static void
touch_organizers (CmTrackedConversation *self,
                  CmContactBook         *book,
                  const CmDocument      *document)
{
  const char *addresses[] = { self->published->conference.organizer, document->conference.organizer };

  if (g_strcmp0 (addresses[0], addresses[1]) == 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      const CmContact *contact = addresses[i] != NULL ? cm_contact_book_find (book, addresses[i]) : NULL;

      if (contact != NULL)
        cm_tracked_conversation_touch (self, contact);
    }
}

static void
update_roster (CmTrackedConversation *self,
               CmContactBook         *book,
               CmDocument            *document)
{
  for (guint i = 0; self->changed_legs != NULL && i < self->changed_legs->len; i++)
    touch_concerned (self, g_ptr_array_index (self->changed_legs, i));
  touch_organizers (self, book, document);

  if (self->is_stale)
    {
      cm_document_clear_persons (document);
      cm_tracked_roster_build (self, document);
      cm_crowd_count (&self->crowd, document);
      return;
    }

  for (guint i = 0; self->touched != NULL && i < self->touched->len; i++)
    update_person (self, book, g_ptr_array_index (self->touched, i), document);
}

static void
update_legs (CmTrackedConversation *self,
             CmDocument            *document)
{
  for (guint i = 0; self->gone_legs != NULL && i < self->gone_legs->len; i++)
    cm_document_remove_leg (document, g_ptr_array_index (self->gone_legs, i));

  for (guint i = 0; self->changed_legs != NULL && i < self->changed_legs->len; i++)
    {
      const CmTrackedLeg *leg = g_ptr_array_index (self->changed_legs, i);
      CmLeg described;

      cm_leg_init (&described, leg->id);
      cm_tracked_leg_build (leg, &described);
      described.banner = leg->banner;
      cm_document_take_leg (document, &described);
    }
}

static void
forget_notes (CmTrackedConversation *self)
{
  for (guint i = 0; self->changed_legs != NULL && i < self->changed_legs->len; i++)
    ((CmTrackedLeg *) g_ptr_array_index (self->changed_legs, i))->is_changed = FALSE;

  if (self->changed_legs != NULL)
    g_ptr_array_set_size (self->changed_legs, 0);
  if (self->touched != NULL)
    g_ptr_array_set_size (self->touched, 0);
  g_clear_pointer (&self->gone_legs, g_ptr_array_unref);
  self->is_stale = FALSE;
  self->is_reborn = FALSE;
}

static CmDocument *
build_whole (CmTrackedConversation *self)
{
  for (guint i = 0; i < self->legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (self->legs, i);

      leg->told = get_told (leg);
    }

  return cm_tracked_conversation_build (self, &self->crowd);
}

/**
 * cm_tracked_conversation_update:
 * @self: a conversation
 * @book: where the people of its legs come from
 *
 * Makes out of the document that is published the one that is true now: what has
 * not been noted since is taken over as it is, so that of a long roster only those
 * cost anything of whom there is something to tell.
 *
 * Returns: (transfer full): what cm_tracked_conversation_build() would return
 */
CmDocument *
cm_tracked_conversation_update (CmTrackedConversation *self,
                                CmContactBook         *book)
{
  CmDocument *document;

  if (self->published == NULL || self->is_reborn)
    {
      document = build_whole (self);
      forget_notes (self);
      return document;
    }

  document = cm_tracked_conversation_build_head (self);
  cm_document_share_items (document, self->published);
  update_roster (self, book, document);
  cm_tracked_conversation_settle (self, &self->crowd, document, FALSE);
  update_legs (self, document);
  forget_notes (self);

  return document;
}
