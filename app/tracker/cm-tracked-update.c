/* cm-tracked-update.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked-update.h"

#include "tracker/cm-attention-state.h"
#include "tracker/cm-leg-counts.h"
#include "tracker/cm-tracked-roster.h"

/* So many persons are noted one by one, or as many as the roster has. */
#define MIN_TOUCHED 64

/* Returns: (nullable): the document of which it is noted what is no longer true in it */
static const CmDocument *
get_document (const CmTrackedConversation *self)
{
  if (self->draft != NULL)
    return self->draft;

  return self->is_reborn ? NULL : self->published;
}

/**
 * cm_tracked_conversation_touch:
 * @self: a conversation
 * @contact: somebody of whom something else may be to be told
 */
void
cm_tracked_conversation_touch (CmTrackedConversation *self,
                               const CmContact       *contact)
{
  const CmDocument *document = get_document (self);

  if (document == NULL || self->is_stale)
    return;

  if (self->touched == NULL)
    self->touched = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  if (self->touched->len > 0 && g_ptr_array_index (self->touched, self->touched->len - 1) == contact->address)
    return;

  if (self->touched->len < MAX (MIN_TOUCHED, document->persons.len))
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
  if (leg->is_changed || get_document (self) == NULL)
    return;

  if (self->changed_legs == NULL)
    self->changed_legs = g_ptr_array_new ();
  g_ptr_array_add (self->changed_legs, leg);
  leg->is_changed = TRUE;
}

static void
note_gone (GPtrArray  **gone,
           char        *id)
{
  if (*gone == NULL)
    *gone = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  g_ptr_array_add (*gone, g_ref_string_acquire (id));
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
  if (leg->is_untold)
    g_ptr_array_remove_fast (self->untold_legs, leg);
  leg->is_changed = leg->is_untold = FALSE;
  if (get_document (self) == NULL)
    return;

  touch_members (self, leg);
  note_gone (&self->gone_legs, leg->id);
}

/* What is told of a leg's people because of the leg itself. */
static CmLegTold
get_told (const CmTrackedLeg *leg)
{
  return (CmLegTold) {
    .phase = leg->phase,
    .confirmed = cm_tracked_leg_is_confirmed (leg),
    .gone = leg->timing.left != CM_TIME_NONE ? leg->timing.left : leg->timing.ended,
    .audio_video_name = leg->audio_video_name,
    .connected = leg->connected,
    .seen = leg->seen,
    .status = leg->status,
    .audio_video = leg->facts.audio_video,
    .audio_video_seen = leg->facts.audio_video_seen,
  };
}

/* The name is kept, so that no other one can have its place in memory. */
static void
set_told (CmTrackedLeg *leg,
          CmLegTold     told)
{
  char *name = g_steal_pointer (&leg->told.audio_video_name);

  leg->told = told;
  leg->told.audio_video_name = NULL;
  cm_ref_string_share (&leg->told.audio_video_name, told.audio_video_name);
  g_clear_pointer (&name, g_ref_string_release);
}

static gboolean
is_over (CmPhase phase)
{
  return phase == CM_PHASE_ENDED || phase == CM_PHASE_HUNG_UP;
}

/* An end is one for all, and so is doubt. */
static gboolean
concerns_all (const CmLegTold *before,
              const CmLegTold *now)
{
  if (before->confirmed != now->confirmed)
    return TRUE;

  return (is_over (before->phase) || is_over (now->phase)) &&
         (before->phase != now->phase || before->gone != now->gone);
}

/* What a station's own audio and phase are, its user is. */
static gboolean
concerns_self (const CmLegTold *before,
               const CmLegTold *now)
{
  return before->phase != now->phase || before->confirmed != now->confirmed || before->gone != now->gone ||
         before->audio_video_name != now->audio_video_name || before->connected != now->connected ||
         before->seen != now->seen || before->status != now->status || before->audio_video != now->audio_video ||
         before->audio_video_seen != now->audio_video_seen;
}

static void
touch_concerned (CmTrackedConversation *self,
                 CmTrackedLeg          *leg)
{
  CmLegTold now = get_told (leg);

  if (!concerns_self (&leg->told, &now))
    return;

  if (concerns_all (&leg->told, &now))
    touch_members (self, leg);
  for (guint i = 0; leg->selves != NULL && i < leg->selves->len; i++)
    cm_tracked_conversation_touch (self, g_ptr_array_index (leg->selves, i));

  set_told (leg, now);
}

static void
update_person (CmTrackedConversation *self,
               CmContactBook         *book,
               const char            *address,
               CmAttentionState      *attention)
{
  const CmPerson *before = cm_document_find_person (self->draft, address);
  CmPerson person;

  cm_person_init (&person, (char *) address);
  if (!cm_tracked_roster_build_person (self, self->draft, cm_contact_book_find (book, address), &person))
    {
      if (before != NULL)
        cm_crowd_remove (&self->crowd, before);
      cm_document_remove_person (self->draft, address);
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
  cm_attention_state_note_person (attention, &person);
  cm_document_take_person (self->draft, &person);
}

static void
note_persons (const CmDocument *document,
              CmAttentionState *attention)
{
  for (guint i = 0; i < document->persons.len; i++)
    cm_attention_state_note_person (attention, cm_document_get_person (document, i));
}

static void
touch_address (CmTrackedConversation *self,
               CmContactBook         *book,
               const char            *address)
{
  const CmContact *contact = address != NULL ? cm_contact_book_find (book, address) : NULL;

  if (contact != NULL)
    cm_tracked_conversation_touch (self, contact);
}

/* Whose line says whether he is the organizer. */
static void
settle_organizer (CmTrackedConversation *self,
                  CmContactBook         *book)
{
  const CmTrackedLeg *named = cm_leg_counts_get_teller (self, CM_TOLD_NAME);
  char *organizer = named != NULL ? named->organizer : NULL;
  char **told = &self->draft->conference.organizer;

  if (g_strcmp0 (*told, organizer) == 0)
    return;

  touch_address (self, book, *told);
  touch_address (self, book, organizer);
  cm_ref_string_share (told, organizer);
}

static void
update_roster (CmTrackedConversation *self,
               CmContactBook         *book,
               CmAttentionState      *attention)
{
  for (guint i = 0; self->changed_legs != NULL && i < self->changed_legs->len; i++)
    touch_concerned (self, g_ptr_array_index (self->changed_legs, i));
  settle_organizer (self, book);

  if (self->is_stale)
    {
      cm_document_clear_persons (self->draft);
      cm_tracked_roster_build (self, self->draft);
      cm_crowd_count (&self->crowd, self->draft);
      note_persons (self->draft, attention);
      return;
    }

  for (guint i = 0; self->touched != NULL && i < self->touched->len; i++)
    update_person (self, book, g_ptr_array_index (self->touched, i), attention);
}

static void
begin_draft (CmTrackedConversation *self)
{
  self->draft = cm_document_new_shared (self->id);
  cm_document_share_items (self->draft, self->published);
  cm_ref_string_share (&self->draft->conference.organizer, self->published->conference.organizer);
}

static void
build_draft (CmTrackedConversation *self,
             CmAttentionState      *attention)
{
  for (guint i = 0; i < self->legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (self->legs, i);

      set_told (leg, get_told (leg));
    }

  self->draft = cm_tracked_conversation_build (self, &self->crowd);
  note_persons (self->draft, attention);
  self->is_reborn = FALSE;
}

/**
 * cm_tracked_conversation_look:
 * @self: a conversation
 * @book: where the people of its legs come from
 *
 * Brings all of it up to its legs that the rules ask for: how many of its people are what,
 * what the call is like, and the banners. What has not been noted since the last look is
 * as it was, so that of many people and legs only those cost anything of whom there is
 * something to tell. Its draft tells of the people; cm_tracked_conversation_complete()
 * has it tell all else.
 *
 * Returns: %FALSE where what has changed stands among what was noted
 */
gboolean
cm_tracked_conversation_look (CmTrackedConversation *self,
                              CmContactBook         *book)
{
  if (get_document (self) == NULL)
    {
      build_draft (self, self->attention);
      return TRUE;
    }

  if (self->draft == NULL)
    begin_draft (self);
  update_roster (self, book, self->attention);
  cm_tracked_conversation_settle_head (self, self->draft);
  cm_tracked_conversation_settle (self, &self->crowd, self->draft, FALSE);

  return FALSE;
}

/**
 * cm_tracked_conversation_end_look:
 * @self: a conversation
 *
 * What was noted has been seen; it is still to be told.
 */
void
cm_tracked_conversation_end_look (CmTrackedConversation *self)
{
  for (guint i = 0; self->gone_legs != NULL && i < self->gone_legs->len; i++)
    note_gone (&self->untold_gone, g_ptr_array_index (self->gone_legs, i));
  g_clear_pointer (&self->gone_legs, g_ptr_array_unref);

  for (guint i = 0; self->changed_legs != NULL && i < self->changed_legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (self->changed_legs, i);

      leg->is_changed = FALSE;
      if (leg->is_untold)
        continue;
      if (self->untold_legs == NULL)
        self->untold_legs = g_ptr_array_new ();
      g_ptr_array_add (self->untold_legs, leg);
      leg->is_untold = TRUE;
    }

  if (self->changed_legs != NULL)
    g_ptr_array_set_size (self->changed_legs, 0);
  if (self->touched != NULL)
    g_ptr_array_set_size (self->touched, 0);
  self->is_stale = FALSE;
}
